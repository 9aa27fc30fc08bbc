//! Learning without a stored reference: from the first flying lap on there is a delta, and brake points from three clean passes.

mod coach_track;

use coach_track::{CORNERS, Drive, LENGTH_M, Profile, coach, reference_of};
use racing_coach_core::analysis::{Recording, learned_reference};
use racing_coach_core::coach::{Coach, CoachConfig, CueEvent, Event, Events};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::{Snapshot, snapshot_flags};
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{CueCode, Sample, Status};
use std::sync::Arc;

fn learning() -> CoachConfig {
    CoachConfig { learn: true, ..CoachConfig::new(60.0) }
}

/// As the runner does it: when a lap goes over the line and there is no reference, one is made of it.
fn learn(rows: &[Sample], rough: impl Fn() -> ReferenceLap) -> (Vec<Event>, Vec<Snapshot>) {
    let mut coach = Coach::new(learning(), None);
    let (mut events, mut all, mut snapshots) = (Events::new(), vec![], vec![]);
    for row in rows {
        events.clear();
        snapshots.push(*coach.step(row, &mut events));
        all.extend(events.iter().copied());
        let flown = |event: &&Event| matches!(event, Event::LapOpened(lap) if lap.lap.rough_grade());
        if coach.reference().is_none() && events.iter().any(|event| flown(&event)) {
            coach.set_reference(Some(Arc::new(rough())));
        }
    }
    (all, snapshots)
}

fn rough(clean: bool) -> ReferenceLap {
    let reference = reference_of(&Profile::new(&CORNERS), true);
    let ids = reference.corners.iter().map(|corner| corner.id.clone());
    ReferenceLap { rough: true, clean_corners: if clean { ids.collect() } else { vec![] }, ..reference }
}

fn laps(count: usize) -> Vec<Sample> {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    (0..count).for_each(|_| {
        drive.add(&best);
    });
    drive.rows
}

fn statuses(events: &[Event]) -> Vec<(Status, i32)> {
    let status = |event: &Event| match event {
        Event::Status(status) => Some((status.status, status.place.id.lap)),
        _ => None,
    };
    events.iter().filter_map(status).collect()
}

fn go(events: &[Event], corner: u16) -> Vec<CueEvent> {
    let go = |event: &Event| match event {
        Event::Cue(cue) if cue.code == CueCode::BrakeGo && cue.corner == corner => Some(*cue),
        _ => None,
    };
    events.iter().filter_map(go).collect()
}

#[test]
fn from_the_end_of_the_first_flying_lap_there_is_a_delta_and_after_three_clean_passes_a_point() {
    let rows = laps(6);
    let (events, snapshots) = learn(&rows, || rough(false));
    assert_eq!(
        statuses(&events),
        [(Status::OutLap, 0), (Status::LearningLap, 1), (Status::Learning, 2), (Status::Coaching, 4)]
    );
    let first_flying = rows.iter().position(|row| row.lap == 2.0).unwrap();
    for (row, snapshot) in rows.iter().zip(&snapshots) {
        let rough = snapshot.flags & snapshot_flags::REFERENCE_ROUGH != 0;
        let valid = snapshot.flags & snapshot_flags::DELTA_VALID != 0;
        // The reference is there for the row after the line.
        let learned = row.index > rows[first_flying].index;
        assert_eq!((rough, valid), (learned, learned), "row {}", row.index);
        if learned {
            assert!(snapshot.delta_s.abs() < 0.02 && snapshot.reference_brake.is_finite());
        }
        if row.lap <= 3.0 {
            assert!(snapshot.brake_in_m.is_nan() || snapshot.learned_passes == 3, "row {}", row.index);
        }
    }
    let first = go(&events, 0);
    assert_eq!(first.iter().map(|cue| cue.place.id.lap).collect::<Vec<_>>(), [5, 6]);
    let usual_m = Profile::new(&CORNERS).onset_m(CORNERS[0].0);
    assert!(first.iter().all(|cue| (cue.target_m - usual_m).abs() < 2.0), "{first:?} {usual_m}");
    let judged = |event: &Event| matches!(event, Event::Corner(corner) if corner.show);
    let told = |event: &Event| matches!(event, Event::Cue(cue) if cue.code == CueCode::CornerVerdict);
    assert!(!events.iter().any(|event| judged(event) || told(event)));
}

#[test]
fn passes_are_counted_up_to_three_and_the_rough_laps_own_clean_pass_is_the_first() {
    let counts = |clean: bool| {
        let (_, snapshots) = learn(&laps(6), || rough(clean));
        let mut counts: Vec<i32> = snapshots.iter().map(|snapshot| snapshot.learned_passes).collect();
        counts.dedup();
        counts
    };
    // 3 stands for the corners that are learned while others are not.
    assert_eq!(counts(false), [-1, 0, 1, 2, 3, -1]);
    assert_eq!(counts(true), [-1, 1, 2, 3, -1]);
}

#[test]
fn a_pass_off_the_track_or_in_traffic_does_not_count() {
    let changes: [fn(&mut Sample); 2] = [|row| row.track_surface = 0.0, |row| row.car_left_right = 2.0];
    for change in changes {
        let mut rows = laps(7);
        let there = |row: &&mut Sample| row.lap == 3.0 && (560.0..640.0).contains(&row.lap_distance_m);
        rows.iter_mut().filter(there).for_each(change);
        let (events, _) = learn(&rows, || rough(false));
        let of = |corner: u16| go(&events, corner).first().map(|cue| cue.place.id.lap);
        assert_eq!((of(0), of(1)), (Some(6), Some(5)), "one pass later in the first corner only");
    }
}

#[test]
fn a_driver_who_brakes_elsewhere_than_on_the_rough_lap_gets_his_own_point() {
    // The rough lap braked for a slower corner, 30 m earlier.
    let slow = Profile::new(&[(600.0, 5.0), CORNERS[1], CORNERS[2], CORNERS[3]]);
    let early = || ReferenceLap { rough: true, ..reference_of(&slow, true) };
    let (events, snapshots) = learn(&laps(6), early);
    let usual_m = Profile::new(&CORNERS).onset_m(CORNERS[0].0);
    assert!(usual_m - slow.onset_m(CORNERS[0].0) > 25.0);
    let first = go(&events, 0);
    assert_eq!(first.len(), 2, "his speed fits his own point, not the rough lap's");
    assert!(first.iter().all(|cue| (cue.target_m - usual_m).abs() < 2.0), "{first:?} {usual_m}");
    assert!(
        snapshots
            .iter()
            .all(|s| s.brake_point_m.is_nan() || (s.brake_point_m - slow.onset_m(600.0) as f32).abs() > 20.0)
    );
}

#[test]
fn a_better_lap_of_the_session_keeps_what_was_learned_and_a_good_one_ends_the_learning() {
    let rows = laps(6);
    let swap = |next: fn() -> ReferenceLap| {
        let mut coach = Coach::new(learning(), Some(Arc::new(rough(false))));
        let (mut events, mut all, mut flags) = (Events::new(), vec![], 0);
        let third = rows.iter().position(|row| row.lap == 3.0).unwrap();
        for (at, row) in rows.iter().enumerate() {
            if at == third {
                coach.set_reference(Some(Arc::new(next())));
            }
            events.clear();
            flags = coach.step(row, &mut events).flags;
            all.extend(events.iter().copied());
        }
        (all, flags & snapshot_flags::REFERENCE_ROUGH != 0)
    };
    // Laps 1 and 2 were passed before the swap: the first GO comes on lap 4.
    let (events, rough_at_end) = swap(|| rough(false));
    assert_eq!(go(&events, 0).first().map(|cue| cue.place.id.lap), Some(4));
    assert!(rough_at_end);
    let (events, rough_at_end) = swap(|| reference_of(&Profile::new(&CORNERS), true));
    assert_eq!(go(&events, 0).first().map(|cue| cue.place.id.lap), Some(3));
    assert!(!rough_at_end);
    assert!(statuses(&events).contains(&(Status::Coaching, 3)));
}

#[test]
fn without_being_asked_the_coach_does_not_say_that_it_learns() {
    let outcome = coach(CoachConfig::new(60.0), None, &laps(2));
    assert_eq!(statuses(&outcome.events), [(Status::NoReference, 0)]);
    assert!(outcome.snapshots.iter().all(|snapshot| snapshot.learned_passes == -1));
}

#[test]
fn a_lap_that_can_be_no_reference_does_not_promise_one() {
    let mut rows = laps(3);
    rows.retain(|row| row.lap != 1.0 || !(900.0..960.0).contains(&row.lap_distance_m));
    let outcome = coach(learning(), None, &rows);
    assert_eq!(
        statuses(&outcome.events),
        [(Status::OutLap, 0), (Status::LearningLap, 1), (Status::NoReference, 1), (Status::LearningLap, 2)]
    );
}

#[test]
fn a_rough_reference_is_made_of_a_lap_off_the_track_but_of_none_with_missing_rows() {
    let made = |change: fn(&mut Vec<Sample>)| {
        let mut rows = laps(2);
        change(&mut rows);
        let session = SessionInfo { sim: "simcar".into(), ..SessionInfo::default() };
        let recording = Recording { samples: &rows, rate_hz: 60.0, session: &session };
        let lap = *recording.laps().laps.iter().find(|lap| lap.id.lap == 1).expect("lap 1");
        learned_reference(&recording, &lap, LENGTH_M, None)
    };
    let whole = made(|_| ()).expect("a lap");
    assert!(whole.rough && whole.own);
    assert_eq!(whole.clean_corners.len(), whole.corners.len());
    let off = made(|rows| {
        rows.iter_mut()
            .filter(|row| row.lap == 1.0 && (590.0..620.0).contains(&row.lap_distance_m))
            .for_each(|row| row.track_surface = 0.0);
    });
    let off = off.expect("rough is good enough");
    assert!(off.clean_corners.len() < off.corners.len() && !off.clean_corners.contains(&off.corners[0].id));
    assert!((off.lap_time_s - Profile::new(&CORNERS).lap_time_s()).abs() < 0.01);
    assert_eq!(
        made(|rows| rows.retain(|row| row.lap != 1.0 || !(590.0..640.0).contains(&row.lap_distance_m))),
        None
    );
}

/// The same stretch over and over, as in a practice with "Active Reset": from 100 m to 800 m on lap 1, then at once back, at `share` of the speed.
fn one_corner_again_and_again(times: usize, share: f64) -> Vec<Sample> {
    let rows = laps(1);
    let stretch = rows.iter().filter(|row| row.lap == 1.0 && (100.0..800.0).contains(&row.lap_distance_m));
    let out_lap = rows.iter().filter(|row| row.lap == 0.0).take(60);
    let again = (0..times).flat_map(|_| stretch.clone());
    let mut all: Vec<Sample> = out_lap.chain(again).copied().collect();
    for (row, index) in all.iter_mut().zip(0..) {
        (row.index, row.speed_mps) = (index, share * row.speed_mps);
    }
    all
}

#[test]
fn a_corner_that_is_practised_with_active_resets_is_learned_and_then_coached() {
    let rows = one_corner_again_and_again(5, 1.0);
    let outcome = coach(learning(), Some(Arc::new(rough(false))), &rows);
    let passes: Vec<bool> = outcome
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Corner(corner) => Some(corner.corner == 0 && corner.usable),
            _ => None,
        })
        .collect();
    assert_eq!(passes, [true; 5]);
    assert_eq!(go(&outcome.events, 0).len(), 2, "after three clean passes");
    assert!(outcome.snapshots.iter().all(|snapshot| snapshot.delta_s.is_nan()), "the lap has no beginning");
    let heard: Vec<Status> = statuses(&outcome.events).into_iter().map(|(status, _)| status).collect();
    let each = [Status::Reset, Status::Learning];
    let expected: Vec<Status> =
        [Status::OutLap].into_iter().chain(each.into_iter().cycle().take(10)).collect();
    assert_eq!(heard, expected);
}

#[test]
fn a_car_that_is_put_down_slow_teaches_nothing_until_it_is_at_speed() {
    let rows = one_corner_again_and_again(5, 0.85);
    let outcome = coach(learning(), Some(Arc::new(rough(false))), &rows);
    let usable = |event: &&Event| matches!(event, Event::Corner(corner) if corner.usable);
    assert_eq!(outcome.events.iter().filter(usable).count(), 0);
}

//! Other cars and the live coach: silence while one is close, and no blame where nobody knows.

mod coach_track;

use coach_track::{CORNERS, Drive, Outcome, Profile, coach, reference};
use racing_coach_core::coach::{Coach, CoachConfig, CornerEvent, Event, Events};
use racing_coach_core::{CueCode, Reason, Sample, Status};

/// An out-lap, and a lap that is slow in the second corner.
fn slow_lap() -> Vec<Sample> {
    let mut corners = CORNERS;
    corners[1].1 -= 5.0;
    let mut drive = Drive::from_m(&Profile::new(&CORNERS), 2800.0, 60.0);
    drive.add(&Profile::new(&corners)).add(&Profile::new(&CORNERS));
    drive.rows
}

fn drive(alone: Option<bool>, change: impl Fn(&mut Sample)) -> Outcome {
    let mut rows = slow_lap();
    rows.iter_mut().for_each(change);
    coach(CoachConfig { alone, ..CoachConfig::new(60.0) }, Some(reference(true)), &rows)
}

fn statuses(outcome: &Outcome) -> Vec<Status> {
    let status = |event: &Event| match event {
        Event::Status(status) => Some(status.status),
        _ => None,
    };
    outcome.events.iter().filter_map(status).collect()
}

/// The verdicts on a lap.
fn verdicts(outcome: &Outcome, lap: i32) -> Vec<CornerEvent> {
    let corner = |event: &Event| match event {
        Event::Corner(corner) if corner.place.id.lap == lap => Some(*corner),
        _ => None,
    };
    outcome.events.iter().filter_map(corner).collect()
}

fn cues(outcome: &Outcome, code: CueCode) -> usize {
    outcome.events.iter().filter(|event| matches!(event, Event::Cue(cue) if cue.code == code)).count()
}

fn reasons_of_laps(outcome: &Outcome) -> Vec<bool> {
    let unknown = |event: &Event| match event {
        Event::LapOpened(lap) | Event::Lap(lap) => Some(lap.lap.reasons.contains(Reason::TrafficUnknown)),
        _ => None,
    };
    outcome.events.iter().filter_map(unknown).collect()
}

#[test]
fn where_nobody_knows_of_the_others_a_loss_is_reported_and_not_shown() {
    let shown = drive(Some(true), |_| ());
    assert_eq!(cues(&shown, CueCode::CornerVerdict), 1);
    assert!(reasons_of_laps(&shown).iter().all(|unknown| !unknown));
    for alone in [None, Some(false)] {
        let silent = drive(alone, |_| ());
        assert_eq!(cues(&silent, CueCode::CornerVerdict), 0);
        assert!(reasons_of_laps(&silent).iter().all(|unknown| *unknown));
        let (told, full) = (verdicts(&silent, 1), verdicts(&shown, 1));
        assert!(told.iter().all(|verdict| verdict.usable && !verdict.show));
        let deltas = |verdicts: &[CornerEvent]| verdicts.iter().map(|v| v.delta_s).collect::<Vec<_>>();
        assert_eq!(deltas(&told), deltas(&full));
        assert_eq!(cues(&silent, CueCode::BrakeGo), cues(&shown, CueCode::BrakeGo));
        let same_delta = silent
            .snapshots
            .iter()
            .zip(&shown.snapshots)
            .all(|(a, b)| a.delta_s == b.delta_s || a.delta_s.is_nan() && b.delta_s.is_nan());
        assert!(same_delta);
    }
    let told = drive(Some(false), |row| row.car_left_right = 1.0);
    assert_eq!(cues(&told, CueCode::CornerVerdict), 1);
}

#[test]
fn a_car_close_before_a_corner_silences_it_and_its_pass_is_not_usable() {
    let followed = drive(Some(false), |row| {
        let there = row.lap == 2.0 && (1310.0..1345.0).contains(&row.lap_distance_m);
        (row.car_left_right, row.car_ahead_m) = (1.0, if there { 40.0 } else { 900.0 });
    });
    assert_eq!(
        statuses(&followed)[..4],
        [Status::OutLap, Status::Coaching, Status::Traffic, Status::Coaching]
    );
    let second = verdicts(&followed, 2)[1];
    assert!(!second.usable && !second.show && second.reasons.contains(Reason::Traffic), "{second:?}");
    assert!(verdicts(&followed, 2).iter().filter(|verdict| !verdict.usable).count() == 1);
    let go = |event: &Event| {
        matches!(event, Event::Cue(cue)
        if cue.code == CueCode::BrakeGo && cue.corner == 1 && cue.place.id.lap == 2)
    };
    assert!(!followed.events.iter().any(go));
    assert!(drive(Some(true), |_| ()).events.iter().any(go), "without the car there is a GO");
    let rows = slow_lap();
    let close = rows.iter().zip(&followed.snapshots).filter(|(_, s)| s.status == Status::Traffic as u32);
    assert!(close.clone().all(|(_, snapshot)| snapshot.brake_in_m.is_nan() && snapshot.beat == 0));
    assert!(close.clone().any(|(_, snapshot)| snapshot.delta_s.is_finite()), "the delta stays");
}

/// Coached against the fast lap; from the given row on the session has others, or has none any more.
fn joined(rows: &[Sample], before: bool, from: usize) -> Outcome {
    let config = CoachConfig { alone: Some(before), ..CoachConfig::new(60.0) };
    let mut coach = Coach::new(config, Some(reference(true)));
    let mut outcome = Outcome { snapshots: vec![], events: vec![] };
    let mut events = Events::new();
    for (place, row) in rows.iter().enumerate() {
        if place == from {
            coach.set_alone(Some(!before));
        }
        events.clear();
        outcome.snapshots.push(*coach.step(row, &mut events));
        outcome.events.extend(events.iter().copied());
    }
    outcome
}

#[test]
fn others_that_join_during_a_lap_end_the_blame_and_nothing_else() {
    let rows = slow_lap();
    let line = rows.iter().position(|row| row.lap == 1.0).unwrap();
    let alone = drive(Some(true), |_| ());
    let others = joined(&rows, true, line + 60);
    assert_eq!((cues(&alone, CueCode::CornerVerdict), cues(&others, CueCode::CornerVerdict)), (1, 0));
    assert_eq!(statuses(&others), statuses(&alone), "the coach goes on");
    assert!(reasons_of_laps(&others).contains(&true));
    // They left before the lap began.
    let left = joined(&rows, false, line - 60);
    assert_eq!(cues(&left, CueCode::CornerVerdict), 1);
    assert!(left.snapshots.iter().zip(&alone.snapshots).all(|(one, other)| {
        (one.delta_s.to_bits(), one.status) == (other.delta_s.to_bits(), other.status)
    }));
}

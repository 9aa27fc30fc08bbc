//! The brake countdown: on the point, in rhythm, and silent when it must be.

mod coach_track;

use coach_track::{CORNERS, Drive, Outcome, Profile, coach, reference, reference_of, run};
use racing_coach_core::coach::{Coach, CoachConfig, Countdown, CueEvent, Event};
use racing_coach_core::{CueCode, Sample};
use std::sync::Arc;

const BEATS_AND_GO: [CueCode; 4] =
    [CueCode::BrakeBeat3, CueCode::BrakeBeat2, CueCode::BrakeBeat1, CueCode::BrakeGo];

/// An out-lap from 2,700 m and one lap at the reference's pace.
fn drive(rate_hz: f64) -> (Profile, Drive) {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2700.0, rate_hz);
    drive.add(&best);
    (best, drive)
}

fn cues(outcome: &Outcome) -> Vec<CueEvent> {
    let cue = |event: &Event| match event {
        Event::Cue(cue) if cue.code != CueCode::CornerVerdict => Some(*cue),
        _ => None,
    };
    outcome.events.iter().filter_map(cue).collect()
}

fn codes_at(outcome: &Outcome, corner: u16) -> Vec<CueCode> {
    cues(outcome).iter().filter(|cue| cue.corner == corner).map(|cue| cue.code).collect()
}

fn coached(rows: &[Sample]) -> Outcome {
    coach(CoachConfig::new(60.0), Some(reference(true)), rows)
}

#[test]
fn three_beats_and_go_on_the_row_nearest_to_the_point() {
    for rate_hz in [60.0, 30.0] {
        let (best, drive) = drive(rate_hz);
        let outcome = coach(CoachConfig::new(rate_hz), Some(reference(true)), &drive.rows);
        for (corner, (place_m, _)) in CORNERS.into_iter().enumerate().take(3) {
            let index = corner as u16;
            assert_eq!(codes_at(&outcome, index), BEATS_AND_GO, "corner {corner} at {rate_hz} Hz");
            let of_corner: Vec<_> = cues(&outcome).into_iter().filter(|cue| cue.corner == index).collect();
            let go = of_corner[3];
            let late_s = best.between_s(best.onset_m(place_m), go.place.lap_distance_m);
            assert!(late_s.abs() <= 0.5 / rate_hz + 1e-3, "corner {corner} at {rate_hz} Hz: {late_s}");
            for pair in of_corner.windows(2) {
                let apart_rows = (pair[1].place.sample - pair[0].place.sample) as f64;
                assert!((apart_rows - 0.5 * rate_hz).abs() <= 1.0, "{apart_rows} rows at {rate_hz} Hz");
            }
        }
    }
}

#[test]
fn a_prediction_that_was_off_still_gives_an_even_rhythm() {
    // The reference comes slowly out of the first corner and this driver does not: the ratio of their speeds changes all the way.
    let mut corners = CORNERS;
    corners[0].1 -= 15.0;
    let mut near = reference_of(&Profile::new(&corners), true);
    near.metrics[1].brake_onset_m = Some(680.0);
    let (_, drive) = drive(60.0);
    let config = CoachConfig { max_faster_mps: 20.0, ..CoachConfig::new(60.0) };
    let outcome = coach(config, Some(Arc::new(near)), &drive.rows);
    let rows: Vec<u64> =
        cues(&outcome).iter().filter(|cue| cue.corner == 1).map(|cue| cue.place.sample).collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    let apart: Vec<u64> = rows.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let uneven = apart.iter().max().unwrap() - apart.iter().min().unwrap();
    assert!(uneven <= 5, "{apart:?}");
}

#[test]
fn no_countdown_begins_within_two_and_a_half_seconds_of_the_last_cue() {
    let (best, drive) = drive(60.0);
    let outcome = coached(&drive.rows);
    let (third_m, fourth_m) = (best.onset_m(CORNERS[2].0), best.onset_m(CORNERS[3].0));
    assert!(best.between_s(third_m, fourth_m) - 1.5 < 4.0, "the circuit must pose the question");
    assert_eq!(codes_at(&outcome, 3), []);
    let mut eager = CoachConfig::new(60.0);
    eager.quiet_after_cue_s = 0.0;
    // Out of the third corner the throttle has been on long enough to count from when nothing else forbids it.
    let eager_outcome = coach(eager, Some(reference(true)), &drive.rows);
    assert_eq!(codes_at(&eager_outcome, 3).last(), Some(&CueCode::BrakeGo));
}

#[test]
fn a_faster_drivers_point_is_shown_once_and_never_commanded() {
    let (_, drive) = drive(60.0);
    let outcome = coach(CoachConfig::new(60.0), Some(reference(false)), &drive.rows);
    for corner in 0..3 {
        assert_eq!(codes_at(&outcome, corner), [CueCode::BrakePointShown], "corner {corner}");
    }
    assert!(outcome.snapshots.iter().all(|snapshot| snapshot.beat == 0));
}

#[test]
fn a_lift_or_a_brake_before_the_point_ends_the_countdown() {
    let (best, drive) = drive(60.0);
    let onset_m = best.onset_m(CORNERS[1].0);
    let change = |from_m: f64, change: fn(&mut Sample)| {
        let mut rows = drive.rows.clone();
        let near =
            |row: &&mut Sample| row.lap == 1.0 && (from_m..onset_m + 5.0).contains(&row.lap_distance_m);
        rows.iter_mut().filter(near).for_each(change);
        codes_at(&coached(&rows), 1)
    };
    assert_eq!(change(onset_m - 150.0, |row| row.throttle = 0.0), []);
    assert_eq!(change(onset_m - 60.0, |row| row.throttle = 0.0), BEATS_AND_GO[..2]);
    assert_eq!(change(onset_m - 50.0, |row| row.brake = 0.4), BEATS_AND_GO[..2]);
}

#[test]
fn a_gear_change_is_no_lift() {
    let (best, mut drive) = drive(60.0);
    let onset_m = best.onset_m(CORNERS[1].0);
    let at = drive.rows.iter().position(|row| row.lap == 1.0 && row.lap_distance_m > onset_m - 70.0).unwrap();
    for row in &mut drive.rows[at..at + 9] {
        row.throttle = 0.0;
        row.gear = 0.0;
    }
    assert_eq!(codes_at(&coached(&drive.rows), 1), BEATS_AND_GO);
}

#[test]
fn nothing_is_said_off_the_track_in_the_pits_or_on_the_out_lap() {
    let (best, drive) = drive(60.0);
    let onset_m = best.onset_m(CORNERS[1].0);
    let changed = |change: fn(&mut Sample)| {
        let mut rows = drive.rows.clone();
        let near = |row: &&mut Sample| {
            row.lap == 1.0 && (onset_m - 60.0..onset_m - 20.0).contains(&row.lap_distance_m)
        };
        rows.iter_mut().filter(near).for_each(change);
        codes_at(&coached(&rows), 1)
    };
    assert_eq!(changed(|row| row.track_surface = 0.0), BEATS_AND_GO[..2]);
    assert_eq!(changed(|row| row.on_pit_road = 1.0), BEATS_AND_GO[..2]);
    let out_lap = Drive::from_m(&best, 100.0, 60.0);
    assert!(cues(&coached(&out_lap.rows)).is_empty());
}

#[test]
fn a_car_at_another_speed_is_not_told_a_point_that_is_wrong_for_it() {
    let (_, drive) = drive(60.0);
    let at_speed = |factor: f64| {
        let mut rows = drive.rows.clone();
        rows.iter_mut().for_each(|row| row.speed_mps *= factor);
        codes_at(&coached(&rows), 0)
    };
    assert_eq!(at_speed(1.08), []);
    assert_eq!(at_speed(0.85), []);
    assert_eq!(at_speed(1.02), BEATS_AND_GO);
}

#[test]
fn missing_pedals_and_speed_hold_nothing_back() {
    let (_, mut drive) = drive(60.0);
    for row in &mut drive.rows {
        (row.throttle, row.brake, row.speed_mps, row.gear) = (f64::NAN, f64::NAN, f64::NAN, f64::NAN);
    }
    assert_eq!(codes_at(&coached(&drive.rows), 0), BEATS_AND_GO);
}

#[test]
fn lost_rows_swallow_beats_and_never_bring_a_stale_one() {
    let (best, drive) = drive(60.0);
    let onset_m = best.onset_m(CORNERS[1].0);
    let keep =
        |row: &&Sample| row.lap != 1.0 || !(onset_m - 40.0..onset_m + 10.0).contains(&row.lap_distance_m);
    let rows: Vec<Sample> = drive.rows.iter().filter(keep).copied().collect();
    assert_eq!(codes_at(&coached(&rows), 1), BEATS_AND_GO[..2]);
}

#[test]
fn the_snapshot_holds_each_beat_and_go_for_a_moment() {
    let (_, drive) = drive(60.0);
    let outcome = coached(&drive.rows);
    let mut held: Vec<(i32, usize)> = vec![];
    for snapshot in &outcome.snapshots {
        match held.last_mut() {
            Some((beat, rows)) if *beat == snapshot.beat => *rows += 1,
            _ => held.push((snapshot.beat, 1)),
        }
    }
    let beats: Vec<i32> = held.iter().map(|(beat, _)| *beat).collect();
    assert_eq!(beats, [0, 3, 2, 1, -1, 0, 3, 2, 1, -1, 0, 3, 2, 1, -1, 0]);
    assert!(
        held.iter().filter(|(beat, _)| *beat == -1).all(|(_, rows)| (18..=19).contains(rows)),
        "{held:?}"
    );
}

#[test]
fn the_marker_counts_down_to_the_point_and_stays_until_the_brake_is_on() {
    let (best, mut drive) = drive(60.0);
    let onset_m = best.onset_m(CORNERS[1].0);
    // This driver brakes 12 m late.
    for row in drive.rows.iter_mut().filter(|row| (onset_m..onset_m + 12.0).contains(&row.lap_distance_m)) {
        row.brake = 0.0;
    }
    let outcome = coached(&drive.rows);
    for (row, snapshot) in drive.rows.iter().zip(&outcome.snapshots).filter(|(row, _)| row.lap == 1.0) {
        let in_m = onset_m - row.lap_distance_m;
        if (-11.0..200.0).contains(&in_m) {
            assert!((f64::from(snapshot.brake_point_m) - onset_m).abs() < 1e-3);
            assert!((f64::from(snapshot.brake_in_m) - in_m).abs() < 1e-2, "{} {in_m}", snapshot.brake_in_m);
            let in_s = in_m / row.speed_mps;
            assert!((f64::from(snapshot.brake_in_s) - in_s).abs() < 1e-3);
        }
        if (-40.0..-14.0).contains(&in_m) {
            assert!(
                (f64::from(snapshot.brake_point_m) - onset_m).abs() > 100.0
                    || snapshot.brake_point_m.is_nan()
            );
        }
    }
}

#[test]
fn one_go_with_a_personal_lead_comes_that_much_before_the_point() {
    let (best, drive) = drive(60.0);
    let config = CoachConfig { countdown: Countdown::GoAlone, lead_s: 0.3, ..CoachConfig::new(60.0) };
    let outcome = coach(config, Some(reference(true)), &drive.rows);
    assert_eq!(codes_at(&outcome, 1), [CueCode::BrakeGo]);
    let go = cues(&outcome).into_iter().find(|cue| cue.corner == 1).unwrap();
    let ahead_s = best.between_s(go.place.lap_distance_m, best.onset_m(CORNERS[1].0));
    assert!((ahead_s - 0.3).abs() < 0.02, "{ahead_s}");
    let off = CoachConfig { countdown: Countdown::Off, ..CoachConfig::new(60.0) };
    assert!(cues(&coach(off, Some(reference(true)), &drive.rows)).is_empty());
}

#[test]
fn a_new_reference_waits_for_the_end_of_a_countdown() {
    let (best, drive) = drive(60.0);
    let near_m = best.onset_m(CORNERS[1].0) - 20.0;
    let at = drive.rows.iter().position(|row| row.lap == 1.0 && row.lap_distance_m > near_m).unwrap();
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let first = run(&mut coach, &drive.rows[..at]);
    coach.set_reference(Some(reference(false)));
    assert!(coach.reference().unwrap().own, "the old one still counts");
    let second = run(&mut coach, &drive.rows[at..]);
    assert!(!coach.reference().unwrap().own);
    assert_eq!(codes_at(&first, 1), BEATS_AND_GO[..3]);
    assert_eq!(codes_at(&second, 1)[0], CueCode::BrakeGo);
    assert_eq!(codes_at(&second, 2), [CueCode::BrakePointShown]);
}

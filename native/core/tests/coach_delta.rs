//! Position, delta, slope and prediction of the live coach against exact answers.

mod coach_track;

use coach_track::{CORNERS, Drive, LENGTH_M, Profile, coach, reference};
use racing_coach_core::coach::CoachConfig;
use racing_coach_core::sample::{Snapshot, snapshot_flags};

fn slower() -> Profile {
    let mut corners = CORNERS;
    corners[1].1 -= 6.0;
    Profile::new(&corners)
}

fn delta_valid(snapshot: &Snapshot) -> bool {
    snapshot.flags & snapshot_flags::DELTA_VALID != 0
}

/// Largest error of the delta on the second lap, in seconds.
fn worst_delta_s(rate_hz: f64, change: impl Fn(&mut racing_coach_core::Sample)) -> f64 {
    let (best, slow) = (Profile::new(&CORNERS), slower());
    let mut drive = Drive::from_m(&best, 1000.0, rate_hz);
    drive.add(&slow);
    let out_lap_rows = drive.rows.iter().take_while(|row| row.lap == 0.0).count();
    drive.rows.iter_mut().for_each(&change);
    let outcome = coach(CoachConfig::new(rate_hz), Some(reference(true)), &drive.rows);
    let lap = drive.rows.iter().zip(&outcome.snapshots).skip(out_lap_rows);
    lap.map(|(row, snapshot)| {
        assert!(delta_valid(snapshot), "row {}", row.index);
        let place_m = f64::from(snapshot.lap_distance_m);
        let truth_s = slow.time_s(place_m) - best.time_s(place_m);
        (f64::from(snapshot.delta_s) - truth_s).abs()
    })
    .fold(0.0, f64::max)
}

#[test]
fn delta_is_within_two_milliseconds_at_every_row() {
    assert!(worst_delta_s(60.0, |_| ()) < 0.002, "{}", worst_delta_s(60.0, |_| ()));
    assert!(worst_delta_s(30.0, |_| ()) < 0.002, "{}", worst_delta_s(30.0, |_| ()));
}

#[test]
fn a_lap_that_the_source_measures_a_little_longer_gives_the_same_delta() {
    let longer = |row: &mut racing_coach_core::Sample| row.lap_distance_m *= 1.004;
    assert!(worst_delta_s(60.0, longer) < 0.002, "{}", worst_delta_s(60.0, longer));
}

#[test]
fn there_is_no_delta_before_the_first_crossing_and_none_after_a_jump() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 1000.0, 60.0);
    drive.add(&best);
    let jump_at = drive.rows.len() - 600;
    for row in &mut drive.rows[jump_at..] {
        row.lap_distance_m = (row.lap_distance_m + 700.0) % LENGTH_M;
        row.lap_fraction = row.lap_distance_m / LENGTH_M;
    }
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let on_lap = |at: usize| drive.rows[at].lap == 1.0 && at < jump_at;
    for (at, snapshot) in outcome.snapshots.iter().enumerate().take(jump_at + 100) {
        assert_eq!(delta_valid(snapshot), on_lap(at), "row {at}");
        assert_eq!(snapshot.delta_s.is_nan(), !on_lap(at), "row {at}");
    }
}

#[test]
fn slope_is_the_change_over_fifty_metres_also_across_the_line() {
    let (best, slow) = (Profile::new(&CORNERS), slower());
    let mut drive = Drive::from_m(&best, 1000.0, 60.0);
    drive.add(&slow).add(&slow);
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let lag_s = |place_m: f64| slow.time_s(place_m) - best.time_s(place_m);
    for (row, snapshot) in drive.rows.iter().zip(&outcome.snapshots).filter(|(row, _)| row.lap == 2.0) {
        let place_m = row.lap_distance_m;
        let back_m = place_m - 50.0;
        let before_s = if back_m < 0.0 { lag_s(back_m + LENGTH_M) - lag_s(LENGTH_M) } else { lag_s(back_m) };
        let error_s = f64::from(snapshot.delta_slope_s_per50_m) - (lag_s(place_m) - before_s);
        assert!(error_s.abs() < 0.002, "at {place_m}: {error_s}");
    }
}

#[test]
fn the_prediction_is_the_reference_plus_the_delta() {
    let (best, slow) = (Profile::new(&CORNERS), slower());
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    drive.add(&slow);
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let last = outcome.snapshots.last().unwrap();
    assert!((f64::from(last.predicted_lap_time_s) - slow.lap_time_s()).abs() < 0.003);
}

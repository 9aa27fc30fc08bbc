//! Brake zones from rows and from the grid.

mod driven;

use driven::{LENGTH_M, rows};
use racing_coach_core::Sample;
use racing_coach_core::brake_zones::{brake_zones, brake_zones_of_rows};
use racing_coach_core::corner::BrakeZone;
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::find_laps;

/// Two laps and parts of others, on which the brake follows `brake` along the lap and takes 20 m/s per second from the speed that is
/// shown (the places go on as they are; only zones are looked at).
fn braked(brake: impl Fn(f64) -> f64) -> Vec<Sample> {
    let mut samples = rows(60.0, -300.0, 6000);
    let mut lost_mps = 0.0;
    for sample in &mut samples {
        sample.brake = brake(sample.lap_distance_m);
        lost_mps = if sample.brake > 0.02 { lost_mps + sample.brake * 20.0 / 60.0 } else { 0.0 };
        sample.speed_mps = 60.0 - lost_mps;
    }
    samples
}

/// Ramps from 0 to 0.8 over `ramp_m` from `start_m`, and back to 0 in 5 m before `end_m`.
fn press(place_m: f64, start_m: f64, end_m: f64, ramp_m: f64) -> f64 {
    let since_m = (place_m - start_m).rem_euclid(LENGTH_M);
    let left_m = (end_m - start_m).rem_euclid(LENGTH_M) - since_m;
    if left_m <= 0.0 { 0.0 } else { 0.8 * (since_m / ramp_m).min(left_m / 5.0).min(1.0) }
}

fn laps(samples: &[Sample]) -> Vec<Lap> {
    find_laps(samples, 60.0, Some(LENGTH_M)).laps.into_iter().filter(|lap| lap.own_time_s.is_some()).collect()
}

fn both(samples: &[Sample], lap: &Lap) -> [Vec<BrakeZone>; 2] {
    let grid = LapGrid::resample(samples, lap, LENGTH_M, 60.0).expect("a grid");
    [brake_zones_of_rows(samples, lap, LENGTH_M, 60.0), brake_zones(&grid)]
}

#[test]
fn the_onset_lies_between_rows() {
    let samples = braked(|place_m| press(place_m, 500.3, 600.0, 30.0));
    for (zones, tolerance_m) in both(&samples, &laps(&samples)[0]).iter().zip([0.02, 0.6]) {
        assert_eq!(zones.len(), 1, "{zones:?}");
        let zone = zones[0];
        // 5 % of the pedal is passed 0.05 / 0.8 of the ramp after its beginning, 2 % again 0.125 m before its end.
        assert!((zone.start_m - 502.175).abs() < tolerance_m, "{}", zone.start_m);
        assert!((zone.end_m - 599.875).abs() < 1.0, "{}", zone.end_m);
        assert!((zone.peak_brake - 0.8).abs() < 1e-9);
        assert!((zone.start_speed_mps - 60.0).abs() < 0.6 && zone.min_speed_mps < 45.0);
        assert!((zone.duration_s - 97.7 / 70.0).abs() < 0.06, "{}", zone.duration_s);
        assert_eq!(zone.trail_brake_m, None);
    }
}

#[test]
fn hysteresis_merging_and_the_least_loss_leave_real_zones() {
    let samples = braked(|place_m| {
        let flutter = if place_m as i64 % 8 < 4 { 0.03 } else { 0.06 };
        match place_m {
            // One application that never falls under 2 %.
            300.0..400.0 => {
                if place_m < 340.0 {
                    0.8
                } else {
                    flutter
                }
            }
            // Two that are 10 m apart, and two that are 25 m apart.
            700.0..760.0 | 770.0..800.0 => 0.8,
            1000.0..1060.0 | 1085.0..1140.0 => 0.8,
            // A touch that costs nothing.
            1400.0..1410.0 => 0.3,
            _ => 0.0,
        }
    });
    for zones in both(&samples, &laps(&samples)[0]) {
        let starts: Vec<i64> = zones.iter().map(|zone| (zone.start_m / 5.0).round() as i64 * 5).collect();
        assert_eq!(starts, [300, 700, 1000, 1085], "{zones:?}");
        assert!((zones[0].end_m - 400.0).abs() < 2.0 && (zones[1].end_m - 800.0).abs() < 2.0);
    }
}

#[test]
fn a_zone_over_the_line_is_whole_and_belongs_to_the_lap_in_which_it_begins() {
    let samples = braked(|place_m| press(place_m, 1950.0, 60.0, 10.0));
    let laps = laps(&samples);
    assert_eq!(laps.len(), 2);
    for lap in &laps {
        let [by_rows, by_grid] = both(&samples, lap);
        for zones in [&by_rows, &by_grid] {
            assert_eq!(zones.len(), 1, "{zones:?}");
            assert!(zones[0].start_m > 1949.0 && (zones[0].end_m - 60.0).abs() < 1.0, "{zones:?}");
            assert!((zones[0].duration_s - 110.0 / 50.0).abs() < 0.1, "{}", zones[0].duration_s);
        }
    }
    // The rows of one lap alone: the one from before is not its own, and its own ends where the rows end.
    let own: Vec<Sample> = samples
        .iter()
        .filter(|sample| (laps[0].start_sample..=laps[0].end_sample).contains(&sample.index))
        .copied()
        .collect();
    let zones = brake_zones_of_rows(&own, &laps[0], LENGTH_M, 60.0);
    assert_eq!(zones.len(), 1);
    assert!(zones[0].start_m > 1949.0 && zones[0].end_m > 1998.0);
}

#[test]
fn without_brake_or_with_it_always_on_there_is_no_zone() {
    let mut samples = braked(|_| 0.5);
    let lap = laps(&samples)[0];
    assert!(both(&samples, &lap).iter().all(Vec::is_empty));
    samples.iter_mut().for_each(|sample| sample.brake = f64::NAN);
    assert!(both(&samples, &lap).iter().all(Vec::is_empty));
}

//! Resampling a lap to the grid.

mod driven;

use driven::{LENGTH_M, lap_time_s, rows, speed_mps};
use racing_coach_core::Sample;
use racing_coach_core::grid::{GridError, LapGrid};
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::find_laps;

/// A part of a lap, a lap and a part of another, at 60 Hz.
fn one_lap() -> Vec<Sample> {
    rows(60.0, -100.0, 3000)
}

fn grid_of(samples: &[Sample]) -> (LapGrid, Lap) {
    let table = find_laps(samples, 60.0, Some(LENGTH_M));
    let lap = *table.laps.iter().find(|lap| lap.complete()).expect("a complete lap");
    (LapGrid::resample(samples, &lap, table.length_m, 60.0).expect("a grid"), lap)
}

/// Seconds from the line to a place, by the trapezium rule in steps of 1 cm.
fn time_at_s(place_m: f64) -> f64 {
    let steps = (place_m * 100.0).round() as usize;
    (0..steps).map(|at| 0.01 / speed_mps((at as f64 + 0.5) * 0.01)).sum()
}

#[test]
fn the_grid_is_closed_and_exact() {
    let (grid, lap) = grid_of(&one_lap());
    assert_eq!((grid.steps(), grid.speed_mps.len()), (2000, 2001));
    assert!((grid.step_m * 2000.0 - grid.length_m).abs() < 1e-9);
    assert_eq!(grid.time_s[0], 0.0);
    assert!((grid.lap_time_s() - lap.own_time_s.expect("a time")).abs() < 1e-9);
    for at in (0..=2000).step_by(50) {
        let error_s = grid.time_s[at] - time_at_s(at as f64);
        assert!(error_s.abs() < 5e-5, "{error_s} s at {at} m");
        let error_mps = grid.speed_mps[at] - speed_mps(at as f64);
        assert!(error_mps.abs() < 0.01, "{error_mps} m/s at {at} m");
    }
    assert!((grid.speed_mps[0] - grid.speed_mps[2000]).abs() < 0.01);
}

#[test]
fn what_passed_between_the_green_light_and_the_line_lies_in_the_first_step() {
    let samples = one_lap();
    let (grid, mut lap) = grid_of(&samples);
    lap.own_time_s = lap.own_time_s.map(|own_s| own_s + 7.5);
    let waited = LapGrid::resample(&samples, &lap, LENGTH_M, 60.0).expect("a grid");
    assert_eq!(waited.time_s[0], 0.0);
    assert!((waited.time_s[1] - grid.time_s[1] - 7.5).abs() < 1e-6);
    assert!((waited.lap_time_s() - lap.own_time_s.expect("a time")).abs() < 1e-6);
}

#[test]
fn time_grows_strictly_through_noise_backing_up_and_standing() {
    let mut samples = one_lap();
    for sample in &mut samples {
        sample.lap_distance_m += [0.03, -0.02, 0.0, -0.03, 0.02][sample.index as usize % 5];
        sample.lap_fraction = sample.lap_distance_m / LENGTH_M;
    }
    // A spin: standing for 3 s, and 2 m back.
    let at = 1200;
    let stood = samples[at];
    for (k, sample) in samples.iter_mut().enumerate().skip(at) {
        sample.index += 180;
        if k < at + 2 {
            sample.lap_distance_m = stood.lap_distance_m - 1.0;
        }
    }
    let still = (0..180).map(|k| Sample { index: at as u64 + k, speed_mps: 0.0, ..stood });
    samples.splice(at..at, still);
    let (grid, lap) = grid_of(&samples);
    assert!(grid.time_s.windows(2).all(|pair| pair[1] > pair[0]));
    assert!((grid.lap_time_s() - lap.own_time_s.expect("a time")).abs() < 1e-9);
    assert!((grid.lap_time_s() - lap_time_s() - 3.0).abs() < 0.01);
}

#[test]
fn pedals_do_not_overshoot_and_the_gear_is_never_neutral() {
    let mut samples = one_lap();
    for sample in &mut samples {
        let braking = (600.0..700.0).contains(&sample.lap_distance_m);
        sample.brake = if braking { 1.0 } else { 0.0 };
        sample.throttle = 1.0 - sample.brake;
        sample.gear = if sample.index % 40 < 6 { 0.0 } else { 3.0 };
    }
    let (grid, _) = grid_of(&samples);
    let column = |values: &[f64]| values.iter().all(|value| (0.0..=1.0).contains(value));
    assert!(column(&grid.brake) && column(&grid.throttle));
    assert_eq!((grid.brake[599 - 2], grid.brake[650], grid.brake[703]), (0.0, 1.0, 0.0));
    assert!(grid.gear.iter().all(|gear| *gear == 3));
}

#[test]
fn missing_columns_are_empty_and_holes_are_bridged() {
    let mut samples = one_lap();
    for sample in &mut samples {
        sample.throttle = f64::NAN;
        sample.steering_rad = f64::NAN;
        if sample.index % 7 == 0 {
            sample.speed_mps = f64::NAN;
        }
    }
    let (grid, _) = grid_of(&samples);
    assert!(grid.throttle.is_empty() && grid.steering_rad.is_empty() && grid.x_m.is_empty());
    assert!(grid.speed_mps.iter().all(|speed| speed.is_finite()));
    samples.iter_mut().for_each(|sample| sample.speed_mps = f64::NAN);
    let (grid, _) = grid_of(&samples);
    assert!((grid.speed_mps[1000] - speed_mps(1000.0)).abs() < 0.3, "speed from time");
}

/// The lap lies on a circle, driven counter-clockwise from its easternmost point.
fn on_a_circle(sample: &mut Sample) {
    let radius_m = LENGTH_M / (2.0 * std::f64::consts::PI);
    let angle_rad = sample.lap_distance_m / radius_m;
    let (sine, cosine) = libm::sincos(angle_rad);
    sample.latitude_deg = 50.0 + radius_m * sine / 111_229.0;
    sample.longitude_deg = 6.0 + radius_m * cosine / 71_695.6;
    // Sliding outwards a little: the nose points 0.05 rad to the left of the way the car moves.
    let heading_rad = angle_rad + std::f64::consts::FRAC_PI_2 + 0.05;
    sample.yaw_rad = heading_rad;
    sample.velocity_x_mps = sample.speed_mps * libm::cos(0.05);
    sample.velocity_y_mps = -sample.speed_mps * libm::sin(0.05);
}

#[test]
fn the_path_is_found_by_latitude_and_by_dead_reckoning() {
    let mut samples = one_lap();
    samples.iter_mut().for_each(on_a_circle);
    let (by_latitude, _) = grid_of(&samples);
    samples.iter_mut().for_each(|sample| {
        sample.latitude_deg = f64::NAN;
        sample.longitude_deg = f64::NAN;
    });
    let (reckoned, _) = grid_of(&samples);
    let diameter_m = LENGTH_M / std::f64::consts::PI;
    for (grid, tolerance_m) in [(&by_latitude, 0.3), (&reckoned, 0.3)] {
        let across_m = libm::hypot(grid.x_m[1000] - grid.x_m[0], grid.y_m[1000] - grid.y_m[0]);
        assert!((across_m - diameter_m).abs() < tolerance_m, "{across_m} for {diameter_m}");
        assert!((grid.x_m[1000] - grid.x_m[0] + diameter_m).abs() < tolerance_m, "west of where it began");
        assert!(grid.y_m[500] > grid.y_m[0], "first to the north");
        let gap_m = libm::hypot(grid.x_m[2000] - grid.x_m[0], grid.y_m[2000] - grid.y_m[0]);
        assert!(gap_m < 0.05, "{gap_m}");
    }
}

#[test]
fn what_is_no_lap_gives_an_error() {
    let samples = one_lap();
    let table = find_laps(&samples, 60.0, None);
    let resample = |samples: &[Sample], lap: &Lap, length_m| LapGrid::resample(samples, lap, length_m, 60.0);
    let (part, lap) = (&table.laps[0], &table.laps[1]);
    assert_eq!(resample(&samples, part, LENGTH_M).err(), Some(GridError::Incomplete));
    assert_eq!(resample(&samples, lap, f64::NAN).err(), Some(GridError::NoLength));
    assert_eq!(resample(&[], lap, LENGTH_M).err(), Some(GridError::TooFewRows));
    let nowhere: Vec<Sample> =
        samples.iter().map(|s| Sample { lap_distance_m: f64::NAN, lap_fraction: f64::NAN, ..*s }).collect();
    assert_eq!(resample(&nowhere, lap, LENGTH_M).err(), Some(GridError::TooFewRows));
    let hole: Vec<Sample> =
        samples.iter().filter(|s| !(600.0..1100.0).contains(&s.lap_distance_m)).copied().collect();
    assert_eq!(resample(&hole, lap, LENGTH_M).err(), Some(GridError::TooFewRows));
}

#[test]
fn rows_of_one_lap_alone_are_enough() {
    let samples = one_lap();
    let table = find_laps(&samples, 60.0, None);
    let lap = table.laps[1];
    let own: Vec<Sample> =
        samples.iter().filter(|s| (lap.start_sample..=lap.end_sample).contains(&s.index)).copied().collect();
    let grid = LapGrid::resample(&own, &lap, table.length_m, 60.0).expect("a grid");
    assert!((grid.speed_mps[0] - speed_mps(0.0)).abs() < 0.1);
    assert_eq!(grid.brake[2000], 0.0);
}

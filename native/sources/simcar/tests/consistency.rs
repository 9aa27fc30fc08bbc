//! The channels agree with each other, as those of a body that moves do.
#![allow(
    clippy::disallowed_methods,
    reason = "tests compare with tolerances; the system's functions will do"
)]

mod support;

use racing_coach_core::Sample;
use racing_coach_simcar::car_spec::{CarSpec, GRAVITY_MPS2};
use std::f64::consts::{FRAC_PI_2, PI};
use support::{demo, of_lap};

const TICK_S: f64 = 1.0 / 60.0;

fn rows() -> Vec<Sample> {
    of_lap(&demo("club", 2, 3, "random"), 2)
}

fn wrapped(angle: f64) -> f64 {
    (angle + PI).rem_euclid(2.0 * PI) - PI
}

/// Metres east and north between two rows.
fn moved_m(from: &Sample, to: &Sample) -> (f64, f64) {
    let latitude = from.latitude_deg.to_radians();
    let w = (1.0 - 6.694_379_990_14e-3 * latitude.sin() * latitude.sin()).sqrt();
    let north =
        (to.latitude_deg - from.latitude_deg).to_radians() * 6_378_137.0 * (1.0 - 6.694_379_990_14e-3)
            / (w * w * w);
    let east = (to.longitude_deg - from.longitude_deg).to_radians() * 6_378_137.0 / w * latitude.cos();
    (east, north)
}

#[test]
fn velocity_and_heading_integrate_to_the_position_seed_3() {
    let rows = rows();
    let (mut x_m, mut y_m) = (0.0, 0.0);
    for pair in rows.windows(2) {
        let velocity = |row: &Sample| {
            let heading = FRAC_PI_2 - row.yaw_north_rad;
            let (sin, cos) = heading.sin_cos();
            (
                row.velocity_x_mps * cos - row.velocity_y_mps * sin,
                row.velocity_x_mps * sin + row.velocity_y_mps * cos,
            )
        };
        let (a, b) = (velocity(&pair[0]), velocity(&pair[1]));
        x_m += 0.5 * (a.0 + b.0) * TICK_S;
        y_m += 0.5 * (a.1 + b.1) * TICK_S;
        let (east_m, north_m) = moved_m(&rows[0], &pair[1]);
        assert!((x_m - east_m).hypot(y_m - north_m) < 0.3, "row {}", pair[1].index);
    }
}

#[test]
fn speed_is_the_size_of_the_velocity_and_its_change_the_acceleration_seed_3() {
    let rows = rows();
    for trio in rows.windows(3) {
        let [before, here, after] = [trio[0], trio[1], trio[2]];
        assert!((here.velocity_x_mps.hypot(here.velocity_y_mps) - here.speed_mps).abs() < 1e-4);
        let rate = (after.speed_mps - before.speed_mps) / (2.0 * TICK_S);
        let slip = here.velocity_y_mps.atan2(here.velocity_x_mps);
        let along = here.longitudinal_accel_mps2 * slip.cos() + here.lateral_accel_mps2 * slip.sin();
        let steady = (after.speed_mps - 2.0 * here.speed_mps + before.speed_mps).abs() < 0.01;
        if steady {
            assert!((rate - along).abs() < 0.6, "row {}: {rate} against {along}", here.index);
        }
    }
}

#[test]
fn yaw_rate_is_the_change_of_heading_and_carries_the_lateral_acceleration_seed_3() {
    let rows = rows();
    let mut far = 0;
    for trio in rows.windows(3) {
        let [before, here, after] = [trio[0], trio[1], trio[2]];
        let turned = wrapped(after.yaw_rad - before.yaw_rad);
        assert!((turned / (2.0 * TICK_S) - here.yaw_rate_radps).abs() < 0.08, "row {}", here.index);
        assert!((wrapped(after.yaw_north_rad - before.yaw_north_rad) + turned).abs() < 1e-5);
        if (here.yaw_rate_radps * here.speed_mps - here.lateral_accel_mps2).abs() > 2.5 {
            far += 1;
        }
    }
    // The body's slip angle changes at turn-in and exit; elsewhere a yaw rate times speed is the side acceleration.
    assert!(far * 20 < rows.len(), "{far} of {} rows", rows.len());
    let sum = |of: fn(&Sample) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let (by_yaw, by_side) = (sum(|r| r.yaw_rate_radps * r.speed_mps), sum(|r| r.lateral_accel_mps2));
    assert!((by_yaw - by_side).abs() < 0.05, "{by_yaw} {by_side}");
}

#[test]
fn forces_stay_inside_what_tyres_and_engine_give_seed_3() {
    let car = CarSpec::preset("gt3").expect("known");
    let mass_kg = car.mass_kg(car.fuel_l);
    for row in rows() {
        let side = row.lateral_accel_mps2.hypot(row.longitudinal_accel_mps2) * car.mass_kg(0.0);
        let limit = car.grip_n(mass_kg, row.speed_mps) + car.resistance_n(mass_kg, row.speed_mps, 0.0);
        assert!(side <= limit * 1.03, "row {}: {side} N against {limit} N", row.index);
        let power_w = row.longitudinal_accel_mps2 * car.mass_kg(0.0) * row.speed_mps;
        assert!(power_w < 440_000.0, "row {}: {power_w} W", row.index);
        assert!(row.longitudinal_accel_mps2 > -3.2 * GRAVITY_MPS2);
    }
}

#[test]
fn pedals_move_as_fast_as_feet_and_gears_as_fast_as_gearboxes_seed_3() {
    let rows = rows();
    let mut shifts = 0;
    for (index, pair) in rows.windows(2).enumerate() {
        let rise = pair[1].brake - pair[0].brake;
        assert!(rise <= TICK_S / 0.22 + 1e-6, "row {index}: brake rises {rise} in a row");
        if pair[0].gear != 0.0 && pair[1].gear == 0.0 {
            shifts += 1;
            let neutral = rows[index + 1..].iter().take_while(|row| row.gear == 0.0).count();
            if index + 1 + neutral == rows.len() {
                continue;
            }
            assert!((3..=9).contains(&neutral), "{neutral} rows without a gear");
            assert!(pair[1].throttle == 0.0 || pair[1].throttle >= 0.44, "cut up, blip down");
        }
    }
    assert!(shifts > 15, "{shifts} shifts");
}

#[test]
fn distance_goes_with_the_road_and_fraction_with_distance_seed_3() {
    let simulated = demo("club", 2, 3, "none");
    let rows = of_lap(&simulated, 2);
    for pair in rows.windows(2) {
        let ahead_m = pair[1].lap_distance_m - pair[0].lap_distance_m;
        assert!(ahead_m > 0.0 && (ahead_m / (pair[1].speed_mps * TICK_S) - 1.0).abs() < 0.5);
        assert!((pair[1].lap_fraction * simulated.truth.length_m - pair[1].lap_distance_m).abs() < 0.002);
    }
    let turned: f64 = rows.iter().map(|row| row.yaw_rate_radps * TICK_S).sum();
    assert!((turned.abs() - 2.0 * PI).abs() < 0.05, "turned {turned}");
}

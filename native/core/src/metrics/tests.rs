use super::*;
use crate::synthetic_lap::{CornerPlan, drive, slowest_m};

const LENGTH_M: f64 = 2000.0;

fn plans() -> Vec<CornerPlan> {
    vec![CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]
}

fn corners(plans: &[CornerPlan]) -> Vec<Corner> {
    let (grid, _) = drive(LENGTH_M, plans);
    let named =
        |(index, plan): (usize, &CornerPlan)| plan.corner(&format!("T{}", index + 1), slowest_m(&grid, plan));
    plans.iter().enumerate().map(named).collect()
}

fn near(left: f64, right: f64, within: f64) -> bool {
    (left - right).abs() <= within
}

/// Changes a column between two places, inclusive.
fn set(column: &mut [f64], from_m: usize, to_m: usize, value: f64) {
    column[from_m..=to_m].fill(value);
}

#[test]
fn a_plain_corner_has_the_planned_places_and_speeds() {
    let plans = plans();
    let (grid, zones) = drive(LENGTH_M, &plans);
    let metrics = corner_metrics(&grid, &corners(&plans), &zones);
    let first = &metrics[0];
    assert_eq!((first.id.as_str(), first.start_m, first.end_m), ("T1", 500.0, 600.0));
    assert!(near(first.min_speed_mps, 20.0, 0.9), "{}", first.min_speed_mps);
    assert_eq!(first.brake_onset_m, Some(zones[0].start_m));
    assert!(near(first.throttle_on_m.expect("a pick-up"), 569.1, 0.05));
    assert!(near(first.full_throttle_m.expect("full throttle"), 574.42, 0.02));
    assert!(near(first.trail_brake_m, zones[0].end_m - 500.0, 1e-9));
    assert!(near(first.entry_speed_mps, grid.speed_mps[500], 1e-9));
    assert!(near(first.exit_speed_mps, grid.speed_mps[600], 1e-9));
    assert!(near(first.time_s, grid.time_s[600] - grid.time_s[500], 1e-9));
    assert_eq!((first.lifts, first.peak_brake, first.min_gear), (0, 1.0, Some(2)));
}

#[test]
fn a_blip_is_no_pick_up_and_the_dip_of_a_shift_does_not_end_one() {
    let plans = plans();
    let corners = corners(&plans);
    let (mut grid, zones) = drive(LENGTH_M, &plans);
    // A stab of 0.15 s at 20 m/s is 3 m long.
    set(&mut grid.throttle, 560, 562, 0.5);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert!(near(metrics[0].throttle_on_m.expect("a pick-up"), 569.1, 0.05));
    // The gear changes 0.1 s after the pick-up, and the throttle is cut just before.
    grid.gear.iter_mut().skip(573).take(100).for_each(|gear| *gear = 3);
    set(&mut grid.throttle, 571, 572, 0.0);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert!(near(metrics[0].throttle_on_m.expect("a pick-up"), 569.1, 0.05));
    // Without a shift the same dip is the driver's, who then begins again.
    grid.gear.clear();
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert!(metrics[0].throttle_on_m.expect("a pick-up") > 572.0);
}

#[test]
fn the_pick_up_of_a_double_apex_follows_its_second_minimum() {
    let plans = plans();
    let mut corners = corners(&plans);
    let (mut grid, zones) = drive(LENGTH_M, &plans);
    corners[0].second_min_speed_m = Some(566.0);
    set(&mut grid.throttle, 535, 550, 0.4);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert!(near(metrics[0].throttle_on_m.expect("a pick-up"), 569.1, 0.05));
}

#[test]
fn a_lift_on_the_straight_counts_and_the_one_before_braking_does_not() {
    let plans = plans();
    let corners = corners(&plans);
    let (mut grid, zones) = drive(LENGTH_M, &plans);
    set(&mut grid.throttle, 800, 820, 0.3);
    set(&mut grid.throttle, 900, 901, 0.3);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert_eq!((metrics[0].lifts, metrics[1].lifts), (1, 0), "the dip of 2 m is shorter than 0.1 s");
    grid.gear[822] = 9;
    set(&mut grid.throttle, 800, 815, 1.0);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert_eq!(metrics[0].lifts, 0, "a lift inside a shift is the gearbox's");
}

#[test]
fn coasting_is_both_pedals_off_outside_shifts() {
    let plans = plans();
    let corners = corners(&plans);
    let (mut grid, zones) = drive(LENGTH_M, &plans);
    let (from, to) = (540usize, 560usize);
    set(&mut grid.brake, 400, 569, 0.5);
    set(&mut grid.throttle, from, to, 0.0);
    assert_eq!(corner_metrics(&grid, &corners, &zones)[0].coasting_s, 0.0);
    set(&mut grid.brake, from, to, 0.0);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert!(near(metrics[0].coasting_s, grid.time_s[to + 1] - grid.time_s[from], 1e-9));
    set(&mut grid.brake, from + 2, to, 0.5);
    assert_eq!(corner_metrics(&grid, &corners, &zones)[0].coasting_s, 0.0, "under 0.15 s");
}

#[test]
fn zones_belong_to_corners_one_to_one_and_in_order() {
    let plans = plans();
    let corners = corners(&plans);
    let (grid, mut zones) = drive(LENGTH_M, &plans);
    let touch =
        BrakeZone { start_m: 900.0, end_m: 930.0, start_speed_mps: 60.0, min_speed_mps: 55.0, ..zones[0] };
    zones.insert(1, touch);
    fill_trail_brake(&grid, &corners, &mut zones);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert_eq!(metrics[0].brake_onset_m, Some(zones[0].start_m));
    assert_eq!(metrics[1].brake_onset_m, Some(zones[2].start_m), "the zone that loses the most speed");
    assert_eq!(zones[1].trail_brake_m, None);
    assert_eq!(zones[2].trail_brake_m, Some(metrics[1].trail_brake_m));
    zones.truncate(2);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert_eq!(metrics[1].brake_onset_m, None, "a touch far before the corner is not for it");
}

#[test]
fn missing_channels_leave_their_metrics_empty() {
    let plans = plans();
    let corners = corners(&plans);
    let (grid, _) = drive(LENGTH_M, &plans);
    let bare = LapGrid {
        length_m: LENGTH_M,
        step_m: grid.step_m,
        time_s: grid.time_s.clone(),
        ..LapGrid::default()
    };
    let metrics = corner_metrics(&bare, &corners, &[]);
    let first = &metrics[0];
    assert_eq!((first.throttle_on_m, first.full_throttle_m, first.brake_onset_m), (None, None, None));
    assert_eq!((first.apex_m, first.min_gear, first.lifts), (None, None, 0));
    assert_eq!((first.coasting_s, first.trail_brake_m, first.peak_brake), (0.0, 0.0, 0.0));
    assert!(near(first.min_speed_mps, 20.0, 1.0), "speed from distance over time: {}", first.min_speed_mps);
    assert!(corner_metrics(&LapGrid::default(), &corners, &[]).is_empty());
}

#[test]
fn flat_corners_are_measured_and_have_no_brake() {
    let plans = plans();
    let mut corners = corners(&plans);
    let mut flat = CornerPlan::at(900.0, 60.0).corner("T1a", 900.0);
    flat.kind = CornerKind::Flat;
    corners.insert(1, flat);
    let (grid, zones) = drive(LENGTH_M, &plans);
    let metrics = corner_metrics(&grid, &corners, &zones);
    assert_eq!(metrics[1].brake_onset_m, None);
    assert_eq!(metrics[1].throttle_on_m, Some(metrics[1].min_speed_m), "on the throttle all along");
    assert_eq!(
        metrics[2].brake_onset_m,
        Some(zones[1].start_m),
        "a flat corner takes no zone from its neighbours"
    );
}

/// Speeds of `mps(metre)` from 30 m before the second corner to 30 m after it, and the slowest place that is found.
fn slowest_of(mps: impl Fn(f64) -> f64) -> f64 {
    let plans = plans();
    let corners = corners(&plans);
    let (mut grid, zones) = drive(LENGTH_M, &plans);
    let (from, to) = (corners[1].start_m as usize - 30, corners[1].end_m as usize + 30);
    (from..=to).for_each(|metre| grid.speed_mps[metre] = mps(metre as f64));
    corner_metrics(&grid, &corners, &zones)[1].min_speed_m
}

#[test]
fn a_car_that_only_gains_speed_is_slowest_at_turn_in() {
    let start_m = plans()[1].corner("T2", 0.0).start_m;
    assert_eq!(slowest_of(|metre| 20.0 + 0.1 * (metre - start_m)), start_m);
}

#[test]
fn a_minimum_just_before_turn_in_is_the_slowest_place() {
    let start_m = plans()[1].corner("T2", 0.0).start_m;
    assert_eq!(slowest_of(|metre| 20.0 + 0.1 * (metre - start_m + 8.0).abs()), start_m - 8.0);
}

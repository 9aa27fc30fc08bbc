//! Each mistake driven alone by the synthetic car must be named, and cost about what it cost.

use crate::Cause;
use crate::compare::{ComparedLap, Comparison, LapTraffic, compare};
use crate::synthetic_lap::{CornerPlan, drive, reference};

const LENGTH_M: f64 = 2000.0;

fn plans() -> Vec<CornerPlan> {
    vec![CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]
}

fn with_mistake(mistake: fn(&mut CornerPlan)) -> Comparison {
    let mut driven = plans();
    mistake(&mut driven[0]);
    let (grid, zones) = drive(LENGTH_M, &driven);
    let lap = ComparedLap {
        lap_time_s: grid.lap_time_s(),
        grid: &grid,
        brake_zones: &zones,
        traffic: LapTraffic::NONE,
    };
    compare(&reference(LENGTH_M, &plans()), &lap)
}

/// The main cause of the first corner is the mistake, and it takes most of the lap's loss.
fn assert_named(comparison: &Comparison, cause: Cause) {
    let section = &comparison.sections[1];
    let main = section.causes.first().expect("a loss has a cause");
    assert_eq!(main.code, cause, "{section:#?}");
    let share = main.cost_s / comparison.lap_delta_s;
    assert!((0.7..=1.1).contains(&share), "{share} of {} s", comparison.lap_delta_s);
    assert!(!main.evidence.is_empty());
}

#[test]
fn braking_early_to_the_same_speed_is_one_cause() {
    let comparison = with_mistake(|plan| {
        plan.brake_m -= 15.0;
        plan.lift_m -= 15.0;
    });
    assert_named(&comparison, Cause::BrakesEarly);
    let main = &comparison.sections[1].causes[0];
    assert!((main.evidence["onsetDifferenceM"] + 15.0).abs() < 1.5);
    assert_eq!(comparison.sections[1].causes.len(), 1);
}

#[test]
fn slowing_too_much_costs_the_straight_as_well() {
    assert_named(&with_mistake(|plan| plan.min_speed_mps -= 2.5), Cause::OverSlows);
}

#[test]
fn a_late_throttle_is_named() {
    assert_named(&with_mistake(|plan| plan.throttle_m += 15.0), Cause::LateThrottle);
}

#[test]
fn braking_softly_is_not_braking_early() {
    let comparison = with_mistake(|plan| {
        plan.brake = 0.75;
        plan.brake_m -= 38.0;
        plan.lift_m -= 38.0;
    });
    assert_named(&comparison, Cause::BrakesSoft);
}

#[test]
fn coasting_before_the_brake_is_named() {
    let comparison = with_mistake(|plan| plan.lift_m -= 30.0);
    assert_named(&comparison, Cause::Coasts);
}

#[test]
fn a_faster_corner_has_no_causes() {
    let comparison = with_mistake(|plan| plan.min_speed_mps += 2.0);
    assert!(comparison.sections[1].delta_s < 0.0);
    assert!(comparison.sections[1].causes.is_empty());
}

#[test]
fn the_next_corner_is_not_blamed_for_what_was_carried_into_it() {
    let comparison = with_mistake(|plan| plan.min_speed_mps -= 5.0);
    let next = &comparison.sections[2];
    assert!(next.causes.iter().all(|cause| cause.code == Cause::CarryOver), "{next:#?}");
    let carried_on_s = comparison.sections[1].causes[0].evidence.get("carriedOnS").copied();
    assert_eq!(carried_on_s, next.causes.first().map(|cause| cause.cost_s));
}

#[test]
fn a_metre_or_three_of_onset_is_noise() {
    let comparison = with_mistake(|plan| {
        plan.brake_m -= 3.0;
        plan.lift_m -= 3.0;
    });
    assert!(comparison.sections[1].causes.iter().all(|cause| cause.code == Cause::Unexplained));
}

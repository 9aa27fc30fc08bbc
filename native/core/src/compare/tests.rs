use super::*;
use crate::synthetic_lap::{CornerPlan, drive, reference};
use proptest::prelude::*;

const LENGTH_M: f64 = 2000.0;

fn plans() -> Vec<CornerPlan> {
    vec![CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]
}

fn compare_plans(plans: &[CornerPlan]) -> Comparison {
    let (grid, zones) = drive(LENGTH_M, plans);
    let reference = reference(LENGTH_M, &self::plans());
    compare(
        &reference,
        &ComparedLap {
            lap_time_s: grid.lap_time_s(),
            grid: &grid,
            brake_zones: &zones,
            traffic: LapTraffic::NONE,
        },
    )
}

fn assert_adds_up(comparison: &Comparison) {
    let sum: f64 = comparison.sections.iter().map(|section| section.delta_s).sum();
    assert!((sum - comparison.lap_delta_s).abs() < 1e-3, "{sum} against {}", comparison.lap_delta_s);
    for section in &comparison.sections {
        assert!((section.phases.sum() - section.delta_s).abs() < 1e-9);
    }
}

#[test]
fn a_lap_against_itself_is_zero_everywhere() {
    let comparison = compare_plans(&plans());
    assert_adds_up(&comparison);
    assert_eq!(comparison.lap_delta_s, 0.0);
    assert!(comparison.sections.iter().all(|section| section.delta_s == 0.0 && section.carry_over_s == 0.0));
    assert!(comparison.sections.iter().all(|section| section.causes.is_empty()));
}

#[test]
fn official_times_close_the_sum() {
    let (grid, zones) = drive(LENGTH_M, &plans());
    let mut reference = reference(LENGTH_M, &plans());
    reference.lap_time_s += 0.004;
    let lap_time_s = grid.lap_time_s() - 0.011;
    let comparison = compare(
        &reference,
        &ComparedLap { grid: &grid, brake_zones: &zones, lap_time_s, traffic: LapTraffic::NONE },
    );
    assert!((comparison.lap_delta_s + 0.015).abs() < 1e-12);
    assert_adds_up(&comparison);
}

#[test]
fn a_lap_of_another_length_is_compared_at_the_same_places() {
    let (mut grid, mut zones) = drive(LENGTH_M, &plans());
    grid.length_m *= 1.0005;
    grid.step_m *= 1.0005;
    zones
        .iter_mut()
        .for_each(|zone| (zone.start_m, zone.end_m) = (zone.start_m * 1.0005, zone.end_m * 1.0005));
    let lap = ComparedLap {
        lap_time_s: grid.lap_time_s(),
        grid: &grid,
        brake_zones: &zones,
        traffic: LapTraffic::NONE,
    };
    let comparison = compare(&reference(LENGTH_M, &plans()), &lap);
    assert_adds_up(&comparison);
    assert!(comparison.sections.iter().all(|section| section.delta_s.abs() < 1e-6));
}

#[test]
fn time_lost_by_exit_speed_alone_is_carried_over() {
    for slower_mps in [1.0, 2.0, 4.0] {
        // The corner is left at another speed with the same inputs: the whole loss on the straight is exit speed.
        let mut slow = plans();
        slow[0].min_speed_mps -= slower_mps;
        let comparison = compare_plans(&slow);
        assert_adds_up(&comparison);
        let section = &comparison.sections[1];
        assert!(section.phases.straight > 0.01);
        let share = section.carry_over_s / section.phases.straight;
        assert!((0.85..1.15).contains(&share), "{slower_mps} m/s: {share} of {}", section.phases.straight);
    }
}

#[test]
fn a_lift_on_the_straight_is_not_carried_over() {
    let reference = reference(LENGTH_M, &plans());
    let (mut grid, zones) = drive(LENGTH_M, &plans());
    // A loss of 0.1 s between 800 and 850 m that does not touch the exit at 600 m.
    for (index, time_s) in grid.time_s.iter_mut().enumerate() {
        *time_s += 0.1 * ((index as f64 - 800.0) / 50.0).clamp(0.0, 1.0);
    }
    let lap = ComparedLap {
        lap_time_s: grid.lap_time_s(),
        grid: &grid,
        brake_zones: &zones,
        traffic: LapTraffic::NONE,
    };
    let section = &compare(&reference, &lap).sections[1];
    assert!((section.phases.straight - 0.1).abs() < 1e-9);
    assert_eq!(section.carry_over_s, 0.0);
}

#[test]
fn a_lap_without_points_has_no_sections() {
    let empty = LapGrid::default();
    let lap = ComparedLap { grid: &empty, brake_zones: &[], lap_time_s: 90.0, traffic: LapTraffic::NONE };
    assert!(compare(&reference(LENGTH_M, &plans()), &lap).sections.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("RACING_COACH_LONG").is_some() { 2000 } else { 60 }))]

    #[test]
    fn phases_and_sections_add_up_for_any_lap(
        changes in prop::collection::vec((-40.0..40.0f64, 0.3..1.0f64, -6.0..6.0f64, -30.0..30.0f64), 2),
        official_s in -0.02..0.02f64,
    ) {
        let mut driven = plans();
        for (plan, (brake_m, brake, speed_mps, throttle_m)) in driven.iter_mut().zip(changes) {
            plan.brake_m += brake_m;
            plan.lift_m = plan.lift_m.min(plan.brake_m);
            plan.brake = brake;
            plan.min_speed_mps += speed_mps;
            plan.throttle_m += throttle_m;
        }
        let (grid, zones) = drive(LENGTH_M, &driven);
        let lap = ComparedLap { lap_time_s: grid.lap_time_s() + official_s, grid: &grid, brake_zones: &zones, traffic: LapTraffic::NONE };
        let comparison = compare(&reference(LENGTH_M, &plans()), &lap);
        assert_adds_up(&comparison);
        for section in &comparison.sections {
            let costs: f64 = section.causes.iter().map(|cause| cause.cost_s).sum();
            prop_assert!(section.causes.iter().all(|cause| cause.cost_s > 0.0 && cause.cost_s.is_finite()));
            prop_assert!(section.causes.iter().all(|cause| cause.evidence.values().all(|value| value.is_finite())));
            prop_assert!(costs <= section.delta_s.max(0.0) + 1e-6, "{costs} s of {} s", section.delta_s);
        }
    }
}

//! A lap with known answers for tests: a point mass with power, drag and brakes, driven by a plan for each corner. Only the plan's
//! inputs are changed by a mistake; speed and time follow by integration along the road.

use crate::corner::{BrakeZone, Corner, CornerKind, Direction};
use crate::grid::LapGrid;
use crate::metrics::corner_metrics;
use crate::reference::ReferenceLap;
use crate::sections::cut_sections;

/// What the driver does in a corner, in metres from the line.
#[derive(Debug, Clone, Copy)]
pub struct CornerPlan {
    /// Where the throttle closes.
    pub lift_m: f64,
    /// Where the brake comes on.
    pub brake_m: f64,
    /// How hard, 0 to 1.
    pub brake: f64,
    /// Speed to slow to.
    pub min_speed_mps: f64,
    /// Turn-in of the road.
    pub start_m: f64,
    /// End of the corner of the road.
    pub end_m: f64,
    /// Where the throttle opens.
    pub throttle_m: f64,
    /// Curvature, left positive.
    pub curvature_per_m: f64,
}

impl CornerPlan {
    /// A corner of 100 m whose plan fits a car at 60 m/s.
    pub fn at(start_m: f64, min_speed_mps: f64) -> Self {
        CornerPlan {
            lift_m: start_m - 112.0,
            brake_m: start_m - 110.0,
            brake: 1.0,
            min_speed_mps,
            start_m,
            end_m: start_m + 100.0,
            throttle_m: start_m + 70.0,
            curvature_per_m: 0.02,
        }
    }

    /// The corner of the road as the core would have found it.
    pub fn corner(&self, id: &str, min_speed_m: f64) -> Corner {
        Corner {
            id: id.to_owned(),
            name: None,
            direction: if self.curvature_per_m > 0.0 { Direction::Left } else { Direction::Right },
            kind: CornerKind::Brake,
            complex: None,
            start_m: self.start_m,
            apex_m: Some(self.start_m + 50.0),
            min_speed_m,
            second_min_speed_m: None,
            end_m: self.end_m,
            peak_curvature_per_m: self.curvature_per_m.abs(),
        }
    }
}

const POWER_PER_MASS: f64 = 200.0;
const DRAG_PER_M: f64 = 0.0005;
const DRIVE_MAX_MPS2: f64 = 9.0;
const BRAKE_MAX_MPS2: f64 = 16.0;
/// Throttle on which a slowed car rolls: neither coasting nor picked up.
const ROLLING_THROTTLE: f64 = 0.08;
/// Opens and closes a pedal in this many metres.
const RAMP_M: f64 = 6.0;

/// Drives a lap of `length_m`, beginning at the speed with which it ends, and gives its grid and brake zones.
pub fn drive(length_m: f64, plans: &[CornerPlan]) -> (LapGrid, Vec<BrakeZone>) {
    let mut speed_mps = 50.0;
    let mut grid = LapGrid::default();
    for _ in 0..3 {
        grid = drive_once(length_m, plans, speed_mps);
        speed_mps = *grid.speed_mps.last().expect("the lap has points");
    }
    let last = grid.speed_mps.len() - 1;
    grid.speed_mps[last] = grid.speed_mps[0];
    let zones = plans.iter().filter_map(|plan| zone(&grid, plan)).collect();
    (grid, zones)
}

fn drive_once(length_m: f64, plans: &[CornerPlan], entry_mps: f64) -> LapGrid {
    let steps = length_m as usize;
    let mut grid = LapGrid { length_m, step_m: length_m / steps as f64, ..LapGrid::default() };
    let (mut speed_mps, mut time_s) = (entry_mps, 0.0);
    let (mut throttle, mut brake) = (1.0, 0.0);
    let mut slowed = false;
    for index in 0..=steps {
        let place_m = index as f64 * grid.step_m;
        let plan = plans.iter().find(|plan| place_m >= plan.lift_m && place_m < plan.throttle_m);
        // The brake takes some metres to come off.
        let after_release = speed_mps * speed_mps - BRAKE_MAX_MPS2 * RAMP_M * brake * brake;
        slowed = plan.map_or(slowed && throttle < 0.24, |plan| {
            slowed || after_release <= plan.min_speed_mps * plan.min_speed_mps
        });
        let (to_throttle, to_brake) = match plan {
            None => (1.0, 0.0),
            Some(_) if slowed => (ROLLING_THROTTLE, 0.0),
            Some(plan) if place_m < plan.brake_m => (0.0, 0.0),
            Some(plan) => (0.0, plan.brake),
        };
        throttle = approach(throttle, to_throttle, grid.step_m / RAMP_M);
        brake = approach(brake, to_brake, grid.step_m / RAMP_M);
        let turn = plans.iter().find(|plan| place_m >= plan.start_m && place_m <= plan.end_m);
        push(&mut grid, time_s, speed_mps, throttle, brake, turn.map_or(0.0, |plan| plan.curvature_per_m));
        let drive = if slowed { 0.0 } else { throttle } * (POWER_PER_MASS / speed_mps).min(DRIVE_MAX_MPS2);
        // A slowed car keeps its speed until the throttle opens.
        let resist = if slowed { 0.0 } else { DRAG_PER_M * speed_mps * speed_mps };
        let next_mps = libm::sqrt(
            (speed_mps * speed_mps + 2.0 * grid.step_m * (drive - resist - brake * BRAKE_MAX_MPS2)).max(25.0),
        );
        time_s += 2.0 * grid.step_m / (speed_mps + next_mps);
        speed_mps = next_mps;
    }
    grid
}

fn approach(value: f64, target: f64, step: f64) -> f64 {
    value + (target - value).clamp(-step, step)
}

fn push(grid: &mut LapGrid, time_s: f64, speed_mps: f64, throttle: f64, brake: f64, curvature_per_m: f64) {
    grid.time_s.push(time_s);
    grid.speed_mps.push(speed_mps);
    grid.throttle.push(throttle);
    grid.brake.push(brake);
    grid.gear.push(if speed_mps < 25.0 { 2 } else { 3 + ((speed_mps - 25.0) / 12.0) as i8 });
    grid.yaw_rate_radps.push(curvature_per_m * speed_mps);
}

/// The zone that a plan makes: from 5 % to under 2 % of the brake.
fn zone(grid: &LapGrid, plan: &CornerPlan) -> Option<BrakeZone> {
    let from = plan.brake_m as usize;
    let first = (from..from + 20).find(|&index| grid.brake[index] >= 0.05)?;
    let last = (first..grid.brake.len()).find(|&index| grid.brake[index] < 0.02)?;
    let pedal = &grid.brake[first..last];
    Some(BrakeZone {
        start_m: first as f64 * grid.step_m,
        end_m: last as f64 * grid.step_m,
        start_speed_mps: grid.speed_mps[first],
        min_speed_mps: grid.speed_mps[first..=last].iter().copied().fold(f64::INFINITY, f64::min),
        peak_brake: pedal.iter().copied().fold(0.0, f64::max),
        duration_s: grid.time_s[last] - grid.time_s[first],
        trail_brake_m: None,
    })
}

/// The slowest place of a driven lap in a plan's corner.
pub fn slowest_m(grid: &LapGrid, plan: &CornerPlan) -> f64 {
    let range = plan.start_m as usize..=plan.end_m as usize;
    let slowest =
        range.min_by(|&a, &b| grid.speed_mps[a].total_cmp(&grid.speed_mps[b])).expect("a corner has metres");
    slowest as f64 * grid.step_m
}

/// A driven lap as a reference with its corners where the plans have them, named T1, T2 and so on.
pub fn reference(length_m: f64, plans: &[CornerPlan]) -> ReferenceLap {
    let (grid, brake_zones) = drive(length_m, plans);
    let named =
        |(index, plan): (usize, &CornerPlan)| plan.corner(&format!("T{}", index + 1), slowest_m(&grid, plan));
    let corners: Vec<Corner> = plans.iter().enumerate().map(named).collect();
    ReferenceLap {
        track_key: String::new(),
        car_key: String::new(),
        own: true,
        wet: false,
        rough: false,
        clean_corners: vec![],
        lap_time_s: grid.lap_time_s(),
        metrics: corner_metrics(&grid, &corners, &brake_zones),
        sections: cut_sections(&grid, &corners, &brake_zones),
        corners,
        brake_zones,
        grid,
    }
}

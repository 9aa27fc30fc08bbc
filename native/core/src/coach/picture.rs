//! Fills the snapshot.

use super::brake_coach::BrakeAdvice;
use super::plan::{Phase, Plan, read};
use super::road::Spot;
use crate::sample::Snapshot;

/// The reference at one place. NaN, and gear 0, where it does not carry the channel.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReferenceHere {
    pub speed_mps: f64,
    pub throttle: f64,
    pub brake: f64,
    pub gear: i8,
}

impl ReferenceHere {
    pub fn read(plan: &Plan, place_m: f64) -> Self {
        let grid = &plan.reference.grid;
        let read = |column: &[f64]| read(grid, column, place_m);
        ReferenceHere {
            speed_mps: read(&grid.speed_mps),
            throttle: read(&grid.throttle),
            brake: read(&grid.brake),
            gear: grid.gear.get((place_m / grid.step_m) as usize).copied().unwrap_or(0),
        }
    }
}

/// Time of the lap against the reference at a place. The source's position and its crossing of the line can disagree by a row: just
/// after the line the place may still read as the lap's end, and just before it as its beginning.
pub(super) fn lap_delta_s(plan: &Plan, place_m: f64, own_time_s: f64) -> f64 {
    const NEAR_LINE_S: f64 = 1.0;
    let reference_s = plan.curve.at(place_m);
    let lap_s = plan.curve.lap_time_s;
    if own_time_s < NEAR_LINE_S && reference_s > lap_s - NEAR_LINE_S {
        own_time_s - reference_s + lap_s
    } else if own_time_s > 0.5 * lap_s && place_m < 1.0 {
        own_time_s - reference_s - lap_s
    } else {
        own_time_s - reference_s
    }
}

/// The reference's part of the snapshot.
pub(super) fn fill_reference(snapshot: &mut Snapshot, plan: &Plan, now: &Spot, here: &ReferenceHere) {
    snapshot.lap_distance_m = now.place_m as f32;
    snapshot.lap_length_m = plan.curve.length_m as f32;
    snapshot.reference_speed_mps = here.speed_mps as f32;
    snapshot.reference_throttle = here.throttle as f32;
    snapshot.reference_brake = here.brake as f32;
    snapshot.reference_gear = i32::from(here.gear);
    let (phase, corner) = plan.phase_at(now.place_m);
    snapshot.phase = phase as u32;
    snapshot.corner = corner.map_or(-1, i32::from);
    if phase == Phase::Straight {
        snapshot.flags |= crate::sample::snapshot_flags::ON_STRAIGHT;
    }
    if let Some(target) = plan.next_target(now.place_m) {
        snapshot.next_corner = i32::from(target.corner);
        snapshot.target_speed_mps = target.speed_mps as f32;
        snapshot.target_gear = i32::from(target.gear);
    }
}

/// The brake marker's part of the snapshot.
pub(super) fn fill_brake(snapshot: &mut Snapshot, advice: &BrakeAdvice, speed_mps: f64, commanded: bool) {
    let Some(ahead) = advice.ahead else { return };
    snapshot.brake_point_m = ahead.point.place_m as f32;
    snapshot.brake_in_m = ahead.in_m as f32;
    snapshot.brake_in_s = if speed_mps > 0.0 { (ahead.in_m / speed_mps) as f32 } else { f32::NAN };
    if commanded {
        snapshot.flags |= crate::sample::snapshot_flags::BRAKE_COMMANDED;
    }
}

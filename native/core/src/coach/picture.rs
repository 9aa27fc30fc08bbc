//! Fills the snapshot.

use super::brake_coach::BrakeAdvice;
use super::plan::{Phase, Plan, read};
use super::road::Spot;
use super::row::Row;
use crate::sample::{Sample, Snapshot, snapshot_flags};
use crate::{Reason, Status};

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
fn lap_delta_s(plan: &Plan, place_m: f64, own_time_s: f64) -> f64 {
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

/// Everything that a snapshot is made of.
pub(super) struct Scene<'a> {
    pub row: &'a Row<'a>,
    pub plan: Option<&'a Plan>,
    pub advice: &'a BrakeAdvice,
    pub status: Status,
    /// The lap's length by the source.
    pub length_m: Option<f64>,
    /// Own running lap time.
    pub lap_time_s: f64,
    pub slope_s_per_50m: f64,
    pub beat: i32,
    pub replaying: bool,
}

/// Before the first row.
pub(super) const NOTHING: Snapshot =
    Snapshot { learned_passes: -1, corner: -1, next_corner: -1, ..Snapshot::EMPTY };

/// The snapshot, without what the caller stamps. With a reference, places are in its metres.
pub(super) fn draw(scene: &Scene) -> Snapshot {
    let (sample, step) = (scene.row.sample, &scene.row.step);
    let mut snapshot = Snapshot {
        flags: flags(scene),
        session_time_s: sample.session_time_s,
        sample: sample.index as u32,
        lap: step.id.lap,
        stint: step.id.stint as i32,
        status: scene.status as u32,
        lap_distance_m: step.lap_distance_m as f32,
        lap_length_m: scene.length_m.unwrap_or(f64::NAN) as f32,
        speed_mps: scene.row.speed_mps as f32,
        throttle: sample.throttle as f32,
        brake: sample.brake as f32,
        steering_rad: sample.steering_rad as f32,
        gear: sample.gear as i32,
        current_lap_time_s: scene.lap_time_s as f32,
        beat: scene.beat,
        car_left_right: if sample.car_left_right.is_finite() { sample.car_left_right as i32 } else { -1 },
        session_flags: Sample::bits(sample.session_flags),
        lateral_accel_mps2: sample.own_lateral_accel_mps2() as f32,
        longitudinal_accel_mps2: sample.own_longitudinal_accel_mps2() as f32,
        ..NOTHING
    };
    if let Some(plan) = scene.plan {
        snapshot.learned_passes = learned_passes(plan, scene.row.movement.now());
        snapshot.reference_lap_time_s = plan.reference.lap_time_s as f32;
        if let Some(now) = scene.row.movement.now() {
            fill_reference(&mut snapshot, plan, &now);
            fill_brake(&mut snapshot, scene, plan.reference.own);
            fill_delta(&mut snapshot, scene, plan, &now);
        }
    }
    snapshot
}

/// The same moment after the source has fallen silent: nothing drives, nothing is ahead, nothing moves on.
pub(super) fn interrupted(last: &Snapshot, status: Status) -> Snapshot {
    let kept = snapshot_flags::HAS_REFERENCE | snapshot_flags::REFERENCE_ROUGH | snapshot_flags::REPLAYING;
    Snapshot {
        flags: last.flags & kept | snapshot_flags::SNAP,
        status: status as u32,
        delta_s: f32::NAN,
        delta_slope_s_per50_m: f32::NAN,
        predicted_lap_time_s: f32::NAN,
        brake_point_m: f32::NAN,
        brake_in_m: f32::NAN,
        brake_in_s: f32::NAN,
        beat: 0,
        lateral_accel_mps2: f32::NAN,
        longitudinal_accel_mps2: f32::NAN,
        ..*last
    }
}

/// Of the corner whose brake point comes next; -1 when nothing is being learned or the car is nowhere.
fn learned_passes(plan: &Plan, now: Option<Spot>) -> i32 {
    let next = now.filter(|_| plan.learning()).and_then(|now| plan.next_point(now.place_m));
    next.map_or(-1, |point| point.passes)
}

fn flags(scene: &Scene) -> u32 {
    let step = &scene.row.step;
    let elsewhere = matches!(
        step.blocked,
        Some(Status::NotDriving | Status::InPits | Status::Replay | Status::InMenus | Status::InGarage)
    );
    [
        (true, snapshot_flags::CONNECTED),
        (!elsewhere && scene.row.speed_mps > 1.0, snapshot_flags::DRIVING),
        (scene.plan.is_some(), snapshot_flags::HAS_REFERENCE),
        (scene.plan.is_some_and(|plan| plan.reference.rough), snapshot_flags::REFERENCE_ROUGH),
        (!step.reasons.allows(Reason::spoils_reference), snapshot_flags::LAP_SPOILED),
        (step.snapped, snapshot_flags::SNAP),
        (scene.replaying, snapshot_flags::REPLAYING),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .fold(0, |flags, (_, bit)| flags | bit)
}

fn fill_reference(snapshot: &mut Snapshot, plan: &Plan, now: &Spot) {
    let here = ReferenceHere::read(plan, now.place_m);
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
        snapshot.flags |= snapshot_flags::ON_STRAIGHT;
    }
    if let Some(target) = plan.next_target(now.place_m) {
        snapshot.next_corner = i32::from(target.corner);
        snapshot.target_speed_mps = target.speed_mps as f32;
        snapshot.target_gear = i32::from(target.gear);
    }
}

fn fill_brake(snapshot: &mut Snapshot, scene: &Scene, commanded: bool) {
    let Some(ahead) = scene.advice.ahead else { return };
    let speed_mps = scene.row.speed_mps;
    snapshot.brake_point_m = ahead.point.place_m as f32;
    snapshot.brake_in_m = ahead.in_m as f32;
    snapshot.brake_in_s = if speed_mps > 0.0 { (ahead.in_m / speed_mps) as f32 } else { f32::NAN };
    if commanded {
        snapshot.flags |= snapshot_flags::BRAKE_COMMANDED;
    }
}

fn fill_delta(snapshot: &mut Snapshot, scene: &Scene, plan: &Plan, now: &Spot) {
    let delta_s = lap_delta_s(plan, now.place_m, scene.lap_time_s);
    if delta_s.is_finite() {
        snapshot.flags |= snapshot_flags::DELTA_VALID;
        snapshot.delta_s = delta_s as f32;
        snapshot.delta_slope_s_per50_m = scene.slope_s_per_50m as f32;
        snapshot.predicted_lap_time_s = (plan.reference.lap_time_s + delta_s) as f32;
    }
}

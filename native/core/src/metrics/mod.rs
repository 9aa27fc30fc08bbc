//! What a lap did in each corner.
//!
//! Corners are the reference's, so that two laps are measured at the same places. "The corner" runs from the reference's turn-in to
//! its end (20 % of peak curvature); "the approach" begins where the coached corner before ends. A lap without points has no metrics.
//!
//! Of a source without distance there are no laps, so no metrics; a channel that is lost on the way spoils its stretch (`gap`).
//!
//! | metric | unit | definition | when a channel is missing |
//! |---|---|---|---|
//! | `startM`, `endM` | m | turn-in and end of the reference | - |
//! | `apexM` | m | sharpest point of this lap's path, to the corner's side; the analysis puts the place nearest the inside edge there where position and edges are known | `null` without yaw rate, lateral acceleration and steering |
//! | `minSpeedM` | m | slowest grid point in the corner; where speed falls on beyond its start or end, the minimum up to 20 m (half way to a neighbour) outside, if there is one | - |
//! | `minSpeedMps`, `entrySpeedMps`, `exitSpeedMps` | m/s | speed there, at `startM`, at `endM` | from distance over time |
//! | `timeS` | s | from `startM` to `endM` | - |
//! | `brakeOnsetM` | m | where the brake zone begins that belongs to the corner (5 %) | `null` without brake, or where nobody brakes |
//! | `peakBrake` | 0..1 | highest pedal in that zone; without a zone, in the corner | 0 |
//! | `trailBrakeM` | m | from turn-in to the zone's end (2 %); 0 when released before | 0 |
//! | `throttleOnM` | m | first place after the slowest point (the second one of a double apex) with at least 10 % for 0.2 s | `null` |
//! | `fullThrottleM` | m | first place after that with at least 95 % for 0.2 s, up to the next coached corner's slowest point | `null` |
//! | `lifts` | count | times the throttle left full (under 90 % for 0.1 s) after `fullThrottleM` and came back without the brake | 0 |
//! | `coastingS` | s | both pedals off (throttle under 5 %, brake under 2 %) for at least 0.15 s, in approach and corner, outside shifts | 0 |
//! | `minGear` | gear | gear at the slowest point | `null` |
//!
//! A press of the throttle under 0.2 s is a blip. Shifts are found where the gear changes, 0.16 s before to 0.05 s after: a dip in a
//! shift up does not end a press and is no lift; nothing in any shift is coasting. Without gears every dip is the driver's.
//! A flat corner has no brake zone; its lifts are those from 50 m before it to 50 m after it, its coasting that inside it.

mod braking;
pub(crate) mod ring;
pub(crate) mod shifts;
#[cfg(test)]
mod tests;
pub(crate) mod throttle;
mod windows;

use crate::corner::{BrakeZone, Corner, CornerKind, CornerMetrics, Direction};
use crate::curvature::curvature;
use crate::grid::LapGrid;
use braking::{trail_brake_m, zones_by_corner};
use ring::Ring;
use shifts::Shifts;
use throttle::{FULL, PICK_UP, coasting_s, held_from_m, lifts};
use windows::{CornerWindow, corner_windows};

/// A lift for a flat corner begins or ends at most this far outside it.
const FLAT_LIFT_M: f64 = 50.0;

/// What the lap did in each of the reference's corners, in the same order.
pub fn corner_metrics(grid: &LapGrid, corners: &[Corner], zones: &[BrakeZone]) -> Vec<CornerMetrics> {
    let Some(ring) = Ring::new(grid) else { return Vec::new() };
    let lap = LapInCorners::new(&ring, corners, zones);
    (0..corners.len()).map(|index| lap.metrics(index)).collect()
}

/// Fills in how far each zone's brake is trailed into its corner; zones without a corner keep `None`.
pub fn fill_trail_brake(grid: &LapGrid, corners: &[Corner], zones: &mut [BrakeZone]) {
    let Some(ring) = Ring::new(grid) else { return };
    let lap = LapInCorners::new(&ring, corners, zones);
    let trails: Vec<(usize, f64)> =
        (0..corners.len()).filter_map(|index| Some((lap.matched[index]?, lap.trail_m(index)))).collect();
    for (zone, trail_m) in trails {
        zones[zone].trail_brake_m = Some(trail_m);
    }
}

/// A lap with what is the same for all of its corners.
struct LapInCorners<'a> {
    ring: &'a Ring<'a>,
    corners: &'a [Corner],
    zones: &'a [BrakeZone],
    windows: Vec<CornerWindow>,
    min_speed_m: Vec<f64>,
    matched: Vec<Option<usize>>,
    shifts: Shifts,
    curvature_per_m: Vec<f64>,
}

impl<'a> LapInCorners<'a> {
    fn new(ring: &'a Ring<'a>, corners: &'a [Corner], zones: &'a [BrakeZone]) -> Self {
        let length_m = ring.grid.length_m;
        let windows = corner_windows(corners, length_m);
        let min_speed_m: Vec<f64> = windows.iter().map(|window| slowest_m(ring, window)).collect();
        let matched = zones_by_corner(corners, &windows, &min_speed_m, zones, length_m);
        let (shifts, curvature_per_m) = (Shifts::find(ring), curvature(ring.grid));
        LapInCorners { ring, corners, zones, windows, min_speed_m, matched, shifts, curvature_per_m }
    }

    fn metrics(&self, index: usize) -> CornerMetrics {
        let (corner, window, ring) = (&self.corners[index], &self.windows[index], self.ring);
        let min_speed_m = self.min_speed_m[index];
        let zone = self.matched[index].map(|zone| &self.zones[zone]);
        let throttle_on_m = self.pick_up_m(index);
        let full_m =
            throttle_on_m.and_then(|from_m| held_from_m(ring, &self.shifts, FULL, from_m, window.next_min_m));
        let flat = corner.kind == CornerKind::Flat;
        let coast_from_m = if flat { window.start_m } else { window.approach_m };
        let lifts = match full_m {
            // A flat corner is left as it was entered: a lift for it may begin before it.
            _ if flat => lifts(ring, &self.shifts, window.start_m - FLAT_LIFT_M, window.end_m + FLAT_LIFT_M),
            Some(from_m) => lifts(ring, &self.shifts, from_m, window.next_min_m),
            None => 0,
        };
        CornerMetrics {
            id: corner.id.clone(),
            name: corner.name.clone(),
            direction: corner.direction,
            start_m: corner.start_m,
            apex_m: self.apex_m(index).map(|place_m| ring.wrap_m(place_m)),
            min_speed_m: ring.wrap_m(min_speed_m),
            end_m: corner.end_m,
            entry_speed_mps: ring.speed_at_mps(window.start_m),
            min_speed_mps: ring.speed_at_mps(min_speed_m),
            exit_speed_mps: ring.speed_at_mps(window.end_m),
            throttle_on_m: throttle_on_m.map(|place_m| ring.wrap_m(place_m)),
            full_throttle_m: full_m.map(|place_m| ring.wrap_m(place_m)),
            time_s: ring.time_at_s(window.end_m) - ring.time_at_s(window.start_m),
            brake_onset_m: zone.map(|zone| zone.start_m),
            peak_brake: zone.map_or_else(|| self.peak_brake(window), |zone| zone.peak_brake),
            trail_brake_m: self.trail_m(index),
            coasting_s: coasting_s(ring, &self.shifts, coast_from_m, window.end_m),
            lifts,
            min_gear: self.gear_at(min_speed_m),
            kind: corner.kind,
            complex: corner.complex,
            second_min_speed_m: corner.second_min_speed_m,
        }
    }

    /// The pick-up of a double apex is the one after its second minimum.
    fn pick_up_m(&self, index: usize) -> Option<f64> {
        let (corner, window) = (&self.corners[index], &self.windows[index]);
        let second_m = corner.second_min_speed_m.map_or(f64::NEG_INFINITY, |place_m| {
            window.start_m + (place_m - window.start_m).rem_euclid(self.ring.grid.length_m)
        });
        let from_m = self.min_speed_m[index].max(second_m.min(window.end_m));
        held_from_m(self.ring, &self.shifts, PICK_UP, from_m, window.next_min_m)
    }

    fn trail_m(&self, index: usize) -> f64 {
        let zone = self.matched[index].map(|zone| &self.zones[zone]);
        zone.map_or(0.0, |zone| trail_brake_m(zone, &self.windows[index], self.ring.grid.length_m))
    }

    /// Sharpest point of this lap's path in the corner, to the corner's side.
    fn apex_m(&self, index: usize) -> Option<f64> {
        let (ring, window) = (self.ring, &self.windows[index]);
        let side = if self.corners[index].direction == Direction::Left { 1.0 } else { -1.0 };
        let turn = |place: i64| side * ring.value(&self.curvature_per_m, place);
        (ring.index(window.start_m)..=ring.index(window.end_m))
            .filter(|&place| turn(place) > 0.0)
            .max_by(|&a, &b| turn(a).total_cmp(&turn(b)).then(b.cmp(&a)))
            .map(|place| ring.place_m(place))
    }

    fn peak_brake(&self, window: &CornerWindow) -> f64 {
        let brake = |place: i64| self.ring.value(&self.ring.grid.brake, place);
        (self.ring.index(window.start_m)..=self.ring.index(window.end_m)).map(brake).fold(0.0, f64::max)
    }

    fn gear_at(&self, place_m: f64) -> Option<i8> {
        let gear = &self.ring.grid.gear;
        gear.get(self.ring.index(place_m).rem_euclid(self.ring.grid.steps() as i64) as usize).copied()
    }
}

/// The lap's slowest grid point in the corner, in unrolled metres; the first of equals. Where speed falls on beyond an end of the corner,
/// the minimum that it falls to, if that lies in the window; a car that is only passing by slower places, on the way out of
/// the corner before or into the next one, is slowest at the end itself.
fn slowest_m(ring: &Ring, window: &CornerWindow) -> f64 {
    let speed = |index: i64| ring.value(&ring.speed_mps, index);
    let (start, end) = (ring.index(window.start_m), ring.index(window.end_m));
    let slowest = (start..=end).min_by(|&a, &b| speed(a).total_cmp(&speed(b)).then(a.cmp(&b)));
    let found = slowest.map(|index| {
        let step = i64::from(index == end) - i64::from(index == start);
        let limit = ring.index(if step < 0 { window.min_from_m } else { window.min_to_m });
        fallen_to(index, step, limit, speed).unwrap_or(index)
    });
    found.map_or(window.start_m, |index| ring.place_m(index))
}

/// Where speed falls to, going in steps of `step` (0 stays); `None` when it still falls at the limit.
fn fallen_to(from: i64, step: i64, limit: i64, speed: impl Fn(i64) -> f64) -> Option<i64> {
    let mut here = from;
    while step != 0 && speed(here + step) < speed(here) {
        here += step;
        if here == limit || (here - limit).signum() == step {
            return None;
        }
    }
    Some(here)
}

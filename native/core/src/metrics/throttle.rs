//! What the right foot did: pick-up, full throttle, lifts, coasting.
//!
//! Awkward values: without a throttle column there is no pick-up and no full throttle, no lift is counted; coasting needs both
//! pedals and is 0 without them.

use crate::metrics::ring::Ring;
use crate::metrics::shifts::Shifts;

/// On the throttle from here on.
pub const PICK_UP: f64 = 0.10;
/// Full throttle from here on: pedals rarely report exactly 1.
pub const FULL: f64 = 0.95;
/// Under this after full throttle is a lift.
pub const LIFTED: f64 = 0.90;
/// A pedal press shorter than this is a blip or a stab.
pub const HOLD_S: f64 = 0.2;
/// Both pedals off for less than this is a change of feet.
pub const COAST_MIN_S: f64 = 0.15;
/// A lift shorter than this is noise of the pedal.
const LIFT_MIN_S: f64 = 0.1;
/// Foot resting on the throttle.
const THROTTLE_OFF: f64 = 0.05;
/// Foot off the brake; the release threshold of brake zones.
const BRAKE_OFF: f64 = 0.02;
/// Brake from which a press counts.
const BRAKE_ON: f64 = 0.05;

/// First place from `from_m` up to `to_m` where the throttle is at least `threshold` and stays so for [`HOLD_S`]; the dip of a
/// shift up does not end a press. Between grid points; `from_m` itself when the throttle is on there already.
pub fn held_from_m(ring: &Ring, shifts: &Shifts, threshold: f64, from_m: f64, to_m: f64) -> Option<f64> {
    let throttle = &ring.grid.throttle;
    let (first, last) = (ring.index(from_m), ring.index(to_m));
    let mut run: Option<i64> = None;
    // The press may begin before `to_m` and prove itself after it.
    for index in first..=last + ring.grid.steps() as i64 / 4 {
        let pressed = ring.value(throttle, index) >= threshold || (run.is_some() && shifts.up(index));
        match (pressed, run) {
            (false, _) if index > last => return None,
            (false, _) => run = None,
            (true, None) if index > last => return None,
            (true, None) => run = Some(index),
            (true, Some(begun)) if ring.time_s(index) - ring.time_s(begun) >= HOLD_S - 1e-9 => {
                return Some(rise_m(ring, throttle, threshold, begun).max(from_m));
            }
            (true, Some(_)) => {}
        }
    }
    None
}

/// Where a column rises through `threshold` just before the grid point `index`.
fn rise_m(ring: &Ring, column: &[f64], threshold: f64, index: i64) -> f64 {
    let (low, high) = (ring.value(column, index - 1), ring.value(column, index));
    let part = if low < threshold && high > low { (threshold - low) / (high - low) } else { 1.0 };
    ring.place_m(index - 1) + part * ring.grid.step_m
}

/// Where the throttle was last full before `before_m`, not looked for before `from_m`: the place of the lift for a corner.
pub fn lift_m(ring: &Ring, shifts: &Shifts, from_m: f64, before_m: f64) -> Option<f64> {
    let throttle = &ring.grid.throttle;
    let (first, last) = (ring.index(from_m), ring.index(before_m));
    let full =
        (first..=last).rev().find(|&index| ring.value(throttle, index) >= LIFTED && !shifts.any(index))?;
    (full < last).then(|| ring.place_m(full))
}

/// Number of times that the throttle left full and came back without the brake, from `from_m` (where it is full) up to `to_m`.
/// A lift that ends in braking, or that is not over at `to_m`, belongs to the next corner.
pub fn lifts(ring: &Ring, shifts: &Shifts, from_m: f64, to_m: f64) -> u32 {
    lift_stretches(ring, shifts, from_m, to_m).len() as u32
}

/// The lifts that [`lifts`] counts, each from the first to the last grid point under full throttle.
pub fn lift_stretches(ring: &Ring, shifts: &Shifts, from_m: f64, to_m: f64) -> Vec<(f64, f64)> {
    let mut found = Vec::new();
    let mut lift: Option<i64> = None;
    for index in ring.index(from_m)..=ring.index(to_m) {
        if ring.value(&ring.grid.brake, index) >= BRAKE_ON {
            break;
        }
        let throttle = ring.value(&ring.grid.throttle, index);
        if throttle < LIFTED && !shifts.any(index) {
            lift = lift.or(Some(index));
        } else if throttle >= LIFTED
            && let Some(begun) = lift.take()
            && ring.time_s(index) - ring.time_s(begun) >= LIFT_MIN_S
        {
            found.push((ring.place_m(begun), ring.place_m(index - 1)));
        }
    }
    found
}

/// Seconds with both pedals off, in stretches of at least [`COAST_MIN_S`] outside shifts.
pub fn coasting_s(ring: &Ring, shifts: &Shifts, from_m: f64, to_m: f64) -> f64 {
    let mut sum_s = 0.0;
    let mut run: Option<i64> = None;
    let last = ring.index(to_m);
    for index in ring.index(from_m)..=last + 1 {
        let off = index <= last
            && ring.value(&ring.grid.throttle, index) < THROTTLE_OFF
            && ring.value(&ring.grid.brake, index) < BRAKE_OFF
            && !shifts.any(index);
        if off {
            run = run.or(Some(index));
        } else if let Some(begun) = run.take() {
            let stretch_s = ring.time_s(index) - ring.time_s(begun);
            sum_s += if stretch_s >= COAST_MIN_S { stretch_s } else { 0.0 };
        }
    }
    sum_s
}

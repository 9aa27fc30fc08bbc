//! What the lap's driver does for a corner: brakes, lifts, or stays flat.

use super::bends::Bend;
use super::trace::Trace;
use crate::corner::{BrakeZone, CornerKind};

/// Less throttle than this, for longer than a shift, is a lift.
const LIFTED_THROTTLE: f64 = 0.9;
/// A dip of the throttle shorter than this is a gear shift.
const SHIFT_S: f64 = 0.25;
/// A driver who is not flat where the bend asks at least this share of the car's cornering is held back by the bend.
const HELD_BACK_GRIP_USE: f64 = 0.5;
/// The lowest speed of a brake zone lies at most so far after the pedal's release.
const ROLL_M: f64 = 40.0;
/// A brake zone whose lowest speed is in no bend belongs to the bend that begins at most so far ahead.
const REACH_M: f64 = 80.0;

/// The kind of each bend.
pub(super) fn kinds(trace: &Trace, bends: &[Bend], zones: &[BrakeZone]) -> Vec<CornerKind> {
    let mut kinds: Vec<CornerKind> = bends
        .iter()
        .map(|bend| if lifts(trace, bend) { CornerKind::Lift } else { CornerKind::Flat })
        .collect();
    for zone in zones {
        if let Some(index) = braked_for(trace, bends, zone) {
            kinds[index] = CornerKind::Brake;
        }
    }
    kinds
}

/// The kind of each dip of speed: slowed by the brake, or without it.
pub(super) fn kinds_of_dips(trace: &Trace, dips: &[Bend], zones: &[BrakeZone]) -> Vec<CornerKind> {
    let mut kinds = vec![CornerKind::Lift; dips.len()];
    zones.iter().filter_map(|zone| braked_for(trace, dips, zone)).for_each(|i| kinds[i] = CornerKind::Brake);
    kinds
}

/// The bend that a brake zone is for: the one with the lowest speed in or just after the zone, else the next one.
fn braked_for(trace: &Trace, bends: &[Bend], zone: &BrakeZone) -> Option<usize> {
    let from = trace.index_of(zone.start_m);
    let end = trace.index_of(zone.end_m);
    let to = if end < from { trace.len() - 1 } else { end + trace.steps_in(ROLL_M) };
    let slowest = trace.slowest(from, to);
    let reach = slowest + trace.steps_in(REACH_M);
    bends
        .iter()
        .position(|bend| bend.start <= slowest && slowest <= bend.end)
        .or_else(|| bends.iter().position(|bend| bend.start > slowest && bend.start <= reach))
        .or_else(|| bends.iter().rposition(|bend| bend.end < slowest && bend.end >= from))
}

/// Whether the bend holds the driver back: off full throttle for longer than a shift where the bend asks for grip.
fn lifts(trace: &Trace, bend: &Bend) -> bool {
    let mut off_since: Option<usize> = None;
    for i in bend.start..=bend.end {
        let off = match trace.throttle.get(i) {
            Some(throttle) => *throttle < LIFTED_THROTTLE,
            None => !trace.full_throttle(i),
        };
        if !(off && trace.grip_use[i] >= HELD_BACK_GRIP_USE) {
            off_since = None;
            continue;
        }
        if trace.time_s[i] - trace.time_s[*off_since.get_or_insert(i)] > SHIFT_S {
            return true;
        }
    }
    false
}

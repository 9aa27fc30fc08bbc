//! What the lap's driver does for a corner: brakes, lifts, or stays flat.

use super::bends::Bend;
use super::by_speed::dips;
use super::trace::Trace;
use crate::corner::{BrakeZone, CornerKind};

/// Less throttle than this, for longer than a shift, is a lift.
const LIFTED_THROTTLE: f64 = 0.9;
/// A dip of the throttle shorter than this is a gear shift.
const SHIFT_S: f64 = 0.25;
/// A driver who is not flat where the bend asks at least this share of the car's cornering is held back by the bend.
const HELD_BACK_GRIP_USE: f64 = 0.5;
/// A lift for a bend begins at most so far before it.
const EARLY_M: f64 = 60.0;
/// Speed falls and rises by at least this much where a lift slowed the car.
const LEAST_DIP_MPS: f64 = 1.0;
/// The lowest speed of a brake zone lies at most so far after the pedal's release.
const ROLL_M: f64 = 40.0;
/// A brake zone whose lowest speed is in no bend belongs to the bend that begins at most so far ahead.
const REACH_M: f64 = 80.0;

/// The kind of each bend.
pub(super) fn kinds(trace: &Trace, bends: &[Bend], zones: &[BrakeZone]) -> Vec<CornerKind> {
    let unbraked = |index| if lifts(trace, bends, index) { CornerKind::Lift } else { CornerKind::Flat };
    let mut kinds: Vec<CornerKind> = (0..bends.len()).map(unbraked).collect();
    for index in dipped_in(trace, bends) {
        kinds[index] = CornerKind::Lift;
    }
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

/// The bends in which the car is slowest after a lift, however far before the bend that began and however little grip the bend asks.
fn dipped_in(trace: &Trace, bends: &[Bend]) -> Vec<usize> {
    let lifted = |crest: usize, low: usize| {
        stretches(crest, low, |i| off_throttle(trace, i))
            .any(|(from, to)| trace.time_s[to] - trace.time_s[from] > SHIFT_S)
    };
    dips(&trace.speed_mps, LEAST_DIP_MPS)
        .into_iter()
        .filter(|[crest, low, _]| lifted(*crest, *low))
        .filter_map(|[_, low, _]| bends.iter().position(|bend| bend.start <= low && low <= bend.end))
        .collect()
}

/// Whether the driver lifts for the bend.
fn lifts(trace: &Trace, bends: &[Bend], index: usize) -> bool {
    held_back(trace, &bends[index]) || lifted_only_here(trace, bends, index)
}

fn off_throttle(trace: &Trace, index: usize) -> bool {
    trace.throttle.get(index).map_or(!trace.full_throttle(index), |throttle| *throttle < LIFTED_THROTTLE)
}

/// Off full throttle for longer than a shift where the bend asks for grip.
fn held_back(trace: &Trace, bend: &Bend) -> bool {
    let held = |i: usize| off_throttle(trace, i) && trace.grip_use[i] >= HELD_BACK_GRIP_USE;
    stretches(bend.start, bend.end, held).any(|(from, to)| trace.time_s[to] - trace.time_s[from] > SHIFT_S)
}

/// A lift that begins at this bend, after the one before it, and is over before the next: it is for no other bend, however little grip this
/// one asks.
fn lifted_only_here(trace: &Trace, bends: &[Bend], index: usize) -> bool {
    let bend = bends[index];
    let before = if index == 0 { 0 } else { bends[index - 1].end + 1 };
    let after = bends.get(index + 1).map_or(trace.len(), |next| next.start);
    let from = bend.start.saturating_sub(trace.steps_in(EARLY_M)).max(before);
    stretches(before.min(bend.start), after - 1, |i| off_throttle(trace, i))
        .filter(|(begin, end)| *begin > before && *begin >= from && *begin <= bend.end && *end + 1 < after)
        .any(|(begin, end)| trace.time_s[end] - trace.time_s[begin] > SHIFT_S)
}

/// The stretches in `from..=to` where `test` holds, first and last index.
fn stretches(from: usize, to: usize, test: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, usize)> {
    let mut next = from;
    core::iter::from_fn(move || {
        let begin = (next..=to).find(|i| test(*i))?;
        let end = (begin..=to).take_while(|i| test(*i)).last().unwrap_or(begin);
        next = end + 1;
        Some((begin, end))
    })
}

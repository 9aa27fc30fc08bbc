//! Which neighbouring bends are one corner.

use super::bends::Bend;
use super::settle::settles_between;
use super::trace::Trace;
use crate::corner::{BrakeZone, CornerKind};

/// Bends of one direction closer than this, with no settle between them, are one corner: a double apex, or a lead-in.
const ONE_CORNER_GAP_M: f64 = 30.0;

/// A flat bend this near to a corner of its direction is that corner's lead-in or tail.
const FLAT_GAP_M: f64 = 15.0;

/// Joins neighbours of one direction between which the driver neither settles nor begins to brake again.
pub(super) fn join_double_apexes(trace: &Trace, bends: Vec<Bend>, zones: &[BrakeZone]) -> Vec<Bend> {
    let onsets: Vec<usize> = zones.iter().map(|zone| trace.index_of(zone.start_m)).collect();
    let mut out: Vec<Bend> = Vec::with_capacity(bends.len());
    for bend in bends {
        match out.last_mut() {
            Some(last)
                if near(trace, last, &bend, ONE_CORNER_GAP_M)
                    && driven_as_one(trace, last.peak, bend.peak, &onsets) =>
            {
                *last = joined(trace, last, &bend);
            }
            _ => out.push(bend),
        }
    }
    out
}

fn driven_as_one(trace: &Trace, first: usize, second: usize, onsets: &[usize]) -> bool {
    let braked_again = onsets.iter().any(|onset| (first..second).contains(onset));
    !braked_again && !settles_between(trace, first, second)
}

/// Joins neighbouring flat bends of one direction, and drops flat ones that touch a coached corner of their direction: they are its
/// lead-in or its tail.
pub(super) fn tidy_flat_bends(trace: &Trace, bends: &mut Vec<Bend>, kinds: &mut Vec<CornerKind>) {
    let mut index = 0;
    while index + 1 < bends.len() {
        let (first, second) = (bends[index], bends[index + 1]);
        if !near(trace, &first, &second, FLAT_GAP_M) {
            index += 1;
            continue;
        }
        match (kinds[index], kinds[index + 1]) {
            (CornerKind::Flat, CornerKind::Flat) => {
                bends[index] = joined(trace, &first, &second);
                bends.remove(index + 1);
                kinds.remove(index + 1);
            }
            (CornerKind::Flat, _) => {
                bends.remove(index);
                kinds.remove(index);
            }
            (_, CornerKind::Flat) => {
                bends.remove(index + 1);
                kinds.remove(index + 1);
            }
            _ => index += 1,
        }
    }
}

fn near(trace: &Trace, first: &Bend, second: &Bend, most_m: f64) -> bool {
    let gap_m = second.start.saturating_sub(first.end) as f64 * trace.step_m;
    first.left(trace) == second.left(trace) && gap_m < most_m
}

fn joined(trace: &Trace, first: &Bend, second: &Bend) -> Bend {
    let sharper = |i: usize| trace.curvature[i].abs();
    let peak = if sharper(second.peak) > sharper(first.peak) { second.peak } else { first.peak };
    Bend { start: first.start, peak, end: second.end.max(first.end) }
}

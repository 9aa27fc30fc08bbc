//! Complexes: corners without a full-throttle settle between them are driven, and coached, as one.

use super::bends::Bend;
use super::settle::settles_between;
use super::trace::Trace;
use crate::corner::CornerKind;

/// Corners further apart than this are never one complex, however timid the driver is between them.
const FURTHEST_M: f64 = 250.0;

/// Less road than this between the bounds of two corners is no straight: the wheel only passes its middle on the way from one to the other, even
/// at full throttle. Esses of ten circuits have up to 31 m, corners that are driven apart at least 42 m.
const SHORTEST_STRAIGHT_M: f64 = 35.0;

/// The complex number of each bend, counted from 1 in order; `None` for bends that stand alone and for flat ones.
pub(super) fn complexes(trace: &Trace, bends: &[Bend], kinds: &[CornerKind]) -> Vec<Option<u32>> {
    let mut numbers: Vec<Option<u32>> = vec![None; bends.len()];
    let (mut last, mut number): (Option<usize>, u32) = (None, 0);
    for index in 0..bends.len() {
        if kinds[index] == CornerKind::Flat {
            continue;
        }
        if let Some(before) = last
            && linked(trace, &bends[before], &bends[index])
        {
            if numbers[before].is_none() {
                number += 1;
                numbers[before] = Some(number);
            }
            numbers[index] = numbers[before];
        }
        last = Some(index);
    }
    numbers
}

fn linked(trace: &Trace, first: &Bend, second: &Bend) -> bool {
    let gap_m = second.start.saturating_sub(first.end) as f64 * trace.step_m;
    let one = gap_m < SHORTEST_STRAIGHT_M || !settles_between(trace, first.peak, second.peak);
    one && gap_m < FURTHEST_M
}

//! Where a bend is slowest: the lowest speed, and the second minimum of a double apex.

use super::bends::Bend;
use super::trace::Trace;

/// The lowest speed may lie this far outside the bend's bounds.
const MARGIN_M: f64 = 20.0;
/// Speed must rise this much between two minima; less is a ripple.
const LEAST_RISE_MPS: f64 = 0.7;
/// Two minima closer than this are one.
const LEAST_APART_M: f64 = 15.0;

/// Fractional index of the lowest speed: the lowest minimum inside the bend; where speed has none there, up to [`MARGIN_M`] outside it but
/// not in its neighbours; where it only falls or only rises, the slower end of the bend.
pub(super) fn slowest(trace: &Trace, bends: &[Bend], index: usize) -> f64 {
    let bend = bends[index];
    let (from, to) = surroundings(trace, bends, index);
    let inside = lowest_minimum(trace, bend.start, bend.end);
    let found = inside.or_else(|| lowest_minimum(trace, from, to));
    refined(trace, found.unwrap_or_else(|| trace.slowest(bend.start, bend.end)))
}

/// The bend with a margin on both sides, which never reaches into its neighbours.
fn surroundings(trace: &Trace, bends: &[Bend], index: usize) -> (usize, usize) {
    let bend = bends[index];
    let margin = trace.steps_in(MARGIN_M);
    let before = if index == 0 { 0 } else { bends[index - 1].end };
    let after = bends.get(index + 1).map_or(trace.len() - 1, |next| next.start);
    let from = bend.start.saturating_sub(margin).max(before).min(bend.start);
    (from, (bend.end + margin).min(after).max(bend.end))
}

/// The lowest place in `from..=to` with no lower neighbour.
fn lowest_minimum(trace: &Trace, from: usize, to: usize) -> Option<usize> {
    let speed = &trace.speed_mps;
    (from.max(1)..=to.min(trace.len() - 2))
        .filter(|i| speed[*i] <= speed[i - 1] && speed[*i] < speed[i + 1])
        .min_by(|a, b| speed[*a].total_cmp(&speed[*b]))
}

/// Fractional index of the other minimum of a double apex; `None` when speed has one minimum only.
pub(super) fn second_slowest(trace: &Trace, bends: &[Bend], index: usize, slowest: f64) -> Option<f64> {
    let (from, to) = surroundings(trace, bends, index);
    let first = (slowest as usize).clamp(from, to);
    let apart = trace.steps_in(LEAST_APART_M);
    let before = other_minimum(trace, (from..=first).rev());
    let after = other_minimum(trace, first..=to);
    [before, after]
        .into_iter()
        .flatten()
        .filter(|index| index.abs_diff(first) >= apart)
        .min_by(|a, b| trace.speed_mps[*a].total_cmp(&trace.speed_mps[*b]))
        .map(|index| refined(trace, index))
}

/// Going away from the lowest speed, the first dip behind a crest that is higher than both.
fn other_minimum(trace: &Trace, mut away: impl Iterator<Item = usize>) -> Option<usize> {
    let speed = &trace.speed_mps;
    let mut crest = speed[away.next()?];
    let mut lowest: Option<usize> = None;
    for index in away {
        match lowest {
            None if speed[index] > crest => crest = speed[index],
            None if speed[index] < crest - LEAST_RISE_MPS => lowest = Some(index),
            Some(low) if speed[index] < speed[low] => lowest = Some(index),
            Some(low) if speed[index] > speed[low] + LEAST_RISE_MPS => return Some(low),
            _ => {}
        }
    }
    None
}

/// The place of the minimum between points: the vertex of the parabola through the lowest point and its neighbours.
fn refined(trace: &Trace, index: usize) -> f64 {
    if index == 0 || index + 1 >= trace.len() {
        return index as f64;
    }
    let speed = &trace.speed_mps;
    let (before, here, after) = (speed[index - 1], speed[index], speed[index + 1]);
    let bend = before - 2.0 * here + after;
    if bend <= 0.0 || before < here || after < here {
        return index as f64;
    }
    index as f64 + (0.5 * (before - after) / bend).clamp(-0.5, 0.5)
}

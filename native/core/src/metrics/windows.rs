//! Where to look for what a lap did in a corner: intervals of unrolled metres around each of the reference's corners.

use crate::corner::{Corner, CornerKind};
use crate::metrics::ring::unroll_near_m;

/// A lap's slowest point may lie this far outside the reference's corner.
const MIN_SPEED_MARGIN_M: f64 = 20.0;
/// Neighbouring corners overlap by less than this: 20 % of peak curvature is reached before the one before has fallen under it.
const OVERLAP_MAX_M: f64 = 100.0;

/// The surroundings of one corner in unrolled metres; `start_m` lies within the lap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CornerWindow {
    /// Where the previous coached corner ends: everything between there and this corner's end belongs to this corner.
    pub approach_m: f64,
    /// Turn-in of the reference.
    pub start_m: f64,
    /// Earliest place for the minimum speed.
    pub min_from_m: f64,
    /// Latest place for the minimum speed.
    pub min_to_m: f64,
    /// End of the corner by the reference.
    pub end_m: f64,
    /// Slowest place of the reference in the next coached corner: throttle and lifts are looked for up to there.
    pub next_min_m: f64,
}

/// The windows of the reference's corners, in the same order. Flat corners have a window of their own but do not end that of
/// their neighbours.
pub fn corner_windows(corners: &[Corner], length_m: f64) -> Vec<CornerWindow> {
    let coached: Vec<usize> =
        (0..corners.len()).filter(|&index| corners[index].kind != CornerKind::Flat).collect();
    (0..corners.len()).map(|index| window(corners, &coached, index, length_m)).collect()
}

fn window(corners: &[Corner], coached: &[usize], index: usize, length_m: f64) -> CornerWindow {
    let corner = &corners[index];
    let start_m = corner.start_m;
    let end_m = start_m + (corner.end_m - start_m).rem_euclid(length_m);
    let previous = coached.iter().rev().find(|&&other| other < index).or(coached.last());
    let next = coached.iter().find(|&&other| other > index).or(coached.first());
    let approach_m = previous.map_or(start_m, |&other| {
        if other == index { end_m - length_m } else { before(corners[other].end_m, start_m, length_m) }
    });
    let next_start_m = next.map_or(end_m, |&other| {
        if other == index { start_m + length_m } else { after(corners[other].start_m, end_m, length_m) }
    });
    let next_min_m = next.map_or(end_m, |&other| {
        let near_m = next_start_m.max(end_m);
        unroll_near_m(corners[other].min_speed_m, near_m, length_m).max(end_m)
    });
    let (min_from_m, min_to_m) = min_speed_range(corner, start_m, end_m, approach_m, next_start_m, length_m);
    CornerWindow { approach_m: approach_m.min(start_m), start_m, min_from_m, min_to_m, end_m, next_min_m }
}

/// The last place before `reference_m` that is `place_m`; a small overlap with it is kept as an overlap.
fn before(place_m: f64, reference_m: f64, length_m: f64) -> f64 {
    let near_m = unroll_near_m(place_m, reference_m, length_m);
    let overlap = near_m > reference_m && near_m - reference_m < OVERLAP_MAX_M.min(length_m / 4.0);
    if near_m <= reference_m || overlap { near_m } else { near_m - length_m }
}

/// The first place after `reference_m` that is `place_m`; a small overlap with it is kept as an overlap.
fn after(place_m: f64, reference_m: f64, length_m: f64) -> f64 {
    let near_m = unroll_near_m(place_m, reference_m, length_m);
    let overlap = near_m < reference_m && reference_m - near_m < OVERLAP_MAX_M.min(length_m / 4.0);
    if near_m >= reference_m || overlap { near_m } else { near_m + length_m }
}

/// Half of the way to each neighbour, at most [`MIN_SPEED_MARGIN_M`]; always around the reference's own minimum.
fn min_speed_range(
    corner: &Corner,
    start_m: f64,
    end_m: f64,
    previous_end_m: f64,
    next_start_m: f64,
    length_m: f64,
) -> (f64, f64) {
    let flat = corner.kind == CornerKind::Flat;
    let margin = |gap_m: f64| if flat { 0.0 } else { (gap_m / 2.0).clamp(0.0, MIN_SPEED_MARGIN_M) };
    let own_m = unroll_near_m(corner.min_speed_m, (start_m + end_m) / 2.0, length_m);
    let from_m = (start_m - margin(start_m - previous_end_m)).min(own_m - margin(MIN_SPEED_MARGIN_M));
    let to_m = (end_m + margin(next_start_m - end_m)).max(own_m + margin(MIN_SPEED_MARGIN_M));
    (from_m, to_m)
}

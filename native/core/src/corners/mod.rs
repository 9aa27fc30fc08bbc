//! Corners of a lap, from what the car did: curvature where it turned, pedals and speed for what the driver had to do.
//!
//! No threshold is in a unit that depends on the car: bends are bounded by shares of their own peak, weighed by the share of
//! the car's own cornering that they ask, and judged by what this lap's driver does in them.

mod apex;
mod bends;
mod by_speed;
mod complexes;
#[cfg(test)]
mod drawn_lap;
mod identity;
mod kind;
mod matching;
mod merge;
mod oval;
mod settle;
mod slow_points;
#[cfg(test)]
mod tests;
mod trace;

use crate::corner::{BrakeZone, Corner, CornerKind, Direction};
use crate::curvature::curvature;
use crate::grid::LapGrid;
use bends::Bend;
use trace::Trace;

pub use apex::place_apexes;
pub use identity::{TrackCorner, TrackModel};
pub use matching::{Place, match_in_order};

/// Curvature over this share of the peak is as good as the peak.
const SHARPEST_SHARE: f64 = 0.97;

/// The corners of a reference lap in order along the lap, by `start_m`; ids are provisional ("T1", "T2" …) until
/// [`TrackModel::assign`].
///
/// Bounds are at 20 % of the corner's sharpest place. Bends of one direction that touch, with no full-throttle settle between, are one
/// corner (a double apex has two minima of speed); bends of different directions are two. Corners without such a settle between them
/// share a complex number, counted from 1 in order along the lap. Bends that this driver takes flat are listed as
/// [`CornerKind::Flat`].
///
/// Curvature comes from whatever the lap carries, see [`curvature`]. Where nothing tells it, dips of speed are the corners:
/// `apex_m` is then `None`, `peak_curvature_per_m` 0, `direction` a placeholder (right; a [`TrackModel`] that knows the corner corrects it),
/// flat bends cannot be seen, and bounds are where 30 % of the speed's fall and rise are left. Without throttle, "full throttle" means
/// that the car does not slow down. A grid without speed has no corners.
pub fn detect_corners(grid: &LapGrid, brake_zones: &[BrakeZone]) -> Vec<Corner> {
    let curvature = curvature(grid);
    let Some(trace) = Trace::new(grid, &curvature) else { return Vec::new() };
    let (bends, kinds) = if curvature.is_empty() {
        let dips = by_speed::find_dips(&trace);
        let kinds = kind::kinds_of_dips(&trace, &dips, brake_zones);
        (dips, kinds)
    } else {
        let bends = merge::join_double_apexes(&trace, bends::find_bends(&trace), brake_zones);
        let mut bends = oval::join_ends(&trace, bends);
        let mut kinds = kind::kinds(&trace, &bends, brake_zones);
        merge::tidy_flat_bends(&trace, &mut bends, &mut kinds);
        (bends, kinds)
    };
    let numbers = complexes::complexes(&trace, &bends, &kinds);
    let mut corners: Vec<Corner> =
        (0..bends.len()).map(|i| corner(&trace, &bends, i, kinds[i], numbers[i])).collect();
    in_lap_order(&mut corners);
    corners
}

fn corner(trace: &Trace, bends: &[Bend], index: usize, kind: CornerKind, complex: Option<u32>) -> Corner {
    let bend = bends[index];
    let slowest = slow_points::slowest(trace, bends, index);
    let second = slow_points::second_slowest(trace, bends, index, slowest);
    let curvature = trace.curvature.get(bend.peak).copied();
    Corner {
        id: String::new(),
        name: None,
        direction: if curvature.is_some_and(|k| k > 0.0) { Direction::Left } else { Direction::Right },
        kind,
        complex,
        start_m: trace.lap_distance_m(bend.start as f64),
        apex_m: curvature.map(|_| trace.lap_distance_m(apex(trace, &bend))),
        min_speed_m: trace.lap_distance_m(slowest),
        second_min_speed_m: second.map(|index| trace.lap_distance_m(index)),
        end_m: trace.lap_distance_m(bend.end as f64),
        peak_curvature_per_m: curvature.map_or(0.0, f64::abs),
    }
}

/// The middle of the sharpest piece: in an arc of one radius the sharpest point itself is an accident.
fn apex(trace: &Trace, bend: &Bend) -> f64 {
    let sharp = SHARPEST_SHARE * trace.curvature[bend.peak].abs();
    let about = |i: &usize| trace.curvature[*i].abs() >= sharp;
    let first = (bend.start..=bend.peak).rev().take_while(about).last().unwrap_or(bend.peak);
    let last = (bend.peak..=bend.end).take_while(about).last().unwrap_or(bend.peak);
    (first + last) as f64 / 2.0
}

/// In order of turn-in from the line; a corner across the line comes last. Ids and complexes are numbered in that order.
fn in_lap_order(corners: &mut [Corner]) {
    corners.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
    let mut seen: Vec<u32> = Vec::new();
    for (index, corner) in corners.iter_mut().enumerate() {
        corner.id = format!("T{}", index + 1);
        corner.complex = corner.complex.map(|number| {
            let place = seen.iter().position(|known| *known == number).unwrap_or_else(|| {
                seen.push(number);
                seen.len() - 1
            });
            place as u32 + 1
        });
    }
}

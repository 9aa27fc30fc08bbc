//! Corners of a lap, from what the car did: curvature where it turned, pedals and speed for what the driver had to do.
//!
//! No threshold is in a unit that depends on the car: bends are bounded by shares of their own peak, weighed by the share of
//! the car's own cornering that they ask, and judged by what this lap's driver does in them.

mod bends;
mod complexes;
pub mod identity;
mod kind;
mod merge;
mod settle;
mod slow_points;
mod trace;

use crate::corner::{BrakeZone, Corner, CornerKind, Direction};
use crate::curvature::curvature;
use crate::grid::LapGrid;
use bends::Bend;
use trace::Trace;

pub use identity::{TrackCorner, TrackModel};

/// The corners of a reference lap in order along the lap; ids are provisional ("T1", "T2" …) until [`TrackModel::assign`].
pub fn detect_corners(grid: &LapGrid, brake_zones: &[BrakeZone]) -> Vec<Corner> {
    let curvature = curvature(grid);
    let Some(trace) = Trace::new(grid, &curvature) else { return Vec::new() };
    if curvature.is_empty() {
        return Vec::new();
    }
    let mut bends = merge::join_double_apexes(&trace, bends::find_bends(&trace));
    let mut kinds = kind::kinds(&trace, &bends, brake_zones);
    merge::tidy_flat_bends(&trace, &mut bends, &mut kinds);
    let numbers = complexes::complexes(&trace, &bends, &kinds);
    let mut corners: Vec<Corner> =
        (0..bends.len()).map(|i| corner(&trace, &bends, i, kinds[i], numbers[i])).collect();
    in_lap_order(&mut corners);
    corners
}

fn corner(trace: &Trace, bends: &[Bend], index: usize, kind: CornerKind, complex: Option<u32>) -> Corner {
    let bend = bends[index];
    let slowest = slow_points::slowest(trace, bends, index);
    let second = slow_points::second_slowest(trace, &bend, slowest);
    Corner {
        id: String::new(),
        name: None,
        direction: if bend.left(trace) { Direction::Left } else { Direction::Right },
        kind,
        complex,
        start_m: trace.lap_distance_m(bend.start as f64),
        apex_m: Some(trace.lap_distance_m(bend.peak as f64)),
        min_speed_m: trace.lap_distance_m(slowest),
        second_min_speed_m: second.map(|index| trace.lap_distance_m(index)),
        end_m: trace.lap_distance_m(bend.end as f64),
        peak_curvature_per_m: trace.curvature[bend.peak].abs(),
    }
}

/// In order of turn-in from the line; a corner across the line comes last. Ids and complexes are numbered in that order.
fn in_lap_order(corners: &mut [Corner]) {
    corners.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
    for (index, corner) in corners.iter_mut().enumerate() {
        corner.id = format!("T{}", index + 1);
    }
}

//! Corners of a lap.

pub mod identity;

use crate::corner::{BrakeZone, Corner};
use crate::grid::LapGrid;

pub use identity::{TrackCorner, TrackModel};

/// The corners of a reference lap in order along the lap; ids are provisional ("T1", "T2" …) until [`TrackModel::assign`].
pub fn detect_corners(grid: &LapGrid, brake_zones: &[BrakeZone]) -> Vec<Corner> {
    let _ = (grid, brake_zones);
    Vec::new()
}

//! Sections: the lap cut once, at metres fixed by the reference.

use crate::corner::{BrakeZone, Corner, Section};
use crate::grid::LapGrid;

/// The sections of a reference lap, in order along the lap.
pub fn cut_sections(grid: &LapGrid, corners: &[Corner], zones: &[BrakeZone]) -> Vec<Section> {
    let _ = (grid, corners, zones);
    Vec::new()
}

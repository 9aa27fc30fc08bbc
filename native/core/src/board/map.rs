//! The track's line to be drawn, of a lap on its grid.

use crate::grid::{LapGrid, Positions};
use serde::Serialize;

/// Points of a map: a pixel of the largest map and more.
const MOST_POINTS: usize = 1000;
/// Nothing is gained by points nearer to each other.
const LEAST_STEP_M: f64 = 2.0;

/// `map` of the contract's `mapMessage`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackMap {
    origin: Positions,
    /// Distance between points, along the lap.
    pub step_m: f64,
    /// East of the first point.
    pub east_m: Vec<f64>,
    /// North of it.
    pub north_m: Vec<f64>,
}

impl TrackMap {
    /// The map of a lap; `None` when nothing tells where it went. The line is closed: where the lap's end lies elsewhere across the road than its beginning, or reckoning
    /// drifted, the difference is spread over the lap. Centimetres are kept.
    pub fn of(grid: &LapGrid) -> Option<TrackMap> {
        let known = |column: &[f64]| column.len() == grid.steps() + 1 && column.iter().all(|m| m.is_finite());
        let drawn = grid.positions != Positions::Unknown && grid.steps() > 2;
        if !(drawn && known(&grid.x_m) && known(&grid.y_m)) {
            return None;
        }
        let points = ((grid.length_m / LEAST_STEP_M) as usize).clamp(3, MOST_POINTS);
        let step_m = grid.length_m / points as f64;
        let line = |column: &[f64]| -> Vec<f64> {
            let (first_m, last_m) = (column[0], column[column.len() - 1]);
            let at = |point: usize| {
                let share = point as f64 / points as f64;
                let place_m = grid.at(column, point as f64 * step_m);
                libm::round((place_m - first_m - (last_m - first_m) * share) * 100.0) / 100.0 + 0.0
            };
            (0..points).map(at).collect()
        };
        Some(TrackMap { origin: grid.positions, step_m, east_m: line(&grid.x_m), north_m: line(&grid.y_m) })
    }
}

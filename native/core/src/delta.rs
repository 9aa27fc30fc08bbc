//! Delta by distance.

use crate::grid::LapGrid;

/// Seconds that `lap` is behind `reference` at each of the reference's grid points: positive is slower.
pub fn delta_by_distance(reference: &LapGrid, lap: &LapGrid) -> Vec<f64> {
    reference
        .time_s
        .iter()
        .enumerate()
        .map(|(index, time_s)| {
            let at_end = index + 1 == reference.time_s.len();
            let there =
                if at_end { lap.lap_time_s() } else { lap.at(&lap.time_s, index as f64 * reference.step_m) };
            there - time_s
        })
        .collect()
}

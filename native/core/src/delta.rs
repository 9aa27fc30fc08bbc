//! Delta by distance.

use crate::grid::LapGrid;

/// Seconds that `lap` is behind `reference` at each of the reference's grid points: positive is slower. The first is 0, the last the
/// difference of the two laps' times. Laps whose lengths differ a little (measured by different sources) are compared at equal parts
/// of the lap. Empty when the reference is; NaN everywhere when the lap is empty.
pub fn delta_by_distance(reference: &LapGrid, lap: &LapGrid) -> Vec<f64> {
    let stretch = lap.length_m / reference.length_m;
    let last = reference.steps();
    let lap_time_s = |at: usize| {
        if at == last {
            lap.lap_time_s()
        } else {
            lap.at(&lap.time_s, at as f64 * reference.step_m * stretch)
        }
    };
    reference.time_s.iter().enumerate().map(|(at, time_s)| lap_time_s(at) - time_s).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steady(length_m: f64, steps: usize, speed_mps: f64) -> LapGrid {
        let step_m = length_m / steps as f64;
        let time_s = (0..=steps).map(|at| at as f64 * step_m / speed_mps).collect();
        LapGrid { length_m, step_m, time_s, ..LapGrid::default() }
    }

    #[test]
    fn a_slower_lap_falls_behind_evenly() {
        let delta = delta_by_distance(&steady(1000.0, 1000, 50.0), &steady(1000.0, 1000, 40.0));
        assert_eq!(delta.len(), 1001);
        assert_eq!(delta[0], 0.0);
        assert!((delta[500] - 2.5).abs() < 1e-9 && (delta[1000] - 5.0).abs() < 1e-9);
    }

    #[test]
    fn lengths_that_differ_do_not_shift_the_end() {
        let delta = delta_by_distance(&steady(1000.0, 1000, 50.0), &steady(1000.4, 1000, 50.02));
        assert!(delta.iter().all(|delta_s| delta_s.abs() < 1e-9), "{:?}", delta.last());
    }

    #[test]
    fn an_empty_lap_has_no_delta() {
        assert!(delta_by_distance(&LapGrid::default(), &steady(1000.0, 1000, 50.0)).is_empty());
        let delta = delta_by_distance(&steady(1000.0, 1000, 50.0), &LapGrid::default());
        assert!(delta.iter().all(|delta_s| delta_s.is_nan()));
    }
}

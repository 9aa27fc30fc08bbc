//! A lap seen as a ring. Places are unrolled metres: one lap length more is the same place one round later, so that a corner
//! across the line is a plain interval.
//!
//! Awkward values: a column that is missing reads as NaN; a source without speed gets it from distance over time.

use crate::grid::LapGrid;
use std::borrow::Cow;

/// A grid whose columns can be read at any unrolled place.
#[derive(Debug, Clone)]
pub struct Ring<'a> {
    /// The lap.
    pub grid: &'a LapGrid,
    /// Speed in m/s at the grid's points, never empty.
    pub speed_mps: Cow<'a, [f64]>,
    steps: i64,
}

impl<'a> Ring<'a> {
    /// The ring of a lap; `None` when the grid has no points.
    pub fn new(grid: &'a LapGrid) -> Option<Self> {
        if grid.steps() < 2 || grid.step_m.is_nan() || grid.step_m <= 0.0 {
            return None;
        }
        let speed_mps = match grid.speed_mps.is_empty() {
            false => Cow::Borrowed(&grid.speed_mps[..]),
            true => Cow::Owned(speed_from_time(grid)),
        };
        Some(Ring { grid, speed_mps, steps: grid.steps() as i64 })
    }

    /// The last grid point at or before a place.
    pub fn index(&self, place_m: f64) -> i64 {
        libm::floor(place_m / self.grid.step_m + 1e-9) as i64
    }

    /// The place of a grid point.
    pub fn place_m(&self, index: i64) -> f64 {
        index as f64 * self.grid.step_m
    }

    /// A column at a grid point; NaN when the column is missing.
    pub fn value(&self, column: &[f64], index: i64) -> f64 {
        column.get(index.rem_euclid(self.steps) as usize).copied().unwrap_or(f64::NAN)
    }

    /// Seconds since the line at a grid point; grows by the lap time with each round.
    pub fn time_s(&self, index: i64) -> f64 {
        let round = index.div_euclid(self.steps);
        self.grid.time_s[index.rem_euclid(self.steps) as usize] + round as f64 * self.grid.lap_time_s()
    }

    /// Seconds since the line at a place, linear between points.
    pub fn time_at_s(&self, place_m: f64) -> f64 {
        let index = self.index(place_m);
        let part = (place_m / self.grid.step_m - index as f64).clamp(0.0, 1.0);
        let (from_s, to_s) = (self.time_s(index), self.time_s(index + 1));
        from_s + (to_s - from_s) * part
    }

    /// Speed at a place, linear between points.
    pub fn speed_at_mps(&self, place_m: f64) -> f64 {
        self.grid.at(&self.speed_mps, place_m)
    }

    /// Brings a place into the lap: 0 up to, not including, the length.
    pub fn wrap_m(&self, place_m: f64) -> f64 {
        wrap_m(place_m, self.grid.length_m)
    }
}

/// Brings a place into a lap of `length_m`: 0 up to, not including, the length.
pub fn wrap_m(place_m: f64, length_m: f64) -> f64 {
    let wrapped = place_m.rem_euclid(length_m);
    // A tiny negative place rounds up to the length itself.
    if wrapped < length_m { wrapped } else { 0.0 }
}

/// The unrolled place nearest to `near_m` that is the same spot as `place_m`.
pub fn unroll_near_m(place_m: f64, near_m: f64, length_m: f64) -> f64 {
    near_m + wrap_m(place_m - near_m + length_m / 2.0, length_m) - length_m / 2.0
}

fn speed_from_time(grid: &LapGrid) -> Vec<f64> {
    let steps = grid.steps();
    let step_speed = |step: usize| grid.step_m / (grid.time_s[step + 1] - grid.time_s[step]);
    (0..=steps)
        .map(|index| (step_speed((index + steps - 1) % steps) + step_speed(index % steps)) / 2.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> LapGrid {
        let time_s = vec![0.0, 1.0, 2.0, 4.0, 6.0];
        LapGrid {
            length_m: 40.0,
            step_m: 10.0,
            time_s,
            throttle: vec![0.0, 0.1, 0.2, 0.3, 0.0],
            ..LapGrid::default()
        }
    }

    #[test]
    fn time_goes_on_across_the_line() {
        let grid = grid();
        let ring = Ring::new(&grid).expect("a ring");
        assert_eq!(ring.time_at_s(45.0), 6.5);
        assert_eq!(ring.time_at_s(-10.0), -2.0);
        assert_eq!(ring.value(&grid.throttle, -1), 0.3);
        assert!(ring.value(&grid.brake, 2).is_nan());
    }

    #[test]
    fn a_source_without_speed_gets_it_from_time() {
        let grid = grid();
        let ring = Ring::new(&grid).expect("a ring");
        assert_eq!(ring.speed_at_mps(10.0), 10.0);
        assert_eq!(ring.speed_at_mps(30.0), 5.0);
        assert_eq!(ring.speed_at_mps(0.0), 7.5);
    }

    #[test]
    fn places_unroll_to_the_nearest_round() {
        assert_eq!(unroll_near_m(5.0, 38.0, 40.0), 45.0);
        assert_eq!(unroll_near_m(35.0, 2.0, 40.0), -5.0);
        assert_eq!(wrap_m(-1e-18, 40.0), 0.0);
    }

    #[test]
    fn an_empty_grid_has_no_ring() {
        assert!(Ring::new(&LapGrid::default()).is_none());
    }
}

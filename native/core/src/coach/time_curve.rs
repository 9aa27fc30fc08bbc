//! The reference's time over distance, read between grid points by a monotone cubic.

use crate::grid::LapGrid;

/// Time at any place of a lap. The slopes at the points are harmonic means of the neighbouring secants (Fritsch and Butland 1984), so
/// the curve rises everywhere; over the line the last secant neighbours the first.
#[derive(Debug, Clone)]
pub(super) struct TimeCurve {
    time_s: Vec<f64>,
    slope_s_per_m: Vec<f64>,
    step_m: f64,
    pub length_m: f64,
    pub lap_time_s: f64,
}

impl TimeCurve {
    /// `None` when the grid is no lap: too short, not finite, or its time does not rise.
    pub fn new(grid: &LapGrid) -> Option<TimeCurve> {
        /// No circuit is shorter; a grid below this is a damaged file.
        const SHORTEST_LAP_M: f64 = 50.0;
        let steps = grid.steps();
        let covered_m = grid.step_m * steps as f64;
        let rising = grid.time_s.windows(2).all(|pair| pair[1] > pair[0]);
        let sound = grid.length_m >= SHORTEST_LAP_M
            && grid.length_m.is_finite()
            && steps >= 3
            && (covered_m - grid.length_m).abs() < 0.5 * grid.step_m
            && rising
            && grid.time_s[0] == 0.0
            && grid.lap_time_s().is_finite();
        if !sound {
            return None;
        }
        let secant = |at: usize| (grid.time_s[at + 1] - grid.time_s[at]) / grid.step_m;
        let slope_s_per_m = (0..=steps)
            .map(|at| {
                let (before, after) = (secant((at + steps - 1) % steps), secant(at % steps));
                2.0 * before * after / (before + after)
            })
            .collect();
        Some(TimeCurve {
            time_s: grid.time_s.clone(),
            slope_s_per_m,
            step_m: grid.step_m,
            length_m: grid.length_m,
            lap_time_s: grid.lap_time_s(),
        })
    }

    /// Seconds from the line to a place between 0 and the length.
    pub fn at(&self, lap_distance_m: f64) -> f64 {
        let place = (lap_distance_m / self.step_m).clamp(0.0, (self.time_s.len() - 1) as f64);
        let index = (place as usize).min(self.time_s.len() - 2);
        let part = place - index as f64;
        let rest = 1.0 - part;
        let (from, to) = (self.time_s[index], self.time_s[index + 1]);
        let (leaving, arriving) = (self.slope_s_per_m[index], self.slope_s_per_m[index + 1]);
        from * (1.0 + 2.0 * part) * rest * rest
            + to * (3.0 - 2.0 * part) * part * part
            + (leaving * rest - arriving * part) * part * rest * self.step_m
    }

    /// Seconds that the reference takes from one place forward to another, across the line when need be.
    pub fn between(&self, from_m: f64, to_m: f64) -> f64 {
        let over_the_line = if to_m < from_m { self.lap_time_s } else { 0.0 };
        self.at(to_m) - self.at(from_m) + over_the_line
    }

    /// The reference's speed by its time alone.
    pub fn speed_mps(&self, lap_distance_m: f64) -> f64 {
        let index = ((lap_distance_m / self.step_m).max(0.0) as usize).min(self.time_s.len() - 2);
        self.step_m / (self.time_s[index + 1] - self.time_s[index])
    }

    /// Metres forward from one place to another: 0 up to the length.
    pub fn ahead_m(&self, from_m: f64, to_m: f64) -> f64 {
        wrapped_m(to_m - from_m, self.length_m)
    }

    /// Metres from one place to another by the shorter way round: negative is back.
    pub fn shortest_m(&self, from_m: f64, to_m: f64) -> f64 {
        let forward_m = self.ahead_m(from_m, to_m);
        if forward_m > 0.5 * self.length_m { forward_m - self.length_m } else { forward_m }
    }
}

/// A distance brought into 0 up to, not including, the length.
pub(super) fn wrapped_m(distance_m: f64, length_m: f64) -> f64 {
    let wrapped = distance_m.rem_euclid(length_m);
    // A tiny negative distance rounds up to the length itself.
    if wrapped < length_m { wrapped } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid_of(speed_mps: impl Fn(f64) -> f64, steps: usize) -> LapGrid {
        let mut time_s = vec![0.0];
        for at in 0..steps {
            time_s.push(time_s[at] + 1.0 / speed_mps(at as f64 + 0.5));
        }
        LapGrid { length_m: steps as f64, step_m: 1.0, time_s, ..LapGrid::default() }
    }

    #[test]
    fn is_exact_at_the_points_and_rises_between_them() {
        let grid = grid_of(|at_m| if at_m < 100.0 { 70.0 } else { 8.0 }, 200);
        let curve = TimeCurve::new(&grid).unwrap();
        let mut last_s = -1.0;
        for tenth in 0..=2000 {
            let time_s = curve.at(f64::from(tenth) * 0.1);
            assert!(time_s > last_s, "at {tenth}");
            last_s = time_s;
            if tenth % 10 == 0 {
                assert!((time_s - grid.time_s[tenth as usize / 10]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn follows_a_steady_acceleration_between_points_within_a_tenth_of_a_millisecond() {
        // v² = 10² + 2·8·s: the corner exit of a quick car.
        let grid_time_s = |at_m: f64| (libm::sqrt(100.0 + 16.0 * at_m) - 10.0) / 8.0;
        let grid = LapGrid {
            length_m: 100.0,
            step_m: 1.0,
            time_s: (0..=100).map(|at| grid_time_s(f64::from(at))).collect(),
            ..LapGrid::default()
        };
        let curve = TimeCurve::new(&grid).unwrap();
        for at in 1..99 {
            let place_m = f64::from(at) + 0.5;
            assert!((curve.at(place_m) - grid_time_s(place_m)).abs() < 1e-4, "at {place_m}");
        }
    }

    #[test]
    fn counts_over_the_line() {
        let curve = TimeCurve::new(&grid_of(|_| 50.0, 100)).unwrap();
        assert!((curve.between(90.0, 10.0) - 0.4).abs() < 1e-12);
        assert_eq!(wrapped_m(-1e-20, 100.0), 0.0);
    }

    #[test]
    fn refuses_what_is_no_lap() {
        assert!(TimeCurve::new(&LapGrid::default()).is_none());
        let mut grid = grid_of(|_| 50.0, 100);
        grid.time_s[50] = f64::NAN;
        assert!(TimeCurve::new(&grid).is_none());
        grid.time_s[50] = grid.time_s[49];
        assert!(TimeCurve::new(&grid).is_none());
    }
}

//! A lap's columns as one open stretch that begins in the middle of its longest straight, so that no corner lies across the ends.

use crate::grid::LapGrid;

/// At least this much throttle counts as full.
pub(super) const FULL_THROTTLE: f64 = 0.95;

/// The rotated lap. Index 0 is the middle of the longest straight; every column has one value a step.
pub(super) struct Trace {
    /// Metres a step.
    pub step_m: f64,
    /// Steps from the line to index 0.
    pub origin: usize,
    /// Curvature, 1/m, left positive.
    pub curvature: Vec<f64>,
    /// Speed, m/s.
    pub speed_mps: Vec<f64>,
    /// Seconds from index 0, one value more than there are steps.
    pub time_s: Vec<f64>,
    /// Throttle; empty when missing.
    pub throttle: Vec<f64>,
    /// Brake; empty when missing.
    pub brake: Vec<f64>,
    /// Lateral acceleration from curvature, absolute, as a share of what the car does in its corners (95th percentile of the lap); about 1
    /// in a corner at the limit whatever the car.
    pub grip_use: Vec<f64>,
}

impl Trace {
    /// Rotates the lap. `curvature` is empty or has a value at each grid point. `None` when the grid has no speed or under 3 steps.
    pub fn new(grid: &LapGrid, curvature: &[f64]) -> Option<Trace> {
        let steps = grid.steps();
        if steps < 3 || grid.speed_mps.len() <= steps {
            return None;
        }
        let lateral: Vec<f64> =
            curvature.iter().zip(&grid.speed_mps).take(steps).map(|(k, v)| k.abs() * v * v).collect();
        let limit = high_value(&lateral);
        let origin = middle_of_longest_straight(grid, &lateral, limit);
        let mut time_s: Vec<f64> = grid.time_s[origin..=steps].to_vec();
        time_s.extend(grid.time_s[1..=origin].iter().map(|time| time + grid.time_s[steps]));
        let grip_use: Vec<f64> = lateral.iter().map(|value| value / limit).collect();
        Some(Trace {
            step_m: grid.step_m,
            origin,
            curvature: rotated(curvature, steps, origin),
            speed_mps: rotated(&grid.speed_mps, steps, origin),
            time_s,
            throttle: rotated(&grid.throttle, steps, origin),
            brake: rotated(&grid.brake, steps, origin),
            grip_use: rotated(&grip_use, steps, origin),
        })
    }

    /// Number of steps.
    pub fn len(&self) -> usize {
        self.speed_mps.len()
    }

    /// Metres from the line of a (fractional) index.
    pub fn lap_distance_m(&self, index: f64) -> f64 {
        let steps = self.len() as f64;
        let place = index + self.origin as f64;
        (if place >= steps { place - steps } else { place }) * self.step_m
    }

    /// The index of a place in metres from the line.
    pub fn index_of(&self, lap_distance_m: f64) -> usize {
        let place = (lap_distance_m / self.step_m) as usize;
        (place + self.len() - self.origin) % self.len()
    }

    /// Steps in a distance.
    pub fn steps_in(&self, distance_m: f64) -> usize {
        (distance_m / self.step_m) as usize
    }

    /// Degrees turned between two indices.
    pub fn heading_deg(&self, from: usize, to: usize) -> f64 {
        let radians: f64 = (from..to)
            .map(|i| self.curvature[i] * self.speed_mps[i] * (self.time_s[i + 1] - self.time_s[i]))
            .sum();
        radians.abs() * 180.0 / core::f64::consts::PI
    }

    /// Whether the driver is at full throttle; where throttle is missing, whether the car does not slow down.
    pub fn full_throttle(&self, index: usize) -> bool {
        match self.throttle.get(index) {
            Some(throttle) => *throttle >= FULL_THROTTLE,
            None => self.speed_mps[(index + 1).min(self.len() - 1)] >= self.speed_mps[index] - 0.01,
        }
    }

    /// Index of the lowest speed in `from..=to`.
    pub fn slowest(&self, from: usize, to: usize) -> usize {
        (from..=to.min(self.len() - 1))
            .fold(from, |best, i| if self.speed_mps[i] < self.speed_mps[best] { i } else { best })
    }

    /// Index of the sharpest place in `from..=to`.
    pub fn sharpest(&self, from: usize, to: usize) -> usize {
        (from..=to.min(self.len() - 1))
            .fold(from, |best, i| if self.curvature[i].abs() > self.curvature[best].abs() { i } else { best })
    }
}

fn rotated(column: &[f64], steps: usize, origin: usize) -> Vec<f64> {
    if column.len() < steps {
        return Vec::new();
    }
    let mut out = Vec::with_capacity(steps);
    out.extend_from_slice(&column[origin..steps]);
    out.extend_from_slice(&column[..origin]);
    out
}

/// The 95th percentile, never 0.
fn high_value(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 1.0;
    }
    let mut sorted = values.to_vec();
    let place = (sorted.len() - 1) * 95 / 100;
    let (_, value, _) = sorted.select_nth_unstable_by(place, f64::total_cmp);
    value.max(0.1)
}

/// The step in the middle of the longest stretch with little lateral acceleration and no slowing down; the fastest step where there is none.
fn middle_of_longest_straight(grid: &LapGrid, lateral: &[f64], limit: f64) -> usize {
    let steps = grid.steps();
    let speed = &grid.speed_mps;
    let fastest = (0..steps).fold(0, |best, i| if speed[i] > speed[best] { i } else { best });
    let straight = |i: usize| {
        lateral.get(i).is_none_or(|value| *value < 0.15 * limit) && {
            let ahead = (i + 1) % steps;
            speed[ahead] > speed[i] - 0.05
        }
    };
    let Some(bend) = (0..steps).find(|i| !straight(*i)) else { return fastest };
    let (mut best, mut best_len, mut len) = (fastest, 0, 0);
    for offset in 1..=steps {
        let index = (bend + offset) % steps;
        if straight(index) {
            len += 1;
            continue;
        }
        if len > best_len {
            (best, best_len) = ((index + steps - len / 2 - 1) % steps, len);
        }
        len = 0;
    }
    best
}

//! A lap on a closed grid of one metre.

mod column;
mod interpolation;
mod knots;
mod path;
mod resample;

use serde::{Deserialize, Serialize};

/// One lap resampled by distance. Point `i` lies `i * step_m` metres after the line; the last point is the line again, so there are
/// `n + 1` points for `n` steps and `step_m * n == length_m` exactly (the step is a little under or over one metre).
/// A column that the source does not carry is empty; a column that it carries has a finite value at every point.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LapGrid {
    /// Length of the lap in metres.
    pub length_m: f64,
    /// Distance between points in metres.
    pub step_m: f64,
    /// Seconds since the line, strictly increasing; first 0, last the lap time.
    pub time_s: Vec<f64>,
    /// Speed in m/s.
    pub speed_mps: Vec<f64>,
    /// Throttle, 0 to 1.
    pub throttle: Vec<f64>,
    /// Brake, 0 to 1.
    pub brake: Vec<f64>,
    /// Gear; the gear in shifts is the one before, never 0.
    pub gear: Vec<i8>,
    /// Steering wheel angle, left positive.
    pub steering_rad: Vec<f64>,
    /// Yaw rate, counter-clockwise positive.
    pub yaw_rate_radps: Vec<f64>,
    /// Lateral acceleration, left positive.
    pub lateral_accel_mps2: Vec<f64>,
    /// Position east (or any fixed direction) of the point on the line, by latitude or by dead reckoning, in metres.
    pub x_m: Vec<f64>,
    /// Position north (or left of x), in metres.
    pub y_m: Vec<f64>,
    /// What `x_m` and `y_m` were made of.
    #[serde(default)]
    pub positions: Positions,
}

/// Where the positions of a lap are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Positions {
    /// There are none, or nobody knows.
    #[default]
    Unknown,
    /// Recorded: latitude and longitude, or the sim's own frame.
    #[serde(rename = "positions")]
    Recorded,
    /// Reckoned from speed and heading, the loop closed.
    #[serde(rename = "dead-reckoning")]
    Reckoned,
}

/// Why a lap cannot be put on a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridError {
    /// The lap did not run from line to line.
    Incomplete,
    /// Nothing tells how long the lap is.
    NoLength,
    /// Too few rows with a place on the lap.
    TooFewRows,
}

impl LapGrid {
    /// Number of steps; there is one point more.
    pub fn steps(&self) -> usize {
        self.time_s.len().saturating_sub(1)
    }

    /// The lap time of the grid in seconds.
    pub fn lap_time_s(&self) -> f64 {
        self.time_s.last().copied().unwrap_or(f64::NAN)
    }

    /// A column's value at a distance, linear between points; `lap_distance_m` is wrapped into the lap. NaN when the column is missing.
    pub fn at(&self, column: &[f64], lap_distance_m: f64) -> f64 {
        if column.is_empty() || self.step_m <= 0.0 || !lap_distance_m.is_finite() {
            return f64::NAN;
        }
        let place = lap_distance_m.rem_euclid(self.length_m) / self.step_m;
        let index = (place as usize).min(column.len().saturating_sub(2));
        let part = place - index as f64;
        column[index] + (column[index + 1] - column[index]) * part
    }

    /// Metres from `from_m` forward to `to_m`, across the line when need be: 0 up to, not including, the length.
    pub fn ahead_m(&self, from_m: f64, to_m: f64) -> f64 {
        (to_m - from_m).rem_euclid(self.length_m)
    }
}

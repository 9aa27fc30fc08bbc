//! From rows to the grid.
//!
//! Time and speed are interpolated monotonically, pedals and angles linearly, the gear is held. A column that the source carries
//! for fewer than half the rows is left out; single missing values repeat the one before.

use super::interpolation::Places;
use super::knots::{Frame, Kept, Knots};
use super::path::close_loop;
use super::{GridError, LapGrid, Positions};
use crate::Sample;
use crate::lap::Lap;

/// Fewer knots than this are no lap.
const LEAST_KNOTS: usize = 16;
/// A longer stretch without rows cannot be filled in: nothing is known about what was driven there.
const LONGEST_HOLE_SHARE: f64 = 0.1;

impl LapGrid {
    /// Resamples a lap that ran from line to line. `samples` are the rows of the lap, with a few rows either side where they exist; rows
    /// further outside are not looked at twice. Where the sim times the lap from the green light, what passed before the line lies in
    /// the first step.
    pub fn resample(
        samples: &[Sample],
        lap: &Lap,
        length_m: f64,
        rate_hz: f64,
    ) -> Result<LapGrid, GridError> {
        let (Some(start_row), Some(end_row)) = (lap.start_row, lap.end_row) else {
            return Err(GridError::Incomplete);
        };
        if !(length_m >= LEAST_KNOTS as f64 && length_m.is_finite() && rate_hz > 0.0) {
            return Err(GridError::NoLength);
        }
        if end_row.partial_cmp(&start_row) != Some(std::cmp::Ordering::Greater) {
            return Err(GridError::Incomplete);
        }
        let knots = Knots::gather(samples, Frame { start_row, end_row, length_m, rate_hz });
        let widest_m = knots.place_m.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
        if knots.place_m.len() < LEAST_KNOTS || widest_m > LONGEST_HOLE_SHARE * length_m {
            return Err(GridError::TooFewRows);
        }
        let mut grid = fill(&knots, length_m);
        let rows_s = (end_row - start_row) / rate_hz;
        add_wait(&mut grid.time_s, lap.own_time_s.unwrap_or(rows_s) - rows_s);
        Ok(grid)
    }
}

/// Seconds from the green light to the line, for a lap that is timed from there.
fn add_wait(time_s: &mut [f64], wait_s: f64) {
    if wait_s > 0.0 && wait_s.is_finite() {
        time_s.iter_mut().skip(1).for_each(|point_s| *point_s += wait_s);
    }
}

fn fill(knots: &Knots, length_m: f64) -> LapGrid {
    let steps = libm::round(length_m).max(1.0) as usize;
    let step_m = length_m / steps as f64;
    let places = Places::new(&knots.place_m, steps, step_m);
    let linear = |kept: Kept| knots.column(kept).map_or_else(Vec::new, |values| places.linear(values));
    let mut time_s = places.monotone(&knots.place_m, &knots.time_s);
    time_s[0] = 0.0;
    let speed_mps = match knots.column(Kept::Speed) {
        Some(values) => places.monotone(&knots.place_m, values),
        None => speed_from_time(&time_s, step_m),
    };
    let (positions, x_m, y_m) = position(knots, &places);
    LapGrid {
        length_m,
        step_m,
        speed_mps,
        throttle: linear(Kept::Throttle),
        brake: linear(Kept::Brake),
        gear: gears(knots, &places),
        steering_rad: linear(Kept::Steering),
        yaw_rate_radps: linear(Kept::YawRate),
        lateral_accel_mps2: linear(Kept::LateralAccel),
        x_m,
        y_m,
        positions,
        time_s,
    }
}

fn gears(knots: &Knots, places: &Places) -> Vec<i8> {
    let values = knots.column(Kept::Gear).map_or_else(Vec::new, |values| places.held(values));
    values.into_iter().map(|gear| gear as i8).collect()
}

/// As recorded; by dead reckoning with the loop closed.
fn position(knots: &Knots, places: &Places) -> (Positions, Vec<f64>, Vec<f64>) {
    if let (Some(east_m), Some(north_m)) = (knots.column(Kept::East), knots.column(Kept::North)) {
        return (Positions::Recorded, places.linear(east_m), places.linear(north_m));
    }
    let (Some(x_m), Some(y_m)) = (knots.column(Kept::ReckonedX), knots.column(Kept::ReckonedY)) else {
        return (Positions::Unknown, Vec::new(), Vec::new());
    };
    let (mut x_m, mut y_m) = (places.linear(x_m), places.linear(y_m));
    close_loop(&mut x_m);
    close_loop(&mut y_m);
    (Positions::Reckoned, x_m, y_m)
}

/// For sources without speed: the distance of two steps over their time.
fn speed_from_time(time_s: &[f64], step_m: f64) -> Vec<f64> {
    let last = time_s.len() - 1;
    (0..=last)
        .map(|at| {
            let (from, to) = (at.saturating_sub(1), (at + 1).min(last));
            (to - from) as f64 * step_m / (time_s[to] - time_s[from])
        })
        .collect()
}

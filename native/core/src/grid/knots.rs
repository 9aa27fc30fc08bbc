//! The rows of a lap as knots for interpolation: strictly growing in distance and time, with a knot on the line at both ends.

use super::column::Column;
use super::path::Path;
use crate::Sample;

/// Rows nearer to each other than this are one knot: distance is noisy where the car stands, and may run back.
const LEAST_STEP_M: f64 = 0.01;
/// Rows further than this outside the lap do not help.
const OUTSIDE_M: f64 = 60.0;

/// Columns that are kept for every knot.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kept {
    Speed,
    Throttle,
    Brake,
    Gear,
    Steering,
    YawRate,
    LateralAccel,
    East,
    North,
    ReckonedX,
    ReckonedY,
}

const KEPT: usize = 11;

/// The lap's frame: its first and last crossing in rows, and its length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) start_row: f64,
    pub(super) end_row: f64,
    pub(super) length_m: f64,
    pub(super) rate_hz: f64,
}

/// The knots. `line_m[first] == 0` and `line_m[last] == length_m`; what lies outside are neighbours for slopes.
pub(super) struct Knots {
    pub(super) place_m: Vec<f64>,
    pub(super) time_s: Vec<f64>,
    columns: [Column; KEPT],
}

impl Knots {
    pub(super) fn gather(samples: &[Sample], frame: Frame) -> Self {
        let mut knots = Knots {
            place_m: Vec::with_capacity(samples.len() + 2),
            time_s: Vec::with_capacity(samples.len() + 2),
            columns: std::array::from_fn(|_| Column::with_capacity(samples.len() + 2)),
        };
        let mut path = Path::default();
        let lap_s = (frame.end_row - frame.start_row) / frame.rate_hz;
        for sample in samples {
            let time_s = (sample.index as f64 - frame.start_row) / frame.rate_hz;
            let place_m = frame.place_m(sample, time_s / lap_s);
            if frame.keeps(place_m, time_s, lap_s) && knots.grows(place_m, time_s) {
                knots.push(sample, place_m, time_s, &mut path, frame.rate_hz);
                knots.cut(0.0, 0.0);
                knots.cut(frame.length_m, lap_s);
            }
        }
        knots.close(frame.length_m, lap_s);
        knots
    }

    /// A column's values; `None` when the source does not carry it.
    pub(super) fn column(&self, kept: Kept) -> Option<&[f64]> {
        self.columns[kept as usize].values()
    }

    fn grows(&self, place_m: f64, time_s: f64) -> bool {
        let after = |last: Option<&f64>, value: f64, least: f64| last.is_none_or(|last| value > last + least);
        after(self.place_m.last(), place_m, LEAST_STEP_M) && after(self.time_s.last(), time_s, 0.0)
    }

    fn push(&mut self, sample: &Sample, place_m: f64, time_s: f64, path: &mut Path, rate_hz: f64) {
        let ((east_m, north_m), (x_m, y_m)) = path.step(sample, rate_hz);
        let or = |value: f64, other: f64| if value.is_finite() { value } else { other };
        let gear = if sample.gear == 0.0 { f64::NAN } else { sample.gear };
        let values = [
            sample.speed_mps,
            or(sample.throttle, sample.throttle_pedal),
            or(sample.brake, sample.brake_pedal),
            gear,
            sample.steering_rad,
            sample.yaw_rate_radps,
            sample.lateral_accel_mps2,
            east_m,
            north_m,
            x_m,
            y_m,
        ];
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.place_m.push(place_m);
        self.time_s.push(time_s);
    }

    /// Adds the line's knot when the newest row passed it.
    fn cut(&mut self, line_m: f64, line_s: f64) {
        let last = self.place_m.len() - 1;
        if last == 0 || self.place_m[last] <= line_m || self.place_m[last - 1] >= line_m {
            return;
        }
        let part = (line_s - self.time_s[last - 1]) / (self.time_s[last] - self.time_s[last - 1]);
        self.place_m.insert(last, line_m);
        self.time_s.insert(last, line_s);
        self.columns.iter_mut().for_each(|column| column.insert_before_last(part));
    }

    /// Where there were no rows outside the lap, its ends repeat the nearest row.
    fn close(&mut self, length_m: f64, lap_s: f64) {
        if self.place_m.first().is_some_and(|first_m| *first_m > 0.0) {
            self.place_m.insert(0, 0.0);
            self.time_s.insert(0, 0.0);
            self.columns.iter_mut().for_each(Column::repeat_first);
        }
        if self.place_m.last().is_some_and(|last_m| *last_m < length_m) {
            self.place_m.push(length_m);
            self.time_s.push(lap_s);
            self.columns.iter_mut().for_each(Column::repeat_last);
        }
    }
}

impl Frame {
    /// Metres from the line that began the lap, not wrapped; NaN when the row has no place. `part` is the part of the lap's time that
    /// has passed: it tells on which side of the line a row near it lies.
    pub(super) fn place_m(&self, sample: &Sample, part: f64) -> f64 {
        let fraction = sample.lap_fraction;
        let raw_m = if sample.lap_distance_m.is_finite() && !sample.is_reset_row() {
            sample.lap_distance_m
        } else if fraction.is_finite() && fraction != 0.0 {
            fraction * self.length_m
        } else {
            return f64::NAN;
        };
        let place_m = raw_m.rem_euclid(self.length_m);
        if part < 0.25 && place_m > 0.75 * self.length_m {
            place_m - self.length_m
        } else if part > 0.75 && place_m < 0.25 * self.length_m {
            place_m + self.length_m
        } else {
            place_m
        }
    }

    /// Whether a row agrees with the crossings about which side of the line it lies on, and is near enough.
    fn keeps(&self, place_m: f64, time_s: f64, lap_s: f64) -> bool {
        let (from_line_m, to_line_m) = (place_m, self.length_m - place_m);
        if time_s < 0.0 {
            return from_line_m < -LEAST_STEP_M && from_line_m > -OUTSIDE_M;
        }
        if time_s > lap_s {
            return to_line_m < -LEAST_STEP_M && to_line_m > -OUTSIDE_M;
        }
        from_line_m > LEAST_STEP_M && to_line_m > LEAST_STEP_M
    }
}

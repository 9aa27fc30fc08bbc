//! What one row's movement says: a drive, a drive with rows missing, or a jump.

use super::{LapTracker, Previous};
use crate::Sample;

/// A car's speed where the source does not tell it, for judging jumps.
const FASTEST_MPS: f64 = 120.0;
/// What a car gains in speed at most, for judging jumps over missing rows.
const FASTEST_GAIN_MPS2: f64 = 15.0;
/// Rows missing for longer spoil the road they cover. Real 60 Hz recordings drop up to 6 rows (0.1 s) at a time in every lap, and
/// interpolation over 0.15 s is still good to a few centimetres.
pub(crate) const GAP_S: f64 = 0.15;
/// Rows missing for longer while the car moves leave the lap incomplete: it may have been reset and driven back.
const LONG_GAP_S: f64 = 0.5;
/// The car stood through a gap when it is found this near.
const STOOD_M: f64 = 5.0;
/// After a gap a place this far from what the speeds either side say, as a share of it, was not driven to.
const DRIVEN_SHARE: f64 = 0.3;

/// One row's movement.
pub(super) struct Move {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
    pub(super) rows: f64,
    /// Seconds of missing rows.
    pub(super) gap_s: f64,
    /// The furthest that the speed allows.
    limit_m: f64,
    /// What the speeds either side say was driven.
    driven_m: f64,
}

impl Move {
    fn moved_m(&self) -> f64 {
        (self.to_m - self.from_m).abs()
    }

    /// Rows are missing for so long that the road is spoiled.
    pub(super) fn is_gap(&self) -> bool {
        self.gap_s > GAP_S
    }

    /// And for so long that a lap with it is not known to have been driven.
    pub(super) fn is_long_gap(&self) -> bool {
        self.gap_s > LONG_GAP_S && self.moved_m() > STOOD_M
    }

    /// The car was moved, or was lost for so long that it may have been.
    pub(super) fn is_jump(&self, length_m: Option<f64>) -> bool {
        let moved_m = self.moved_m();
        let elsewhere =
            (self.to_m - self.from_m - self.driven_m).abs() > DRIVEN_SHARE * self.driven_m + STOOD_M;
        let ambiguous = length_m.is_some_and(|length_m| self.limit_m > length_m / 2.0 && moved_m > STOOD_M);
        moved_m > self.limit_m || self.is_long_gap() && elsewhere || ambiguous
    }
}

impl LapTracker {
    /// The movement from the row before, and the length of the lap where it tells that.
    pub(super) fn movement(&mut self, from_m: f64, previous: &Previous, sample: &Sample, to_m: f64) -> Move {
        let rows = (sample.index - previous.index) as f64;
        let elapsed_s = rows / self.rate_hz;
        let known_mps = previous.speed_mps.max(sample.speed_mps);
        let fastest_mps = if known_mps.is_finite() { known_mps.abs() } else { FASTEST_MPS };
        let limit_m = 1.5 * (fastest_mps + FASTEST_GAIN_MPS2 * elapsed_s.min(2.0)) * elapsed_s + 3.0;
        let driven_m = (previous.speed_mps + sample.speed_mps) / 2.0 * elapsed_s;
        if to_m < from_m - limit_m && to_m <= limit_m && from_m > 100.0 {
            self.placer.learn_at_line(from_m, to_m, driven_m);
        }
        let to_m = match self.placer.exact_length_m() {
            Some(length_m) => to_m + length_m * libm::round((from_m - to_m) / length_m),
            None => to_m,
        };
        let gap_s = (rows - self.spacing) / self.rate_hz;
        Move { from_m, to_m, rows, gap_s, limit_m, driven_m }
    }
}

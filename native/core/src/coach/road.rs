//! Where the car is on the reference, and how far its clock has fallen behind the reference's.
//!
//! A segment is a piece of driving without a jump. Inside it, progress counts on over the line, and `lag` is the difference between the
//! time by rows and the reference's time at the same progress; it has no meaning by itself, its differences are deltas, and it
//! is continuous over the line. A missing position, a jump, another reference or another idea of the lap's length begins a new segment.

use super::slope_memory::SlopeMemory;
use super::time_curve::{TimeCurve, wrapped_m};

/// One row on the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    /// Metres from the line on the reference.
    pub place_m: f64,
    /// Metres since the segment began.
    pub progress_m: f64,
    /// See the file's header.
    pub lag_s: f64,
    /// Seconds by rows, on the coach's own clock.
    pub clock_s: f64,
}

impl Spot {
    /// The spot between `before` and this one at which the car had made `progress_m`.
    pub fn at_progress(&self, before: &Spot, progress_m: f64) -> Spot {
        let step_m = self.progress_m - before.progress_m;
        let part =
            if step_m > 0.0 { ((progress_m - before.progress_m) / step_m).clamp(0.0, 1.0) } else { 1.0 };
        Spot {
            place_m: self.place_m,
            progress_m,
            lag_s: before.lag_s + part * (self.lag_s - before.lag_s),
            clock_s: before.clock_s + part * (self.clock_s - before.clock_s),
        }
    }
}

/// What a row did on the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Movement {
    /// The car is nowhere.
    Nowhere,
    /// A new segment began here.
    Began(Spot),
    /// From the row before to this one.
    Moved { before: Spot, now: Spot },
}

impl Movement {
    pub fn now(&self) -> Option<Spot> {
        match self {
            Movement::Nowhere => None,
            Movement::Began(now) | Movement::Moved { now, .. } => Some(*now),
        }
    }

    /// Speed by distance over rows; NaN where it is not known.
    pub fn speed_mps(&self) -> f64 {
        match self {
            Movement::Moved { before, now } => {
                ((now.progress_m - before.progress_m) / (now.clock_s - before.clock_s)).max(0.0)
            }
            _ => f64::NAN,
        }
    }
}

/// What [`Road::step`] is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct RoadInput {
    /// Metres from the line by the source.
    pub lap_distance_m: f64,
    /// The lap's length by the source; `None` when it is not known yet.
    pub length_m: Option<f64>,
    pub stint: u32,
    pub clock_s: f64,
}

/// Follows the car.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Road {
    last: Option<Spot>,
    stint: u32,
    scale: f64,
    laps: f64,
    slope: SlopeMemory,
}

impl Road {
    /// Forgets the segment.
    pub fn leave(&mut self) {
        self.last = None;
    }

    /// Places a row.
    pub fn step(&mut self, input: RoadInput, curve: &TimeCurve) -> Movement {
        let scale = input.length_m.map_or(1.0, |length_m| curve.length_m / length_m);
        if !(input.lap_distance_m * scale).is_finite() {
            self.leave();
            return Movement::Nowhere;
        }
        let place_m = wrapped_m(input.lap_distance_m * scale, curve.length_m);
        match self.last {
            Some(before) if self.continues(&before, &input, place_m, scale, curve) => {
                let now = self.advance(&before, input.clock_s, place_m, curve);
                self.slope.add(now);
                self.last = Some(now);
                Movement::Moved { before, now }
            }
            _ => {
                let now = Spot {
                    place_m,
                    progress_m: 0.0,
                    lag_s: input.clock_s - curve.at(place_m),
                    clock_s: input.clock_s,
                };
                *self = Road { last: Some(now), stint: input.stint, scale, ..Road::default() };
                self.slope.add(now);
                Movement::Began(now)
            }
        }
    }

    /// Change of the delta over the last 50 m; NaN before the segment is that long.
    pub fn slope_s_per_50m(&self) -> f64 {
        self.last.map_or(f64::NAN, |now| now.lag_s - self.slope.lag_s_before(&now, 50.0))
    }

    fn continues(
        &self,
        before: &Spot,
        input: &RoadInput,
        place_m: f64,
        scale: f64,
        curve: &TimeCurve,
    ) -> bool {
        /// A correction of the length that moves the car by more than this would be taken for lost time.
        const MOVED_BY_SCALE_M: f64 = 0.5;
        let step_m = curve.shortest_m(before.place_m, place_m);
        input.stint == self.stint
            && input.clock_s > before.clock_s
            && (scale - self.scale).abs() * curve.length_m < MOVED_BY_SCALE_M
            && step_m.abs() < 0.25 * curve.length_m
    }

    fn advance(&mut self, before: &Spot, clock_s: f64, place_m: f64, curve: &TimeCurve) -> Spot {
        let step_m = curve.shortest_m(before.place_m, place_m);
        if step_m > 0.0 && place_m < before.place_m {
            self.laps += 1.0;
        } else if step_m < 0.0 && place_m > before.place_m {
            self.laps -= 1.0;
        }
        Spot {
            place_m,
            progress_m: before.progress_m + step_m,
            lag_s: clock_s - (curve.at(place_m) + self.laps * curve.lap_time_s),
            clock_s,
        }
    }
}

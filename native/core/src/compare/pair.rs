//! A lap beside its reference, at the same places and closed to the same clocks.
//!
//! Two things differ between recordings of one track. Their lengths, by rounding of the source: the lap is stretched to the
//! reference's length, which moves places by centimetres. And the official lap time differs from the grid's by up to some
//! milliseconds: each clock is scaled so that the whole lap takes its lap time, which spreads the difference over the lap in
//! proportion to time. So deltas of pieces add up to the difference of the two lap times exactly.

use crate::compare::ComparedLap;
use crate::corner::BrakeZone;
use crate::grid::LapGrid;
use crate::metrics::ring::Ring;
use crate::reference::ReferenceLap;
use std::borrow::Cow;

/// The lap at the reference's places.
pub struct Stretched<'a> {
    /// The lap's grid, as long as the reference's.
    pub grid: Cow<'a, LapGrid>,
    /// Its brake zones at the same places.
    pub brake_zones: Cow<'a, [BrakeZone]>,
}

impl<'a> Stretched<'a> {
    /// Stretches a lap to the reference's length; borrows it when there is nothing to stretch.
    pub fn new(lap: &ComparedLap<'a>, length_m: f64) -> Self {
        let factor = length_m / lap.grid.length_m;
        if factor == 1.0 || !factor.is_finite() {
            return Stretched { grid: Cow::Borrowed(lap.grid), brake_zones: Cow::Borrowed(lap.brake_zones) };
        }
        let mut grid = lap.grid.clone();
        grid.length_m = length_m;
        grid.step_m = length_m / grid.steps().max(1) as f64;
        let mut zones = lap.brake_zones.to_vec();
        for zone in &mut zones {
            zone.start_m *= factor;
            zone.end_m *= factor;
        }
        Stretched { grid: Cow::Owned(grid), brake_zones: Cow::Owned(zones) }
    }
}

/// The two rings and the scales of their clocks.
pub struct Pair<'a> {
    /// The reference.
    pub reference: Ring<'a>,
    /// The lap.
    pub lap: Ring<'a>,
    reference_scale: f64,
    lap_scale: f64,
}

impl<'a> Pair<'a> {
    /// Puts two laps side by side; `None` when one of them has no points.
    pub fn new(reference: &'a ReferenceLap, lap: &'a LapGrid, lap_time_s: f64) -> Option<Self> {
        let scale = |grid: &LapGrid, time_s: f64| {
            let scale = time_s / grid.lap_time_s();
            if scale.is_finite() && scale > 0.0 { scale } else { 1.0 }
        };
        Some(Pair {
            reference: Ring::new(&reference.grid)?,
            lap: Ring::new(lap)?,
            reference_scale: scale(&reference.grid, reference.lap_time_s),
            lap_scale: scale(lap, lap_time_s),
        })
    }

    /// Seconds lost from one unrolled place to another; negative is a gain.
    pub fn delta_s(&self, from_m: f64, to_m: f64) -> f64 {
        let lap_s = self.lap.time_at_s(to_m) - self.lap.time_at_s(from_m);
        let reference_s = self.reference.time_at_s(to_m) - self.reference.time_at_s(from_m);
        lap_s * self.lap_scale - reference_s * self.reference_scale
    }
}

//! Notices that a source which told speed and pedals does so no more, while it still tells the place.
//!
//! A channel that never had a value is missing, not lost: its metrics are empty and the lap is as good as before.

use crate::Sample;

/// Which channels the source has told, and for how many rows one of them has been lost.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LostChannels {
    told: [bool; 3],
    rows: f64,
}

impl LostChannels {
    /// Takes a row that came `rows` after the one before; gives the rows for which a channel has been lost by now.
    pub(super) fn step(&mut self, sample: &Sample, rows: f64) -> f64 {
        let values = [sample.speed_mps, sample.throttle, sample.brake];
        let lost = values.iter().zip(self.told).any(|(value, told)| told && value.is_nan());
        for (told, value) in self.told.iter_mut().zip(values) {
            *told |= !value.is_nan();
        }
        self.rows = if lost { self.rows + rows } else { 0.0 };
        self.rows
    }
}

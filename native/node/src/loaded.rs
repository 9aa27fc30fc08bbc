//! Opening recordings, whatever their format.

use racing_coach_core::Sample;
use racing_coach_core::analysis::Recording;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::ibt::{IbtFile, IbtSource};
use racing_coach_sources::source::Source;
use std::path::Path;

/// A recording in memory.
pub struct Loaded {
    /// `ibt`, `csv` or `lapfile`.
    pub kind: &'static str,
    /// The session.
    pub session: SessionInfo,
    /// Rows a second.
    pub rate_hz: f64,
    /// Every row.
    pub samples: Vec<Sample>,
}

impl Loaded {
    /// Reads a whole recording.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        let mut file = IbtFile::open(path)?;
        let samples = file.samples()?;
        Ok(Loaded { kind: "ibt", session: file.session(), rate_hz: file.rate_hz(), samples })
    }

    /// As the core takes it.
    pub fn recording(&self) -> Recording<'_> {
        Recording { samples: &self.samples, rate_hz: self.rate_hz, session: &self.session }
    }
}

/// Opens a recording as a stream that holds only a part of it in memory.
pub fn open_source(path: &Path) -> Result<Box<dyn Source>, CodedError> {
    Ok(Box::new(IbtSource::new(IbtFile::open(path)?)?))
}

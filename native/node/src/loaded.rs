//! Opening recordings, whatever their format.

use racing_coach_core::analysis::{self, LapEntry};
use racing_coach_core::error::CodedError;
use racing_coach_core::laps::LapTable;
use racing_coach_core::{ErrorCode, Sample};
use racing_coach_sources::ibt::{IbtFile, IbtSource};
use racing_coach_sources::memory_source::MemorySource;
use racing_coach_sources::recording::{NamedFormat, Recording, lap_file_of, open_recording};
use racing_coach_sources::source::Source;
use racing_coach_sources::tape::{TapeReader, TapeSource};
use std::path::Path;

/// A recording in memory.
pub struct Loaded(pub Recording);

impl Loaded {
    /// Reads a whole recording.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        open_recording(path).map(Loaded)
    }

    /// A lap file in memory.
    pub fn of_lap_file(bytes: &[u8]) -> Result<Self, CodedError> {
        lap_file_of(bytes, "the lap file").map(Loaded)?.placed("the lap file")
    }

    /// As [`open`](Self::open), for who needs laps: without a place on the lap there are none, and why is worth saying.
    pub fn open_placed(path: &Path) -> Result<Self, CodedError> {
        Loaded::open(path)?.placed(path.display())
    }

    fn placed(self, name: impl std::fmt::Display) -> Result<Self, CodedError> {
        let placed = |sample: &Sample| sample.lap_fraction.is_finite() || sample.lap_distance_m.is_finite();
        if self.0.samples.iter().any(placed) {
            return Ok(self);
        }
        let error = CodedError::new(ErrorCode::ChannelsMissing).with("file", name);
        Err(error.with("channels", "LapDist and LapDistPct"))
    }

    /// As the core takes it.
    pub fn recording(&self) -> analysis::Recording<'_> {
        let Recording { samples, rate_hz, session, .. } = &self.0;
        analysis::Recording { samples, rate_hz: *rate_hz, session }
    }

    /// A lap file says whether its lap, which is its one complete one, was driven with live instruction.
    pub fn mark_assisted(&self, laps: &mut [LapEntry]) {
        for lap in laps.iter_mut().filter(|lap| lap.complete) {
            lap.assisted = self.0.assisted;
        }
    }

    /// The laps. A lap file says itself what its lap is; its few rows either side are not laps of their own.
    pub fn laps(&self) -> LapTable {
        match (self.0.lap, self.0.session.track_length_m) {
            (Some(lap), Some(length_m)) => LapTable { laps: vec![lap], length_m },
            _ => self.recording().laps(),
        }
    }
}

/// Opens a recording as a stream. An `.ibt` and a tape stay on disk, but for one block; the other formats have to be read whole.
pub fn open_source(path: &Path) -> Result<Box<dyn Source>, CodedError> {
    match NamedFormat::of(path)? {
        NamedFormat::Ibt => Ok(Box::new(IbtSource::new(IbtFile::open(path)?)?)),
        NamedFormat::Tape => Ok(Box::new(TapeSource::new(TapeReader::open(path)?)?)),
        _ => Ok(Box::new(MemorySource::new(open_recording(path)?))),
    }
}

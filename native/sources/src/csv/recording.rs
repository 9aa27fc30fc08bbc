//! A CSV file as a recording.

use super::table::{Table, not_recognised};
use super::{garage61, own, wall_clock};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{ErrorCode, Sample};
use std::io::Read;
use std::path::Path;

/// The formats, told by their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvKind {
    /// One lap, a row each 1/60 s, as Garage 61 exports it.
    Garage61,
    /// A session with times of the wall clock (`_time`, `CurrentLapTime`, `DistanceRoundTrack` …).
    WallClock,
    /// Our own export.
    Own,
}

/// Samples from a CSV file.
#[derive(Debug, Clone, PartialEq)]
pub struct CsvRecording {
    /// The format.
    pub kind: CsvKind,
    /// What the file says about its session.
    pub session: SessionInfo,
    /// Rows a second.
    pub rate_hz: f64,
    /// The samples, in order of their index; at least one.
    pub samples: Vec<Sample>,
}

impl CsvRecording {
    /// Reads a file.
    ///
    /// # Errors
    /// `file-not-found`, `file-unreadable`, or one of the `csv-` codes.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        Self::read(crate::recording::open_file(path)?, &path.display().to_string())
    }

    /// Reads from anything; `name` is for errors, and Garage 61 writes car, track and lap time into it.
    ///
    /// # Errors
    /// `file-unreadable` or one of the `csv-` codes.
    pub fn read(input: impl Read, name: &str) -> Result<Self, CodedError> {
        let mut table = Table::open(input, name)?;
        let recording = match kind_of(&table) {
            Some(CsvKind::Garage61) => garage61::read(&mut table)?,
            Some(CsvKind::WallClock) => wall_clock::read(&mut table)?,
            Some(CsvKind::Own) => own::read(&mut table)?,
            None => return Err(unknown(&table)),
        };
        if recording.samples.is_empty() {
            return Err(CodedError::new(ErrorCode::CsvNoSamples).with("file", name));
        }
        Ok(recording)
    }
}

fn kind_of(table: &Table) -> Option<CsvKind> {
    let has = |columns: &[&str]| columns.iter().all(|column| table.column(column).is_some());
    if has(&[own::INDEX]) {
        return Some(CsvKind::Own);
    }
    if has(wall_clock::NEEDED) {
        return Some(CsvKind::WallClock);
    }
    has(garage61::NEEDED).then_some(CsvKind::Garage61)
}

fn unknown(table: &Table) -> CodedError {
    let missing = |needed: &[&str]| {
        let absent = needed.iter().filter(|column| table.column(column).is_none());
        absent.copied().collect::<Vec<_>>().join(", ")
    };
    let lack = [missing(garage61::NEEDED), missing(wall_clock::NEEDED)];
    let cause =
        format!("Garage 61's export would have {}; a wall-clock recording {} as well", lack[0], lack[1]);
    not_recognised(&table.name, &cause)
}

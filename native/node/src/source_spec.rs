//! What a runner reads, as JSON says it, and how it is opened.

use crate::loaded;
use racing_coach_core::error::CodedError;
use racing_coach_sources::source::Source;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// `runnerSource` of the contract.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SourceSpec {
    /// A recording, played at the pace that is asked for.
    Recording {
        /// .ibt, .csv, .csv.gz or a lap file.
        path: PathBuf,
    },
    /// A recording that comes like a live sim's rows, for tests: nothing before half a second, then its rows at their rate, then nothing more.
    Rehearsal {
        /// As of a recording.
        path: PathBuf,
        /// Times real time.
        speed: f64,
    },
}

impl SourceSpec {
    /// Whether the rows come when they come, instead of when they are wanted.
    pub fn is_live(&self) -> bool {
        !matches!(self, SourceSpec::Recording { .. })
    }

    /// Opens it; a live one with the tape that is to be made of it.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn open(&self, tape: Option<&Path>) -> Result<Box<dyn Source>, CodedError> {
        let _ = tape;
        match self {
            SourceSpec::Recording { path } => loaded::open_source(path),
            SourceSpec::Rehearsal { path, speed } => {
                Ok(Box::new(crate::rehearsal::Rehearsal::new(loaded::open_source(path)?, *speed)))
            }
        }
    }
}

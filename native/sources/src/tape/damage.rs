//! What of a tape is lost, for whoever has it read.

use super::reader::TapeReader;
use racing_coach_core::error::CodedError;
use serde::Serialize;
use std::path::Path;

/// See the module. All zero for a whole tape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TapeDamage {
    /// Rows that were recorded and cannot be read.
    pub lost_rows: u64,
    /// Bytes in the middle that are no block.
    pub damaged_bytes: u64,
    /// Bytes at the end that are no whole block: the recorder was cut off. What rows they held is not known.
    pub torn_bytes: u64,
}

/// Looks through a tape.
///
/// # Errors
/// What is wrong with the file as a whole, as [`TapeReader::open`] says it.
pub fn tape_damage(path: &Path) -> Result<TapeDamage, CodedError> {
    TapeReader::open(path)?.damage()
}

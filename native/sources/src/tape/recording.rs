//! A tape as a recording in memory.

use super::parts::Parts;
use super::reader::TapeReader;
use super::record::TapeRecord;
use crate::recording::{Recording, RecordingKind};
use crate::tick_index::LONGEST_GAP_S;
use racing_coach_core::error::CodedError;
use racing_coach_core::{ErrorCode, Sample};
use std::path::Path;

/// Reads a tape. A recording has one track and one car: where the tape holds several it is those with the most rows, and the others are missing
/// in it as if they had not been seen; never are laps of two cars mixed.
pub(crate) fn read_recording(path: &Path) -> Result<Recording, CodedError> {
    let mut reader = TapeReader::open(path)?;
    let name = reader.name().to_owned();
    let (mut parts, mut samples, mut away) = (Parts::default(), Vec::<Vec<Sample>>::new(), 0);
    while let Some(record) = reader.next_record()? {
        let is_end = matches!(record, TapeRecord::Disconnected);
        let row = parts.take(&record).map_err(|error| error.with("file", &name))?;
        if let Some((place, sample)) = row {
            samples.resize_with(samples.len().max(place + 1), Vec::new);
            samples[place].push(Sample { index: sample.index + away, ..sample });
        } else if is_end {
            away += rows_away(parts.decoding.tick_rate_hz());
        }
    }
    let rows_of = |key: &(String, String, i32)| -> u64 {
        parts.found.iter().filter(|part| part.key() == *key).map(|part| part.rows).sum()
    };
    let mut best: Option<(u64, (String, String, i32))> = None;
    for key in parts.found.iter().map(super::parts::Part::key) {
        let rows = rows_of(&key);
        if best.as_ref().is_none_or(|(most, _)| rows > *most) {
            best = Some((rows, key));
        }
    }
    let Some((_, key)) = best else { return Err(nothing(&reader)) };
    let chosen = parts.found.iter().zip(samples).filter(|(part, _)| part.key() == key);
    let (of_key, samples): (Vec<_>, Vec<_>) = chosen.unzip();
    let session = of_key.last().map(|part| part.session.clone()).unwrap_or_default();
    let samples = samples.concat();
    Ok(Recording {
        kind: RecordingKind::Tape,
        name,
        session,
        rate_hz: f64::from(key.2),
        samples,
        lap: None,
        assisted: None,
    })
}

/// Samples in memory say by their index that the sim went away: it leaps by more than any gap, and the lap tracker begins anew.
fn rows_away(tick_rate_hz: i32) -> u64 {
    2 * LONGEST_GAP_S * u64::from(tick_rate_hz.unsigned_abs().max(1))
}

/// Why there is not a single row.
pub(super) fn nothing<R>(reader: &TapeReader<R>) -> CodedError
where
    R: std::io::Read + std::io::Seek,
{
    if reader.facts().rows == 0 {
        return CodedError::new(ErrorCode::TapeEmpty).with("file", reader.name());
    }
    let error = CodedError::new(ErrorCode::TapeDamaged).with("file", reader.name());
    error.with("cause", "none of its rows can be read")
}

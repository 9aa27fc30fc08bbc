//! Writes samples as the sim would have recorded them.

use super::channel_variables::channel_variable;
use super::spec::IbtSpec;
use super::writer::IbtWriter;
use crate::new_file::NewFile;
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, Sample};
use std::io::{self, Cursor, Seek, Write};
use std::path::Path;

/// Writes a version 2 recording with a variable for each of `channels`, under the sim's names, types and units. One row for each
/// sample, in order: `Sample::index` is not written, so whoever has gaps fills them first. A missing value (NaN) stays NaN in
/// floating-point variables and becomes 0 in the others.
///
/// # Errors
/// `disk-full`, or `output-exists` with the cause.
pub fn write_samples(
    path: &Path,
    session_text: Vec<u8>,
    rate_hz: f64,
    samples: &[Sample],
    channels: &[Channel],
) -> Result<(), CodedError> {
    write_samples_with(path, session_text, rate_hz, samples.iter().copied(), channels)
}

/// As [`write_samples`], from a stream.
///
/// # Errors
/// `disk-full`, or `output-exists` with the cause.
pub fn write_samples_with(
    path: &Path,
    session_text: Vec<u8>,
    rate_hz: f64,
    samples: impl Iterator<Item = Sample>,
    channels: &[Channel],
) -> Result<(), CodedError> {
    let mut writer = IbtWriter::create(path, &spec(session_text, rate_hz, channels))?;
    write_rows(&mut writer, samples, channels).map_err(|cause| NewFile::error(path, &cause))?;
    writer.save(path)
}

/// As [`write_samples_with`], into memory: what a converter goes through to have rows as the sim makes them.
pub(crate) fn samples_to_bytes(
    session_text: Vec<u8>,
    rate_hz: f64,
    samples: impl Iterator<Item = Sample>,
    channels: &[Channel],
) -> io::Result<Vec<u8>> {
    let mut writer = IbtWriter::new(Cursor::new(Vec::new()), &spec(session_text, rate_hz, channels))?;
    write_rows(&mut writer, samples, channels)?;
    writer.finish().map(Cursor::into_inner)
}

fn spec(session_text: Vec<u8>, rate_hz: f64, channels: &[Channel]) -> IbtSpec {
    let variables = channels.iter().map(|channel| channel_variable(*channel)).collect();
    IbtSpec { version: 2, tick_rate_hz: rate_hz.round() as i32, variables, session_text, start_unix_s: 0 }
}

fn write_rows<W: Write + Seek>(
    writer: &mut IbtWriter<W>,
    samples: impl Iterator<Item = Sample>,
    channels: &[Channel],
) -> io::Result<()> {
    for sample in samples {
        for (index, channel) in channels.iter().enumerate() {
            writer.set(index, sample.get(*channel));
        }
        writer.end_row()?;
    }
    Ok(())
}

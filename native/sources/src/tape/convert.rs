//! Tapes to and from `.ibt`, rows as they are: every variable keeps its type, its count and its bits.

use super::encoder::TapeEncoder;
use super::file_head::FileHead;
use super::ibt_part::IbtPart;
use super::parts::Parts;
use super::reader::TapeReader;
use super::record::{TapeRecord, TapeSchema};
use super::recording::nothing;
use crate::ibt::IbtFile;
use crate::live::raw::RawKind;
use crate::new_file::NewFile;
use crate::tick_index::TickIndex;
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, ErrorCode};
use std::io::{BufWriter, Read, Seek};
use std::path::{Path, PathBuf};

/// Rows between two reports of progress.
const REPORT_ROWS: u64 = 4096;

/// Writes each part of a tape (a layout, a track and a car) as an `.ibt` of its own: `out.ibt`, or `out-1.ibt` and so on where there are several.
/// An `.ibt` has one session text, the part's last. Returns the files and the number of rows.
///
/// # Errors
/// What is wrong with the tape; `output-exists`, `disk-full`. Parts that were written before stay.
pub fn tape_to_ibt(
    input: &Path,
    output: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<(Vec<PathBuf>, usize), CodedError> {
    let mut reader = TapeReader::open(input)?;
    let parts = find_parts(&mut reader)?;
    let created_unix_s = reader.facts().head.created_unix_s;
    let mut reader = TapeReader::open(input)?;
    let (mut walk, mut files) = (Parts::default(), Vec::new());
    let (mut part, mut rows) = (None::<IbtPart>, 0);
    while let Some(record) = reader.next_record()? {
        let place = walk.take(&record)?;
        if let (Some((place, _)), TapeRecord::Row { index, bytes, .. }) = (place, record) {
            if files.len() <= place {
                part.take().map_or(Ok(()), IbtPart::save)?;
                let path =
                    if parts.found.len() == 1 { output.to_owned() } else { numbered(output, place + 1) };
                part = Some(IbtPart::create(&path, &parts.found[place], created_unix_s)?);
                files.push(path);
            }
            part.as_mut().map_or(Ok(()), |part| part.row(index, bytes))?;
            rows += 1;
            report(progress, rows, parts.rows());
        } else if let (Some(part), TapeRecord::Disconnected) = (&mut part, record) {
            part.disconnected();
        }
    }
    part.map_or(Ok(()), IbtPart::save)?;
    Ok((files, rows as usize))
}

fn find_parts<R: Read + Seek>(reader: &mut TapeReader<R>) -> Result<Parts, CodedError> {
    let name = reader.name().to_owned();
    let mut parts = Parts::default();
    while let Some(record) = reader.next_record()? {
        if matches!(record, TapeRecord::Schema(schema) if schema.kind != RawKind::Irsdk) {
            return Err(CodedError::new(ErrorCode::TapeOtherSim).with("file", &name));
        }
        parts.take(&record).map_err(|error| error.with("file", &name))?;
    }
    if parts.found.is_empty() {
        return Err(nothing(reader));
    }
    Ok(parts)
}

/// `dir/out.ibt` with a part's number: `dir/out-2.ibt`.
fn numbered(output: &Path, number: usize) -> PathBuf {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!("{stem}-{number}.ibt"))
}

/// Writes an `.ibt` as a tape: its rows with `SessionTick` as the tick, or their number where there is none, and times that follow from that. Returns the
/// number of rows.
///
/// # Errors
/// What is wrong with the recording; `output-exists`, `disk-full`.
pub fn ibt_to_tape<R: Read + Seek>(
    file: &mut IbtFile<R>,
    output: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<usize, CodedError> {
    let error = |cause: std::io::Error| NewFile::error(output, &cause);
    let header = file.header().clone();
    let variables = file.variable_headers()?;
    let tick = file.variable(Channel::SessionTick.iracing_name()).cloned();
    let target = BufWriter::new(NewFile::create(output)?);
    let mut tape = TapeEncoder::new(target, &FileHead::new(header.start_unix_s)).map_err(error)?;
    let schema = TapeSchema {
        kind: RawKind::Irsdk,
        tick_rate_hz: header.tick_rate_hz,
        row_bytes: header.row_bytes,
        variables: &variables,
    };
    tape.put(&TapeRecord::Schema(schema)).map_err(error)?;
    tape.put(&TapeRecord::Session { update: 0, text: file.session_text() }).map_err(error)?;
    let (mut index, mut rows, mut failed) = (TickIndex::new(header.tick_rate_hz), 0u64, Ok(()));
    file.for_each_block(|block| {
        for bytes in block.chunks_exact(header.row_bytes) {
            let tick = tick.as_ref().map_or(rows as f64, |tick| tick.decode(bytes)) as i32;
            let time_us = index.of(i64::from(tick)).saturating_mul(1_000_000) / header.tick_rate_hz as u64;
            if failed.is_ok() {
                failed = tape.put(&TapeRecord::Row { tick, time_us, index: 0, bytes });
            }
            rows += 1;
            report(progress, rows, header.row_count);
        }
    })?;
    failed.and_then(|()| tape.finish()).map_err(error).and_then(|target| save(target, output))?;
    Ok(rows as usize)
}

/// Writes a tape anew: whole, with an index, and with gaps where rows are lost. Returns the number of rows.
///
/// # Errors
/// What is wrong with the tape; `output-exists`, `disk-full`.
pub fn copy_tape(input: &Path, output: &Path, progress: &mut dyn FnMut(f64)) -> Result<usize, CodedError> {
    let error = |cause: std::io::Error| NewFile::error(output, &cause);
    let mut reader = TapeReader::open(input)?;
    let facts = reader.facts().clone();
    if facts.rows == 0 {
        return Err(nothing(&reader));
    }
    let target = BufWriter::new(NewFile::create(output)?);
    let mut tape = TapeEncoder::new(target, &facts.head).map_err(error)?;
    while let Some(record) = reader.next_record()? {
        tape.put(&record).map_err(error)?;
        report(progress, tape.rows(), facts.rows);
    }
    let rows = tape.rows() as usize;
    tape.finish().map_err(error).and_then(|target| save(target, output))?;
    Ok(rows)
}

fn save(target: BufWriter<NewFile>, output: &Path) -> Result<(), CodedError> {
    let file = target.into_inner().map_err(std::io::IntoInnerError::into_error);
    file.map_err(|cause| NewFile::error(output, &cause))?.commit()
}

fn report(progress: &mut dyn FnMut(f64), row: u64, count: u64) {
    if row.is_multiple_of(REPORT_ROWS) {
        progress(row as f64 / count.max(1) as f64);
    }
}

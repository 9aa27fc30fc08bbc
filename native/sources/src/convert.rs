//! Recordings from one format to another.

use crate::csv;
use crate::ibt::{IbtFile, samples_to_bytes, write_samples_with};
use crate::new_file::NewFile;
use crate::recording::{NamedFormat, Recording, open_recording};
use crate::session_text;
use crate::tape;
use flate2::Compression;
use flate2::write::GzEncoder;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::find_session_laps;
use racing_coach_core::{Channel, ErrorCode, Sample};
use racing_coach_lapfile::{LapFileInput, encode, rows_around};
use std::io::{BufWriter, Cursor, Write};
use std::path::{Path, PathBuf};

/// Rows between two reports of progress.
const REPORT_ROWS: usize = 4096;

/// What a conversion wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The files, in order. A recording with several complete laps becomes several lap files.
    pub files: Vec<PathBuf>,
    /// Samples read.
    pub rows: usize,
}

/// Converts a recording into the format of the output's name. What the target has no place for is left out: an `.ibt` keeps the channels of
/// the channel table only, lap files hold the complete laps only (`out-STINT-LAP.parquet` when there are several). Between `.ibt` and tape
/// the rows stay what they are, with every variable; a tape with several cars or tracks becomes several `.ibt` (`out-1.ibt`).
/// `progress` is told the share that is done, from 0 to 1.
///
/// # Errors
/// What is wrong with the input; `output-exists` or `disk-full` for the output; `no-good-lap` when a lap file was asked for and
/// no lap is complete.
pub fn convert(input: &Path, output: &Path, progress: &mut dyn FnMut(f64)) -> Result<Converted, CodedError> {
    let format = NamedFormat::of(output)?;
    if let Some(converted) = convert_rows(input, output, format, progress)? {
        progress(1.0);
        return Ok(converted);
    }
    let recording = open_recording(input)?;
    progress(0.5);
    let files = match format {
        NamedFormat::Tape => write_tape(&recording, output, progress)?,
        NamedFormat::Ibt => write_ibt(&recording, output, progress)?,
        NamedFormat::Csv | NamedFormat::CsvGz => write_csv(&recording, output, format, progress)?,
        NamedFormat::LapFile => write_laps(&recording, output, progress)?,
    };
    progress(1.0);
    Ok(Converted { files, rows: recording.samples.len() })
}

/// Conversions that need not decode the rows; `None` for all others.
fn convert_rows(
    input: &Path,
    output: &Path,
    format: NamedFormat,
    progress: &mut dyn FnMut(f64),
) -> Result<Option<Converted>, CodedError> {
    let one = |rows| Some(Converted { files: vec![output.to_owned()], rows });
    match (NamedFormat::of(input)?, format) {
        (NamedFormat::Tape, NamedFormat::Ibt) => {
            let (files, rows) = tape::tape_to_ibt(input, output, progress)?;
            Ok(Some(Converted { files, rows }))
        }
        (NamedFormat::Tape, NamedFormat::Tape) => tape::copy_tape(input, output, progress).map(one),
        (NamedFormat::Ibt, NamedFormat::Tape) => {
            tape::ibt_to_tape(&mut IbtFile::open(input)?, output, progress).map(one)
        }
        _ => Ok(None),
    }
}

/// A tape holds rows as the sim makes them, so the recording becomes such rows first.
fn write_tape(
    recording: &Recording,
    output: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<Vec<PathBuf>, CodedError> {
    let text = session_text::build(&recording.session);
    let mut quiet = |_| ();
    let (channels, rows) = ibt_rows(recording, &mut quiet);
    let bytes = samples_to_bytes(text, recording.rate_hz, rows, &channels);
    let bytes = bytes.map_err(|cause| NewFile::error(output, &cause))?;
    let mut file = IbtFile::read(Cursor::new(bytes), &recording.name)?;
    tape::ibt_to_tape(&mut file, output, &mut |share| progress(0.5 + 0.5 * share))?;
    Ok(vec![output.to_owned()])
}

fn write_ibt(
    recording: &Recording,
    output: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<Vec<PathBuf>, CodedError> {
    let text = session_text::build(&recording.session);
    let (channels, rows) = ibt_rows(recording, progress);
    write_samples_with(output, text, recording.rate_hz, rows, &channels)?;
    Ok(vec![output.to_owned()])
}

/// The channels and rows of an `.ibt`. It has no gaps in its rows but a count of ticks: that carries the samples' index, and reading gives
/// it back.
fn ibt_rows<'a>(
    recording: &'a Recording,
    progress: &'a mut dyn FnMut(f64),
) -> (Vec<Channel>, impl Iterator<Item = Sample> + 'a) {
    let mut channels = recording.channels();
    let has_clock = channels.contains(&Channel::SessionTimeS);
    channels.retain(|channel| !matches!(channel, Channel::SessionTimeS | Channel::SessionTick));
    channels.splice(0..0, [Channel::SessionTimeS, Channel::SessionTick]);
    let count = recording.samples.len();
    let rows = recording.samples.iter().enumerate().map(move |(row, sample)| {
        report(progress, row, count);
        let mut sample = Sample { session_tick: sample.index as f64, ..*sample };
        if !has_clock {
            sample.session_time_s = sample.index as f64 / recording.rate_hz;
        }
        sample
    });
    (channels, rows)
}

fn write_csv(
    recording: &Recording,
    output: &Path,
    format: NamedFormat,
    progress: &mut dyn FnMut(f64),
) -> Result<Vec<PathBuf>, CodedError> {
    let file = NewFile::create(output)?;
    let count = recording.samples.len();
    let mut body = |target: &mut dyn Write| {
        let Recording { session, rate_hz, samples, .. } = recording;
        csv::write(target, session, *rate_hz, samples, &recording.channels(), |row| {
            report(progress, row, count)
        })
    };
    let mut buffered = BufWriter::with_capacity(1 << 20, file);
    let written = if format == NamedFormat::CsvGz {
        let mut zipped = GzEncoder::new(&mut buffered, Compression::default());
        body(&mut zipped).and_then(|()| zipped.finish().map(|_| ()))
    } else {
        body(&mut buffered)
    };
    let file = written.and_then(|()| buffered.into_inner().map_err(std::io::IntoInnerError::into_error));
    file.map_err(|cause| NewFile::error(output, &cause))?.commit()?;
    Ok(vec![output.to_owned()])
}

fn write_laps(
    recording: &Recording,
    output: &Path,
    progress: &mut dyn FnMut(f64),
) -> Result<Vec<PathBuf>, CodedError> {
    let (laps, length_m) = complete_laps(recording);
    if laps.is_empty() {
        let error = CodedError::new(ErrorCode::NoGoodLap).with("file", &recording.name);
        return Err(error.with("cause", "none is complete"));
    }
    let mut files = Vec::with_capacity(laps.len());
    for (done, lap) in laps.iter().enumerate() {
        let path = if laps.len() == 1 { output.to_owned() } else { numbered(output, lap) };
        write_lap(recording, lap, length_m, &path)?;
        files.push(path);
        progress(0.5 + 0.5 * (done + 1) as f64 / laps.len() as f64);
    }
    Ok(files)
}

/// The complete laps, and the exact length of a lap. A lap file says itself what its lap is.
fn complete_laps(recording: &Recording) -> (Vec<Lap>, f64) {
    let hint_m = recording.session.track_length_m;
    if let Some((lap, length_m)) = recording.lap.zip(hint_m) {
        return (vec![lap], length_m);
    }
    let table = find_session_laps(&recording.samples, recording.rate_hz, &recording.session);
    (table.laps.into_iter().filter(Lap::complete).collect(), table.length_m)
}

fn write_lap(recording: &Recording, lap: &Lap, length_m: f64, path: &Path) -> Result<(), CodedError> {
    let input = LapFileInput {
        session: &recording.session,
        rate_hz: recording.rate_hz,
        length_m,
        lap,
        assisted: recording.assisted,
        samples: rows_around(&recording.samples, lap),
    };
    let bytes = encode(&input)
        .map_err(|error| CodedError::new(ErrorCode::Internal).with("cause", error.to_string()))?;
    let mut file = NewFile::create(path)?;
    file.write_all(&bytes).map_err(|cause| NewFile::error(path, &cause))?;
    file.commit()
}

/// `dir/out.parquet` with the lap's identity: `dir/out-0-3.parquet`.
fn numbered(output: &Path, lap: &Lap) -> PathBuf {
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!("{stem}-{}-{}.parquet", lap.id.stint, lap.id.lap))
}

fn report(progress: &mut dyn FnMut(f64), row: usize, count: usize) {
    if row.is_multiple_of(REPORT_ROWS) {
        progress(0.5 + 0.5 * row as f64 / count.max(1) as f64);
    }
}

//! Our own CSV: a row for each sample, a column for each channel that the recording carries, under the names of the channel table with
//! their units. `sampleIndex` is the row's place in time at `sampleRateHz`; a missing value is an empty field. The columns at the end repeat what
//! is known about the session.

use super::recording::{CsvKind, CsvRecording};
use super::table::{Fields, Table};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use std::io::{self, Write};

/// The column that tells the format.
pub const INDEX: &str = "sampleIndex";
const RATE: &str = "sampleRateHz";
const FACTS: [&str; 7] =
    ["sim", "trackName", "trackDisplayName", "trackConfig", "trackLengthM", "carPath", "carName"];

/// Writes samples. `row_done` is called after each row with the number of rows written.
pub fn write(
    output: &mut dyn Write,
    session: &SessionInfo,
    rate_hz: f64,
    samples: &[Sample],
    channels: &[Channel],
    mut row_done: impl FnMut(usize),
) -> io::Result<()> {
    let names = channels.iter().map(|channel| channel.name());
    let header: Vec<&str> = [INDEX].into_iter().chain(names).chain([RATE]).chain(FACTS).collect();
    writeln!(output, "{}", header.join(","))?;
    let end = end_of_row(session, rate_hz);
    for (row, sample) in samples.iter().enumerate() {
        write!(output, "{}", sample.index)?;
        for channel in channels {
            write_number(output, sample.get(*channel))?;
        }
        output.write_all(end.as_bytes())?;
        row_done(row + 1);
    }
    Ok(())
}

/// The shortest text that reads back as the same number; values that came from 32-bit floats are shorter as such.
fn write_number(output: &mut dyn Write, value: f64) -> io::Result<()> {
    let short = value as f32;
    if value.is_nan() {
        output.write_all(b",")
    } else if f64::from(short) == value && short.to_string().parse() == Ok(value) {
        write!(output, ",{short}")
    } else {
        write!(output, ",{value}")
    }
}

fn end_of_row(session: &SessionInfo, rate_hz: f64) -> String {
    let length = session.track_length_m.map_or(String::new(), |length| length.to_string());
    let texts = [
        &session.sim,
        &session.track_name,
        &session.track_display_name,
        &session.track_config,
        &length,
        &session.car_path,
        &session.car_name,
    ];
    let fields: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!(",{rate_hz},{}\n", fields.join(","))
}

fn quoted(text: &str) -> String {
    let clean = text.replace(['\r', '\n'], " ");
    if clean.contains([',', '"']) { format!("\"{}\"", clean.replace('"', "\"\"")) } else { clean }
}

/// Reads what [`write`] wrote; columns that are no channel are ignored.
pub fn read(table: &mut Table) -> Result<CsvRecording, CodedError> {
    let channels: Vec<(usize, Channel)> = Channel::ALL
        .into_iter()
        .filter_map(|channel| Some((table.column(channel.name())?, channel)))
        .collect();
    let facts = FACTS.map(|name| table.column(name));
    let (index, rate) = (table.column(INDEX), table.column(RATE));
    let mut recording = CsvRecording {
        kind: CsvKind::Own,
        session: SessionInfo::default(),
        rate_hz: 60.0,
        samples: Vec::<Sample>::new(),
    };
    while let Some(fields) = table.next_row()? {
        let last = recording.samples.last().map(|sample| sample.index);
        if last.is_none() {
            recording.session = session(&fields, facts);
            recording.rate_hz = rate_hz(&fields, rate)?;
        }
        let sample = sample(&fields, index, &channels)?;
        if last.is_some_and(|last| sample.index <= last) {
            return Err(fields.error("sampleIndex does not grow"));
        }
        recording.samples.push(sample);
    }
    Ok(recording)
}

fn sample(
    fields: &Fields,
    index: Option<usize>,
    channels: &[(usize, Channel)],
) -> Result<Sample, CodedError> {
    let mut sample = Sample::EMPTY;
    sample.index =
        fields.text(index).parse().map_err(|_| fields.error("sampleIndex is not a whole number"))?;
    for (column, channel) in channels {
        sample.set(*channel, fields.number(Some(*column))?);
    }
    Ok(sample)
}

fn rate_hz(fields: &Fields, column: Option<usize>) -> Result<f64, CodedError> {
    let rate_hz = fields.number(column)?;
    match rate_hz {
        _ if rate_hz.is_nan() => Ok(60.0),
        1.0..=1000.0 => Ok(rate_hz),
        _ => Err(fields.error("sampleRateHz is not between 1 and 1000")),
    }
}

fn session(fields: &Fields, facts: [Option<usize>; 7]) -> SessionInfo {
    let [sim, track_name, track_display_name, track_config, length, car_path, car_name] =
        facts.map(|column| fields.text(column).to_owned());
    let track_length_m = length.parse().ok().filter(|length: &f64| length.is_finite() && *length > 0.0);
    SessionInfo {
        sim,
        track_name,
        track_display_name,
        track_config,
        track_length_m,
        car_path,
        car_name,
        ..SessionInfo::default()
    }
}

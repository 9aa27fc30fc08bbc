//! Channels of a lap file for charts: only the columns that are asked for are unpacked.

use crate::task::{Background, background};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi_derive::napi;
use racing_coach_lapfile::decode_columns;

/// Columns of a lap file.
#[napi(object)]
pub struct LapFileColumns {
    /// The first row; 0 is the first after the line.
    pub first_row: i32,
    /// Rows a second.
    pub sample_rate_hz: f64,
    /// Values in each column: one for every row from the first to the last, those that are missing as well.
    pub rows: u32,
    /// The channels that the file has of those that were asked for.
    pub channels: Vec<String>,
    /// Their values one after another as 64-bit numbers, little-endian; NaN where there is none.
    pub values: Buffer,
}

/// Those of the named channels that a lap file has. Rejects with a coded error.
#[napi(ts_return_type = "Promise<LapFileColumns>")]
pub fn lap_file_columns(bytes: Buffer, names: Vec<String>) -> AsyncTask<Background<LapFileColumns>> {
    let bytes = bytes.to_vec();
    background(move || {
        let lap = decode_columns(&bytes, "the lap file", |channel| {
            names.iter().any(|name| name == channel.name())
        })?;
        let (first, last) = (lap.rows[0], lap.rows[lap.rows.len() - 1]);
        let rows = (i64::from(last) - i64::from(first) + 1).clamp(0, MOST_ROWS) as usize;
        let mut values = Vec::with_capacity(lap.columns.len() * rows * 8);
        for (_, column) in &lap.columns {
            let mut spread = vec![f64::NAN; rows];
            for (at, row) in lap.rows.iter().enumerate() {
                if let Some(place) = spread.get_mut((i64::from(*row) - i64::from(first)) as usize) {
                    *place = column.get(at);
                }
            }
            values.extend(spread.into_iter().flat_map(f64::to_le_bytes));
        }
        Ok(LapFileColumns {
            first_row: first,
            sample_rate_hz: lap.facts.rate_hz,
            rows: rows as u32,
            channels: lap.columns.iter().map(|(channel, _)| channel.name().to_owned()).collect(),
            values: values.into(),
        })
    })
}

/// Rows are numbered by the file: a made-up number must not become memory. More than two hours at 60 Hz, as in a lap file.
const MOST_ROWS: i64 = 500_000;

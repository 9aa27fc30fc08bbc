//! Channels of a lap file for charts: only the columns that are asked for are unpacked, and what is sent is made here at once. Numbers that went through
//! JavaScript first were four copies of each lap, and a collection of its garbage every ten.

use crate::task::{Background, background, to_json};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi_derive::napi;
use racing_coach_lapfile::decode_columns;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    first_row: i32,
    sample_rate_hz: f64,
    rows: usize,
    channels: Vec<&'a str>,
}

/// Every row from the first to the last, those that are missing as NaN.
struct Columns<'a> {
    head: Head<'a>,
    values: Vec<Vec<f64>>,
}

/// Those of the named channels that a lap file has, as a server sends them. `json`: UTF-8 of `{ firstRow, sampleRateHz, channels: { name: [value or null] } }`, values
/// to seven places. Otherwise a length (uint32), that many bytes of JSON `{ firstRow, sampleRateHz, rows, channels: [name] }` padded with spaces to a multiple of
/// four, then each channel's rows as float32, all little-endian. Rejects with a coded error.
#[napi(ts_return_type = "Promise<Buffer>")]
pub fn lap_file_channels(bytes: Buffer, names: Vec<String>, json: bool) -> AsyncTask<Background<Buffer>> {
    let bytes = bytes.to_vec();
    background(move || {
        let lap = decode_columns(&bytes, "the lap file", |channel| {
            names.iter().any(|name| name == channel.name())
        })?;
        let (first, last) = (lap.rows[0], lap.rows[lap.rows.len() - 1]);
        let rows = (i64::from(last) - i64::from(first) + 1).clamp(0, MOST_ROWS) as usize;
        let spread = |value: &dyn Fn(usize) -> f64| {
            let mut spread = vec![f64::NAN; rows];
            for (at, row) in lap.rows.iter().enumerate() {
                if let Some(place) = spread.get_mut((i64::from(*row) - i64::from(first)) as usize) {
                    *place = value(at);
                }
            }
            spread
        };
        let channels = lap.columns.iter().map(|(channel, _)| channel.name()).collect();
        let head = Head { first_row: first, sample_rate_hz: lap.facts.rate_hz, rows, channels };
        let values = lap.columns.iter().map(|(_, column)| spread(&|at| column.get(at))).collect();
        let columns = Columns { head, values };
        let reply = if json { columns.json() } else { columns.bytes(&to_json(&columns.head)?) };
        Ok(reply.into())
    })
}

impl Columns<'_> {
    fn bytes(&self, head: &str) -> Vec<u8> {
        let padded = head.len().next_multiple_of(4);
        let mut out = Vec::with_capacity(4 + padded + self.values.len() * self.head.rows * 4);
        out.extend((padded as u32).to_le_bytes());
        out.extend(head.as_bytes());
        out.resize(4 + padded, b' ');
        for column in &self.values {
            out.extend(column.iter().flat_map(|value| (*value as f32).to_le_bytes()));
        }
        out
    }

    fn json(&self) -> Vec<u8> {
        let Head { first_row, sample_rate_hz, channels, .. } = &self.head;
        let mut out = format!("{{\"firstRow\":{first_row},\"sampleRateHz\":{sample_rate_hz},\"channels\":{{");
        for (at, (name, column)) in channels.iter().zip(&self.values).enumerate() {
            out.push_str(if at == 0 { "\"" } else { ",\"" });
            out.push_str(name);
            out.push_str("\":[");
            for (row, value) in column.iter().enumerate() {
                if row > 0 {
                    out.push(',');
                }
                push_number(&mut out, *value);
            }
            out.push(']');
        }
        out.push_str("}}");
        out.into_bytes()
    }
}

/// Seven places: a centimetre of latitude, and less than any sim measures of the rest.
const PLACES: f64 = 1e7;

fn push_number(out: &mut String, value: f64) {
    if value.is_finite() {
        // Adding nothing makes 0 of -0. Writing to a String cannot fail.
        let _ = write!(out, "{}", (value * PLACES).round() / PLACES + 0.0);
    } else {
        out.push_str("null");
    }
}

/// Rows are numbered by the file: a made-up number must not become memory. More than two hours at 60 Hz, as in a lap file.
const MOST_ROWS: i64 = 500_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Columns<'static> {
        let head = Head { first_row: -1, sample_rate_hz: 60.0, rows: 3, channels: vec!["brake", "speedMps"] };
        Columns { head, values: vec![vec![0.5, f64::NAN, -0.0], vec![47.123_456_789, 1e9, -1.0]] }
    }

    #[test]
    fn json_has_seven_places_and_null_where_there_is_nothing() {
        let text = String::from_utf8(columns().json()).unwrap();
        let expected = r#"{"firstRow":-1,"sampleRateHz":60,"channels":{"brake":[0.5,null,0],"speedMps":[47.1234568,1000000000,-1]}}"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn bytes_are_a_padded_head_and_each_channels_rows() {
        let columns = columns();
        let head = to_json(&columns.head).unwrap();
        let bytes = columns.bytes(&head);
        let length = u32::from_le_bytes(bytes[..4].try_into().unwrap()) as usize;
        assert_eq!(length % 4, 0);
        assert_eq!(std::str::from_utf8(&bytes[4..4 + length]).unwrap().trim_end(), head);
        let values: Vec<f32> = bytes[4 + length..]
            .chunks_exact(4)
            .map(|four| f32::from_le_bytes(four.try_into().unwrap()))
            .collect();
        assert_eq!(values.len(), 6);
        assert!(values[1].is_nan());
        assert_eq!(values[3], 47.123_456_789_f64 as f32);
    }
}

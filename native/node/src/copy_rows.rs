//! A lap file as rows of a wide table in PostgreSQL's binary COPY format: one row for each of the lap's, a column for each channel.
//!
//! Format: <https://www.postgresql.org/docs/15/sql-copy.html>, "Binary Format". Times are microseconds since 2000-01-01 in UTC.

use crate::task::{Background, background};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi_derive::napi;
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, ErrorCode};
use racing_coach_lapfile::{LapColumns, Values, decode_columns};

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// 2000-01-01 after 1970-01-01.
const EPOCH_MS: f64 = 946_684_800_000.0;
/// Columns before the channels.
const KEYS: [(&str, &str); 4] =
    [("lap_id", "uuid"), ("owner_id", "uuid"), ("time", "timestamptz"), ("row", "integer")];

/// A column of the table.
#[napi(object)]
pub struct TelemetryColumn {
    /// In snake case.
    pub name: String,
    /// PostgreSQL's type.
    #[napi(js_name = "type")]
    pub kind: String,
}

/// The columns in the order in which `lapFileCopyRows` has them: the keys, then every channel.
#[napi]
pub fn telemetry_columns() -> Vec<TelemetryColumn> {
    let keys = KEYS.iter().map(|(name, kind)| TelemetryColumn { name: (*name).into(), kind: (*kind).into() });
    let channels = Channel::ALL.into_iter().map(|channel| TelemetryColumn {
        name: snake_case(channel.name()),
        kind: if is_double(channel) { "double precision" } else { "real" }.to_owned(),
    });
    keys.chain(channels).collect()
}

/// Where 24 bits are too few: clocks, places on the earth and along the lap, counts and flags.
fn is_double(channel: Channel) -> bool {
    const FINE: [Channel; 6] = [
        Channel::SessionTimeS,
        Channel::SessionTimeRemainS,
        Channel::LatitudeDeg,
        Channel::LongitudeDeg,
        Channel::LapDistanceM,
        Channel::LapFraction,
    ];
    FINE.contains(&channel) || matches!(channel.unit(), "bits" | "tick" | "frame")
}

/// `lapDistanceM` as `lap_distance_m`; capitals that follow each other stay together: `speedMps` is `speed_mps`, `worldXM` is `world_xm`.
fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut after_capital = true;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !after_capital {
            out.push('_');
        }
        after_capital = letter.is_ascii_uppercase();
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// The rows of a lap file for `COPY telemetry_frame (…) FROM STDIN (FORMAT binary)`. `startedAtMs`: when the lap's row 0 was, in milliseconds since 1970.
/// Rejects with a coded error.
#[napi(ts_return_type = "Promise<Buffer>")]
pub fn lap_file_copy_rows(
    bytes: Buffer,
    lap_id: String,
    owner_id: String,
    started_at_ms: f64,
) -> AsyncTask<Background<Buffer>> {
    let bytes = bytes.to_vec();
    background(move || {
        let (lap_id, owner_id) = (uuid(&lap_id)?, uuid(&owner_id)?);
        let lap = decode_columns(&bytes, "the lap file", |_| true)?;
        Ok(encode(&lap, lap_id, owner_id, started_at_ms).into())
    })
}

fn uuid(text: &str) -> Result<[u8; 16], CodedError> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|letter| *letter != '-')
        .filter_map(|l| l.to_digit(16).map(|d| d as u8))
        .collect();
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().map_err(|_| CodedError::new(ErrorCode::Internal).with("cause", "an id is no UUID"))
}

fn encode(lap: &LapColumns, lap_id: [u8; 16], owner_id: [u8; 16], started_at_ms: f64) -> Vec<u8> {
    let columns: Vec<(Option<&Values>, bool)> = Channel::ALL
        .into_iter()
        .map(|channel| {
            let values =
                lap.columns.iter().find(|(carried, _)| *carried == channel).map(|(_, values)| values);
            (values, is_double(channel))
        })
        .collect();
    let fields = (KEYS.len() + columns.len()) as i16;
    let mut out = Vec::with_capacity(32 + lap.rows.len() * (64 + columns.len() * 9));
    out.extend_from_slice(SIGNATURE);
    out.extend_from_slice(&[0; 8]);
    for (index, row) in lap.rows.iter().enumerate() {
        let at_ms = started_at_ms - EPOCH_MS + f64::from(*row) * 1000.0 / lap.facts.rate_hz;
        out.extend_from_slice(&fields.to_be_bytes());
        field(&mut out, &lap_id);
        field(&mut out, &owner_id);
        field(&mut out, &((at_ms * 1000.0) as i64).to_be_bytes());
        field(&mut out, &row.to_be_bytes());
        for (values, double) in &columns {
            match values.map(|values| values.get(index)) {
                Some(value) if value.is_nan() => out.extend_from_slice(&(-1i32).to_be_bytes()),
                Some(value) if *double => field(&mut out, &value.to_be_bytes()),
                Some(value) => field(&mut out, &(value as f32).to_be_bytes()),
                None => out.extend_from_slice(&(-1i32).to_be_bytes()),
            }
        }
    }
    out.extend_from_slice(&(-1i16).to_be_bytes());
    out
}

fn field(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as i32).to_be_bytes());
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_columns() {
        let names: Vec<String> = telemetry_columns().into_iter().map(|column| column.name).collect();
        assert_eq!(names[..5], ["lap_id", "owner_id", "time", "row", "session_time_s"]);
        for name in ["speed_mps", "lap_distance_m", "world_xm", "lateral_accel_mps2", "yaw_rate_radps"] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        let mut once = names.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), names.len());
    }

    #[test]
    fn ids_are_whole() {
        assert!(uuid("01900000-0000-7000-8000-00000000000a").is_ok());
        assert!(uuid("01900000-0000-7000-8000-00000000000").is_err());
        assert!(uuid("").is_err());
    }
}

//! The open track-file format: JSON, described in `reference-laps/TRACK-FORMAT.md`.
//!
//! Reading it reports every problem at once. Unknown fields are ignored, so that newer files with more facts stay readable; a
//! newer `formatVersion` is refused, because the meaning of a known field may have changed.

mod check;
#[cfg(test)]
mod tests;

use crate::ErrorCode;
use crate::corner::Direction;
use crate::error::CodedError;
use serde::{Deserialize, Serialize};

/// A track: its corners, landmarks and, where known, its centre line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackFile {
    /// Version of the format: 1.
    pub format_version: u32,
    /// See [`crate::session::SessionInfo::track_key`].
    pub track_key: String,
    /// Name for people.
    pub name: String,
    /// Layout; empty when there is one only.
    #[serde(default)]
    pub config: String,
    /// Length of the lap in metres.
    pub length_m: f64,
    /// In order along the lap.
    #[serde(default)]
    pub corners: Vec<TrackFileCorner>,
    /// Things beside the road to brake or turn by.
    #[serde(default)]
    pub landmarks: Vec<Landmark>,
    /// Centre line with widths, closed (the last point is not the first again).
    #[serde(default)]
    pub centre_line: Option<Vec<CentreLinePoint>>,
    /// Where the facts are from.
    pub provenance: String,
    /// Whether a person checked it.
    pub status: TrackFileStatus,
}

/// Whether a person checked the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrackFileStatus {
    /// A person checked it.
    Verified,
    /// Made by detection only.
    Detected,
}

/// A corner of a track file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackFileCorner {
    /// Stable id.
    pub id: String,
    /// Official number, for example `3` or `3a`.
    #[serde(default)]
    pub number: Option<String>,
    /// Name for people.
    #[serde(default)]
    pub name: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// Beginning, in metres from the line.
    pub start_m: f64,
    /// Middle, in metres from the line.
    #[serde(default)]
    pub apex_m: Option<f64>,
    /// End; smaller than `start_m` when the corner lies across the line.
    pub end_m: f64,
    /// Corners with the same number are one complex.
    #[serde(default)]
    pub complex: Option<u32>,
}

/// Something beside the road.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Landmark {
    /// Place in metres from the line.
    pub lap_distance_m: f64,
    /// What to call it, for example `100 board`.
    pub words: String,
    /// The corner it belongs to.
    #[serde(default)]
    pub corner_id: Option<String>,
}

/// A point of the centre line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CentreLinePoint {
    /// Metres east, or any fixed direction.
    pub x_m: f64,
    /// Metres to the left of x.
    pub y_m: f64,
    /// Metres from the centre line to the right edge.
    pub width_right_m: f64,
    /// Metres from the centre line to the left edge.
    pub width_left_m: f64,
}

impl TrackFile {
    /// The format that this code reads and writes.
    pub const FORMAT_VERSION: u32 = 1;

    /// Reads and checks a track file; `file` is its name in errors.
    pub fn parse(file: &str, text: &str) -> Result<Self, CodedError> {
        let bad =
            |cause: String| CodedError::new(ErrorCode::TrackBad).with("file", file).with("cause", cause);
        let track: TrackFile = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        let problems = track.problems();
        if problems.is_empty() { Ok(track) } else { Err(bad(check::sentence(&problems))) }
    }

    /// Everything that is wrong with the file, in plain words; empty when nothing is.
    pub fn problems(&self) -> Vec<String> {
        check::problems(self)
    }
}

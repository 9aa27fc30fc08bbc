//! What a lap file says about its lap.

use racing_coach_core::session::SessionInfo;
use serde::{Deserialize, Serialize};

/// The format that [`encode`](crate::encode) writes and the newest that [`decode`](crate::decode) reads.
pub const FORMAT_VERSION: u32 = 1;
/// Key of the format version in the file's metadata.
pub(crate) const VERSION_KEY: &str = "racing-coach.format-version";
/// Key of the facts in the file's metadata.
pub(crate) const FACTS_KEY: &str = "racing-coach.lap";

/// Facts that do not depend on the version of the analysis. The driver's name is not among them: files are shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LapFacts {
    /// The sim, as in [`SessionInfo::sim`].
    pub sim: String,
    /// The track's name as the sim writes it.
    pub track_name: String,
    /// The track's name for people.
    pub track_display_name: String,
    /// The layout; empty when the track has one only.
    pub track_config: String,
    /// The sim's kind of track.
    pub track_type: String,
    /// The car's stable key.
    pub car_path: String,
    /// The car's name for people.
    pub car_name: String,
    /// Exact length of the lap in metres.
    pub length_m: f64,
    /// Rows a second.
    pub rate_hz: f64,
    /// The stint that the lap was driven in.
    pub stint: u32,
    /// The lap as the sim counts it.
    pub lap: i32,
    /// The fractional row at which the car crossed the line at the beginning; `None` when it did not.
    pub start_row: Option<f64>,
    /// The fractional row at which it crossed at the end; `None` when it did not.
    pub end_row: Option<f64>,
    /// The last row of the lap.
    pub last_row: i64,
    /// See [`SessionInfo::other_cars`]; not in files of sources that do not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_cars: Option<u32>,
    /// Live instruction was given while it was driven; not in files of laps of which that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted: Option<bool>,
}

impl LapFacts {
    /// The session as far as a lap file knows it.
    pub fn session(&self) -> SessionInfo {
        SessionInfo {
            sim: self.sim.clone(),
            track_name: self.track_name.clone(),
            track_display_name: self.track_display_name.clone(),
            track_config: self.track_config.clone(),
            track_length_m: Some(self.length_m),
            track_type: self.track_type.clone(),
            car_path: self.car_path.clone(),
            car_name: self.car_name.clone(),
            other_cars: self.other_cars,
            ..SessionInfo::default()
        }
    }
}

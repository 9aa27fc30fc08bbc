//! What a source says about its session, apart from samples.

use crate::board::Field;
use serde::{Deserialize, Serialize};

/// Facts from the session text. Everything is optional in the sims; missing text is an empty string.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionInfo {
    /// The sim: `iracing`, `simcar`, `gt7`.
    pub sim: String,
    /// The track's name as the sim writes it (`TrackName`; the display name when that is missing).
    pub track_name: String,
    /// The track's name for people (`TrackDisplayName`).
    pub track_display_name: String,
    /// The layout (`TrackConfigName`); empty when the track has one only.
    pub track_config: String,
    /// Length in metres as the session text has it: rounded, so only for display and for sources without LapDistPct.
    pub track_length_m: Option<f64>,
    /// The sim's kind of track, for example `road course` or `oval`.
    pub track_type: String,
    /// The car's path (`CarPath`), the stable key.
    pub car_path: String,
    /// The car's name for people (`CarScreenName`).
    pub car_name: String,
    /// The driver's name; used only to tell own laps from others', never sent or drawn.
    pub driver_name: String,
    /// The driver's id in the sim; 0 when unknown.
    pub driver_id: i64,
    /// The sim's number of the series (`SeriesID`); 0 outside of series and when unknown.
    #[serde(default)]
    pub series_id: i64,
    /// The series' name for people (`SeriesName`); iRacing's session text has none.
    #[serde(default)]
    pub series_name: String,
    /// The kinds of the sessions in order of `SessionNum`: `Practice`, `Open Qualify`, `Race`.
    pub session_types: Vec<String>,
    /// The sim's own version (`BuildVersion`); empty when unknown. Cars and tracks change with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub build: String,
    /// Session date and time on the track or the wall, as the sim writes it.
    pub date: String,
    /// Cars of other drivers that can come on the track, now or later in this session; `None` when the source does not tell.
    #[serde(default)]
    pub other_cars: Option<u32>,
    /// Who drives, by name: of a running session, and for the pages' list of cars alone. Never written.
    #[serde(skip)]
    pub field: Field,
}

impl SessionInfo {
    /// Whether nobody else can have been on the track: `None` when nothing tells. A simulated car is alone unless its session
    /// lists others.
    pub fn alone(&self) -> Option<bool> {
        match self.other_cars {
            Some(others) => Some(others == 0),
            None => (self.sim == "simcar").then_some(true),
        }
    }

    /// Whether the car's place on the lap comes from a line that is learned while it is driven, because the sim tells none. The track has a name
    /// once there is a line.
    pub fn is_placed_by_line(&self) -> bool {
        self.sim == "gt7"
    }

    /// Two recordings with equal keys share reference laps' places on the road.
    pub fn track_key(&self) -> String {
        format!("{}/{}/{}", self.sim, self.track_name, self.track_config).to_lowercase()
    }

    /// The car's stable key; the name for people where the path is missing.
    pub fn car_key(&self) -> String {
        let key = if self.car_path.is_empty() { &self.car_name } else { &self.car_path };
        key.to_lowercase()
    }
}

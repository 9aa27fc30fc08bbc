//! What a lap's summary says about where it was driven: `lapSession` of the contract.

use racing_coach_core::ANALYSIS_VERSION;
use racing_coach_core::session::SessionInfo;
use serde::Serialize;

/// See the contract's `lapSession`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LapSession {
    sim: String,
    track_key: String,
    car_key: String,
    track: Track,
    car: Car,
    sample_rate_hz: f64,
    date: String,
    build: String,
    own: bool,
    analysis_version: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Track {
    name: String,
    config: String,
    length_m: Option<f64>,
}

#[derive(Serialize)]
struct Car {
    name: String,
}

/// The first of two names that says something.
fn either<'a>(first: &'a str, second: &'a str) -> &'a str {
    if first.is_empty() { second } else { first }
}

impl LapSession {
    /// From what a source knows; `length_m` is the exact length where it has been found.
    pub fn new(session: &SessionInfo, length_m: Option<f64>, rate_hz: f64) -> Self {
        LapSession {
            sim: session.sim.clone(),
            track_key: session.track_key(),
            car_key: session.car_key(),
            track: Track {
                name: either(&session.track_display_name, &session.track_name).to_owned(),
                config: session.track_config.clone(),
                length_m,
            },
            car: Car { name: either(&session.car_name, &session.car_path).to_owned() },
            sample_rate_hz: rate_hz,
            date: session.date.clone(),
            build: session.build.clone(),
            own: true,
            analysis_version: ANALYSIS_VERSION,
        }
    }

    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned())
    }
}

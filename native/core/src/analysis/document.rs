//! The shapes of `analyze --json`. A number that is not known is `None`, written as `null`; NaN never gets here.

use crate::analysis::Recording;
use crate::corner::{BrakeZone, CornerMetrics};
use crate::reason_set::ReasonSet;
use serde::Serialize;

/// One entry of `files`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FileAnalysis {
    /// The file as the user named it; filled by the caller.
    pub file: String,
    /// `ibt`, `csv`, `lapfile`; filled by the caller.
    pub source: String,
    /// The sim.
    pub sim: String,
    /// The track.
    pub track: TrackEntry,
    /// The car.
    pub car: CarEntry,
    /// Rows a second.
    pub sample_rate_hz: f64,
    /// Number of rows.
    pub samples: usize,
    /// Laps and parts of laps in order.
    pub laps: Vec<LapEntry>,
}

/// The track of a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackEntry {
    /// Name for people.
    pub name: String,
    /// Layout; empty when there is one only.
    pub config: String,
    /// Exact length in metres; `None` when nothing tells it.
    pub length_m: Option<f64>,
}

/// The car of a recording.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CarEntry {
    /// Name for people.
    pub name: String,
}

/// One lap, or part of one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LapEntry {
    /// As the sim counts it.
    pub lap: i32,
    /// Which segment of the recording.
    pub stint: u32,
    /// First row.
    pub start_sample: u64,
    /// Last row, inclusive.
    pub end_sample: u64,
    /// Seconds; `None` when incomplete.
    pub lap_time_s: Option<f64>,
    /// `official` or `interpolated`.
    pub time_source: &'static str,
    /// The sim's time.
    pub official_lap_time_s: Option<f64>,
    /// Our own time.
    pub own_lap_time_s: Option<f64>,
    /// It has a time.
    pub complete: bool,
    /// It counts for the sim.
    pub valid: bool,
    /// Good enough to coach from.
    pub reference_grade: bool,
    /// Why not, and what else is to know.
    pub reasons: ReasonSet,
    /// Empty for an incomplete lap, as the next two.
    pub sections: Vec<SectionEntry>,
    /// Brake zones in order of their beginning.
    pub brake_zones: Vec<BrakeZone>,
    /// What the lap did in each corner.
    pub corners: Vec<CornerMetrics>,
}

/// What one section of a lap is good for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionEntry {
    /// The corner, `None` for the run from the line.
    pub corner_id: Option<String>,
    /// Where it begins, in metres from the line.
    pub start_m: f64,
    /// Where it ends.
    pub end_m: f64,
    /// Good for coaching.
    pub usable: bool,
    /// Why not.
    pub reasons: ReasonSet,
}

impl FileAnalysis {
    /// The facts of a recording without its laps.
    pub fn empty(recording: &Recording) -> Self {
        let session = recording.session;
        let name = if session.track_display_name.is_empty() {
            &session.track_name
        } else {
            &session.track_display_name
        };
        FileAnalysis {
            file: String::new(),
            source: String::new(),
            sim: session.sim.clone(),
            track: TrackEntry {
                name: name.clone(),
                config: session.track_config.clone(),
                length_m: session.track_length_m,
            },
            car: CarEntry {
                name: if session.car_name.is_empty() { &session.car_path } else { &session.car_name }.clone(),
            },
            sample_rate_hz: recording.rate_hz,
            samples: recording.samples.len(),
            laps: Vec::new(),
        }
    }
}

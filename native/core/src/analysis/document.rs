//! The shapes of `analyze --json`. A number that is not known is `None`, written as `null`; NaN never gets here.

use crate::analysis::Recording;
use crate::corner::{BrakeZone, CornerMetrics};
use crate::lap::Lap;
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
    /// Driven with live instruction; `None` where that is not known, as in recordings of the sim.
    pub assisted: Option<bool>,
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
    /// The facts of a recording without its laps. `length_m` is the exact length, NaN when nothing tells it; the session text's
    /// rounded one stands in for it then.
    pub fn without_laps(recording: &Recording, length_m: f64) -> Self {
        let session = recording.session;
        let either = |first: &String, second: &String| if first.is_empty() { second } else { first }.clone();
        FileAnalysis {
            file: String::new(),
            source: String::new(),
            sim: session.sim.clone(),
            track: TrackEntry {
                name: either(&session.track_display_name, &session.track_name),
                config: session.track_config.clone(),
                length_m: finite(length_m).or(session.track_length_m.and_then(finite)),
            },
            car: CarEntry { name: either(&session.car_name, &session.car_path) },
            sample_rate_hz: recording.rate_hz,
            samples: recording.samples.len(),
            laps: Vec::new(),
        }
    }
}

impl LapEntry {
    /// What the tracker says about a lap.
    pub fn without_corners(lap: &Lap) -> Self {
        let official = lap.complete() && lap.official_time_s.is_some();
        LapEntry {
            lap: lap.id.lap,
            stint: lap.id.stint,
            start_sample: lap.start_sample,
            end_sample: lap.end_sample,
            lap_time_s: lap.lap_time_s().and_then(finite),
            time_source: if official { "official" } else { "interpolated" },
            official_lap_time_s: lap.official_time_s.and_then(finite),
            own_lap_time_s: lap.own_time_s.and_then(finite),
            complete: lap.complete(),
            valid: lap.valid(),
            reference_grade: lap.reference_grade(),
            assisted: None,
            reasons: lap.reasons,
            sections: Vec::new(),
            brake_zones: Vec::new(),
            corners: Vec::new(),
        }
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

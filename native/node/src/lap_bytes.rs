//! Lap files that were sent, as bytes: read again, looked at for what no car does, timed again, analysed and compared. The same code as for files
//! on disk, so that the numbers are the same.

use crate::documents::{analysis_of, same_track};
use crate::loaded::Loaded;
use crate::task::{Background, background, from_json, to_json};
use crate::track_models::KnownTracks;
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi_derive::napi;
use racing_coach_core::analysis::{LapEntry, PreparedLap, corners_of_lap};
use racing_coach_core::compare::compare;
use racing_coach_core::corner::CornerMetrics;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_core::plausible::implausible;
use racing_coach_core::{ANALYSIS_VERSION, ErrorCode};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CheckedLapFile<'a> {
    track_key: String,
    car_key: String,
    track_name: &'a str,
    track_config: &'a str,
    car_name: &'a str,
    length_m: f64,
    sample_rate_hz: f64,
    /// Of the lap, without those before and after it.
    rows: usize,
    /// From crossing to crossing, found in the rows again; null when they do not hold a whole lap.
    timed_s: Option<f64>,
    /// By the places that the file says of itself.
    own_lap_time_s: Option<f64>,
    wet: bool,
    assisted: Option<bool>,
    /// In one sentence; null when there is nothing.
    implausible: Option<String>,
    analysis_version: u32,
    lap: Option<&'a LapEntry>,
}

/// What a lap file holds: facts, its time found again, its analysis, and what in it no car does. The lap counts from the file's first row. JSON; rejects
/// with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn check_lap_file(bytes: Buffer, track_files: Option<Vec<String>>) -> AsyncTask<Background<String>> {
    let bytes = bytes.to_vec();
    background(move || {
        let loaded = Loaded::of_lap_file(&bytes)?;
        let document = analysis_of(&loaded, track_files)?;
        let (lap, length_m) = only_lap(&loaded)?;
        let recording = loaded.recording();
        let found = recording.laps().laps.into_iter().find(Lap::complete);
        let prepared = PreparedLap::new(&recording, &lap, length_m).ok();
        to_json(&CheckedLapFile {
            track_key: recording.session.track_key(),
            car_key: recording.session.car_key(),
            track_name: &document.track.name,
            track_config: &document.track.config,
            car_name: &document.car.name,
            length_m,
            sample_rate_hz: recording.rate_hz,
            rows: (lap.end_sample.saturating_sub(lap.start_sample) + 1) as usize,
            timed_s: found.as_ref().and_then(|found| found.own_time_s),
            own_lap_time_s: lap.own_time_s,
            wet: prepared.is_some_and(|prepared| prepared.wet),
            assisted: loaded.0.assisted,
            implausible: implausible(recording.samples, &lap, length_m, recording.rate_hz),
            analysis_version: ANALYSIS_VERSION,
            lap: document.laps.iter().find(|lap| lap.complete),
        })
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MeasuredCorners<'a> {
    analysis_version: u32,
    corners: &'a [CornerMetrics],
}

/// What the lap of a lap file did in the corners of the lap of `best`, which is the session's best or the same file: `lapCornersAnswer` of the contract as JSON, the same
/// numbers as `analyze` gives for a recording of the session. Without corners where a file holds no whole lap. The request is JSON: `{ model, trackFiles }`, the
/// track's model as JSON or null, else the track file of the track names them. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn lap_file_corners(bytes: Buffer, best: Buffer, request: String) -> AsyncTask<Background<String>> {
    let (bytes, best) = (bytes.to_vec(), best.to_vec());
    background(move || {
        let known = from_json::<KnownTracks>(&request)?;
        let (loaded, best) = (Loaded::of_lap_file(&bytes)?, Loaded::of_lap_file(&best)?);
        let corners = corners_in(&loaded, &best, &known)?.unwrap_or_default();
        to_json(&MeasuredCorners { analysis_version: ANALYSIS_VERSION, corners: &corners })
    })
}

fn corners_in(
    loaded: &Loaded,
    best: &Loaded,
    known: &KnownTracks,
) -> Result<Option<Vec<CornerMetrics>>, CodedError> {
    same_track(loaded, best)?;
    let ((lap, length_m), (best_lap, best_length_m)) = (only_lap(loaded)?, only_lap(best)?);
    let mut model = known.model_for(&best.0.session, best_length_m)?;
    let Ok(best_prepared) = PreparedLap::new(&best.recording(), &best_lap, best_length_m) else {
        return Ok(None);
    };
    let reference = best_prepared.into_reference(&best.recording(), true, Some(&mut model));
    Ok(corners_of_lap(&loaded.recording(), &lap, length_m, &reference, Some(&model)))
}

/// The version of the analysis, which every stored fact carries.
#[napi]
pub fn analysis_version() -> u32 {
    ANALYSIS_VERSION
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CompareFiles {
    official_lap_time_s: Option<f64>,
    reference_official_lap_time_s: Option<f64>,
    #[serde(default)]
    track_files: Vec<String>,
}

/// The document of `compare --json` of two lap files. The request is JSON: `{ officialLapTimeS, referenceOfficialLapTimeS, trackFiles }`, the times that
/// travel beside the files. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn compare_lap_files(
    lap: Buffer,
    reference: Buffer,
    request_json: String,
) -> AsyncTask<Background<String>> {
    let (lap, reference) = (lap.to_vec(), reference.to_vec());
    background(move || {
        let request: CompareFiles = from_json(&request_json)?;
        let against = Loaded::of_lap_file(&reference)?;
        let other = Loaded::of_lap_file(&lap)?;
        same_track(&against, &other)?;
        let known = KnownTracks { model: None, track_files: request.track_files };
        let mut model = known.model_for(&against.0.session, against.laps().length_m)?;
        let reference = prepared(&against, request.reference_official_lap_time_s)?;
        let reference = reference.into_reference(&against.recording(), true, Some(&mut model));
        to_json(&compare(&reference, &prepared(&other, request.official_lap_time_s)?.compared()))
    })
}

fn prepared(loaded: &Loaded, official_time_s: Option<f64>) -> Result<PreparedLap, CodedError> {
    let (lap, length_m) = only_lap(loaded)?;
    let official_time_s = official_time_s.or(lap.official_time_s);
    PreparedLap::new(&loaded.recording(), &Lap { official_time_s, ..lap }, length_m)
}

/// The lap that the file says it holds.
fn only_lap(loaded: &Loaded) -> Result<(Lap, f64), CodedError> {
    let table = loaded.laps();
    let lap = table.laps.first().copied().ok_or_else(|| {
        CodedError::new(ErrorCode::LapfileDamaged)
            .with("file", "the lap file")
            .with("cause", "it holds no lap")
    })?;
    Ok((lap, table.length_m))
}

//! `analyze` and `compare`: documents of the contract as JSON.

use crate::loaded::Loaded;
use crate::task::{Background, background, from_json, to_json};
use crate::track_models::KnownTracks;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use racing_coach_core::analysis::{FileAnalysis, PreparedLap, analyze, find_lap};
use racing_coach_core::compare::compare;
use racing_coach_core::error::CodedError;
use serde::Deserialize;
use std::path::Path;

/// One `files` entry of `analyze --json`. `trackFiles` are the paths of track files: the one of the recording's track names its corners. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn analyze_file(path: String, track_files: Option<Vec<String>>) -> AsyncTask<Background<String>> {
    background(move || {
        let loaded = Loaded::open_placed(path.as_ref())?;
        let mut document = analysis_of(&loaded, track_files)?;
        document.file = path;
        to_json(&document)
    })
}

/// Everything but the file's name.
pub fn analysis_of(loaded: &Loaded, track_files: Option<Vec<String>>) -> Result<FileAnalysis, CodedError> {
    let recording = loaded.recording();
    let known = KnownTracks { model: None, track_files: track_files.unwrap_or_default() };
    let mut model = known.model_for(&loaded.0.session, recording.laps().length_m)?;
    let mut document = analyze(&recording, Some(&mut model));
    document.source = loaded.0.kind.code().to_owned();
    loaded.mark_assisted(&mut document.laps);
    Ok(document)
}

/// What of a tape is lost, `tapeDamage` of the contract as JSON. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn tape_damage(path: String) -> AsyncTask<Background<String>> {
    background(move || to_json(&racing_coach_sources::tape::tape_damage(path.as_ref())?))
}

#[derive(Deserialize)]
struct LapOfFile {
    file: String,
    lap: i32,
    stint: Option<u32>,
}

#[derive(Deserialize)]
struct CompareRequest {
    #[serde(flatten)]
    lap: LapOfFile,
    reference: LapOfFile,
    #[serde(flatten)]
    known: KnownTracks,
}

/// The document of `compare --json`. The request is JSON: `{ file, lap, stint, reference: { file, lap, stint }, model, trackFiles }`; `stint` is a number or
/// null, `model` a track model as JSON or null. Rejects with a coded error.
#[napi(ts_return_type = "Promise<string>")]
pub fn compare_laps(request_json: String) -> AsyncTask<Background<String>> {
    background(move || compare_request(from_json(&request_json)?))
}

fn compare_request(request: CompareRequest) -> Result<String, CodedError> {
    let loaded = Loaded::open(request.reference.file.as_ref())?;
    let mut model = request.known.model_for(&loaded.0.session, loaded.laps().length_m)?;
    let reference =
        prepare(&loaded, &request.reference)?.into_reference(&loaded.recording(), true, Some(&mut model));
    let lap = if request.lap.file == request.reference.file {
        prepare(&loaded, &request.lap)?
    } else {
        let other = Loaded::open(request.lap.file.as_ref())?;
        same_track(&loaded, &other)?;
        prepare(&other, &request.lap)?
    };
    to_json(&compare(&reference, &lap.compared()))
}

fn prepare(loaded: &Loaded, wanted: &LapOfFile) -> Result<PreparedLap, CodedError> {
    let recording = loaded.recording();
    let table = loaded.laps();
    let lap = find_lap(&table.laps, wanted.stint, wanted.lap, &wanted.file)?;
    PreparedLap::new(&recording, lap, table.length_m)
        .map_err(|error| error.with("file", display(&wanted.file)))
}

/// An export that does not name its track (Garage 61's do not have to) is taken for the same one when the laps are equally long.
pub fn same_track(reference: &Loaded, lap: &Loaded) -> Result<(), CodedError> {
    /// Lengths of one layout differ by the rounding of a session text, 10 m, at most.
    const SAME_LENGTH: f64 = 0.01;
    let unnamed = |loaded: &Loaded| loaded.0.session.track_name.is_empty();
    let (reference_m, lap_m) = (reference.laps().length_m, lap.laps().length_m);
    if (unnamed(reference) || unnamed(lap)) && (reference_m - lap_m).abs() <= SAME_LENGTH * reference_m {
        return Ok(());
    }
    crate::reference_binding::check_same_track(&reference.0.session, &lap.0.session)
}

fn display(file: &str) -> std::path::Display<'_> {
    Path::new(file).display()
}

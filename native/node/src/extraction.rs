//! Every lap of a recording with its lap file, for the store.

use crate::documents::analysis_of;
use crate::lap_session::LapSession;
use crate::lap_summary::lap_summary;
use crate::loaded::Loaded;
use crate::outbox::FinishedLap;
use crate::runner_binding::ExtractedLap;
use crate::task::{Background, background};
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use racing_coach_core::ErrorCode;
use racing_coach_core::analysis::LapEntry;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_lapfile::{LapFileInput, encode, rows_around};

/// Every lap and part of a lap of a recording in order; complete laps come with their lap files. Rejects with a coded error.
#[napi(ts_return_type = "Promise<Array<ExtractedLap>>")]
pub fn extract_laps(
    path: String,
    track_files: Option<Vec<String>>,
) -> AsyncTask<Background<Vec<ExtractedLap>>> {
    background(move || {
        let laps = laps_of(&Loaded::open_placed(path.as_ref())?, track_files)?;
        Ok(laps.into_iter().map(ExtractedLap::from).collect())
    })
}

fn laps_of(loaded: &Loaded, track_files: Option<Vec<String>>) -> Result<Vec<FinishedLap>, CodedError> {
    let table = loaded.laps();
    let document = analysis_of(loaded, track_files)?;
    let session = LapSession::new(&loaded.0.session, document.track.length_m, loaded.0.rate_hz);
    table
        .laps
        .iter()
        .zip(&document.laps)
        .map(|(lap, entry)| finished(loaded, &session, table.length_m, lap, entry))
        .collect()
}

fn finished(
    loaded: &Loaded,
    session: &LapSession,
    length_m: f64,
    lap: &Lap,
    entry: &LapEntry,
) -> Result<FinishedLap, CodedError> {
    let input = LapFileInput {
        session: &loaded.0.session,
        rate_hz: loaded.0.rate_hz,
        length_m,
        lap,
        assisted: loaded.0.assisted,
        samples: rows_around(&loaded.0.samples, lap),
    };
    let lap_file = lap.complete().then(|| encode(&input)).transpose();
    let lap_file = lap_file.map_err(|cause| CodedError::new(ErrorCode::Internal).with("cause", cause))?;
    Ok(FinishedLap { summary: lap_summary(entry, session), lap_file, session: 0 })
}

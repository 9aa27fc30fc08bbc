//! A reference lap as JavaScript holds it.

use crate::hub_reference::describe;
use crate::loaded::Loaded;
use crate::plan::Given;
use crate::task::{Background, background, from_json, to_json};
use crate::track_models::KnownTracks;
use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use racing_coach_core::ErrorCode;
use racing_coach_core::analysis::{PreparedLap, best_lap, find_lap};
use racing_coach_core::corners::TrackModel;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::{Lap, LapId};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A reference lap, analysed and ready for the coach.
#[napi]
pub struct ReferenceHandle {
    lap: Arc<ReferenceLap>,
    model: TrackModel,
    facts: Facts,
}

#[derive(Serialize, Clone)]
#[serde(rename_all = "camelCase")]
struct Facts {
    track_key: String,
    car_key: String,
    lap_time_s: f64,
    lap: i32,
    stint: u32,
    own: bool,
    wet: bool,
    label: String,
    sample_rate_hz: f64,
}

#[derive(Deserialize)]
struct LoadRequest {
    path: String,
    lap: Option<i32>,
    stint: Option<u32>,
    own: bool,
    #[serde(flatten)]
    known: KnownTracks,
    label: Option<String>,
}

#[napi]
impl ReferenceHandle {
    /// Loads a lap of a recording or a lap file. The request is JSON: `{ path, lap, stint, own, model, trackFiles, label }`: without `lap` the best
    /// reference-grade lap; `own`: driven by this driver; `model`: a track model as JSON, so that corners keep their ids; `trackFiles`: the paths of
    /// track files, of which the one of the recording's track is used when there is no model. Rejects with a coded error.
    #[napi(ts_return_type = "Promise<ReferenceHandle>")]
    pub fn load(request_json: String) -> AsyncTask<Background<ReferenceHandle>> {
        background(move || load(from_json(&request_json)?))
    }

    /// The reference as the pages need it: `hubReference` of the contract as JSON.
    #[napi]
    pub fn describe(&self) -> napi::Result<String> {
        to_json(&describe(&self.lap, &self.facts.label))
            .map_err(|error| napi::Error::from_reason(error.to_string()))
    }

    /// `{ trackKey, carKey, lapTimeS, lap, stint, own, wet, label, sampleRateHz }` as JSON.
    #[napi]
    pub fn facts(&self) -> String {
        serde_json::to_string(&self.facts).unwrap_or_default()
    }

    /// The track model with the corner ids that this reference used, as JSON: to be kept for the track.
    #[napi]
    pub fn model(&self) -> String {
        serde_json::to_string(&self.model).unwrap_or_default()
    }

    /// Fails with `reference-mismatch` when a recording was not driven on this reference's track and layout in its car; the recording's keys are those
    /// of its session.
    #[napi]
    pub fn fits(&self, track_key: String, car_key: String) -> bool {
        self.facts.track_key == track_key && self.facts.car_key == car_key
    }
}

impl ReferenceHandle {
    /// The lap and its corner ids for a run.
    pub fn given(&self) -> Given {
        Given { lap: Arc::clone(&self.lap), model: self.model.clone() }
    }
}

fn load(request: LoadRequest) -> Result<ReferenceHandle, CodedError> {
    let loaded = Loaded::open(request.path.as_ref())?;
    let recording = loaded.recording();
    let table = loaded.laps();
    let lap = match request.lap {
        Some(lap) => find_lap(&table.laps, request.stint, lap, &request.path)?,
        None => best_lap(&table.laps).ok_or_else(|| no_good_lap(&request.path, &table.laps))?,
    };
    let with_file = |error: CodedError| error.with("file", &request.path);
    let prepared = PreparedLap::new(&recording, lap, table.length_m).map_err(with_file)?;
    let mut model = request.known.model_for(&loaded.0.session, table.length_m)?;
    let reference = prepared.into_reference(&recording, request.own, Some(&mut model));
    let LapId { stint, lap } = lap.id;
    let facts = Facts {
        track_key: reference.track_key.clone(),
        car_key: reference.car_key.clone(),
        lap_time_s: reference.lap_time_s,
        lap,
        stint,
        own: reference.own,
        wet: reference.wet,
        label: request.label.unwrap_or_else(|| format!("lap {lap}")),
        sample_rate_hz: loaded.0.rate_hz,
    };
    Ok(ReferenceHandle { lap: Arc::new(reference), model, facts })
}

/// Says what spoils the laps that there are.
fn no_good_lap(file: &str, laps: &[Lap]) -> CodedError {
    let best = laps
        .iter()
        .filter(|lap| lap.complete())
        .max_by_key(|lap| std::cmp::Reverse(lap.reasons.iter().count()));
    let cause = match best {
        None => "it has no complete lap".to_owned(),
        Some(lap) => {
            let reasons: Vec<&str> = lap.reasons.iter().map(|reason| reason.code()).collect();
            format!("lap {}: {}", lap.id.lap, reasons.join(", "))
        }
    };
    CodedError::new(ErrorCode::NoGoodLap).with("file", file).with("cause", cause)
}

/// Two recordings can be compared when they are from the same track and layout; the cars may differ.
pub fn check_same_track(reference: &SessionInfo, recording: &SessionInfo) -> Result<(), CodedError> {
    if reference.track_key() == recording.track_key() {
        return Ok(());
    }
    let name = |session: &SessionInfo| match session.track_name.as_str() {
        "" => "an unnamed track".to_owned(),
        track => format!("{track} {}", session.track_config).trim().to_owned(),
    };
    Err(CodedError::new(ErrorCode::ReferenceMismatch)
        .with("reference", name(reference))
        .with("recording", name(recording)))
}

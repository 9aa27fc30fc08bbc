//! What is shipped in `reference-laps/`: made here, byte for byte the same each time.

use crate::car_spec::CarSpec;
use crate::demo_circuit;
use crate::request::SimulateRequest;
use crate::session::Start;
use crate::simulate::{Simulated, simulate};
use racing_coach_core::error::CodedError;
use racing_coach_core::laps::find_laps;
use racing_coach_core::{Channel, ErrorCode, Sample};
use racing_coach_lapfile::{LapFileInput, encode, rows_around};
use racing_coach_sources::ibt::write_samples;
use serde::Serialize;
use std::path::Path;

/// The files, in the order in which they are made.
pub const FILES: [&str; 5] =
    ["demo-circuit.json", "demo-car.json", "demo-reference.parquet", "demo-session.ibt", "demo-truth.json"];

/// The car of the demo.
const CAR: &str = "gt3";
/// What goes wrong in the demo's session: most of it twice, so that a coach has something to come back to.
const MISTAKES: &str = "T1:brakes-early=18@1-2,T6:over-slows=3.5@1,T9:late-throttle=22@1,T11:coasts=0.5@1,\
    T7:brakes-late=10@2,T9:late-throttle=14@2,T6:brakes-soft=0.3@2,T3:over-slows=2@2,\
    T6:trails-too-little=10@3,T10:late-throttle=18@3,T2:over-slows=2.5@3,T9:runs-wide=1@3";
/// Channels of the session's recording: those the coach uses, and no more, for the folder is small.
const CHANNELS: [Channel; 35] = [
    Channel::SessionTimeS,
    Channel::SessionTick,
    Channel::SessionNum,
    Channel::SessionState,
    Channel::SessionFlags,
    Channel::Lap,
    Channel::LapCompleted,
    Channel::LapDistanceM,
    Channel::LapFraction,
    Channel::LapCurrentTimeS,
    Channel::LapLastTimeS,
    Channel::LapBestTimeS,
    Channel::SpeedMps,
    Channel::Rpm,
    Channel::Gear,
    Channel::Throttle,
    Channel::Brake,
    Channel::Clutch,
    Channel::AbsActive,
    Channel::SteeringRad,
    Channel::VelocityXMps,
    Channel::VelocityYMps,
    Channel::YawRad,
    Channel::YawNorthRad,
    Channel::YawRateRadps,
    Channel::LateralAccelMps2,
    Channel::LongitudinalAccelMps2,
    Channel::LatitudeDeg,
    Channel::LongitudeDeg,
    Channel::OnPitRoad,
    Channel::TrackSurface,
    Channel::IsOnTrack,
    Channel::IncidentCount,
    Channel::EngineWarnings,
    Channel::FuelL,
];

/// Writes every file into a folder.
///
/// # Errors
/// What writing brings, and `internal` when the lap cannot be encoded.
pub fn write(folder: &Path) -> Result<(), CodedError> {
    let session = simulate(&request("pro", 3, 11, MISTAKES))?;
    let [circuit, car, reference, recording, truth] = FILES.map(|name| folder.join(name));
    write_json(&circuit, &demo_circuit::track_file())?;
    write_json(&car, &CarSpec::preset(CAR)?)?;
    write_bytes(&reference, &reference_lap()?)?;
    write_samples(&recording, session.session_text, session.rate_hz, &session.samples, &CHANNELS)?;
    write_json(&truth, &session.truth)
}

fn request(driver: &str, laps: u32, seed: u64, mistakes: &str) -> SimulateRequest {
    SimulateRequest {
        track: demo_circuit::NAMES[0].to_owned(),
        car: CAR.to_owned(),
        driver: driver.to_owned(),
        laps,
        seed,
        mistakes: mistakes.to_owned(),
        start: Start::Pits,
        interruptions: Vec::new(),
    }
}

/// The faster of two laps by a professional, as a lap file.
fn reference_lap() -> Result<Vec<u8>, CodedError> {
    let Simulated { samples, session, rate_hz, .. } = simulate(&request("pro", 2, 5, "none"))?;
    let internal = |cause: String| CodedError::new(ErrorCode::Internal).with("cause", cause);
    let table = find_laps(&samples, rate_hz, None);
    let time_s = |lap: &&racing_coach_core::lap::Lap| lap.lap_time_s().unwrap_or(f64::INFINITY);
    let lap = table
        .laps
        .iter()
        .filter(|lap| lap.reference_grade())
        .min_by(|a, b| time_s(a).total_cmp(&time_s(b)))
        .ok_or_else(|| internal("the reference driver drove no good lap".to_owned()))?;
    let kept: Vec<Sample> = rows_around(&samples, lap).iter().map(only_kept).collect();
    let input = LapFileInput {
        session: &session,
        rate_hz,
        length_m: table.length_m,
        lap,
        assisted: None,
        samples: &kept,
    };
    encode(&input).map_err(|error| internal(error.to_string()))
}

/// The sample with the channels of the recording only.
fn only_kept(sample: &Sample) -> Sample {
    let mut kept = Sample { index: sample.index, ..Sample::EMPTY };
    for channel in CHANNELS {
        kept.set(channel, sample.get(channel));
    }
    kept
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), CodedError> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| CodedError::new(ErrorCode::Internal).with("cause", error))?;
    text.push('\n');
    write_bytes(path, text.as_bytes())
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), CodedError> {
    std::fs::write(path, bytes).map_err(|error| {
        CodedError::new(ErrorCode::OutputExists).with("file", path.display()).with("cause", error)
    })
}

//! One call from a request to samples, session text and truth.

use crate::base_lap::corner_truths;
use crate::lap_plan::LapPlan;
use crate::lap_truth::{Driven, lap_plan};
use crate::mistake_choice::resolve_mistakes;
use crate::recorder::{LapResult, record};
use crate::request::{Resolved, SimulateRequest};
use crate::session::{SessionRun, SessionSpec, Start, drive};
use crate::stage::Stage;
use crate::track::Track;
use crate::truth::Truth;
use crate::world::TICK_HZ;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::session_text;
use std::sync::Arc;

/// A simulated session.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// Rows, as the sim would have recorded them.
    pub samples: Vec<Sample>,
    /// Facts of the session.
    pub session: SessionInfo,
    /// The same as the sim writes them.
    pub session_text: Vec<u8>,
    /// Rows a second.
    pub rate_hz: f64,
    /// What is known about it.
    pub truth: Truth,
}

/// Runs a simulation.
///
/// # Errors
/// `track-not-found`, `track-bad`, `file-not-found`, `file-unreadable`, `preset-not-found`, `mistakes-bad`, `usage`.
pub fn simulate(request: &SimulateRequest) -> Result<Simulated, CodedError> {
    let resolved = request.resolve()?;
    simulate_resolved(request, &resolved)
}

/// As [`simulate`], with track, car and driver given as things instead of names.
///
/// # Errors
/// `mistakes-bad`.
pub fn simulate_resolved(request: &SimulateRequest, resolved: &Resolved) -> Result<Simulated, CodedError> {
    let track = Track::new(&resolved.line);
    let stage = Stage::new(track, resolved.car.clone(), resolved.driver.clone());
    let corners = corner_truths(&stage);
    let mistakes = resolve_mistakes(request, &stage, &corners)?;
    let laps: Vec<Arc<LapPlan>> = (0..request.laps + 3)
        .map(|lap| Arc::new(lap_plan(&stage, request.seed, lap, &mistakes, None)))
        .collect();
    let mut interruptions = request.interruptions.clone();
    interruptions.sort_by(|a, b| a.lap.cmp(&b.lap).then(a.at_m.total_cmp(&b.at_m)));
    let spec = SessionSpec { start: request.start, laps: request.laps, interruptions };
    let run = drive(&stage, &laps, &spec);
    let results = results(&run);
    let samples = record(&stage, &run, &results, request.seed);
    let driven = Driven { stage: &stage, seed: request.seed, mistakes: &mistakes, laps: &laps, run: &run };
    let truth = Truth {
        track: resolved.line.name.clone(),
        car: resolved.car.path.clone(),
        driver: resolved.driver.name.clone(),
        seed: request.seed,
        length_m: stage.track.length_m,
        laps: results.iter().filter_map(|result| driven.lap_truth(result, &corners)).collect(),
        incomplete_laps: incomplete(&results, &run),
        corners,
    };
    let session = session_info(request, resolved, &stage, &truth);
    Ok(Simulated { samples, session_text: session_text::build(&session), session, rate_hz: TICK_HZ, truth })
}

/// How each lap ended, from the crossings.
fn results(run: &SessionRun<'_>) -> Vec<LapResult> {
    let mut results = Vec::new();
    for (index, start) in run.starts.iter().enumerate() {
        let lap = start.lap.saturating_sub(1);
        let begun = index.checked_sub(1).map(|before| &run.starts[before]).filter(|before| before.lap == lap);
        let whole = begun.filter(|_| !run.interrupted.contains(&lap));
        let on_road = !run.rows.iter().any(|row| row.lap == lap && row.off_track);
        results.push(LapResult {
            lap,
            end_row: (start.time_s * TICK_HZ).ceil() as usize,
            time_s: whole.map(|begun| start.time_s - begun.time_s),
            valid: whole.is_some() && on_road,
        });
    }
    results
}

fn incomplete(results: &[LapResult], run: &SessionRun<'_>) -> Vec<u32> {
    let mut laps: Vec<u32> = run.rows.iter().map(|row| row.lap).collect();
    laps.dedup();
    laps.sort_unstable();
    laps.dedup();
    laps.retain(|lap| !results.iter().any(|result| result.lap == *lap && result.time_s.is_some()));
    laps
}

fn session_info(request: &SimulateRequest, resolved: &Resolved, stage: &Stage, truth: &Truth) -> SessionInfo {
    let one_way = truth.corners.windows(2).all(|pair| pair[0].direction == pair[1].direction);
    let oval = one_way && truth.corners.len() <= 4;
    SessionInfo {
        sim: "simcar".to_owned(),
        track_name: resolved.line.name.to_lowercase(),
        track_display_name: resolved.line.name.clone(),
        track_config: String::new(),
        track_length_m: Some(stage.track.length_m),
        track_type: if oval { "oval" } else { "road course" }.to_owned(),
        car_path: resolved.car.path.clone(),
        car_name: resolved.car.name.clone(),
        driver_name: format!("Simulated {}", resolved.driver.name),
        driver_id: 0,
        session_types: vec![if request.start == Start::Grid { "Race" } else { "Practice" }.to_owned()],
        date: "2026-01-01".to_owned(),
        // A simulated car is alone unless its session lists others: see `SessionInfo::alone`.
        other_cars: None,
        ..SessionInfo::default()
    }
}

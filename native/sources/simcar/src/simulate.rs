//! One call from a request to samples, session text and truth.

use crate::base_lap::{corner_of_zone, corner_truths, slowest};
use crate::lap_plan::LapPlan;
use crate::mistakes::{self, KINDS, Mistake, MistakeSpec, kind_of};
use crate::prng::Prng;
use crate::recorder::{LapResult, record};
use crate::request::{Resolved, SimulateRequest};
use crate::session::{SessionRun, SessionSpec, Start, drive, drive_again};
use crate::stage::Stage;
use crate::track::Track;
use crate::truth::{BrakeOnset, CornerTruth, LapTruth, MinSpeed, MistakeTruth, Truth};
use crate::world::TICK_HZ;
use racing_coach_core::Sample;
use racing_coach_core::corner::CornerKind;
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

/// A corner whose braking may begin before the line lies at most this far behind it.
const BRAKES_BEFORE_LINE_M: f64 = 450.0;

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

fn lap_plan(stage: &Stage, seed: u64, lap: u32, mistakes: &[Mistake], without: Option<usize>) -> LapPlan {
    let of_lap: Vec<&Mistake> = mistakes
        .iter()
        .enumerate()
        .filter(|(index, mistake)| mistake.laps.contains(&lap) && Some(*index) != without)
        .map(|(_, mistake)| mistake)
        .collect();
    LapPlan::new(stage, seed, lap, &of_lap)
}

/// Checks listed mistakes against the corners, or makes some up.
fn resolve_mistakes(
    request: &SimulateRequest,
    stage: &Stage,
    corners: &[CornerTruth],
) -> Result<Vec<Mistake>, CodedError> {
    let listed = match MistakeSpec::parse(&request.mistakes)? {
        MistakeSpec::Random => return Ok(random_mistakes(request, stage, corners)),
        MistakeSpec::Listed(listed) => listed,
    };
    let problems: Vec<String> =
        listed.iter().filter_map(|mistake| unfit(mistake, stage, corners, request.laps)).collect();
    if problems.is_empty() { Ok(listed) } else { Err(mistakes::bad(&problems.join("; "))) }
}

/// Why a mistake cannot be made here.
fn unfit(mistake: &Mistake, stage: &Stage, corners: &[CornerTruth], laps: u32) -> Option<String> {
    let id = &mistake.corner_id;
    let Some(index) = corners.iter().position(|corner| &corner.id == id) else {
        let known: Vec<&str> = corners.iter().map(|corner| corner.id.as_str()).collect();
        return Some(format!("there is no corner {id}; known: {}", known.join(", ")));
    };
    if *mistake.laps.start() > laps {
        return Some(format!("{id}: lap {} is not driven", mistake.laps.start()));
    }
    if corners[index].flat_out || stage.slow_points_of(index).is_empty() {
        return Some(format!("{id} is driven without slowing down for it in this car"));
    }
    let needs_brake = kind_of(mistake.cause).is_some_and(|kind| kind.needs_brake);
    if needs_brake && corners[index].kind != CornerKind::Brake {
        return Some(format!("nobody brakes for {id} in this car"));
    }
    None
}

fn random_mistakes(request: &SimulateRequest, stage: &Stage, corners: &[CornerTruth]) -> Vec<Mistake> {
    let fit: Vec<usize> = (0..corners.len())
        .filter(|&index| !corners[index].flat_out && !stage.slow_points_of(index).is_empty())
        .collect();
    let mut mistakes = Vec::new();
    for lap in 1..=request.laps {
        let mut prng = Prng::stream(request.seed, &[u64::from(lap), 3]);
        let mut left = fit.clone();
        for _ in 0..(2 + prng.below(3)).min(fit.len()) {
            let corner = &corners[left.swap_remove(prng.below(left.len()))];
            let kinds: Vec<_> =
                KINDS.iter().filter(|kind| !kind.needs_brake || corner.kind == CornerKind::Brake).collect();
            let kind = kinds[prng.below(kinds.len())];
            let size = (kind.usual * prng.between(0.7, 1.5)).clamp(*kind.range.start(), *kind.range.end());
            let size = if kind.unit == "gears" { 1.0 } else { (size * 100.0).round() / 100.0 };
            mistakes.push(Mistake { corner_id: corner.id.clone(), cause: kind.cause, size, laps: lap..=lap });
        }
    }
    mistakes
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

struct Driven<'a> {
    stage: &'a Stage,
    seed: u64,
    mistakes: &'a [Mistake],
    laps: &'a [Arc<LapPlan>],
    run: &'a SessionRun<'a>,
}

impl Driven<'_> {
    fn lap_truth(&self, result: &LapResult, corners: &[CornerTruth]) -> Option<LapTruth> {
        let lap = result.lap;
        Some(LapTruth {
            lap,
            lap_time_s: result.time_s?,
            valid: result.valid,
            brake_onsets: self.brake_onsets(lap),
            min_speeds: self.min_speeds(lap, corners),
            mistakes: self.mistake_truths(lap),
        })
    }

    fn brake_onsets(&self, lap: u32) -> Vec<BrakeOnset> {
        let length_m = self.stage.track.length_m;
        let line_m = f64::from(lap) * length_m;
        let zones = self.run.last.brakes().zones();
        zones
            .filter(|zone| (line_m..line_m + length_m).contains(&zone.onset_m))
            .filter_map(|zone| {
                Some(BrakeOnset {
                    corner_id: self.stage.corners[corner_of_zone(self.stage, zone.onset_m)?].id.clone(),
                    lap_distance_m: zone.onset_m - line_m,
                    peak_brake: zone.peak_brake,
                })
            })
            .collect()
    }

    fn min_speeds(&self, lap: u32, corners: &[CornerTruth]) -> Vec<MinSpeed> {
        let slowed = corners.iter().zip(&self.stage.corners).filter(|(truth, _)| !truth.flat_out);
        slowed
            .filter_map(|(_, corner)| {
                let (lap_distance_m, speed_mps) = slowest(self.stage, &self.run.rows, lap, corner)?;
                Some(MinSpeed { corner_id: corner.id.clone(), lap_distance_m, speed_mps })
            })
            .collect()
    }

    fn mistake_truths(&self, lap: u32) -> Vec<MistakeTruth> {
        let of_lap = self.mistakes.iter().enumerate().filter(|(_, mistake)| mistake.laps.contains(&lap));
        of_lap
            .filter_map(|(index, mistake)| {
                Some(MistakeTruth {
                    corner_id: mistake.corner_id.clone(),
                    code: mistake.cause.code().to_owned(),
                    size: mistake.size,
                    unit: kind_of(mistake.cause)?.unit.to_owned(),
                    cost_s: self.cost_s(lap, index)?,
                })
            })
            .collect()
    }

    /// The lap as driven against the same lap without one mistake. When the mistake's braking may begin before the line, both are timed from
    /// the start of the lap before.
    fn cost_s(&self, lap: u32, mistake: usize) -> Option<f64> {
        let (end, start) = (self.start_of(lap + 1)?, self.start_of(lap)?);
        let corner = self.stage.corners.iter().position(|c| c.id == self.mistakes[mistake].corner_id)?;
        let slow = *self.stage.slow_points_of(corner).first()?;
        let near_line = self.stage.plan.slow_points[slow].min_m < BRAKES_BEFORE_LINE_M;
        let earlier =
            self.start_of(lap - 1).filter(|_| near_line && !self.run.interrupted.contains(&(lap - 1)));
        let from = earlier.unwrap_or(start);
        let mut laps = self.laps.to_vec();
        laps[lap as usize] = Arc::new(lap_plan(self.stage, self.seed, lap, self.mistakes, Some(mistake)));
        let without_s = drive_again(&from.world, from.since_s, &laps, lap)?;
        Some(end.time_s - from.time_s - without_s)
    }

    fn start_of(&self, lap: u32) -> Option<&crate::session::LapStart<'_>> {
        self.run.starts.iter().find(|start| start.lap == lap)
    }
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
    }
}

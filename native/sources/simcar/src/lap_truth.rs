//! The truth about one lap: its brake points, slowest places, mistakes and what each of them cost.

use crate::base_lap::{corner_of_zone, slowest};
use crate::lap_plan::LapPlan;
use crate::mistakes::{Mistake, kind_of};
use crate::recorder::LapResult;
use crate::session::{LapStart, SessionRun, drive_again};
use crate::stage::Stage;
use crate::truth::{BrakeOnset, CornerTruth, LapTruth, MinSpeed, MistakeTruth};
use std::sync::Arc;

/// A corner whose braking may begin before the line lies at most this far behind it.
const BRAKES_BEFORE_LINE_M: f64 = 450.0;

/// A session that was driven, with what it was driven by.
pub struct Driven<'a> {
    /// Track, car and driver.
    pub stage: &'a Stage,
    /// Seed.
    pub seed: u64,
    /// Of all laps.
    pub mistakes: &'a [Mistake],
    /// Intentions by lap.
    pub laps: &'a [Arc<LapPlan>],
    /// What came of them.
    pub run: &'a SessionRun<'a>,
}

impl Driven<'_> {
    /// The truth about a lap; `None` when it has no time.
    pub fn lap_truth(&self, result: &LapResult, corners: &[CornerTruth]) -> Option<LapTruth> {
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

    fn start_of(&self, lap: u32) -> Option<&LapStart<'_>> {
        self.run.starts.iter().find(|start| start.lap == lap)
    }
}

/// The plan of a lap, all its mistakes in it but one.
pub fn lap_plan(stage: &Stage, seed: u64, lap: u32, mistakes: &[Mistake], without: Option<usize>) -> LapPlan {
    let of_lap: Vec<&Mistake> = mistakes
        .iter()
        .enumerate()
        .filter(|(index, mistake)| mistake.laps.contains(&lap) && Some(*index) != without)
        .map(|(_, mistake)| mistake)
        .collect();
    LapPlan::new(stage, seed, lap, &of_lap)
}

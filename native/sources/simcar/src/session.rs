//! A session on the track: out of the pits or off the grid, laps, and what interrupts them.

use crate::car::CarState;
use crate::departure::departure;
use crate::lap_plan::LapPlan;
use crate::stage::Stage;
use crate::track::RoadPlace;
use crate::world::{STEP_S, SUBSTEPS, World};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How a session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// In the pit stall, some hundred metres before the line: the out-lap is short.
    #[default]
    Pits,
    /// In the pit stall, after the line: the out-lap is nearly a whole lap.
    PitsAfterLine,
    /// On the grid of a race: lap 1 begins at the line, slowly.
    Grid,
}

/// What interrupts a lap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InterruptionKind {
    /// The car is towed to the pits: a row of zeros, then the stall.
    Tow,
    /// The driver resets to the pits: a row of zeros, then the stall.
    Reset,
    /// iRacing's Active Reset: back to a snapshot 400 m before, at speed.
    ActiveReset,
}

/// An interruption of one lap.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Interruption {
    /// What happens.
    pub kind: InterruptionKind,
    /// On which lap.
    pub lap: u32,
    /// Where, in metres from the line.
    pub at_m: f64,
}

/// One row of the recording, before it is made to look like the sim's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The car; `None` on a row of zeros.
    pub car: Option<CarState>,
    /// Where; distance not wrapped.
    pub place: RoadPlace,
    /// Lap being driven.
    pub lap: u32,
    /// In the pit lane.
    pub on_pit_road: bool,
    /// Standing in the stall.
    pub in_stall: bool,
    /// All wheels beyond the edge.
    pub off_track: bool,
    /// The race has not begun.
    pub before_start: bool,
    /// The car is being towed.
    pub towing: bool,
}

/// The start of a lap: when, and everything needed to drive it again.
#[derive(Debug, Clone)]
pub struct LapStart<'a> {
    /// The lap that begins.
    pub lap: u32,
    /// Seconds since the first row.
    pub time_s: f64,
    /// Everything just after the crossing.
    pub world: World<'a>,
    /// Seconds from the crossing to `world`.
    pub since_s: f64,
}

/// A session that was driven.
#[derive(Debug, Clone)]
pub struct SessionRun<'a> {
    /// At 60 Hz.
    pub rows: Vec<Row>,
    /// Starts of laps, in order; a lap that was interrupted has one, too.
    pub starts: Vec<LapStart<'a>>,
    /// Laps that were interrupted.
    pub interrupted: Vec<u32>,
    /// Everything at the end.
    pub last: World<'a>,
    /// The session's begin, from which lap 0 can be driven again.
    pub first: World<'a>,
}

/// Where a session begins and what happens in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SessionSpec {
    /// How it begins.
    pub start: Start,
    /// Flying laps.
    pub laps: u32,
    /// In order.
    pub interruptions: Vec<Interruption>,
}

const STALL_WAIT_S: f64 = 2.0;
const GRID_WAIT_S: f64 = 5.0;
/// Seconds recorded after the last crossing, so that the last official time still arrives.
const AFTER_S: f64 = 3.0;
const ACTIVE_RESET_BACK_M: f64 = 400.0;
/// A car that has not got around in this time never will.
const MOST_LAP_S: f64 = 3600.0;

/// Drives a session.
pub fn drive<'a>(stage: &'a Stage, laps: &'a [Arc<LapPlan>], spec: &SessionSpec) -> SessionRun<'a> {
    let (distance_m, departure) = departure(stage, spec.start, 0);
    let world = World::standing(stage, laps, distance_m, departure);
    let mut drive = Drive {
        stage,
        laps,
        spec,
        world: world.clone(),
        run: SessionRun {
            rows: Vec::new(),
            starts: Vec::new(),
            interrupted: Vec::new(),
            last: world.clone(),
            first: world,
        },
        saved: None,
        steps_since_row: 0,
    };
    drive.zero_row();
    drive.wait(if spec.start == Start::Grid { GRID_WAIT_S } else { STALL_WAIT_S });
    drive.run_laps();
    drive.run.last = drive.world.clone();
    drive.run
}

struct Drive<'a, 'b> {
    stage: &'a Stage,
    laps: &'a [Arc<LapPlan>],
    spec: &'b SessionSpec,
    world: World<'a>,
    run: SessionRun<'a>,
    saved: Option<World<'a>>,
    steps_since_row: u32,
}

impl Drive<'_, '_> {
    fn wait(&mut self, seconds: f64) {
        for _ in 0..(seconds * 60.0) as u32 {
            self.row(true);
        }
        self.world.set_waiting(false);
    }

    fn run_laps(&mut self) {
        let end_lap = self.spec.laps + 1;
        let mut interruptions = self.spec.interruptions.iter().peekable();
        let mut rows_left = (MOST_LAP_S * 60.0) as u64;
        while self.world.lap() < end_lap && rows_left > 0 {
            rows_left -= 1;
            if self.tick() {
                rows_left = (MOST_LAP_S * 60.0) as u64;
            }
            let length_m = self.stage.track.length_m;
            if let Some(next) = interruptions.peek() {
                let at_m = f64::from(next.lap) * length_m + next.at_m;
                if next.kind == InterruptionKind::ActiveReset
                    && self.saved.is_none()
                    && self.world.place().distance_m >= at_m - ACTIVE_RESET_BACK_M
                {
                    self.saved = Some(self.world.clone());
                }
                if self.world.place().distance_m >= at_m {
                    self.interrupt(next);
                    interruptions.next();
                }
            }
        }
        for _ in 0..(AFTER_S * 60.0) as u32 {
            self.tick();
        }
    }

    /// One row; whether the line was crossed in it.
    fn tick(&mut self) -> bool {
        let mut crossed = false;
        for step in 1..=SUBSTEPS {
            self.steps_since_row = step;
            if let Some(crossing) = self.world.step() {
                crossed = true;
                let since_s = (1.0 - crossing.part) * STEP_S;
                // The row being made is at the index that follows those made already.
                let steps = self.run.rows.len() as f64 - 1.0;
                let time_s = steps / 60.0 + f64::from(step) * STEP_S - since_s;
                self.run.starts.push(LapStart {
                    lap: crossing.lap,
                    time_s,
                    world: self.world.clone(),
                    since_s,
                });
            }
        }
        self.row(false);
        crossed
    }

    fn interrupt(&mut self, interruption: &Interruption) {
        let lap = self.world.lap();
        self.run.interrupted.push(lap);
        if let (InterruptionKind::ActiveReset, Some(saved)) = (interruption.kind, self.saved.take()) {
            self.world = saved;
            return;
        }
        if interruption.kind == InterruptionKind::Tow {
            // The car stands where it broke down until the tow truck has come.
            if let Some(row) = self.run.rows.last_mut() {
                row.towing = true;
            }
        }
        self.zero_row();
        let (distance_m, departure) = departure(self.stage, Start::Pits, lap);
        self.world = World::standing(self.stage, self.laps, distance_m, departure);
        self.wait(STALL_WAIT_S);
    }

    fn zero_row(&mut self) {
        self.row(false);
        if let Some(row) = self.run.rows.last_mut() {
            row.car = None;
        }
    }

    fn row(&mut self, waiting: bool) {
        let in_pits = self.spec.start != Start::Grid || !self.run.starts.is_empty();
        let departing = self.world.departing();
        self.run.rows.push(Row {
            car: Some(*self.world.state()),
            place: self.world.place(),
            lap: self.world.lap(),
            on_pit_road: in_pits && departing,
            in_stall: in_pits && waiting,
            off_track: self.world.off_track(),
            before_start: self.spec.start == Start::Grid && waiting && self.run.starts.is_empty(),
            towing: false,
        });
    }
}

/// Drives from a lap's start to the end of `until_lap` with other intentions: seconds from the crossing at the start.
pub fn drive_again(world: &World<'_>, since_s: f64, laps: &[Arc<LapPlan>], until_lap: u32) -> Option<f64> {
    let mut world = world.with_laps(laps);
    let mut time_s = since_s;
    for _ in 0..(MOST_LAP_S / STEP_S) as u64 {
        let crossing = world.step();
        time_s += STEP_S;
        if let Some(crossing) = crossing
            && crossing.lap == until_lap + 1
        {
            return Some(time_s - (1.0 - crossing.part) * STEP_S);
        }
    }
    None
}

//! The road under the car: which line it is on, where on it, and what is learned meanwhile.
//!
//! Awkward values: before a line is known there is no place. A line that the car is not on for long, or at whose beginning the lap counter does not
//! change, is not the track's line and is dropped. Layouts share roads: whole laps are compared with the line until one lies along it, and a lap
//! of another layout gets a line of its own. The lap counter is said to have changed on the row on which the distance begins anew, since
//! the sim's own change may come a row before or after it.

use super::builder::{Builder, DrivenRow};
use super::identity::id_of;
use super::lap_count::LapCount;
use super::likeness::is_same;
use super::line::Line;
use super::projection::{Foot, Projector};
use super::recogniser::Recogniser;
use super::vector::{Vector, between, length};

/// Driven this far without a place, it is another track. The longest pit lanes are shorter.
const OFF_LINE_M: f64 = 1500.0;
/// The counter changes at most this far from the line's beginning (a pit lane may count elsewhere than the road).
const COUNTED_M: f64 = 60.0;
/// A lap with more metres without a place is not one along the line.
const UNPLACED_M: f64 = 300.0;
/// Most lines that are kept in memory.
const MOST_LINES: usize = 400;

/// A row of the player's car.
#[derive(Debug, Clone, Copy)]
pub struct RoadRow {
    /// Where it is.
    pub position_m: Vector,
    /// Where it points.
    pub forward: Vector,
    /// Metres a second.
    pub speed_mps: f64,
    /// The sim's lap; `None` when it tells none.
    pub lap: Option<i16>,
    /// The sim's time of the last lap.
    pub last_lap_ms: Option<i32>,
    /// Rows missing before this one.
    pub missing: u64,
}

/// Where the row lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The place; `None` without one.
    pub foot: Option<Foot>,
    /// The lap, as it changes with the place.
    pub lap: Option<i16>,
    /// The last lap's time, as it changes with the lap.
    pub last_lap_ms: Option<i32>,
    /// The line is another than at the row before.
    pub changed: bool,
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Road {
    lines: Vec<Line>,
    active: Option<usize>,
    projector: Projector,
    recogniser: Recogniser,
    builder: Builder,
    lap_count: LapCount,
    before: Option<RoadRow>,
    off_line_m: f64,
    /// Metres without a place since the lap counter changed.
    unplaced_m: f64,
    /// A second whole lap lay along the line: until the next menu the track is no other, wherever the car goes.
    verified: bool,
    learned: Option<usize>,
    /// Somebody else says which line is driven.
    told: bool,
}

impl Road {
    /// A road of which these lines are known.
    pub fn new(mut lines: Vec<Line>) -> Self {
        lines.truncate(MOST_LINES);
        Road { lines, ..Road::default() }
    }

    /// The line that is driven.
    pub fn line(&self) -> Option<&Line> {
        self.active.and_then(|index| self.lines.get(index))
    }

    /// A line that was learned since this was last asked.
    pub fn take_learned(&mut self) -> Option<&Line> {
        self.learned.take().and_then(|index| self.lines.get(index))
    }

    /// Says which line is driven; for playing a tape, which tells every change. So nothing is recognised from here on, nothing learned
    /// while the line holds, and no other is kept: many lines take no more memory than one. True when it was another.
    pub fn adopt(&mut self, line: Line) -> bool {
        self.told = true;
        if self.line().is_some_and(|known| known.points() == line.points()) {
            return false;
        }
        self.lines = vec![line];
        self.learned = None;
        self.builder.abandon();
        self.recogniser.begin();
        self.activate(Some(0));
        true
    }

    /// Which line is driven is to be found out from the rows.
    pub fn find_out(&mut self) {
        self.told = false;
    }

    /// No car is driven: menus, loading, a replay. The line stays until the next drive shows another.
    pub fn leave(&mut self) {
        self.builder.abandon();
        self.recogniser.begin();
        self.verified = false;
        self.interrupt();
    }

    /// Takes a row.
    pub fn step(&mut self, row: &RoadRow) -> Placed {
        let active_before = self.active;
        let moved_m = self.before.map_or(0.0, |before| length(between(before.position_m, row.position_m)));
        let jumped = self.before.is_some_and(|before| is_jump(&before, row, moved_m));
        if jumped {
            self.recogniser.lose();
            self.interrupt();
        }
        let counted = self.counted(row);
        // A lap away from the line that was told: it may have been a wrong one.
        if !self.told || self.active.is_none() {
            self.learn(row, jumped);
        }
        let moved_m = if jumped { 0.0 } else { moved_m };
        let mut foot = self.place(row);
        self.unplaced_m = match foot {
            _ if counted => 0.0,
            Some(_) => self.unplaced_m,
            None => self.unplaced_m + moved_m,
        };
        if let Some(index) = self.active {
            self.off_line_m = if foot.is_some() { 0.0 } else { self.off_line_m + moved_m };
            let elsewhere = counted
                && foot.is_some_and(|foot| self.lines[index].to_start_m(foot.lap_distance_m) > COUNTED_M);
            if elsewhere || self.off_line_m > OFF_LINE_M {
                self.activate(None);
                self.recogniser.exclude(index, &self.lines);
                foot = None;
            }
        } else if let Some(index) = self.recognise(row, moved_m, counted) {
            self.activate(Some(index));
            foot = self.place(row);
        }
        self.before = Some(*row);
        let distance_m = foot.map(|foot| foot.lap_distance_m);
        let length_m = self.line().map_or(f64::NAN, Line::length_m);
        let (lap, last_lap_ms) = self.lap_count.step(row.lap, row.last_lap_ms, distance_m, length_m);
        Placed { foot, lap, last_lap_ms, changed: self.active != active_before }
    }

    /// The car is followed no longer.
    fn interrupt(&mut self) {
        self.projector.lose();
        self.lap_count = LapCount::default();
        self.before = None;
    }

    fn place(&mut self, row: &RoadRow) -> Option<Foot> {
        let line = self.active.and_then(|index| self.lines.get(index))?;
        self.projector.place(line, row.position_m, row.forward)
    }

    /// The lap counter went up at a line: from 0 to 1 it may have been a race's start.
    fn counted(&self, row: &RoadRow) -> bool {
        let before = self.before.and_then(|before| before.lap);
        row.lap.zip(before).is_some_and(|(lap, before)| before >= 1 && lap == before.wrapping_add(1))
    }

    fn recognise(&mut self, row: &RoadRow, moved_m: f64, counted: bool) -> Option<usize> {
        if self.told {
            return None;
        }
        self.recogniser.step(&self.lines, row.position_m, row.forward, moved_m, counted)
    }

    fn activate(&mut self, index: Option<usize>) {
        self.active = index;
        self.verified = false;
        self.off_line_m = 0.0;
        self.projector.lose();
        self.lap_count = LapCount::default();
    }

    /// Follows the lap being driven. A whole lap that is not along the line, or while there is none, is looked up or gives a new line.
    fn learn(&mut self, row: &RoadRow, jumped: bool) {
        let Some(lap) = row.lap else { return self.builder.abandon() };
        let (position_m, speed_mps) = (row.position_m, row.speed_mps);
        let points =
            self.builder.step(&DrivenRow { position_m, lap, speed_mps, missing: row.missing, jumped });
        let along = self.active.filter(|_| self.projector.follows() && self.unplaced_m <= UNPLACED_M);
        let Some(points) = points.filter(|_| !self.verified) else { return };
        let Ok(line) = Line::new(&id_of(&points), "", &points) else { return };
        // The line that is driven first, then the others.
        let others = (0..self.lines.len()).filter(|index| Some(*index) != along);
        let known = along.into_iter().chain(others).find(|index| is_same(&self.lines[*index], &line));
        if known.is_some() && known == self.active {
            self.verified = true;
            return;
        }
        let index = known.or_else(|| {
            self.learned = self.keep(line);
            self.learned
        });
        self.activate(index);
    }

    /// Keeps a line; one of the same geometry, or of the same id where it came from a file, is kept once.
    fn keep(&mut self, mut line: Line) -> Option<usize> {
        if let Some(index) = self.lines.iter().position(|known| known.points() == line.points()) {
            return Some(index);
        }
        // Two tracks of one shape by chance: the later one's id says so.
        let mut more = 1;
        let id = line.id.clone();
        while self.lines.iter().any(|known| known.id == line.id) {
            more += 1;
            line.id = format!("{id}-{more}");
        }
        (self.lines.len() < MOST_LINES).then(|| {
            self.lines.push(line);
            self.lines.len() - 1
        })
    }
}

fn is_jump(before: &RoadRow, row: &RoadRow, moved_m: f64) -> bool {
    let elapsed_s = (row.missing + 1) as f64 / super::layout::TICK_HZ;
    let fastest_mps = before.speed_mps.max(row.speed_mps) + 15.0 * elapsed_s.min(2.0);
    moved_m > 1.5 * fastest_mps * elapsed_s + 3.0
}

#[cfg(test)]
#[path = "road_tests.rs"]
mod tests;

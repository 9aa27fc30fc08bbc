//! Learns a line from the first lap that is driven from one change of the lap counter to the next.
//!
//! The counter changes between two rows, so the line lies somewhere between their positions: up to a metre and a half. The crossings at both ends of the
//! lap are of the same line, so it lies where both agree. It then stays where it was put: every later lap is timed between two
//! passes of one and the same place, wherever that is to the centimetre.
//!
//! Not every lap is one: the counter also goes up at a race's start, from the grid. A lap whose ends are not at the same line gives none, nor does one with a
//! stop, a jump, a turn back or too many missing rows.

use super::line::{LENGTHS_M, SPACING_M};
use super::vector::{Vector, along, between, level_direction, level_dot, level_length};

/// Positions that are nearer to the last one are left out.
const STEP_M: f64 = 0.5;
/// Rows that may be missing: a chord over 0.15 s is within 0.2 m of a bend of 100 m at 200 km/h.
const MOST_MISSING: u64 = 8;
/// Slower is standing: the car's way is not known well enough.
const SLOWEST_MPS: f64 = 2.0;
/// Both crossings agree to this.
const AGREES_M: f64 = 1.0;
/// No road is wider, and none so steep across.
const WIDEST_M: f64 = 40.0;
const HIGHEST_M: f64 = 5.0;
/// The lap's end is bent to its beginning over this length.
const BLEND_M: f64 = 150.0;
/// More positions are no lap (60 km in steps of half a metre).
const MOST_POSITIONS: usize = 120_000;

/// A row of a car that is driven.
#[derive(Debug, Clone, Copy)]
pub struct DrivenRow {
    /// Where it is.
    pub position_m: Vector,
    /// The sim's lap.
    pub lap: i16,
    /// Metres a second.
    pub speed_mps: f64,
    /// Rows missing before this one.
    pub missing: u64,
    /// It was moved since the row before.
    pub jumped: bool,
}

/// The rows either side of the line.
#[derive(Debug, Clone, Copy)]
struct Crossing {
    before: Vector,
    after: Vector,
}

/// The lap being driven.
#[derive(Debug, Clone)]
struct Run {
    start: Crossing,
    path: Vec<Vector>,
}

/// Learns a line.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    run: Option<Run>,
    before: Option<(Vector, i16)>,
}

impl Builder {
    /// Begins again: the car is not driven.
    pub fn abandon(&mut self) {
        *self = Builder::default();
    }

    /// Takes a row; gives a closed line's points when a lap was completed with it.
    pub fn step(&mut self, row: &DrivenRow) -> Option<Vec<Vector>> {
        if row.jumped || row.missing > MOST_MISSING || row.speed_mps < SLOWEST_MPS {
            self.run = None;
            self.before = None;
        }
        let before = self.before.replace((row.position_m, row.lap));
        match before {
            Some((position, lap)) if row.lap == lap.wrapping_add(1) => {
                let crossing = Crossing { before: position, after: row.position_m };
                let ended = self.run.replace(Run { start: crossing, path: vec![row.position_m] });
                ended.and_then(|run| close(&run, crossing))
            }
            Some((_, lap)) if row.lap == lap => {
                self.advance(row.position_m);
                None
            }
            _ => {
                self.run = None;
                None
            }
        }
    }

    fn advance(&mut self, position: Vector) {
        let Some(run) = &mut self.run else { return };
        let last = run.path[run.path.len() - 1];
        let step = between(last, position);
        if level_length(step) < STEP_M {
            return;
        }
        let turned_back =
            run.path.len() > 1 && level_dot(between(run.path[run.path.len() - 2], last), step) < 0.0;
        if turned_back || run.path.len() >= MOST_POSITIONS {
            self.run = None;
        } else {
            run.path.push(position);
        }
    }
}

/// Closes a lap; `None` when its ends are not at one line.
fn close(run: &Run, end: Crossing) -> Option<Vec<Vector>> {
    let start = run.start;
    let direction = level_direction(between(start.before, start.after))?;
    let direction_end = level_direction(between(end.before, end.after))?;
    let aside = [-direction[1], direction[0], 0.0];
    let offset = between(start.before, end.before);
    let parallel = level_dot(direction, direction_end) > 0.8;
    if !parallel || level_dot(offset, aside).abs() > WIDEST_M || offset[2].abs() > HIGHEST_M {
        return None;
    }
    // Metres along the road from the first row: the line lies between both pairs.
    let along_m = |place: Vector| level_dot(between(start.before, place), direction);
    let (low_m, high_m) = (along_m(end.before).max(0.0), along_m(end.after).min(along_m(start.after)));
    if low_m > high_m + AGREES_M {
        return None;
    }
    let line_m = (low_m + high_m) / 2.0;
    let at_line = |crossing: &Crossing| {
        let (from_m, to_m) = (along_m(crossing.before), along_m(crossing.after));
        along(crossing.before, crossing.after, ((line_m - from_m) / (to_m - from_m)).clamp(0.0, 1.0))
    };
    let mut path = vec![at_line(&start)];
    path.extend(&run.path);
    path.push(at_line(&end));
    let length_m = length_m(&path);
    LENGTHS_M.contains(&length_m).then(|| smoothed(&resampled(&blended(&path, length_m), SPACING_M)))
}

fn length_m(path: &[Vector]) -> f64 {
    path.windows(2).map(|pair| level_length(between(pair[0], pair[1]))).sum()
}

/// Moves the end of the path to its beginning, and what lies before it ever less.
fn blended(path: &[Vector], length_m: f64) -> Vec<Vector> {
    let offset = between(path[path.len() - 1], path[0]);
    let blend_m = BLEND_M.min(length_m / 4.0);
    let mut way_m = 0.0;
    let mut last = path[0];
    let moved = path.iter().map(|place| {
        way_m += level_length(between(last, *place));
        last = *place;
        let part = ((way_m - length_m) / blend_m + 1.0).clamp(0.0, 1.0);
        let share = part * part * (3.0 - 2.0 * part);
        [place[0] + share * offset[0], place[1] + share * offset[1], place[2] + share * offset[2]]
    });
    moved.collect()
}

/// A closed path (its last point may be its first again) at even steps of about `spacing_m`.
pub(super) fn resampled(path: &[Vector], spacing_m: f64) -> Vec<Vector> {
    let closed = || path.iter().zip(path.iter().skip(1).chain(path.first()));
    let total_m: f64 = closed().map(|(a, b)| level_length(between(*a, *b))).sum();
    let count = (total_m / spacing_m).round().max(1.0);
    let step_m = total_m / count;
    let mut points = Vec::with_capacity(count as usize);
    let mut way_m = 0.0;
    for (from, to) in closed() {
        let length_m = level_length(between(*from, *to));
        while (points.len() as f64) * step_m < way_m + length_m && (points.len() as f64) < count {
            points.push(along(*from, *to, (points.len() as f64 * step_m - way_m) / length_m));
        }
        way_m += length_m;
    }
    points
}

/// A quarter of each neighbour: takes the edges off the chords, and moves a point in a bend of 20 m radius by 5 cm.
fn smoothed(points: &[Vector]) -> Vec<Vector> {
    let count = points.len();
    let at = |index: usize| {
        let (before, here, after) =
            (points[(index + count - 1) % count], points[index], points[(index + 1) % count]);
        [0, 1, 2].map(|axis| (before[axis] + 2.0 * here[axis] + after[axis]) / 4.0)
    };
    (0..count).map(at).collect()
}

#[cfg(test)]
#[path = "builder_tests.rs"]
mod tests;

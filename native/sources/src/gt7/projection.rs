//! Where a position lies along a line.
//!
//! The foot of a position is where the line's own direction, which turns steadily from point to point, is square to the way to the position. Unlike
//! the nearest point of a polyline it neither jumps nor stands still at the points: driving forward never goes back, for as long as the car is
//! nearer to the line than the line's bend is narrow.
//!
//! Awkward values: where a track crosses itself the height decides, and the last place: from row to row only the neighbourhood is searched. After a
//! jump the whole line is, for places that the car points along. Too far from the line there is no place.

use super::line::Line;
use super::vector::{Vector, along, between, dot, level_dot, level_length};

/// Off the line by more than this the car is somewhere else: a wide run-off, or a pit lane across the paddock.
const FURTHEST_ASIDE_M: f64 = 30.0;
/// A place is found anew only this near to the line.
pub const FOUND_ASIDE_M: f64 = 15.0;
/// A bridge is higher than this above what it crosses (a car's own height varies by less than a metre from lap to lap).
const FOUND_ABOVE_M: f64 = 3.0;
/// A car that jumps or flies over a crest stays lower than this.
const FURTHEST_ABOVE_M: f64 = 8.0;
/// A place is found anew only where the car points along the line: 60 degrees.
const FOUND_ALONG: f64 = 0.5;
/// Beyond what the car moved, the neighbourhood is this wide.
const NEIGHBOURHOOD_M: f64 = 20.0;

/// The foot of a position on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foot {
    /// Metres along the line, 0 up to its length without it.
    pub lap_distance_m: f64,
    /// Metres to the left of it.
    pub aside_m: f64,
    /// Metres above it.
    pub above_m: f64,
    /// Where the line goes, level.
    pub direction: Vector,
    segment: usize,
}

/// Follows a car along a line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Projector {
    last: Option<(usize, Vector)>,
}

impl Projector {
    /// Forgets where the car was: it was moved.
    pub fn lose(&mut self) {
        self.last = None;
    }

    /// Whether the car is being followed.
    pub fn follows(&self) -> bool {
        self.last.is_some()
    }

    /// The car's place; `None` when it is not on the line. `forward` is where it points.
    pub fn place(&mut self, line: &Line, position: Vector, forward: Vector) -> Option<Foot> {
        let foot = match self.last {
            Some((segment, before)) => {
                let reach_m = NEIGHBOURHOOD_M + 1.5 * level_length(between(before, position));
                follow(line, segment, position, reach_m).filter(|foot| {
                    foot.aside_m.abs() <= FURTHEST_ASIDE_M && foot.above_m.abs() <= FURTHEST_ABOVE_M
                })
            }
            None => None,
        };
        let foot = foot.or_else(|| find(line, position, forward));
        self.last = foot.map(|foot| (foot.segment, position));
        foot
    }
}

/// Walks along the line from a segment to the foot of a position.
fn follow(line: &Line, from: usize, position: Vector, reach_m: f64) -> Option<Foot> {
    let mut segment = from.min(line.segments() - 1);
    let (mut walked_m, mut came_back) = (0.0, false);
    while walked_m <= reach_m {
        let (before, after) = sides(line, segment, position);
        if before < 0.0 {
            segment = line.previous(segment);
            came_back = true;
        } else if after >= 0.0 && !came_back {
            segment = line.next(segment);
        } else {
            return Some(foot(line, segment, position));
        }
        walked_m += line.step_m(segment);
    }
    None
}

/// Searches the whole line.
fn find(line: &Line, position: Vector, forward: Vector) -> Option<Foot> {
    let holds = |segment: &usize| {
        let (before, after) = sides(line, *segment, position);
        before >= 0.0 && after < 0.0
    };
    let fits = |foot: &Foot| {
        foot.aside_m.abs() <= FOUND_ASIDE_M
            && foot.above_m.abs() <= FOUND_ABOVE_M
            && level_dot(foot.direction, forward) >= FOUND_ALONG
    };
    let far = |foot: &Foot| foot.aside_m * foot.aside_m + 4.0 * foot.above_m * foot.above_m;
    line.segments_near(position, FOUND_ASIDE_M)
        .filter(holds)
        .map(|segment| foot(line, segment, position))
        .filter(fits)
        .min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// How far a position is beyond the beginning of a segment, and beyond its end.
fn sides(line: &Line, segment: usize, position: Vector) -> (f64, f64) {
    let [start, end] = line.ends(segment);
    let beyond = |(point, direction): (Vector, Vector)| level_dot(between(point, position), direction);
    (beyond(start), beyond(end))
}

/// The foot on a segment: by secant first, then Newton's method on a parabola that is nearly straight.
fn foot(line: &Line, segment: usize, position: Vector) -> Foot {
    let [(start, from), (end, to)] = line.ends(segment);
    let (way, turn) = (between(start, end), between(from, to));
    let at = |part: f64| (between(along(start, end, part), position), along(from, to, part));
    let (before, after) = sides(line, segment, position);
    let mut part = if before > after { (before / (before - after)).clamp(0.0, 1.0) } else { 0.0 };
    for _ in 0..3 {
        let (rest, direction) = at(part);
        let slope = level_dot(rest, turn) - level_dot(way, direction);
        if slope < -1e-9 {
            part = (part - level_dot(rest, direction) / slope).clamp(0.0, 1.0);
        }
    }
    let (rest, direction) = at(part);
    // Two unit vectors that hardly differ: what lies between them is as long.
    let length = dot(direction, direction).sqrt().max(1e-9);
    let direction = direction.map(|value| value / length);
    Foot {
        lap_distance_m: line.distance_m(segment, part),
        aside_m: direction[0] * rest[1] - direction[1] * rest[0],
        above_m: rest[2],
        direction,
        segment,
    }
}

#[cfg(test)]
#[path = "projection_tests.rs"]
mod tests;

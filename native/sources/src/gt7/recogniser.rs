//! Which of the known lines is being driven.
//!
//! Tracks have their own origins, so a way of a few hundred metres near one line and along it is hardly another track's. Layouts of one place share
//! road, though: it has to be the only line that fits, or the one whose beginning is where the lap counter changed.

use super::line::Line;
use super::projection::{FOUND_ASIDE_M, Projector};
use super::vector::{Vector, level_dot};

/// Driven along a line for this long, it is that line,
const KNOWN_AFTER_M: f64 = 300.0;
/// unless another was driven along for this long until now.
const RIVAL_AFTER_M: f64 = 150.0;
/// Pointing along the line: 60 degrees.
const ALONG: f64 = 0.5;
/// The counter changes this near to a line's beginning.
const AT_LINE_M: f64 = 10.0;
/// A line that is not followed is looked for every so many rows.
const LOOK_EVERY: usize = 15;

#[derive(Debug, Clone, Copy, Default)]
struct Candidate {
    projector: Projector,
    driven_m: f64,
    at_line: bool,
    excluded: bool,
}

/// Watches all lines until one is known to be driven.
#[derive(Debug, Clone, Default)]
pub struct Recogniser {
    candidates: Vec<Candidate>,
    rows: usize,
}

impl Recogniser {
    /// The car was moved: nothing that was driven counts. What was excluded stays so.
    pub fn lose(&mut self) {
        for candidate in &mut self.candidates {
            *candidate = Candidate { excluded: candidate.excluded, ..Candidate::default() };
        }
    }

    /// Another session: every line is possible again.
    pub fn begin(&mut self) {
        self.candidates.clear();
    }

    /// This line is not the one.
    pub fn exclude(&mut self, index: usize, lines: &[Line]) {
        self.candidates.resize(lines.len(), Candidate::default());
        if let Some(candidate) = self.candidates.get_mut(index) {
            candidate.excluded = true;
        }
    }

    /// Takes a row: where the car is, where it points, how far it moved, whether the lap counter went up. Gives the line's index when it is known.
    pub fn step(
        &mut self,
        lines: &[Line],
        position: Vector,
        forward: Vector,
        moved_m: f64,
        counted: bool,
    ) -> Option<usize> {
        self.candidates.resize(lines.len(), Candidate::default());
        self.rows += 1;
        for (index, (candidate, line)) in self.candidates.iter_mut().zip(lines).enumerate() {
            let looks = candidate.projector.follows() || (self.rows + index).is_multiple_of(LOOK_EVERY);
            if !candidate.excluded && looks {
                candidate.step(line, position, forward, moved_m);
            }
        }
        if counted { self.by_beginning() } else { self.by_way() }
    }

    /// The only line that the way fits.
    fn by_way(&self) -> Option<usize> {
        let driven = |least_m: f64| {
            self.candidates.iter().filter(move |candidate| candidate.driven_m >= least_m).count()
        };
        let only = driven(KNOWN_AFTER_M) == 1 && driven(RIVAL_AFTER_M) == 1;
        only.then(|| self.candidates.iter().position(|candidate| candidate.driven_m >= KNOWN_AFTER_M))
            .flatten()
    }

    /// The first line that the way fits and that begins here; the others that do not begin here are not driven.
    fn by_beginning(&mut self) -> Option<usize> {
        for candidate in &mut self.candidates {
            candidate.excluded |= candidate.projector.follows() && !candidate.at_line;
            if candidate.excluded {
                candidate.driven_m = 0.0;
            }
        }
        self.candidates.iter().position(|candidate| candidate.driven_m >= KNOWN_AFTER_M)
    }
}

impl Candidate {
    fn step(&mut self, line: &Line, position: Vector, forward: Vector, moved_m: f64) {
        let followed = self.projector.follows();
        let foot = self.projector.place(line, position, forward).filter(|foot| {
            foot.aside_m.abs() <= FOUND_ASIDE_M && level_dot(foot.direction, forward) >= ALONG
        });
        match foot {
            Some(foot) => {
                self.driven_m += if followed { moved_m } else { 0.0 };
                self.at_line = line.to_start_m(foot.lap_distance_m) <= AT_LINE_M + moved_m;
            }
            None => *self = Candidate::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gt7::line::tests::circle;
    use std::f64::consts::TAU;

    /// Drives along the ring of radius 200 about the origin; gives the metres after which it was known, and as what.
    fn drive(lines: &[Line], from_m: f64, metres: f64, count_at_m: Option<f64>) -> Option<(f64, usize)> {
        let mut recogniser = Recogniser::default();
        for row in 0..metres as usize {
            let way_m = from_m + row as f64;
            let (sine, cosine) = libm::sincos(way_m / 200.0);
            let counted = count_at_m.is_some_and(|at_m| (at_m..at_m + 1.0).contains(&way_m));
            let (position, forward) = ([203.0 * cosine, 203.0 * sine, 0.5], [-sine, cosine, 0.0]);
            if let Some(index) = recogniser.step(lines, position, forward, 1.0, counted) {
                return Some((row as f64, index));
            }
        }
        None
    }

    fn ring(id: &str, radius_m: f64, x_m: f64) -> Line {
        Line::new(id, "", &circle(radius_m, [x_m, 0.0, 0.0])).unwrap()
    }

    #[test]
    fn the_only_line_that_fits_is_known_after_300_metres() {
        let lines = [ring("far", 200.0, 5000.0), ring("this", 200.0, 0.0), ring("small", 120.0, 0.0)];
        let (after_m, index) = drive(&lines, 50.0, 900.0, None).unwrap();
        assert!(index == 1 && (295.0..330.0).contains(&after_m), "{after_m}");
    }

    #[test]
    fn backward_is_another_track() {
        let mut points = circle(200.0, [0.0; 3]);
        points.reverse();
        let lines = [Line::new("b", "", &points).unwrap()];
        assert_eq!(drive(&lines, 50.0, 900.0, None), None);
    }

    #[test]
    fn of_two_lines_on_one_road_the_one_that_begins_at_the_counters_change_is_it() {
        let mut points = circle(200.0, [0.0; 3]);
        points.rotate_left(100);
        let lines = [
            Line::new("elsewhere", "", &points).unwrap(),
            ring("this", 200.0, 0.0),
            ring("twin", 200.0, 0.0),
        ];
        let lap_m = TAU * 200.0;
        assert_eq!(drive(&lines, 50.0, 1100.0, None), None, "which, nobody knows yet");
        let (after_m, index) = drive(&lines, 50.0, 1300.0, Some(lap_m)).unwrap();
        assert!(index == 1 && after_m >= lap_m - 51.0, "{after_m} {index}");
    }
}

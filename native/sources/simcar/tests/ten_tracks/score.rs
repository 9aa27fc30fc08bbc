//! Detected corners against a turn list and against the simulation's truth.

use crate::turn_list::{Link, TurnList};
use racing_coach_core::corner::{Corner, CornerKind, Direction};
use racing_coach_core::grid::LapGrid;
use racing_coach_simcar::truth::{CornerTruth, LapTruth, Truth};

/// A racing line's bend may lie this far from the centre line's, and a detected corner's bounds this far from either.
const PLACE_TOLERANCE_M: f64 = 25.0;
/// A throttle closed for less is a gear shift.
const SHIFT_S: f64 = 0.25;
/// The bar for the place of the minimum speed.
const MIN_SPEED_TOLERANCE_M: f64 = 5.0;

/// Counts, added up over laps.
#[derive(Debug, Clone, Default)]
pub struct Score {
    pub laps: usize,
    pub needed: usize,
    pub found: usize,
    pub coached: usize,
    pub invented: usize,
    pub flat_coached: usize,
    pub links: usize,
    pub links_right: usize,
    pub minima: usize,
    pub minima_near: usize,
    /// What went wrong, in words.
    pub notes: Vec<String>,
}

impl Score {
    pub fn add(&mut self, other: Score) {
        self.laps += other.laps;
        self.needed += other.needed;
        self.found += other.found;
        self.coached += other.coached;
        self.invented += other.invented;
        self.flat_coached += other.flat_coached;
        self.links += other.links;
        self.links_right += other.links_right;
        self.minima += other.minima;
        self.minima_near += other.minima_near;
        self.notes.extend(other.notes);
    }
}

/// One lap's corners, judged.
pub fn judge(list: &TurnList, truth: &Truth, lap: &LapTruth, grid: &LapGrid, corners: &[Corner]) -> Score {
    let mut score = Score::default();
    judge_found(truth, lap, grid, corners, &mut score);
    judge_invented(list, corners, &mut score);
    judge_flat(truth, lap, grid, corners, &mut score);
    judge_links(list, corners, &mut score);
    judge_minima(truth, lap, corners, &mut score);
    score
}

fn ahead_m(from_m: f64, to_m: f64, length_m: f64) -> f64 {
    (to_m - from_m).rem_euclid(length_m)
}

/// Whether a corner covers a place, with the tolerance on both sides.
fn covers(start_m: f64, end_m: f64, place_m: f64, length_m: f64) -> bool {
    let span_m = ahead_m(start_m, end_m, length_m) + 2.0 * PLACE_TOLERANCE_M;
    ahead_m(start_m - PLACE_TOLERANCE_M, place_m, length_m) <= span_m
}

fn coached(corner: &Corner) -> bool {
    corner.kind != CornerKind::Flat
}

/// The coached corner at a place.
fn at_place(corners: &[Corner], direction: Direction, place_m: f64, length_m: f64) -> Option<&Corner> {
    let fits = |corner: &&Corner| {
        coached(corner)
            && corner.direction == direction
            && covers(corner.start_m, corner.end_m, place_m, length_m)
    };
    let apart_m = |corner: &Corner| {
        let apart_m = ahead_m(corner.apex_m.unwrap_or(corner.min_speed_m), place_m, length_m);
        apart_m.min(length_m - apart_m)
    };
    corners.iter().filter(fits).min_by(|a, b| apart_m(a).total_cmp(&apart_m(b)))
}

/// Whether two stretches share at least a third of the shorter one.
fn overlap(a: (f64, f64), b: (f64, f64), length_m: f64) -> bool {
    let span_m = |s: (f64, f64)| ahead_m(s.0, s.1, length_m).max(1.0);
    let shared_m = |first: (f64, f64), second: (f64, f64)| {
        (span_m(first) - ahead_m(first.0, second.0, length_m)).clamp(0.0, span_m(second))
    };
    shared_m(a, b).max(shared_m(b, a)) >= span_m(a).min(span_m(b)) / 3.0
}

/// Every corner that needs brake or lift in truth, and had it on this lap, is found. Truth's corners are those of the racing line, and may
/// join what the list and the driver keep apart, or the other way round, so a shared stretch of the same direction is enough.
fn judge_found(truth: &Truth, lap: &LapTruth, grid: &LapGrid, corners: &[Corner], score: &mut Score) {
    for corner in truth.corners.iter().filter(|corner| needed(corner, lap, grid)) {
        score.needed += 1;
        let bounds = (corner.start_m, corner.end_m);
        let same = |other: &&Corner| {
            coached(other)
                && other.direction == corner.direction
                && overlap(bounds, (other.start_m, other.end_m), truth.length_m)
        };
        if corners.iter().any(|other| same(&other)) {
            score.found += 1;
        } else {
            let CornerTruth { id, direction, kind, apex_m, turn_rad, .. } = corner;
            score.notes.push(format!(
                "not found: {id} {direction:?} {kind:?} at {apex_m:.0} m, {:.0} degrees",
                turn_rad.to_degrees()
            ));
        }
    }
}

/// Truth says what the driver does without scatter, from any closing of the throttle before the apex. On this lap the corner needs brake
/// or lift when a brake zone of truth is for it, or when the throttle is under 90 % for longer than a shift before the apex: a lift
/// that the scatter left out, or one that begins at the apex for the next corner, cannot be found.
fn needed(corner: &CornerTruth, lap: &LapTruth, grid: &LapGrid) -> bool {
    if corner.flat_out {
        return false;
    }
    braked_for(corner, lap) || longest_off_s(grid, corner.start_m, corner.apex_m) > SHIFT_S
}

fn braked_for(corner: &CornerTruth, lap: &LapTruth) -> bool {
    lap.brake_onsets.iter().any(|onset| onset.corner_id == corner.id)
}

/// The longest time with the throttle under 90 % between two places.
fn longest_off_s(grid: &LapGrid, from_m: f64, to_m: f64) -> f64 {
    let (mut off_s, mut longest_s) = (0.0, 0.0f64);
    for metre in 0..=ahead_m(from_m, to_m, grid.length_m) as usize {
        let place_m = from_m + metre as f64;
        let step_s = 1.0 / grid.at(&grid.speed_mps, place_m).max(1.0);
        off_s = if grid.at(&grid.throttle, place_m) < 0.9 { off_s + step_s } else { 0.0 };
        longest_s = longest_s.max(off_s);
    }
    longest_s
}

/// Every coached corner is a turn of the list, and no turn is two corners.
fn judge_invented(list: &TurnList, corners: &[Corner], score: &mut Score) {
    let mut claimed = vec![false; list.turns.len()];
    for corner in corners.iter().filter(|corner| coached(corner)) {
        score.coached += 1;
        let mut any = false;
        for (turn, claimed) in list.turns.iter().zip(&mut claimed) {
            let here = corner.direction == turn.direction
                && covers(corner.start_m, corner.end_m, turn.place_m, list.length_m);
            any |= here && !*claimed;
            *claimed |= here;
        }
        if !any {
            score.invented += 1;
            score.notes.push(format!(
                "invented: {} {:?} {:?} {:.0} to {:.0} m",
                corner.id, corner.direction, corner.kind, corner.start_m, corner.end_m
            ));
        }
    }
}

/// No corner is coached that this lap's driver takes flat: no brake zone of truth is for it and the throttle is never under 90 % for longer than
/// a shift anywhere in it. (Truth's own `flat_out` looks no further than the apex, and long corners are lifted for behind it.)
fn judge_flat(truth: &Truth, lap: &LapTruth, grid: &LapGrid, corners: &[Corner], score: &mut Score) {
    let flat = |corner: &&CornerTruth| {
        !braked_for(corner, lap) && longest_off_s(grid, corner.start_m, corner.end_m) <= SHIFT_S
    };
    for corner in corners.iter().filter(|corner| coached(corner)) {
        let bounds = (corner.start_m, corner.end_m);
        let here = |other: &&CornerTruth| {
            other.direction == corner.direction
                && overlap(bounds, (other.start_m, other.end_m), truth.length_m)
        };
        if truth.corners.iter().filter(here).all(|other| flat(&other)) {
            score.flat_coached += 1;
            score.notes.push(format!(
                "coached though flat: {} {:?} {:?} {:.0} to {:.0} m",
                corner.id, corner.direction, corner.kind, corner.start_m, corner.end_m
            ));
        }
    }
}

/// Neighbouring coached turns are one complex where the list says so, and only there. Flat turns between are passed over: such turns are
/// linked when each link on the way is.
fn judge_links(list: &TurnList, corners: &[Corner], score: &mut Score) {
    let count = list.turns.len();
    let found = |index: usize| {
        let turn = &list.turns[index % count];
        at_place(corners, turn.direction, turn.place_m, list.length_m)
    };
    for first in 0..count {
        let Some(corner) = found(first) else { continue };
        let Some(second) = (first + 1..first + count).find(|index| found(*index).is_some()) else { continue };
        let way: Vec<Link> = (first..second).map(|index| list.turns[index % count].next).collect();
        let expected = if way.contains(&Link::Apart) {
            false
        } else if way.contains(&Link::Depends) {
            continue;
        } else {
            true
        };
        let Some(next) = found(second) else { continue };
        let linked =
            core::ptr::eq(corner, next) || (corner.complex.is_some() && corner.complex == next.complex);
        score.links += 1;
        if linked == expected {
            score.links_right += 1;
        } else {
            let (a, b) = (list.turns[first].label(), list.turns[second % count].label());
            score.notes.push(format!(
                "turns {a} and {b} should {}be one complex",
                if expected { "" } else { "not " }
            ));
        }
    }
}

/// The place of the minimum speed, in corners where this lap has one: where speed only rises or falls through a corner, its lowest place is
/// wherever the corner is said to begin or end.
fn judge_minima(truth: &Truth, lap: &LapTruth, corners: &[Corner], score: &mut Score) {
    for slowest in &lap.min_speeds {
        let Some(corner) = truth.corners.iter().find(|corner| corner.id == slowest.corner_id) else {
            continue;
        };
        let inside_m = ahead_m(corner.start_m, slowest.lap_distance_m, truth.length_m);
        let span_m = ahead_m(corner.start_m, corner.end_m, truth.length_m);
        if corner.flat_out || inside_m < 2.0 || inside_m > span_m - 2.0 {
            continue;
        }
        let Some(found) = at_place(corners, corner.direction, corner.apex_m, truth.length_m) else {
            continue;
        };
        let places = [Some(found.min_speed_m)];
        let off_m = places.into_iter().flatten().map(|place_m| {
            let off_m = ahead_m(slowest.lap_distance_m, place_m, truth.length_m);
            off_m.min(truth.length_m - off_m)
        });
        let off_m = off_m.fold(f64::INFINITY, f64::min);
        score.minima += 1;
        if off_m <= MIN_SPEED_TOLERANCE_M {
            score.minima_near += 1;
        } else {
            score.notes.push(format!(
                "minimum speed of {} at {:.0} m in truth, found at {:.0} m",
                corner.id, slowest.lap_distance_m, found.min_speed_m
            ));
        }
    }
}

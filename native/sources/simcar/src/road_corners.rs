//! Corners by geometry: where the racing line bends, in which direction and how long. The truth against which the coach's own corner
//! detection, which sees only telemetry, is measured.

use crate::racing_line::{RacingLine, smoothed};
use crate::track::Track;
use racing_coach_core::corner::Direction;

/// A corner of the racing line.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadCorner {
    /// `T1` and on, or the track file's id.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// Curvature rises over a fifth of its peak, metres from the line.
    pub start_m: f64,
    /// The line is nearest the inside edge.
    pub apex_m: f64,
    /// Curvature falls under a fifth of its peak.
    pub end_m: f64,
    /// Radians turned.
    pub turn_rad: f64,
}

/// Curvature that begins a corner: a radius of 400 m.
const CORNER_CURVATURE: f64 = 1.0 / 400.0;
/// Share of the peak at which a corner begins and ends.
const EDGE_SHARE: f64 = 0.2;
/// A smaller change of direction is a bend of a straight.
const LEAST_TURN_RAD: f64 = 0.17;
/// Two bends the same way with less road between them are one corner.
const MERGE_GAP_M: f64 = 30.0;
/// Two peaks the same way are two corners when the curvature between falls under this share of the lower one.
const SPLIT_SHARE: f64 = 0.3;
const SMOOTH_M: f64 = 8.0;

/// Corners in order along the lap, numbered from the line.
pub fn road_corners(track: &Track, line: &RacingLine) -> Vec<RoadCorner> {
    let bend = smoothed(&line.curvature_per_m, (SMOOTH_M / track.step_m).round() as usize);
    let stretches = stretches(&bend, track.step_m);
    let count = bend.len();
    let mut corners = Vec::new();
    for (index, &(from, to)) in stretches.iter().enumerate() {
        // A corner reaches at most to its neighbours.
        let before =
            if index > 0 { stretches[index - 1].1 + count } else { stretches[stretches.len() - 1].1 };
        let after = stretches.get(index + 1).map_or(stretches[0].0 + 2 * count, |next| next.0 + count);
        let bounds = Bounds { lowest: before, from: from + count, to: to + count, highest: after };
        corners.extend(corner(track, line, &bend, bounds));
    }
    corners.sort_by(|a, b| a.apex_m.total_cmp(&b.apex_m));
    for (index, corner) in corners.iter_mut().enumerate() {
        corner.id = format!("T{}", index + 1);
    }
    corners
}

/// Stretches `[from, to)` of one sign over the threshold, near ones merged; indices go beyond the count across the line.
fn stretches(bend: &[f64], step_m: f64) -> Vec<(usize, usize)> {
    let count = bend.len();
    let value = |i: usize| bend[i % count];
    // Begin on the straightest point, so that no corner is cut.
    let from = (0..count).fold(0, |best, i| if value(i).abs() < value(best).abs() { i } else { best });
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut i = from;
    while i < from + count {
        if value(i).abs() < CORNER_CURVATURE {
            i += 1;
            continue;
        }
        let begin = i;
        while value(i).abs() >= CORNER_CURVATURE && (value(i) > 0.0) == (value(begin) > 0.0) {
            i += 1;
        }
        match found.last_mut() {
            Some(last) if joins(bend, *last, (begin, i), step_m) => last.1 = i,
            _ => found.push((begin, i)),
        }
    }
    found
}

/// Whether two neighbouring stretches are one corner.
fn joins(bend: &[f64], first: (usize, usize), second: (usize, usize), step_m: f64) -> bool {
    let value = |i: usize| bend[i % bend.len()];
    let same_way = (value(first.0) > 0.0) == (value(second.0) > 0.0);
    let gap_m = (second.0 - first.1) as f64 * step_m;
    let peak = |(from, to): (usize, usize)| (from..to).map(|i| value(i).abs()).fold(0.0, f64::max);
    let lowest = (first.1..=second.0).map(|i| value(i).abs()).fold(f64::INFINITY, f64::min);
    same_way && (gap_m < MERGE_GAP_M || lowest > SPLIT_SHARE * peak(first).min(peak(second)))
}

/// A stretch, and how far it may reach; indices go beyond the count.
struct Bounds {
    lowest: usize,
    from: usize,
    to: usize,
    highest: usize,
}

fn corner(track: &Track, line: &RacingLine, bend: &[f64], bounds: Bounds) -> Option<RoadCorner> {
    let count = bend.len();
    let value = |i: usize| bend[i % count];
    let peak = (bounds.from..bounds.to).map(|i| value(i).abs()).fold(0.0, f64::max);
    let left = value(bounds.from) > 0.0;
    let inside = |i: usize| value(i).abs() > EDGE_SHARE * peak && (value(i) > 0.0) == left;
    let (mut first, mut last) = (bounds.from, bounds.to - 1);
    while first > bounds.lowest && inside(first - 1) {
        first -= 1;
    }
    while last + 1 < bounds.highest && inside(last + 1) {
        last += 1;
    }
    while first < last && !inside(first) {
        first += 1;
    }
    while first < last && !inside(last) {
        last -= 1;
    }
    let turn_rad = (first..=last)
        .map(|i| line.curvature_per_m[i % count] * line.stretch[i % count] * track.step_m)
        .sum::<f64>();
    if turn_rad.abs() < LEAST_TURN_RAD {
        return None;
    }
    let place = |i: usize| (i % count) as f64 * track.step_m;
    Some(RoadCorner {
        id: String::new(),
        direction: if left { Direction::Left } else { Direction::Right },
        start_m: place(first),
        apex_m: place(apex(track, line, first, last, left)),
        end_m: place(last),
        turn_rad,
    })
}

/// Where the line is nearest the inside edge; of equally near points the one with the most curvature.
fn apex(track: &Track, line: &RacingLine, first: usize, last: usize, left: bool) -> usize {
    let count = track.count();
    let room = |i: usize| {
        let i = i % count;
        if left {
            track.width_left_m[i] - line.offset_m[i]
        } else {
            track.width_right_m[i] + line.offset_m[i]
        }
    };
    let nearest = (first..=last).map(room).fold(f64::INFINITY, f64::min);
    let bend = |i: usize| line.curvature_per_m[i % count].abs();
    (first..=last)
        .filter(|&i| room(i) < nearest + 0.05)
        .fold(None, |best: Option<usize>, i| match best {
            Some(b) if bend(b) >= bend(i) => Some(b),
            _ => Some(i),
        })
        .unwrap_or(first)
}

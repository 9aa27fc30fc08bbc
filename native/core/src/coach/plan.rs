//! A reference lap prepared for the step: everything that would need a search or an allocation is done once, when it is set.

use super::spread::Spread;
use super::time_curve::{TimeCurve, wrapped_m};
use crate::corner::{Corner, CornerKind, CornerMetrics, Section};
use crate::grid::LapGrid;
use crate::reference::ReferenceLap;
use std::sync::Arc;

/// A place where the reference begins to brake for a corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BrakePoint {
    pub place_m: f64,
    pub corner: u16,
}

/// The slowest point of a coached corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Target {
    pub place_m: f64,
    pub corner: u16,
    pub speed_mps: f64,
    /// 0 when the reference's gear is not known.
    pub gear: i8,
}

/// A section with a coached corner, and what the reference did from its start to its exit.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub start_m: f64,
    turn_in_m: f64,
    min_speed_m: f64,
    pick_up_m: f64,
    pub exit_m: f64,
    end_m: f64,
    /// Indices of the section's corners; never empty.
    corners: Vec<u16>,
    pub start_to_exit_m: f64,
    /// Seconds that the reference takes from the exit to the start of the next such section.
    pub straight_s: f64,
    pub reference_time_s: f64,
    pub reference_min_speed_mps: f64,
    pub reference_brake_onset_m: Option<f64>,
    /// The driver's own scatter here.
    pub spread: Spread,
}

/// Corner phases as the snapshot counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Straight = 0,
    Braking = 1,
    Entry = 2,
    Middle = 3,
    Exit = 4,
}

/// See the file's header.
#[derive(Debug)]
pub(super) struct Plan {
    pub reference: Arc<ReferenceLap>,
    pub curve: TimeCurve,
    /// In order along the lap.
    points: Vec<BrakePoint>,
    /// In order along the lap.
    targets: Vec<Target>,
    pub cuts: Vec<Cut>,
}

impl Plan {
    /// `None` when the reference's grid is no lap. Parts that make no sense (a metric that is missing, a place outside of the lap) are
    /// left out: the coach is silent there.
    pub fn new(reference: Arc<ReferenceLap>) -> Option<Plan> {
        let curve = TimeCurve::new(&reference.grid)?;
        let points = brake_points(&reference, &curve);
        let targets = targets(&reference, &curve);
        let mut cuts: Vec<Cut> =
            reference.sections.iter().filter_map(|section| cut(&reference, &curve, section)).collect();
        for index in 0..cuts.len() {
            let next_start_m = cuts[(index + 1) % cuts.len()].start_m;
            cuts[index].straight_s = curve.between(cuts[index].exit_m, next_start_m);
        }
        Some(Plan { reference, curve, points, targets, cuts })
    }

    /// The first brake point after a place.
    pub fn next_point(&self, place_m: f64) -> Option<BrakePoint> {
        let next = self.points.partition_point(|point| point.place_m <= place_m);
        self.points.get(next).or(self.points.first()).copied()
    }

    /// The first slowest point at or after a place.
    pub fn next_target(&self, place_m: f64) -> Option<Target> {
        let next = self.targets.partition_point(|target| target.place_m < place_m);
        self.targets.get(next).or(self.targets.first()).copied()
    }

    /// The section with a coached corner that holds a place.
    pub fn cut_at(&self, place_m: f64) -> Option<usize> {
        self.cuts.iter().position(|cut| within(cut.start_m, cut.end_m, place_m))
    }

    /// Phase of a place, and the corner being driven.
    pub fn phase_at(&self, place_m: f64) -> (Phase, Option<u16>) {
        let Some(cut) = self.cut_at(place_m).map(|at| &self.cuts[at]) else { return (Phase::Straight, None) };
        let from_start_m = |to_m: f64| self.curve.ahead_m(cut.start_m, to_m);
        let here_m = from_start_m(place_m);
        let phase = if here_m < from_start_m(cut.turn_in_m) {
            Phase::Braking
        } else if here_m < from_start_m(cut.min_speed_m) {
            Phase::Entry
        } else if here_m < from_start_m(cut.pick_up_m) {
            Phase::Middle
        } else if here_m < cut.start_to_exit_m {
            Phase::Exit
        } else {
            return (Phase::Straight, None);
        };
        let not_over =
            |corner: &&u16| from_start_m(self.reference.corners[usize::from(**corner)].end_m) > here_m;
        (phase, cut.corners.iter().find(not_over).or(cut.corners.last()).copied())
    }

    /// Takes over what the driver's passes of another plan have taught: corners are the same by id. A spread is of differences
    /// to the reference; changing the reference moves them all by the same time.
    pub fn inherit(&mut self, old: &Plan) {
        for cut in &mut self.cuts {
            let id = &self.reference.corners[usize::from(cut.corner())].id;
            let same =
                old.cuts.iter().find(|other| old.reference.corners[usize::from(other.corner())].id == *id);
            if let Some(other) = same {
                let old_reference_s = old
                    .curve
                    .between(cut.start_m.min(old.curve.length_m), cut.exit_m.min(old.curve.length_m));
                cut.spread = other.spread;
                cut.spread.shift(old_reference_s - cut.reference_time_s);
            }
        }
    }
}

impl Cut {
    /// The section's (first) corner.
    pub fn corner(&self) -> u16 {
        self.corners[0]
    }
}

/// Whether a place lies in a stretch, which may run across the line.
fn within(start_m: f64, end_m: f64, place_m: f64) -> bool {
    if start_m <= end_m {
        start_m <= place_m && place_m < end_m
    } else {
        start_m <= place_m || place_m < end_m
    }
}

/// Corners with their metrics, where both are there.
fn coached(reference: &ReferenceLap) -> impl Iterator<Item = (u16, &Corner, &CornerMetrics)> {
    (0..u16::MAX)
        .zip(reference.corners.iter().zip(&reference.metrics))
        .filter(|(_, (corner, _))| corner.kind != CornerKind::Flat)
        .map(|(index, (corner, metrics))| (index, corner, metrics))
}

fn on_lap(place_m: f64, curve: &TimeCurve) -> bool {
    (0.0..curve.length_m).contains(&place_m)
}

/// One point for each corner that the reference brakes for. Of points closer than 30 m the first stands for both: nobody can act on two.
fn brake_points(reference: &ReferenceLap, curve: &TimeCurve) -> Vec<BrakePoint> {
    const APART_M: f64 = 30.0;
    let mut points: Vec<BrakePoint> = coached(reference)
        .filter(|(_, corner, _)| corner.kind == CornerKind::Brake)
        .filter_map(|(corner, _, metrics)| Some(BrakePoint { place_m: metrics.brake_onset_m?, corner }))
        .filter(|point| on_lap(point.place_m, curve))
        .collect();
    points.sort_by(|a, b| a.place_m.total_cmp(&b.place_m));
    let mut kept: Vec<BrakePoint> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last().is_none_or(|last| point.place_m - last.place_m >= APART_M) {
            kept.push(point);
        }
    }
    kept
}

fn targets(reference: &ReferenceLap, curve: &TimeCurve) -> Vec<Target> {
    let mut targets: Vec<Target> = coached(reference)
        .map(|(index, corner, metrics)| Target {
            place_m: corner.min_speed_m,
            corner: index,
            speed_mps: metrics.min_speed_mps,
            gear: metrics.min_gear.unwrap_or(0),
        })
        .filter(|target| on_lap(target.place_m, curve))
        .collect();
    targets.sort_by(|a, b| a.place_m.total_cmp(&b.place_m));
    targets
}

fn cut(reference: &ReferenceLap, curve: &TimeCurve, section: &Section) -> Option<Cut> {
    let index_of = |id: &String| reference.corners.iter().position(|corner| corner.id == *id);
    let first = index_of(section.corner_id.as_ref()?)?;
    let rest = section.corner_ids.iter().filter_map(index_of).filter(|index| *index != first);
    let corners = std::iter::once(first).chain(rest).filter_map(|index| u16::try_from(index).ok()).collect();
    let places = [
        section.start_m,
        section.turn_in_m,
        section.min_speed_m,
        section.pick_up_m,
        section.exit_m,
        section.end_m,
    ];
    if !places.iter().all(|place| (0.0..=curve.length_m).contains(place)) {
        return None;
    }
    let start_to_exit_m = curve.ahead_m(section.start_m, section.exit_m);
    let metrics = reference.metrics.get(first);
    Some(Cut {
        start_m: section.start_m,
        turn_in_m: section.turn_in_m,
        min_speed_m: section.min_speed_m,
        pick_up_m: section.pick_up_m,
        exit_m: section.exit_m,
        end_m: section.end_m,
        corners,
        start_to_exit_m,
        straight_s: 0.0,
        reference_time_s: curve.between(section.start_m, section.exit_m),
        reference_min_speed_mps: lowest_speed_mps(reference, curve, section.start_m, start_to_exit_m),
        reference_brake_onset_m: metrics.and_then(|metrics| metrics.brake_onset_m),
        spread: Spread::default(),
    })
}

/// Lowest speed of the reference at the grid points of a stretch; by its time where it has no speed column.
fn lowest_speed_mps(reference: &ReferenceLap, curve: &TimeCurve, start_m: f64, length_m: f64) -> f64 {
    let grid = &reference.grid;
    let first_point_m = (start_m / grid.step_m).ceil() * grid.step_m;
    let points = (length_m / grid.step_m) as usize;
    (0..=points)
        .map(|point| {
            let place_m = wrapped_m(first_point_m + point as f64 * grid.step_m, curve.length_m);
            let speed_mps = read(grid, &grid.speed_mps, place_m);
            if speed_mps.is_finite() { speed_mps } else { curve.speed_mps(place_m) }
        })
        .fold(f64::INFINITY, f64::min)
}

/// A column of the reference at a place; NaN when it is missing, or of another length than the grid.
pub(super) fn read(grid: &LapGrid, column: &[f64], place_m: f64) -> f64 {
    if column.len() == grid.time_s.len() { grid.at(column, place_m) } else { f64::NAN }
}

//! A reference lap prepared for the step: everything that would need a search or an allocation is done once, when it is set.

use super::cut::{Cut, cut};
use super::landmarks::{BrakePoint, Target, brake_points, targets};
use super::lessons::{Lessons, Onset};
use super::road::Spot;
use super::time_curve::TimeCurve;
use crate::grid::LapGrid;
use crate::reference::ReferenceLap;
use std::sync::Arc;

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
    lessons: Lessons,
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
        let lessons = Lessons::new(&reference, &points, &cuts);
        let mut plan = Plan { reference, curve, points, targets, cuts, lessons };
        plan.place_points();
        Some(plan)
    }

    /// Of a good reference the points are its own; of a rough one, what was learned.
    fn place_points(&mut self) {
        if self.reference.rough {
            self.lessons.place(&mut self.points, &self.reference);
        }
    }

    /// There are brake points still to be learned.
    pub fn learning(&self) -> bool {
        self.reference.rough && !self.lessons.all_learned()
    }

    /// The driver brakes, and means it.
    pub fn note_braking(&mut self, onset: Onset, now: &Spot) {
        self.lessons.brake(onset, now, &self.curve);
    }

    /// A pass through a cut is over. Gives the cut's corners when a point there has moved.
    pub fn note_pass(&mut self, cut: usize, clean: bool, delta_s: f64, now: &Spot) -> &[u16] {
        if !self.lessons.pass(cut, clean, delta_s, now, self.curve.length_m) || !self.reference.rough {
            return &[];
        }
        self.place_points();
        &self.cuts[cut].corners
    }

    /// The car was moved.
    pub fn forget_braking(&mut self) {
        self.lessons.leave();
    }

    /// Whether the beginning of a section with a coached corner lies between two rows.
    pub fn section_begins(&self, before: &Spot, now: &Spot) -> bool {
        let step_m = now.progress_m - before.progress_m;
        self.cuts.iter().any(|cut| self.curve.ahead_m(cut.start_m, now.place_m) < step_m)
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
                cut.spread = other.spread;
                cut.spread.shift(old.slower_s(cut));
            }
        }
        let (reference, cuts) = (&self.reference, &self.cuts);
        let same = |corner: u16| {
            let id = &reference.corners[usize::from(corner)].id;
            let index = old.reference.corners.iter().position(|other| other.id == *id)?;
            u16::try_from(index).ok()
        };
        self.lessons.inherit(&old.lessons, same, |cut| old.slower_s(&cuts[cut]), &self.curve);
        self.place_points();
    }

    /// Seconds by which this reference takes longer through another's cut.
    fn slower_s(&self, cut: &Cut) -> f64 {
        let (start_m, exit_m) = (cut.start_m.min(self.curve.length_m), cut.exit_m.min(self.curve.length_m));
        self.curve.between(start_m, exit_m) - cut.reference_time_s
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

/// A column of the reference at a place; NaN when it is missing, or of another length than the grid.
pub(super) fn read(grid: &LapGrid, column: &[f64], place_m: f64) -> f64 {
    if column.len() == grid.time_s.len() { grid.at(column, place_m) } else { f64::NAN }
}

//! What the driver's passes teach about each corner that is not flat: also where this reference only lifts, because the next one
//! may brake there.
//!
//! A brake application belongs to the corner whose slowest place comes next; where several do, the one nearest to the reference's. It
//! counts when the pass through the corner's section turns out clean.

use super::cut::Cut;
use super::landmarks::{BrakePoint, coached, on_lap};
use super::learned::{CleanPass, Learned};
use super::plan::read;
use super::road::Spot;
use super::time_curve::{TimeCurve, wrapped_m};
use crate::corner::{Corner, CornerMetrics};
use crate::reference::ReferenceLap;

/// An application further from the reference's is not for this corner.
const REACH_M: f64 = 200.0;

/// A brake application that took off enough speed to be meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Onset {
    pub progress_m: f64,
    pub speed_mps: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Braked {
    onset: Onset,
    offset_m: f64,
}

/// One corner.
#[derive(Debug, Clone, Copy)]
struct Lesson {
    corner: u16,
    /// Index of the cut that the corner lies in.
    cut: usize,
    /// Where the reference brakes; its turn-in where it does not.
    anchor_m: f64,
    min_speed_m: f64,
    /// The reference has a brake point here.
    wanted: bool,
    learned: Learned,
    braked: Option<Braked>,
}

/// All coached corners.
#[derive(Debug, Clone)]
pub(super) struct Lessons {
    lessons: Vec<Lesson>,
    last_progress_m: f64,
}

impl Lessons {
    /// A corner outside of every section teaches nothing. A rough reference's own clean passes are the first.
    pub fn new(reference: &ReferenceLap, points: &[BrakePoint], cuts: &[Cut]) -> Self {
        let lesson = |(index, corner, metrics): (u16, &Corner, &CornerMetrics)| {
            let braked_m = metrics.brake_onset_m.filter(|onset_m| on_lap(*onset_m, reference.grid.length_m));
            let mut learned = Learned::default();
            if reference.clean_corners.contains(&corner.id) {
                let speed_mps = braked_m.map(|m| read(&reference.grid, &reference.grid.speed_mps, m));
                learned.add(CleanPass::new(braked_m.map(|_| 0.0).zip(speed_mps), 0.0));
            }
            Some(Lesson {
                corner: index,
                cut: cuts.iter().position(|cut| cut.corners.contains(&index))?,
                anchor_m: braked_m.unwrap_or(corner.start_m),
                min_speed_m: corner.min_speed_m,
                wanted: points.iter().any(|point| point.corner == index),
                learned,
                braked: None,
            })
        };
        Lessons { lessons: coached(reference).filter_map(lesson).collect(), last_progress_m: f64::NAN }
    }

    /// The corners that were braked for are forgotten: the car was moved.
    pub fn leave(&mut self) {
        self.lessons.iter_mut().for_each(|lesson| lesson.braked = None);
        self.last_progress_m = f64::NAN;
    }

    /// Every corner with a brake point has been passed often enough.
    pub fn all_learned(&self) -> bool {
        self.lessons.iter().all(|lesson| !lesson.wanted || lesson.learned.complete())
    }

    /// Takes the application that is on; `now` is the car.
    pub fn brake(&mut self, onset: Onset, now: &Spot, curve: &TimeCurve) {
        if onset.progress_m == self.last_progress_m {
            return;
        }
        self.last_progress_m = onset.progress_m;
        let place_m = wrapped_m(now.place_m - (now.progress_m - onset.progress_m), curve.length_m);
        let ahead_m = |lesson: &&mut Lesson| curve.ahead_m(place_m, lesson.min_speed_m);
        let next = self.lessons.iter_mut().min_by(|a, b| ahead_m(a).total_cmp(&ahead_m(b)));
        let Some(lesson) = next else { return };
        let offset_m = curve.shortest_m(lesson.anchor_m, place_m);
        let stale = |braked: &Braked| onset.progress_m - braked.onset.progress_m > 0.5 * curve.length_m;
        let before = lesson.braked.filter(|braked| !stale(braked));
        if offset_m.abs() <= REACH_M && before.is_none_or(|before| offset_m.abs() < before.offset_m.abs()) {
            lesson.braked = Some(Braked { onset, offset_m });
        }
    }

    /// A pass through a section is over; whether points may have moved.
    pub fn pass(&mut self, cut: usize, clean: bool, delta_s: f64, now: &Spot, length_m: f64) -> bool {
        let mut moved = false;
        for lesson in self.lessons.iter_mut().filter(|lesson| lesson.cut == cut) {
            let fresh = |braked: &Braked| now.progress_m - braked.onset.progress_m < 0.5 * length_m;
            let braked = lesson.braked.take().filter(fresh);
            if clean {
                let onset = braked.map(|braked| (braked.offset_m, braked.onset.speed_mps));
                lesson.learned.add(CleanPass::new(onset, delta_s));
                moved = true;
            }
        }
        moved
    }

    /// Moves the points to where the driver brakes. In order along the lap again afterwards; nothing is allocated.
    pub fn place(&self, points: &mut [BrakePoint], reference: &ReferenceLap) {
        for point in points.iter_mut() {
            let Some(lesson) = self.lessons.iter().find(|lesson| lesson.corner == point.corner) else {
                continue;
            };
            let learned = lesson.learned.point();
            let offset_m = learned.map_or(0.0, |(offset_m, _)| offset_m);
            point.place_m = wrapped_m(lesson.anchor_m + offset_m, reference.grid.length_m);
            let reference_mps = read(&reference.grid, &reference.grid.speed_mps, point.place_m);
            point.faster_mps = learned.map_or(0.0, |(_, speed_mps)| speed_mps - reference_mps);
            point.passes = lesson.learned.passes();
            point.ready = learned.is_some();
        }
        points.sort_unstable_by(|a, b| a.place_m.total_cmp(&b.place_m));
    }

    /// Takes over what another reference's lessons hold of the same corners. `same` gives the old reference's index of a corner, and
    /// `slower_s` the seconds by which the old reference takes longer through a cut.
    pub fn inherit(
        &mut self,
        old: &Lessons,
        same: impl Fn(u16) -> Option<u16>,
        slower_s: impl Fn(usize) -> f64,
        curve: &TimeCurve,
    ) {
        for lesson in &mut self.lessons {
            let corner = same(lesson.corner);
            let Some(other) = old.lessons.iter().find(|other| Some(other.corner) == corner) else { continue };
            let by_m = curve.shortest_m(lesson.anchor_m, other.anchor_m);
            // Ids of two laps without a common track model can mean different corners.
            if other.learned.passes() > 0 && by_m.abs() <= REACH_M {
                lesson.learned = other.learned;
                lesson.learned.shift(by_m, slower_s(lesson.cut));
            }
        }
    }
}

//! The driver at work: from where the car is and what was meant for this lap to pedals, wheel and gear lever.
//!
//! [`Driver`] is the seam for a driver of a dynamic car. [`Pilot`] brakes when the speed meets the braking curve of the next slow point,
//! follows it with the pedal, rolls, picks up the throttle and lets the car run to the edge of the road.

mod feet;
mod speed;
mod steering;

use crate::car::{CarState, Controls};
use crate::lap_plan::LapPlan;
use crate::passage::Passage;
use crate::stage::Stage;
use crate::track::RoadPlace;
use std::sync::Arc;

/// Somebody or something that drives.
pub trait Driver {
    /// What to do now; called every step of `dt_s`.
    fn drive(&mut self, state: &CarState, place: &RoadPlace, dt_s: f64) -> Controls;
}

/// The way out of the pits, or off the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Departure {
    /// Up to this distance (not wrapped) the car drives `offset_m` beside the centre line.
    pub until_m: f64,
    /// Metres to the left.
    pub offset_m: f64,
    /// Speed limit until then.
    pub limit_mps: f64,
}

/// Metres from the end of the pit road to the racing line.
const MERGE_M: f64 = 130.0;
/// Braking curves that fall less than this follow the road's bend: the throttle alone follows them.
const LEAST_SLOWING_MPS2: f64 = 1.0;
/// A brake smaller than this is not begun.
const LEAST_BRAKE: f64 = 0.06;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Accelerating,
    Slowing,
}

/// See the module's head.
#[derive(Debug, Clone)]
pub struct Pilot<'a> {
    stage: &'a Stage,
    /// By lap, from lap 0.
    laps: &'a [Arc<LapPlan>],
    /// The next slow point, counted through from the line of lap 0.
    next: usize,
    phase: Phase,
    throttle: f64,
    brake: f64,
    braking: bool,
    steering_rad: f64,
    since_brake_s: f64,
    since_shift_s: f64,
    gear: i8,
    departure: Option<Departure>,
    /// The handbrake of a car that waits.
    waiting: bool,
    /// How much too fast the car is while it brakes for a corner.
    over_mps: f64,
}

impl<'a> Pilot<'a> {
    /// A driver in a standing car at a distance.
    pub fn new(
        stage: &'a Stage,
        laps: &'a [Arc<LapPlan>],
        distance_m: f64,
        departure: Option<Departure>,
    ) -> Self {
        let mut pilot = Pilot {
            stage,
            laps,
            next: 0,
            phase: Phase::Accelerating,
            throttle: 0.0,
            brake: 1.0,
            braking: false,
            steering_rad: 0.0,
            since_brake_s: 10.0,
            since_shift_s: 10.0,
            gear: 1,
            departure,
            waiting: true,
            over_mps: 0.0,
        };
        while pilot.min_m(pilot.next) < distance_m {
            pilot.next += 1;
        }
        pilot
    }

    /// The same driver at the same moment, with other intentions.
    pub fn with_laps<'b>(&self, laps: &'b [Arc<LapPlan>]) -> Pilot<'b>
    where
        'a: 'b,
    {
        Pilot { laps, ..self.clone() }
    }

    /// Lets the car wait, or go.
    pub fn set_waiting(&mut self, waiting: bool) {
        self.waiting = waiting;
    }

    /// Whether the car is in the pit lane, or in its grid slot.
    pub fn departing(&self, distance_m: f64) -> bool {
        self.departure.is_some_and(|departure| distance_m < departure.until_m)
    }

    /// Whether the car is still on its way from there to the racing line.
    pub fn merging(&self, distance_m: f64) -> bool {
        self.departure.is_some_and(|departure| distance_m < departure.until_m + MERGE_M)
    }

    fn min_m(&self, number: usize) -> f64 {
        let points = &self.stage.plan.slow_points;
        if points.is_empty() {
            return f64::INFINITY;
        }
        (number / points.len()) as f64 * self.stage.track.length_m + points[number % points.len()].min_m
    }

    fn lap_plan(&self, lap: usize) -> &'a LapPlan {
        &self.laps[lap.min(self.laps.len() - 1)]
    }

    fn passage(&self, number: usize) -> Option<&'a Passage> {
        let count = self.stage.plan.slow_points.len();
        let lap = number.checked_div(count)?;
        self.lap_plan(lap).passages.get(number % count)
    }

    /// Moves on to the next slow point and between the phases.
    fn advance(&mut self, state: &CarState, distance_m: f64) {
        while let Some(passage) = self.passage(self.next)
            && distance_m >= self.min_m(self.next) + passage.pick_up_m
        {
            self.next += 1;
            self.phase = Phase::Accelerating;
        }
        if let (Phase::Accelerating, Some(passage)) = (self.phase, self.passage(self.next)) {
            let before_m = self.min_m(self.next) - distance_m;
            let lead_s = 0.5 * self.stage.driver.brake_rise_s + 0.1;
            let due_m = before_m - state.speed_mps * lead_s;
            let target = |ahead_m: f64| passage.target_mps(due_m - ahead_m, self.stage.track.step_m);
            let (here, soon) = (target(0.0), target(10.0));
            let slows = here.is_finite() && here * here - soon * soon > 20.0 * LEAST_SLOWING_MPS2;
            if (slows && state.speed_mps >= here) || before_m <= 0.0 {
                self.phase = Phase::Slowing;
            }
        }
    }
}

impl Driver for Pilot<'_> {
    fn drive(&mut self, state: &CarState, place: &RoadPlace, dt_s: f64) -> Controls {
        if self.waiting {
            return Controls { throttle: 0.0, brake: 1.0, steering_rad: self.steering_rad, gear: 1 };
        }
        self.advance(state, place.distance_m);
        self.over_mps = self.over_mps(state, place.distance_m);
        self.steer(state, place, dt_s);
        let wish = self.wish(state, place.distance_m);
        self.press(state, &wish, dt_s);
        self.choose_gear(state, dt_s);
        Controls {
            throttle: self.throttle,
            brake: self.brake,
            steering_rad: self.steering_rad,
            gear: self.gear,
        }
    }
}

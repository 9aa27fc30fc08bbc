//! One car with its driver on a road, moved on in small steps.

use crate::brake_log::BrakeLog;
use crate::car::{CarModel, CarState, PointMassCar};
use crate::lap_plan::LapPlan;
use crate::pilot::{Departure, Driver, Pilot};
use crate::stage::Stage;
use crate::track::RoadPlace;
use std::sync::Arc;

/// Rows a second.
pub const TICK_HZ: f64 = 60.0;
/// Steps of integration in a row.
pub const SUBSTEPS: u32 = 8;
/// Seconds of one step.
pub const STEP_S: f64 = 1.0 / (TICK_HZ * SUBSTEPS as f64);
/// Metres that a car's middle may be beyond the edge before all wheels are: half the car, and the kerb.
const EDGE_M: f64 = 1.4;
/// Grip beside the road.
const GRASS_GRIP: f64 = 0.8;

/// The distance along the road grows at most so many times as fast as the car moves: inside the tightest bends it is twice.
const MOST_STRETCH: f64 = 3.0;
/// Rounding moves the place of a standing car by less.
const AT_REST_M: f64 = 1e-3;

/// See the module's head.
#[derive(Debug, Clone)]
pub struct World<'a> {
    stage: &'a Stage,
    car: PointMassCar<'a>,
    pilot: Pilot<'a>,
    place: RoadPlace,
    brakes: BrakeLog,
}

/// The line was crossed in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The lap that begins.
    pub lap: u32,
    /// Share of the step that had passed.
    pub part: f64,
}

impl<'a> World<'a> {
    /// A standing car at a distance of lap 0 and on.
    pub fn standing(
        stage: &'a Stage,
        laps: &'a [Arc<LapPlan>],
        distance_m: f64,
        departure: Departure,
    ) -> Self {
        let place = RoadPlace { distance_m, offset_m: departure.offset_m };
        let (x_m, y_m) = stage.track.position(place);
        let car = PointMassCar::at_rest(&stage.car, x_m, y_m, stage.track.heading_rad(distance_m));
        let pilot = Pilot::new(stage, laps, distance_m, Some(departure));
        World { stage, car, pilot, place, brakes: BrakeLog::default() }
    }

    /// The same moment with other intentions from here on.
    pub fn with_laps<'b>(&self, laps: &'b [Arc<LapPlan>]) -> World<'b>
    where
        'a: 'b,
    {
        World {
            stage: self.stage,
            car: self.car.clone(),
            pilot: self.pilot.with_laps(laps),
            place: self.place,
            brakes: self.brakes.clone(),
        }
    }

    /// The car.
    pub fn state(&self) -> &CarState {
        self.car.state()
    }

    /// Where it is; the distance grows lap after lap.
    pub fn place(&self) -> RoadPlace {
        self.place
    }

    /// The lap being driven.
    pub fn lap(&self) -> u32 {
        (self.place.distance_m / self.stage.track.length_m).max(0.0) as u32
    }

    /// Brake applications so far.
    pub fn brakes(&self) -> &BrakeLog {
        &self.brakes
    }

    /// Lets the car wait or go.
    pub fn set_waiting(&mut self, waiting: bool) {
        self.pilot.set_waiting(waiting);
    }

    /// Still beside the road, on the way out of the pits or in the grid slot.
    pub fn departing(&self) -> bool {
        self.pilot.departing(self.place.distance_m)
    }

    /// All wheels are beyond the edge.
    pub fn off_track(&self) -> bool {
        let track = &self.stage.track;
        let place = self.place;
        !self.pilot.merging(place.distance_m)
            && (place.offset_m > track.at(&track.width_left_m, place.distance_m) + EDGE_M
                || -place.offset_m > track.at(&track.width_right_m, place.distance_m) + EDGE_M)
    }

    /// Moves everything on by [`STEP_S`].
    pub fn step(&mut self) -> Option<Crossing> {
        let before_m = self.place.distance_m;
        let controls = self.pilot.drive(self.car.state(), &self.place, STEP_S);
        let grip = if self.off_track() { GRASS_GRIP } else { 1.0 };
        self.car.step(&controls, grip, STEP_S);
        let state = *self.car.state();
        self.place = self.placed(&state, before_m);
        self.brakes.add(self.place.distance_m, state.speed_mps, state.brake);
        let length_m = self.stage.track.length_m;
        let lap = (self.place.distance_m / length_m).floor();
        let line_m = lap * length_m;
        (before_m < line_m && self.place.distance_m >= line_m).then(|| Crossing {
            lap: lap.max(0.0) as u32,
            part: (line_m - before_m) / (self.place.distance_m - before_m),
        })
    }

    /// Where the car is now. Far inside a bend many places of the road are equally near; the distance follows as fast as it may.
    fn placed(&self, state: &CarState, before_m: f64) -> RoadPlace {
        let driven_m = state.speed_mps * STEP_S;
        let found = self.stage.track.project(state.x_m, state.y_m, before_m + driven_m);
        let reach_m = MOST_STRETCH * driven_m + AT_REST_M;
        RoadPlace { distance_m: found.distance_m.clamp(before_m - reach_m, before_m + reach_m), ..found }
    }
}

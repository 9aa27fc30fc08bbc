//! A car that the sim put on the road in mid-lap ("Active Reset") is coached again once it drives as on a lap: who practises one corner
//! over and over never comes to the line.
//!
//! The lap has no beginning, so lap time and delta stay off. A pass through a section counts when the section began after the run-in: by then
//! the sim's blending of the driver's inputs is over, and the car is as fast as it comes there. A car that was put down standing has no run-in:
//! it may stand in the pits of a source that does not tell them, and its tyres are cold, as on an out-lap.

use super::plan::{Plan, read};
use super::road::Movement;
use crate::laps::TrackerStep;

/// Shortest run-in: for as long after the move the inputs are not all the driver's.
const SHORTEST_S: f64 = 1.0;
/// Slower is standing.
const STANDING_MPS: f64 = 1.0;
/// At speed is at least this share of the reference's speed at the place.
const AT_SPEED: f64 = 0.9;

/// See the file's header.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RunIn {
    since_s: Option<f64>,
    stood: bool,
    done: bool,
}

impl RunIn {
    /// Takes a row; whether a run-in is behind the car.
    pub fn step(
        &mut self,
        step: &TrackerStep,
        movement: &Movement,
        plan: Option<&Plan>,
        speed_mps: f64,
    ) -> bool {
        let (Some(plan), Movement::Moved { now, .. }, true) = (plan, movement, step.moved) else {
            // The first row of the segment: the movement begins with the next.
            *self = RunIn { stood: speed_mps < STANDING_MPS, ..RunIn::default() };
            return false;
        };
        let since_s = *self.since_s.get_or_insert(now.clock_s);
        let here_mps = read(&plan.reference.grid, &plan.reference.grid.speed_mps, now.place_m);
        let usual_mps = if here_mps.is_finite() { here_mps } else { plan.curve.speed_mps(now.place_m) };
        self.stood |= !self.done && speed_mps < STANDING_MPS;
        self.done |= !self.stood && now.clock_s - since_s >= SHORTEST_S && speed_mps >= AT_SPEED * usual_mps;
        self.done
    }
}

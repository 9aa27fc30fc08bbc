//! Hands: towards the line meant for this lap.

use super::{MERGE_M, Phase, Pilot};
use crate::car::CarState;
use crate::track::RoadPlace;

/// Spatial stiffness of steering: an offset is taken out within about 40 m.
const STEER_PER_M: f64 = 0.07;
/// How fast hands turn a wheel.
const WHEEL_RADPS: f64 = 9.0;

impl Pilot<'_> {
    /// Wheel angle towards the line meant for this lap.
    pub(super) fn steer(&mut self, state: &CarState, place: &RoadPlace, dt_s: f64) {
        let (track, line) = (&self.stage.track, &self.stage.line);
        let plan = self.lap_plan((place.distance_m / track.length_m).max(0.0) as usize);
        let ahead_m = place.distance_m + state.speed_mps * 0.03;
        let mut offset_m =
            track.at(&line.offset_m, place.distance_m) + track.at(&plan.aside_m, place.distance_m);
        let mut lean =
            track.at(&line.lean_rad, place.distance_m) + track.at(&plan.aside_slope, place.distance_m);
        let mut bend = track.at(&line.curvature_per_m, ahead_m) + track.at(&plan.aside_bend_per_m, ahead_m);
        if let Some(departure) = self.departure {
            let x = 1.0 - ((place.distance_m - departure.until_m) / MERGE_M).clamp(0.0, 1.0);
            let share = x * x * x * (10.0 + x * (6.0 * x - 15.0));
            let slope = -30.0 * x * x * (1.0 - x) * (1.0 - x) / MERGE_M;
            let aside_m = departure.offset_m - offset_m;
            let road = track.at(&track.curvature_per_m, ahead_m);
            let beside = road / (1.0 - road * departure.offset_m).max(0.2);
            lean = lean * (1.0 - share) + slope * aside_m;
            bend += share * (beside - bend);
            offset_m += share * aside_m;
        }
        let error_m = place.offset_m - offset_m;
        let turned = wrapped(state.course_rad - track.heading_rad(place.distance_m) - lean);
        let correction = 1.6 * STEER_PER_M * turned + STEER_PER_M * STEER_PER_M * error_m;
        let wanted = bend - correction.clamp(-0.03, 0.03);
        let most = self.most_bend_per_m(state);
        let wheel = self.stage.car.steering_rad(wanted.clamp(-most, most), state.speed_mps);
        let most = WHEEL_RADPS * dt_s;
        self.steering_rad += (wheel - self.steering_rad).clamp(-most, most);
    }

    /// Curvature that the driver asks for at most: too fast for the corner, he slows the car first and turns it less, because a car that
    /// slides does neither.
    pub(super) fn most_bend_per_m(&self, state: &CarState) -> f64 {
        let share = (0.99 - 0.15 * (self.over_mps - 0.5)).clamp(0.65, 0.99);
        let car = &self.stage.car;
        let mass_kg = car.mass_kg(state.fuel_l);
        share * car.grip_n(mass_kg, state.speed_mps)
            / (mass_kg * (state.speed_mps * state.speed_mps).max(1.0))
    }

    /// How much too fast the car is for what is left of the braking.
    pub(super) fn over_mps(&self, state: &CarState, distance_m: f64) -> f64 {
        let before_m = self.min_m(self.next) - distance_m;
        match self.passage(self.next) {
            Some(passage) if self.phase == Phase::Slowing && before_m > 0.0 => {
                state.speed_mps - passage.target_mps(before_m, self.stage.track.step_m)
            }
            _ => 0.0,
        }
    }
}

/// An angle between -pi and pi.
fn wrapped(angle: f64) -> f64 {
    use std::f64::consts::PI;
    (angle + PI).rem_euclid(2.0 * PI) - PI
}

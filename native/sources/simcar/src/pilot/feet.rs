//! Feet and gear lever: from what is wanted to pedals that move as fast as feet do.

use super::speed::Wish;
use super::{LEAST_BRAKE, Phase, Pilot};
use crate::car::CarState;
use crate::speed_plan::circle;

/// Seconds between two shifts.
const BETWEEN_SHIFTS_S: f64 = 0.25;

impl Pilot<'_> {
    /// Throttle that the driven wheels put down beside the side force, as far as this driver dares.
    pub(super) fn traction_throttle(&self, state: &CarState, closed_n: f64, full_n: f64) -> f64 {
        let car = &self.stage.car;
        let grip_n = car.grip_n(car.mass_kg(state.fuel_l), state.speed_mps);
        let left_n = self.stage.driver.drive_share
            * car.drive_share
            * grip_n
            * circle(self.lateral_n(state) / grip_n, 1.0);
        if full_n <= left_n { 1.0 } else { ((left_n - closed_n) / (full_n - closed_n)).clamp(0.0, 1.0) }
    }

    /// Pedals move towards the wish as fast as a foot does.
    pub(super) fn press(&mut self, state: &CarState, wish: &Wish, dt_s: f64) {
        let (car, driver) = (&self.stage.car, &self.stage.driver);
        let gear = self.gear.max(1);
        let closed_n = car.engine_force_n(state.speed_mps, gear, 0.0);
        let full_n = car.engine_force_n(state.speed_mps, gear, 1.0).max(closed_n + 1.0);
        let wanted_brake = ((closed_n - wish.force_n) / car.brake_force_n).clamp(0.0, wish.brake_cap);
        self.braking = wanted_brake > if self.braking { 0.004 } else { LEAST_BRAKE };
        let brake = if self.braking { wanted_brake } else { 0.0 };
        let change = (brake - self.brake).clamp(-dt_s / driver.brake_release_s, dt_s / driver.brake_rise_s);
        self.brake = (self.brake + change).clamp(0.0, 1.0);
        self.since_brake_s = if self.brake > 0.01 { 0.0 } else { self.since_brake_s + dt_s };

        let mut throttle = ((wish.force_n - closed_n) / (full_n - closed_n)).clamp(0.0, wish.throttle_cap);
        throttle = throttle.min(self.traction_throttle(state, closed_n, full_n));
        if self.since_brake_s < driver.foot_s {
            throttle = 0.0;
        }
        let change = (throttle - self.throttle).clamp(-dt_s / 0.08, dt_s / driver.throttle_rise_s);
        self.throttle = (self.throttle + change).clamp(0.0, 1.0);
    }

    /// Up at the shift point; down while slowing, to the gear of the slow point.
    pub(super) fn choose_gear(&mut self, state: &CarState, dt_s: f64) {
        let car = &self.stage.car;
        self.since_shift_s += dt_s;
        if state.gear == 0 || self.since_shift_s < BETWEEN_SHIFTS_S {
            return;
        }
        self.gear = state.gear;
        let revs = |gear: i8| car.rpm(state.speed_mps, gear);
        if revs(state.gear) > car.shift_rpm && state.gear < car.top_gear() && state.brake < LEAST_BRAKE {
            self.gear += 1;
        } else if self.phase == Phase::Slowing
            && state.gear > self.corner_gear()
            && revs(state.gear - 1) < 0.95 * car.shift_rpm
        {
            self.gear -= 1;
        }
        if self.gear != state.gear {
            self.since_shift_s = 0.0;
        }
    }

    /// The lowest gear that does not need a shift right after the slow point; never first in a corner.
    pub(super) fn corner_gear(&self) -> i8 {
        let car = &self.stage.car;
        let Some(passage) = self.passage(self.next) else { return 1 };
        let exit_mps = 1.1 * passage.curve_mps[0];
        let lowest = (2..=car.top_gear()).find(|&gear| car.rpm(exit_mps, gear) < 0.93 * car.shift_rpm);
        (lowest.unwrap_or(car.top_gear()) + passage.gear_offset).min(car.top_gear())
    }
}

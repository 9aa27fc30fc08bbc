//! What the driver wants of the car's speed: the braking curve before a slow point, all that the tyres give after it.

use super::{Phase, Pilot};
use crate::car::CarState;
use crate::lap_plan::WIDE_THROTTLE;
use crate::passage::{Passage, Rolling};
use crate::speed_plan::SpeedPlan;

/// Speed error to acceleration.
const SPEED_GAIN_PER_S: f64 = 3.0;
/// Share of the side grip from which on a driver feels the front slide.
const SATURATED_SHARE: f64 = 0.988;
/// How much he slows the car then.
const SATURATED_RATE_MPS2: f64 = 4.0;

/// What the driver wants of the pedals.
pub(super) struct Wish {
    /// Rate of change of speed.
    pub(super) rate_mps2: f64,
    /// Most throttle.
    pub(super) throttle_cap: f64,
    /// Most brake.
    pub(super) brake_cap: f64,
    /// The force along the path that this takes.
    pub(super) force_n: f64,
}

impl Pilot<'_> {
    /// Force along the path that the driver wants from the tyres, throttle limit, and whether the pedals may act.
    pub(super) fn wish(&self, state: &CarState, distance_m: f64) -> Wish {
        let lateral_n = self.lateral_n(state);
        let mass_kg = self.stage.car.mass_kg(state.fuel_l);
        let resistance_n = self.stage.car.resistance_n(mass_kg, state.speed_mps, lateral_n);
        let mut wish = match (self.phase, self.passage(self.next)) {
            (Phase::Slowing, Some(passage)) => self.slowing(state, distance_m, passage),
            _ => self.accelerating(state, distance_m),
        };
        if let Some(departure) = self.departure.filter(|departure| distance_m < departure.until_m) {
            wish.rate_mps2 = wish.rate_mps2.min(SPEED_GAIN_PER_S * (departure.limit_mps - state.speed_mps));
        }
        // Tyres at their limit do not turn the car any further: off the throttle until they do.
        let used = lateral_n.abs() / self.stage.car.grip_n(mass_kg, state.speed_mps);
        if used > SATURATED_SHARE {
            wish.rate_mps2 = wish.rate_mps2.min(-SATURATED_RATE_MPS2);
        }
        wish.force_n = mass_kg * wish.rate_mps2 + resistance_n;
        wish
    }

    pub(super) fn slowing(&self, state: &CarState, distance_m: f64, passage: &Passage) -> Wish {
        let step_m = self.stage.track.step_m;
        let before_m = self.min_m(self.next) - distance_m;
        if before_m <= 0.0 {
            // Past the slowest point, waiting for the throttle: hold the speed, or less.
            let throttle_cap = match passage.rolling {
                Rolling::Balanced => 1.0,
                Rolling::Light => 0.07,
                Rolling::Coasting => 0.0,
            };
            return Wish { rate_mps2: 0.0, throttle_cap, brake_cap: 0.0, force_n: 0.0 };
        }
        let lead_m = state.speed_mps * 0.5 * self.stage.driver.brake_rise_s;
        let (near, far) = (
            passage.target_mps(before_m - lead_m, step_m),
            passage.target_mps(before_m - 0.02 * state.speed_mps, step_m),
        );
        let ahead = passage.target_mps(before_m - 0.02 * state.speed_mps - 5.0, step_m);
        let slope = if far.is_finite() { (ahead * ahead - far * far) / 10.0 } else { 0.0 };
        let due = state.speed_mps >= near || self.braking;
        let mut rate = if far.is_finite() { slope + SPEED_GAIN_PER_S * (far - state.speed_mps) } else { 0.0 };
        if !due {
            // Between lifting and braking the foot is in the air where hard braking follows.
            rate = if slope < -2.5 { f64::NEG_INFINITY } else { rate };
        }
        let throttle_cap = match passage.rolling {
            Rolling::Balanced => 1.0,
            Rolling::Light if passage.release_early_m > 0.0 && before_m < 0.4 * passage.onset_before_m => {
                0.07
            }
            Rolling::Coasting if before_m < passage.coasts_before_m => 0.0,
            _ => 1.0,
        };
        let brake_cap = if due && before_m >= passage.coasts_before_m { passage.brake_cap } else { 0.0 };
        Wish { rate_mps2: rate.max(-30.0), throttle_cap, brake_cap, force_n: 0.0 }
    }

    pub(super) fn accelerating(&self, state: &CarState, distance_m: f64) -> Wish {
        let (track, plan) = (&self.stage.track, &self.stage.plan);
        let points = plan.slow_points.len();
        let share = match self.next.checked_sub(1).and_then(|last| self.passage(last).map(|p| (last, p))) {
            Some((last, passage)) if points > 0 => {
                SpeedPlan::share_after(passage.speed_share, distance_m - self.min_m(last))
            }
            _ => 1.0,
        };
        let cap = |after_s: f64| share * track.at(&plan.cap_mps, distance_m + state.speed_mps * after_s);
        let ceiling = cap(0.1).min(cap(0.35) + 1.0);
        Wish {
            rate_mps2: (2.0 * SPEED_GAIN_PER_S * (ceiling - state.speed_mps)).clamp(-4.0, 30.0),
            throttle_cap: self.wide_throttle(distance_m),
            brake_cap: 0.0,
            force_n: 0.0,
        }
    }

    /// Less throttle while the car runs wide.
    pub(super) fn wide_throttle(&self, distance_m: f64) -> f64 {
        let track = &self.stage.track;
        let plan = self.lap_plan((distance_m / track.length_m).max(0.0) as usize);
        let lifting =
            plan.wide_lifts.iter().any(|lift| track.ahead_m(lift.from_m, distance_m) < lift.length_m);
        if lifting { WIDE_THROTTLE } else { 1.0 }
    }

    pub(super) fn lateral_n(&self, state: &CarState) -> f64 {
        self.stage.car.mass_kg(state.fuel_l) * state.speed_mps * state.speed_mps * state.curvature_per_m
    }
}

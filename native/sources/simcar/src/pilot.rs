//! The driver at work: from where the car is and what was meant for this lap to pedals, wheel and gear lever.
//!
//! [`Driver`] is the seam for a driver of a dynamic car. [`Pilot`] brakes when the speed meets the braking curve of the next slow point,
//! follows it with the pedal, rolls, picks up the throttle and lets the car run to the edge of the road.

use crate::car::{CarState, Controls};
use crate::lap_plan::{LapPlan, Passage, Rolling, WIDE_THROTTLE};
use crate::speed_plan::{SpeedPlan, circle};
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
/// Speed error to acceleration.
const SPEED_GAIN_PER_S: f64 = 3.0;
/// Spatial stiffness of steering: an offset is taken out within about 40 m.
const STEER_PER_M: f64 = 0.07;
/// How fast hands turn a wheel.
const WHEEL_RADPS: f64 = 9.0;
/// Seconds between two shifts.
const BETWEEN_SHIFTS_S: f64 = 0.25;
/// Braking curves that fall less than this follow the road's bend: the throttle alone follows them.
const LEAST_SLOWING_MPS2: f64 = 1.0;
/// Share of the side grip from which on a driver feels the front slide.
const SATURATED_SHARE: f64 = 0.988;
/// How much he slows the car then.
const SATURATED_RATE_MPS2: f64 = 4.0;
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

    /// Wheel angle towards the line meant for this lap.
    fn steer(&mut self, state: &CarState, place: &RoadPlace, dt_s: f64) {
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
    fn most_bend_per_m(&self, state: &CarState) -> f64 {
        let share = (0.99 - 0.15 * (self.over_mps - 0.5)).clamp(0.65, 0.99);
        let car = &self.stage.car;
        let mass_kg = car.mass_kg(state.fuel_l);
        share * car.grip_n(mass_kg, state.speed_mps)
            / (mass_kg * (state.speed_mps * state.speed_mps).max(1.0))
    }

    /// How much too fast the car is for what is left of the braking.
    fn over_mps(&self, state: &CarState, distance_m: f64) -> f64 {
        let before_m = self.min_m(self.next) - distance_m;
        match self.passage(self.next) {
            Some(passage) if self.phase == Phase::Slowing && before_m > 0.0 => {
                state.speed_mps - passage.target_mps(before_m, self.stage.track.step_m)
            }
            _ => 0.0,
        }
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

    /// Force along the path that the driver wants from the tyres, throttle limit, and whether the pedals may act.
    fn wish(&self, state: &CarState, distance_m: f64) -> Wish {
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

    fn slowing(&self, state: &CarState, distance_m: f64, passage: &Passage) -> Wish {
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

    fn accelerating(&self, state: &CarState, distance_m: f64) -> Wish {
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
    fn wide_throttle(&self, distance_m: f64) -> f64 {
        let track = &self.stage.track;
        let plan = self.lap_plan((distance_m / track.length_m).max(0.0) as usize);
        let lifting =
            plan.wide_lifts.iter().any(|lift| track.ahead_m(lift.from_m, distance_m) < lift.length_m);
        if lifting { WIDE_THROTTLE } else { 1.0 }
    }

    fn lateral_n(&self, state: &CarState) -> f64 {
        self.stage.car.mass_kg(state.fuel_l) * state.speed_mps * state.speed_mps * state.curvature_per_m
    }

    /// Throttle that the driven wheels put down beside the side force, as far as this driver dares.
    fn traction_throttle(&self, state: &CarState, closed_n: f64, full_n: f64) -> f64 {
        let car = &self.stage.car;
        let grip_n = car.grip_n(car.mass_kg(state.fuel_l), state.speed_mps);
        let left_n = self.stage.driver.drive_share
            * car.drive_share
            * grip_n
            * circle(self.lateral_n(state) / grip_n, 1.0);
        if full_n <= left_n { 1.0 } else { ((left_n - closed_n) / (full_n - closed_n)).clamp(0.0, 1.0) }
    }

    /// Pedals move towards the wish as fast as a foot does.
    fn press(&mut self, state: &CarState, wish: &Wish, dt_s: f64) {
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
    fn choose_gear(&mut self, state: &CarState, dt_s: f64) {
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
    fn corner_gear(&self) -> i8 {
        let car = &self.stage.car;
        let Some(passage) = self.passage(self.next) else { return 1 };
        let exit_mps = 1.1 * passage.curve_mps[0];
        let lowest = (2..=car.top_gear()).find(|&gear| car.rpm(exit_mps, gear) < 0.93 * car.shift_rpm);
        (lowest.unwrap_or(car.top_gear()) + passage.gear_offset).min(car.top_gear())
    }
}

/// What the driver wants of the pedals.
struct Wish {
    rate_mps2: f64,
    throttle_cap: f64,
    brake_cap: f64,
    force_n: f64,
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

/// An angle between -pi and pi.
fn wrapped(angle: f64) -> f64 {
    use std::f64::consts::PI;
    (angle + PI).rem_euclid(2.0 * PI) - PI
}

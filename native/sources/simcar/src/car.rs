//! The car as a moving thing: controls in, motion out.
//!
//! [`CarModel`] is the seam for a dynamic successor. [`PointMassCar`] moves along the curvature that the steering asks for as far as the
//! tyres give it; pedals and side force share one friction circle. The body's direction leans against the path by the slip of the
//! rear tyres, so heading, yaw rate, velocities and accelerations are those of a body and still agree with the path.

use crate::car_spec::CarSpec;

/// What a driver does to a car.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Controls {
    /// Throttle pedal, 0 to 1.
    pub throttle: f64,
    /// Brake pedal, 0 to 1.
    pub brake: f64,
    /// Steering wheel, left positive.
    pub steering_rad: f64,
    /// The gear the driver wants, 1.. ; the car shifts one at a time.
    pub gear: i8,
}

/// Where a car is and how it moves. Angles are counter-clockwise from east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarState {
    /// Metres east.
    pub x_m: f64,
    /// Metres north.
    pub y_m: f64,
    /// Direction of motion.
    pub course_rad: f64,
    /// Direction of the body.
    pub yaw_rad: f64,
    /// Change of `yaw_rad`.
    pub yaw_rate_radps: f64,
    /// Speed over ground, never negative.
    pub speed_mps: f64,
    /// Rate of change of speed.
    pub speed_rate_mps2: f64,
    /// Curvature of the path.
    pub curvature_per_m: f64,
    /// Gear in engagement; 0 in a shift.
    pub gear: i8,
    /// Engine speed.
    pub rpm: f64,
    /// Throttle as the engine gets it: cut or blipped in shifts.
    pub throttle: f64,
    /// Throttle pedal.
    pub throttle_pedal: f64,
    /// Brake pedal.
    pub brake: f64,
    /// 0 open to 1 closed.
    pub clutch: f64,
    /// ABS is reducing brake force.
    pub abs_active: bool,
    /// Steering wheel.
    pub steering_rad: f64,
    /// Fuel in the tank.
    pub fuel_l: f64,
}

impl CarState {
    /// Direction of motion relative to the body, left positive.
    pub fn slip_rad(&self) -> f64 {
        self.course_rad - self.yaw_rad
    }

    /// Velocity forward and to the left.
    pub fn body_velocity_mps(&self) -> (f64, f64) {
        let (sin, cos) = libm::sincos(self.slip_rad());
        (self.speed_mps * cos, self.speed_mps * sin)
    }

    /// Acceleration forward and to the left.
    pub fn body_acceleration_mps2(&self) -> (f64, f64) {
        let (sin, cos) = libm::sincos(self.slip_rad());
        let across = self.speed_mps * self.speed_mps * self.curvature_per_m;
        (self.speed_rate_mps2 * cos - across * sin, self.speed_rate_mps2 * sin + across * cos)
    }
}

/// A car that can be driven in small steps of time.
pub trait CarModel {
    /// What it is made of.
    fn spec(&self) -> &CarSpec;
    /// Where it is and how it moves.
    fn state(&self) -> &CarState;
    /// Moves it on by `dt_s` (a few milliseconds); `surface_grip` is 1 on the road and less beside it.
    fn step(&mut self, controls: &Controls, surface_grip: f64, dt_s: f64);
}

/// See the module's head.
#[derive(Debug, Clone)]
pub struct PointMassCar<'a> {
    spec: &'a CarSpec,
    state: CarState,
    /// The gear that will engage.
    wanted_gear: i8,
    /// Seconds until it does.
    shift_left_s: f64,
    blipping: bool,
}

/// Share of the wheelbase behind the middle of mass.
const REAR_SHARE: f64 = 0.5;
/// Slip of the rear tyres for each m/s² sideways.
const REAR_SLIP_RAD_PER_MPS2: f64 = 0.0022;
/// What a locked wheel keeps of its braking.
const LOCKED_SHARE: f64 = 0.94;

impl<'a> PointMassCar<'a> {
    /// A car at rest.
    pub fn at_rest(spec: &'a CarSpec, x_m: f64, y_m: f64, heading_rad: f64) -> Self {
        let state = CarState {
            x_m,
            y_m,
            course_rad: heading_rad,
            yaw_rad: heading_rad,
            yaw_rate_radps: 0.0,
            speed_mps: 0.0,
            speed_rate_mps2: 0.0,
            curvature_per_m: 0.0,
            gear: 1,
            rpm: spec.idle_rpm,
            throttle: 0.0,
            throttle_pedal: 0.0,
            brake: 0.0,
            clutch: 0.0,
            abs_active: false,
            steering_rad: 0.0,
            fuel_l: spec.fuel_l,
        };
        PointMassCar { spec, state, wanted_gear: 1, shift_left_s: 0.0, blipping: false }
    }

    /// Puts the tank to a level: what a pit crew does.
    pub fn set_fuel_l(&mut self, fuel_l: f64) {
        self.state.fuel_l = fuel_l;
    }

    fn shift(&mut self, controls: &Controls, dt_s: f64) {
        if self.shift_left_s > 0.0 {
            self.shift_left_s -= dt_s;
            self.state.gear = if self.shift_left_s > 0.0 { 0 } else { self.wanted_gear };
        } else if controls.gear != self.state.gear && controls.gear >= 1 {
            let up = controls.gear > self.state.gear;
            self.wanted_gear = (self.state.gear + if up { 1 } else { -1 }).clamp(1, self.spec.top_gear());
            self.blipping = !up;
            self.shift_left_s = self.spec.shift_s;
            self.state.gear = 0;
        }
    }

    /// Throttle, clutch and revs as the drivetrain has them.
    fn engine(&mut self, controls: &Controls) {
        let state = &mut self.state;
        let (pedal, shifting) = (controls.throttle.clamp(0.0, 1.0), state.gear == 0);
        state.throttle = match (shifting, self.blipping) {
            (false, _) => pedal,
            (true, true) => pedal.max(0.45),
            (true, false) => 0.0,
        };
        state.throttle_pedal = if shifting && !self.spec.paddle_shift { state.throttle } else { pedal };
        let gear = if shifting { self.wanted_gear } else { state.gear };
        let rolling = self.spec.rpm(state.speed_mps, gear);
        state.rpm = rolling.max(self.spec.idle_rpm * (1.0 + 1.2 * state.throttle));
        state.clutch = if shifting { 0.0 } else { (rolling / self.spec.idle_rpm).min(1.0) };
    }

    /// Force along the path: engine and brakes inside the friction circle, less resistance.
    fn force_n(&mut self, controls: &Controls, grip_n: f64, lateral_n: f64, mass_kg: f64) -> f64 {
        let state = &mut self.state;
        let left_n = (grip_n * grip_n - lateral_n * lateral_n).max(0.0).sqrt();
        let engine_n = if state.gear == 0 {
            0.0
        } else {
            self.spec.engine_force_n(state.speed_mps, state.gear, state.throttle)
        };
        let drive_n = engine_n.min(self.spec.drive_share * left_n);
        let wanted_n = controls.brake.clamp(0.0, 1.0) * self.spec.brake_force_n;
        let over = wanted_n > left_n;
        state.abs_active = over && self.spec.abs && state.speed_mps > 2.0;
        let brake_n = if over { left_n * if self.spec.abs { 0.99 } else { LOCKED_SHARE } } else { wanted_n };
        drive_n - brake_n - self.spec.resistance_n(mass_kg, state.speed_mps, lateral_n)
    }
}

impl CarModel for PointMassCar<'_> {
    fn spec(&self) -> &CarSpec {
        self.spec
    }

    fn state(&self) -> &CarState {
        &self.state
    }

    fn step(&mut self, controls: &Controls, surface_grip: f64, dt_s: f64) {
        self.shift(controls, dt_s);
        self.engine(controls);
        let spec = self.spec;
        let mass_kg = spec.mass_kg(self.state.fuel_l);
        let speed = self.state.speed_mps;
        let grip_n = spec.grip_n(mass_kg, speed) * surface_grip;
        let most = grip_n * 0.995 / (mass_kg * (speed * speed).max(1.0));
        let curvature = spec.curvature_per_m(controls.steering_rad, speed).clamp(-most, most);
        let lateral_n = mass_kg * speed * speed * curvature;
        let force_n = self.force_n(controls, grip_n, lateral_n, mass_kg);

        let next_speed = (speed + force_n / mass_kg * dt_s).max(0.0);
        let mean_speed = 0.5 * (speed + next_speed);
        let turn = mean_speed * curvature * dt_s;
        let (sin, cos) = libm::sincos(self.state.course_rad + 0.5 * turn);
        let state = &mut self.state;
        state.x_m += mean_speed * cos * dt_s;
        state.y_m += mean_speed * sin * dt_s;
        state.course_rad += turn;
        state.speed_rate_mps2 = (next_speed - speed) / dt_s;
        state.speed_mps = next_speed;
        state.curvature_per_m = curvature;
        let slip = REAR_SHARE * spec.wheelbase_m * curvature
            - REAR_SLIP_RAD_PER_MPS2 * next_speed * next_speed * curvature;
        let yaw = state.course_rad - slip;
        state.yaw_rate_radps = (yaw - state.yaw_rad) / dt_s;
        state.yaw_rad = yaw;
        state.brake = controls.brake;
        state.steering_rad = controls.steering_rad;
        if state.gear > 0 && state.throttle > 0.0 {
            let work_mj =
                spec.engine_force_n(speed, state.gear, state.throttle).max(0.0) * mean_speed * dt_s / 1e6;
            state.fuel_l = (state.fuel_l - work_mj * spec.fuel_l_per_mj).max(0.0);
        }
    }
}

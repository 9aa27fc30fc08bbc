//! What a car is made of, and the forces that follow from it.

use crate::car_presets::{formula, gt3, gt4, mx5};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use serde::{Deserialize, Serialize};

/// Standard gravity in m/s².
pub const GRAVITY_MPS2: f64 = 9.806_65;
/// Density of air at 20 °C and sea level in kg/m³.
const AIR_DENSITY: f64 = 1.204;
/// Share of the weight that rolling costs.
const ROLLING_SHARE: f64 = 0.012;
/// Slip angle of the tyres at their limit, in radians: cornering drag is the side force times this, in proportion to how much is used.
const LIMIT_SLIP_RAD: f64 = 0.07;
/// Density of fuel in kg/l.
const FUEL_KG_PER_L: f64 = 0.75;

/// A car.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CarSpec {
    /// The stable key.
    pub path: String,
    /// Name for people.
    pub name: String,
    /// Mass with driver, without fuel.
    pub mass_kg: f64,
    /// Engine torque at full throttle: `[rev/min, N m]`, in rising order.
    pub torque_curve: Vec<[f64; 2]>,
    /// Torque that the engine brakes with at the highest revs, throttle closed.
    pub engine_brake_nm: f64,
    /// Revs at which the engine idles.
    pub idle_rpm: f64,
    /// Revs at which the driver shifts up.
    pub shift_rpm: f64,
    /// Engine turns for a wheel turn, first gear first, final drive included.
    pub gear_ratios: Vec<f64>,
    /// Radius of the driven wheels.
    pub wheel_radius_m: f64,
    /// Share of the engine's force that reaches the road.
    pub driveline_share: f64,
    /// Seconds out of gear in a shift.
    pub shift_s: f64,
    /// Drag coefficient times frontal area.
    pub drag_area_m2: f64,
    /// Lift coefficient times frontal area, downwards.
    pub downforce_area_m2: f64,
    /// Friction coefficient of the tyres.
    pub grip: f64,
    /// Share of the whole grip that the driven axle can put down.
    pub drive_share: f64,
    /// Brake force at full pedal.
    pub brake_force_n: f64,
    /// ABS keeps the wheels turning.
    pub abs: bool,
    /// The gearbox cuts and blips the throttle by itself (the pedal stays where it is).
    pub paddle_shift: bool,
    /// Distance between the axles.
    pub wheelbase_m: f64,
    /// Steering wheel turn for a turn of the front wheels.
    pub steering_ratio: f64,
    /// Extra front wheel angle for each m/s² sideways.
    pub understeer_rad_per_mps2: f64,
    /// Fuel in the tank at the start.
    pub fuel_l: f64,
    /// Fuel burnt for each megajoule of engine work.
    pub fuel_l_per_mj: f64,
}

impl CarSpec {
    /// Names of the cars that come with the simulation.
    pub const PRESETS: [&'static str; 4] = ["gt3", "gt4", "mx5", "formula"];

    /// A car that comes with the simulation.
    pub fn preset(name: &str) -> Result<Self, CodedError> {
        match name {
            "gt3" => Ok(gt3()),
            "gt4" => Ok(gt4()),
            "mx5" => Ok(mx5()),
            "formula" => Ok(formula()),
            _ => Err(CodedError::new(ErrorCode::PresetNotFound)
                .with("kind", "car")
                .with("name", name)
                .with("known", Self::PRESETS.join(", "))),
        }
    }

    /// Mass with an amount of fuel.
    pub fn mass_kg(&self, fuel_l: f64) -> f64 {
        self.mass_kg + fuel_l * FUEL_KG_PER_L
    }

    /// The most force that the tyres can give in any direction: friction times weight and downforce.
    pub fn grip_n(&self, mass_kg: f64, speed_mps: f64) -> f64 {
        self.grip
            * (mass_kg * GRAVITY_MPS2 + 0.5 * AIR_DENSITY * self.downforce_area_m2 * speed_mps * speed_mps)
    }

    /// What holds the car back without engine or brakes: air, rolling and the tyres' slip in a bend.
    pub fn resistance_n(&self, mass_kg: f64, speed_mps: f64, lateral_n: f64) -> f64 {
        let air = 0.5 * AIR_DENSITY * self.drag_area_m2 * speed_mps * speed_mps;
        let used = (lateral_n.abs() / self.grip_n(mass_kg, speed_mps)).min(1.0);
        air + ROLLING_SHARE * mass_kg * GRAVITY_MPS2 + lateral_n.abs() * LIMIT_SLIP_RAD * used
    }

    /// Speed at which the tyres' side force just holds a curvature with a share of the grip; infinite where downforce always suffices.
    pub fn corner_speed_mps(&self, mass_kg: f64, curvature_per_m: f64, grip_share: f64) -> f64 {
        let friction = grip_share * self.grip;
        let by_air = friction * 0.5 * AIR_DENSITY * self.downforce_area_m2 / mass_kg;
        let rest = curvature_per_m.abs() - by_air;
        if rest <= 1e-9 { f64::INFINITY } else { (friction * GRAVITY_MPS2 / rest).sqrt() }
    }

    /// Engine revs for a speed in a gear (1 is the first), clutch closed.
    pub fn rpm(&self, speed_mps: f64, gear: i8) -> f64 {
        let ratio = self.gear_ratios[(gear.max(1) as usize - 1).min(self.gear_ratios.len() - 1)];
        speed_mps / self.wheel_radius_m * ratio * 60.0 / (2.0 * std::f64::consts::PI)
    }

    /// Number of forward gears.
    pub fn top_gear(&self) -> i8 {
        self.gear_ratios.len() as i8
    }

    /// Torque at full throttle; falls to nothing above the last point (the limiter).
    pub fn torque_nm(&self, rpm: f64) -> f64 {
        let curve = &self.torque_curve;
        let right = curve.partition_point(|point| point[0] <= rpm);
        if right == 0 {
            return curve[0][1];
        }
        if right == curve.len() {
            return (curve[right - 1][1] * (1.0 - (rpm - curve[right - 1][0]) / 100.0)).max(0.0);
        }
        let ([low, at_low], [high, at_high]) = (curve[right - 1], curve[right]);
        at_low + (at_high - at_low) * (rpm - low) / (high - low)
    }

    /// Force of the engine at the road for a throttle of 0 to 1: negative when it brakes.
    pub fn engine_force_n(&self, speed_mps: f64, gear: i8, throttle: f64) -> f64 {
        let rpm = self.rpm(speed_mps, gear).max(self.idle_rpm);
        let last = self.torque_curve[self.torque_curve.len() - 1][0];
        let braking =
            if self.rpm(speed_mps, gear) > self.idle_rpm { self.engine_brake_nm * rpm / last } else { 0.0 };
        let torque = throttle * self.torque_nm(rpm) - (1.0 - throttle) * braking;
        let ratio = self.gear_ratios[(gear.max(1) as usize - 1).min(self.gear_ratios.len() - 1)];
        torque * ratio / self.wheel_radius_m * self.driveline_share
    }

    /// The most force at a speed in the best gear that does not over-rev.
    pub fn best_drive_n(&self, speed_mps: f64) -> f64 {
        (1..=self.top_gear())
            .filter(|&gear| self.rpm(speed_mps, gear) <= self.shift_rpm || gear == self.top_gear())
            .map(|gear| self.engine_force_n(speed_mps, gear, 1.0))
            .fold(0.0, f64::max)
    }

    /// Steering wheel angle that holds a curvature at a speed.
    pub fn steering_rad(&self, curvature_per_m: f64, speed_mps: f64) -> f64 {
        self.steering_ratio
            * curvature_per_m
            * (self.wheelbase_m + self.understeer_rad_per_mps2 * speed_mps * speed_mps)
    }

    /// Curvature that a steering wheel angle asks for at a speed.
    pub fn curvature_per_m(&self, steering_rad: f64, speed_mps: f64) -> f64 {
        steering_rad
            / self.steering_ratio
            / (self.wheelbase_m + self.understeer_rad_per_mps2 * speed_mps * speed_mps)
    }
}

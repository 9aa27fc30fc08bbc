//! What a car is made of, and the forces that follow from it.

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

fn gt3() -> CarSpec {
    CarSpec {
        path: "simcar gt3".to_owned(),
        name: "Simulated GT3".to_owned(),
        mass_kg: 1385.0,
        torque_curve: vec![
            [1500.0, 330.0],
            [3000.0, 430.0],
            [4500.0, 510.0],
            [5500.0, 530.0],
            [6500.0, 515.0],
            [7200.0, 490.0],
            [7800.0, 450.0],
            [8200.0, 410.0],
        ],
        engine_brake_nm: 95.0,
        idle_rpm: 1300.0,
        shift_rpm: 7650.0,
        gear_ratios: vec![12.2, 8.9, 6.95, 5.6, 4.65, 3.95],
        wheel_radius_m: 0.345,
        driveline_share: 0.93,
        shift_s: 0.06,
        drag_area_m2: 1.15,
        downforce_area_m2: 3.3,
        grip: 1.58,
        drive_share: 0.66,
        brake_force_n: 26_500.0,
        abs: true,
        paddle_shift: true,
        wheelbase_m: 2.65,
        steering_ratio: 12.5,
        understeer_rad_per_mps2: 0.0014,
        fuel_l: 50.0,
        fuel_l_per_mj: 0.088,
    }
}

fn gt4() -> CarSpec {
    CarSpec {
        path: "simcar gt4".to_owned(),
        name: "Simulated GT4".to_owned(),
        mass_kg: 1530.0,
        torque_curve: vec![
            [1500.0, 360.0],
            [2500.0, 470.0],
            [4000.0, 520.0],
            [5500.0, 510.0],
            [6300.0, 470.0],
            [6900.0, 410.0],
        ],
        engine_brake_nm: 85.0,
        idle_rpm: 1000.0,
        shift_rpm: 6600.0,
        gear_ratios: vec![11.6, 8.1, 6.2, 4.95, 4.05, 3.4],
        wheel_radius_m: 0.345,
        driveline_share: 0.92,
        shift_s: 0.08,
        drag_area_m2: 0.92,
        downforce_area_m2: 0.85,
        grip: 1.42,
        drive_share: 0.62,
        brake_force_n: 24_500.0,
        abs: true,
        paddle_shift: true,
        wheelbase_m: 2.63,
        steering_ratio: 13.5,
        understeer_rad_per_mps2: 0.002,
        fuel_l: 50.0,
        fuel_l_per_mj: 0.09,
    }
}

fn mx5() -> CarSpec {
    CarSpec {
        path: "simcar mx5".to_owned(),
        name: "Simulated MX-5".to_owned(),
        mass_kg: 1105.0,
        torque_curve: vec![
            [1500.0, 165.0],
            [3000.0, 195.0],
            [4500.0, 205.0],
            [6000.0, 196.0],
            [6900.0, 172.0],
            [7300.0, 150.0],
        ],
        engine_brake_nm: 45.0,
        idle_rpm: 850.0,
        shift_rpm: 7000.0,
        gear_ratios: vec![16.1, 9.6, 6.5, 4.9, 3.9, 3.25],
        wheel_radius_m: 0.302,
        driveline_share: 0.9,
        shift_s: 0.13,
        drag_area_m2: 0.64,
        downforce_area_m2: 0.1,
        grip: 1.24,
        drive_share: 0.58,
        brake_force_n: 14_500.0,
        abs: false,
        paddle_shift: false,
        wheelbase_m: 2.31,
        steering_ratio: 15.0,
        understeer_rad_per_mps2: 0.0025,
        fuel_l: 30.0,
        fuel_l_per_mj: 0.095,
    }
}

fn formula() -> CarSpec {
    CarSpec {
        path: "simcar formula".to_owned(),
        name: "Simulated Formula".to_owned(),
        mass_kg: 690.0,
        torque_curve: vec![
            [2000.0, 260.0],
            [4000.0, 390.0],
            [5500.0, 435.0],
            [6500.0, 420.0],
            [7300.0, 370.0],
        ],
        engine_brake_nm: 70.0,
        idle_rpm: 1500.0,
        shift_rpm: 7000.0,
        gear_ratios: vec![10.6, 8.2, 6.6, 5.5, 4.75, 4.2],
        wheel_radius_m: 0.305,
        driveline_share: 0.94,
        shift_s: 0.05,
        drag_area_m2: 0.98,
        downforce_area_m2: 3.1,
        grip: 1.62,
        drive_share: 0.7,
        brake_force_n: 18_500.0,
        abs: false,
        paddle_shift: true,
        wheelbase_m: 2.9,
        steering_ratio: 11.0,
        understeer_rad_per_mps2: 0.001,
        fuel_l: 40.0,
        fuel_l_per_mj: 0.085,
    }
}

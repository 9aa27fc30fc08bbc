//! How much of a straight's delta the speed at the corner's exit explains.
//!
//! Model: from the exit on, the lap is driven with the reference's accelerations, beginning at its own speed. What differs is
//! kinetic energy per mass, E = (v_lap^2 - v_ref^2) / 2. Accelerations that depend on the place alone (slope, traction-limited
//! drive) leave E as it is; drag eats it at 2 k per metre (k in a = p/v - k v^2), and drive at constant power at p/v^3 per metre,
//! because a slower car gains more energy in a metre. p (power per mass) and k are fitted to the reference's own full-throttle
//! running, a v = p - k v^3, by least squares; where they cannot be fitted, p/v^3 is taken as a/v^2 and k as 0.
//! The time is that of the changed speed over the reference's path: the integral of (v_ref / v - 1) dt.

use crate::metrics::ring::Ring;
use crate::metrics::shifts::Shifts;
use crate::metrics::throttle::FULL;

/// No car on wheels loses more to drag: about 2 m2 of drag area on 700 kg.
const DRAG_MAX_PER_M: f64 = 0.0018;
/// At this share of the fitted power the engine limits the car, below it the tyres or the driver do.
const POWER_LIMITED: f64 = 0.8;
/// A prediction is not followed below this share of the reference's speed.
const SPEED_SHARE_MIN: f64 = 0.2;

/// How the reference's car accelerates with the throttle open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerModel {
    /// Power per mass in W/kg; `None` when the reference does not tell it.
    power_per_mass: Option<f64>,
    /// Drag per mass in 1/m.
    drag_per_m: f64,
}

impl PowerModel {
    /// Fits the model to the upper half of the reference's speeds at full throttle.
    pub fn fit(ring: &Ring) -> Self {
        let shifts = Shifts::find(ring);
        let steps = ring.grid.steps() as i64;
        let fastest_mps = ring.speed_mps.iter().copied().fold(0.0, f64::max);
        let (mut n, mut sum_x, mut sum_y, mut sum_xx, mut sum_xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for index in 0..steps {
            let speed_mps = ring.value(&ring.speed_mps, index);
            let full = ring.value(&ring.grid.throttle, index) >= FULL && !shifts.any(index);
            if !full || speed_mps < fastest_mps / 2.0 {
                continue;
            }
            let (x, y) = (speed_mps * speed_mps * speed_mps, acceleration_mps2(ring, index) * speed_mps);
            n += 1.0;
            sum_x += x;
            sum_y += y;
            sum_xx += x * x;
            sum_xy += x * y;
        }
        let spread = sum_xx - sum_x * sum_x / n;
        if n < 100.0 || spread <= 0.0 {
            return PowerModel { power_per_mass: None, drag_per_m: 0.0 };
        }
        let drag_per_m = (-(sum_xy - sum_x * sum_y / n) / spread).clamp(0.0, DRAG_MAX_PER_M);
        let power = (sum_y + drag_per_m * sum_x) / n;
        PowerModel { power_per_mass: (power > 0.0).then_some(power), drag_per_m }
    }

    /// Share of E that is lost in a metre at a speed, with the reference's acceleration there.
    fn decay_per_m(&self, speed_mps: f64, acceleration_mps2: f64) -> f64 {
        let cube = speed_mps * speed_mps * speed_mps;
        let drive = match self.power_per_mass {
            None => acceleration_mps2.max(0.0) / (speed_mps * speed_mps),
            Some(power) => {
                let used = acceleration_mps2 * speed_mps + self.drag_per_m * cube;
                if used >= POWER_LIMITED * power { power / cube } else { 0.0 }
            }
        };
        drive + 2.0 * self.drag_per_m
    }
}

/// Acceleration at a grid point from speed and time on both sides.
fn acceleration_mps2(ring: &Ring, index: i64) -> f64 {
    let change_mps = ring.value(&ring.speed_mps, index + 1) - ring.value(&ring.speed_mps, index - 1);
    change_mps / (ring.time_s(index + 1) - ring.time_s(index - 1))
}

/// Seconds lost between two unrolled places by a lap that passes the first at `speed_mps` and accelerates as the reference does;
/// negative for a faster exit.
pub fn carry_over_s(model: &PowerModel, reference: &Ring, speed_mps: f64, from_m: f64, to_m: f64) -> f64 {
    let exit_mps = reference.speed_at_mps(from_m);
    let mut energy = (speed_mps * speed_mps - exit_mps * exit_mps) / 2.0;
    let (mut lost_s, mut place_m) = (0.0, from_m);
    while place_m < to_m && energy != 0.0 {
        let index = reference.index(place_m);
        // At least a millimetre, so that rounding cannot stop the march.
        let next_m = reference.place_m(index + 1).max(place_m + 1e-3).min(to_m);
        let reference_mps = reference.speed_at_mps((place_m + next_m) / 2.0).max(1.0);
        let square = (reference_mps * reference_mps + 2.0 * energy).max(0.0);
        let lap_mps = libm::sqrt(square).max(SPEED_SHARE_MIN * reference_mps);
        let reference_s = reference.time_at_s(next_m) - reference.time_at_s(place_m);
        lost_s += reference_s * (reference_mps / lap_mps - 1.0);
        let decay = model.decay_per_m((reference_mps + lap_mps) / 2.0, acceleration_mps2(reference, index));
        energy *= libm::exp(-decay * (next_m - place_m));
        place_m = next_m;
    }
    lost_s
}

//! How fast a driver can go where: the speed the tyres hold, and the braking curves into the slow points.
//!
//! Quasi-steady: corner speed from side grip, then a pass backwards with the brakes and one forwards with the engine, each with what
//! the friction circle leaves, around the lap until the ends meet.

use crate::car_spec::CarSpec;
use crate::driver_spec::DriverSpec;
use crate::racing_line::RacingLine;
use crate::track::Track;

/// A place where speed has a minimum that the driver has to slow down for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SlowPoint {
    /// Table index.
    pub index: usize,
    /// Metres from the line.
    pub min_m: f64,
    /// Planned speed there.
    pub speed_mps: f64,
    /// Table steps back to the slow point before.
    pub reach: usize,
}

/// Speeds for one track, line, car and driver.
#[derive(Debug, Clone)]
pub struct SpeedPlan {
    /// Speed that side grip allows, in tables with the track's points.
    pub cap_mps: Vec<f64>,
    /// Speed of the perfect execution.
    pub speed_mps: Vec<f64>,
    /// In order along the lap.
    pub slow_points: Vec<SlowPoint>,
    /// Metres of path in each table step.
    path_m: Vec<f64>,
    curvature_per_m: Vec<f64>,
    mass_kg: f64,
}

/// How a driver brakes into one slow point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrakingStyle {
    /// Minimum speed as a share of the planned one.
    pub speed_share: f64,
    /// Share of grip and pedal.
    pub brake_share: f64,
    /// See [`DriverSpec::trail_share`].
    pub trail_share: f64,
}

/// Smaller dips of the planned speed are driven with the throttle alone.
const LEAST_DIP_MPS: f64 = 1.0;
/// Metres before a slow point over which another minimum speed changes the speeds around it.
const BLEND_BEFORE_M: f64 = 90.0;
/// The same after it.
const BLEND_AFTER_M: f64 = 45.0;
/// Nobody brakes up to the very edge of the friction circle: a car that slides there can be neither turned nor slowed.
const TRAIL_CAUTION: f64 = 1.05;
/// Faster than any car here.
const MOST_SPEED_MPS: f64 = 110.0;

impl SpeedPlan {
    /// The plan of a driver in a car, with half a tank.
    pub fn new(track: &Track, line: &RacingLine, car: &CarSpec, driver: &DriverSpec) -> Self {
        let mass_kg = car.mass_kg(car.fuel_l * 0.5);
        let cap_mps: Vec<f64> = line
            .curvature_per_m
            .iter()
            .map(|&k| car.corner_speed_mps(mass_kg, k, driver.corner_share).min(MOST_SPEED_MPS))
            .collect();
        let mut plan = SpeedPlan {
            speed_mps: cap_mps.clone(),
            cap_mps,
            slow_points: Vec::new(),
            path_m: line.stretch.iter().map(|stretch| stretch * track.step_m).collect(),
            curvature_per_m: line.curvature_per_m.clone(),
            mass_kg,
        };
        plan.pass_forwards(car, driver);
        plan.pass_backwards(car, driver);
        plan.find_slow_points(track);
        plan
    }

    fn pass_forwards(&mut self, car: &CarSpec, driver: &DriverSpec) {
        let count = self.speed_mps.len();
        for step in 0..2 * count {
            let (i, next) = (step % count, (step + 1) % count);
            let (v, k) = (self.speed_mps[i], self.curvature_per_m[i]);
            let lateral_n = self.mass_kg * v * v * k;
            let grip_n = car.grip_n(self.mass_kg, v);
            let left = circle(lateral_n / grip_n, 1.0);
            let force_n =
                (0.98 * car.best_drive_n(v)).min(driver.drive_share * car.drive_share * grip_n * left);
            let rate = (force_n - car.resistance_n(self.mass_kg, v, lateral_n)) / self.mass_kg;
            let reached = (v * v + 2.0 * rate * self.path_m[i]).max(1.0).sqrt();
            self.speed_mps[next] = self.speed_mps[next].min(reached);
        }
    }

    fn pass_backwards(&mut self, car: &CarSpec, driver: &DriverSpec) {
        let count = self.speed_mps.len();
        let style = BrakingStyle {
            speed_share: 1.0,
            brake_share: driver.brake_share,
            trail_share: driver.trail_share,
        };
        for step in (0..2 * count).rev() {
            let (i, next) = (step % count, (step + 1) % count);
            let before = self.speed_before(car, next, i, self.speed_mps[next], &style);
            self.speed_mps[i] = self.speed_mps[i].min(before);
        }
    }

    /// Speed at `i` from which braking reaches `speed` at `next`.
    fn speed_before(&self, car: &CarSpec, next: usize, i: usize, speed: f64, style: &BrakingStyle) -> f64 {
        let lateral_n = self.mass_kg * speed * speed * self.curvature_per_m[next];
        let grip_n = car.grip_n(self.mass_kg, speed);
        let left = circle(TRAIL_CAUTION * lateral_n / grip_n, style.trail_share);
        let brake_n = style.brake_share * car.brake_force_n.min(grip_n * left);
        let rate = (brake_n + car.resistance_n(self.mass_kg, speed, lateral_n)) / self.mass_kg;
        (speed * speed + 2.0 * rate * self.path_m[i]).sqrt()
    }

    /// Minima with at least [`LEAST_DIP_MPS`] on either side, found by walking once around from the fastest point.
    fn find_slow_points(&mut self, track: &Track) {
        let count = self.speed_mps.len();
        let speed = |step: usize| self.speed_mps[step % count];
        let from = (0..count).fold(0, |best, i| if speed(i) > speed(best) { i } else { best });
        let (mut lowest, mut highest, mut falling) = (from, from, false);
        let mut found = Vec::new();
        for step in from..=from + count {
            if speed(step) < speed(lowest) {
                lowest = step;
            }
            if speed(step) > speed(highest) {
                highest = step;
            }
            if falling && speed(step) > speed(lowest) + LEAST_DIP_MPS {
                found.push(lowest % count);
                (falling, highest) = (false, step);
            } else if !falling && speed(step) < speed(highest) - LEAST_DIP_MPS {
                (falling, lowest) = (true, step);
            }
        }
        found.sort_unstable();
        for (order, &index) in found.iter().enumerate() {
            let before = found[(order + found.len() - 1) % found.len()];
            let reach = if found.len() == 1 { count } else { (index + count - before) % count };
            let min_m = index as f64 * track.step_m;
            self.slow_points.push(SlowPoint { index, min_m, speed_mps: self.speed_mps[index], reach });
        }
    }

    /// Speeds of braking in a style into a slow point: entry `j` is `j` table steps before it. Ends at the slow point before, or where no car
    /// can be faster.
    pub fn braking_curve(
        &self,
        car: &CarSpec,
        slow: &SlowPoint,
        style: &BrakingStyle,
        step_m: f64,
    ) -> Vec<f64> {
        let count = self.cap_mps.len();
        let mut curve = vec![slow.speed_mps * style.speed_share];
        let (mut next, mut speed) = (slow.index, curve[0]);
        while curve.len() < slow.reach && speed < MOST_SPEED_MPS {
            let i = (next + count - 1) % count;
            let ahead_m = curve.len() as f64 * step_m;
            let cap = self.cap_mps[i] * blended_share(style.speed_share, ahead_m, BLEND_BEFORE_M);
            speed = self.speed_before(car, next, i, speed, style).min(cap);
            curve.push(speed);
            next = i;
        }
        even(&curve)
    }

    /// What a minimum speed other than planned makes of the speeds some metres after it.
    pub fn share_after(speed_share: f64, after_m: f64) -> f64 {
        blended_share(speed_share, after_m, BLEND_AFTER_M)
    }
}

/// Mean over some metres on either side, as far as both sides reach: a foot does not follow each ripple of the road.
fn even(curve: &[f64]) -> Vec<f64> {
    let last = curve.len() - 1;
    (0..=last)
        .map(|i| {
            let half = 6.min(i).min(last - i);
            let mean = curve[i - half..=i + half].iter().sum::<f64>() / (2 * half + 1) as f64;
            mean.min(curve[i] + 0.1)
        })
        .collect()
}

/// Share of the grip left along the path when a share is used across it: between the friction circle (1) and its inner square (0).
pub fn circle(used: f64, trail_share: f64) -> f64 {
    let used = used.abs().min(1.0);
    trail_share * (1.0 - used * used).sqrt() + (1.0 - trail_share) * (1.0 - used)
}

fn blended_share(speed_share: f64, away_m: f64, over_m: f64) -> f64 {
    let x = (1.0 - away_m / over_m).clamp(0.0, 1.0);
    1.0 + (speed_share - 1.0) * x * x * (3.0 - 2.0 * x)
}

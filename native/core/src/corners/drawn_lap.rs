//! Laps for tests: a road drawn from straights and arcs, driven at the limit by a point mass.

use crate::corner::BrakeZone;
use crate::grid::LapGrid;

/// A stretch of road: its length and radius, left positive; a straight has an infinite radius.
pub(super) struct Piece(pub f64, pub f64);

/// A straight.
pub(super) fn straight(length_m: f64) -> Piece {
    Piece(length_m, f64::INFINITY)
}

/// An arc of so many degrees; a positive radius turns left.
pub(super) fn arc(degrees: f64, radius_m: f64) -> Piece {
    Piece(degrees / 180.0 * core::f64::consts::PI * radius_m.abs(), radius_m)
}

/// A point mass on tyres.
#[derive(Clone, Copy)]
pub(super) struct Car {
    /// Cornering and braking, m/s².
    pub grip_mps2: f64,
    /// Power over mass, W/kg.
    pub power_per_mass: f64,
    /// Terminal speed, m/s.
    pub top_mps: f64,
}

/// About a GT3 car.
pub(super) const FAST: Car = Car { grip_mps2: 17.0, power_per_mass: 320.0, top_mps: 80.0 };
/// About an MX-5.
pub(super) const SLOW: Car = Car { grip_mps2: 10.0, power_per_mass: 100.0, top_mps: 55.0 };

/// Drives the road; the lap begins at the first piece. Steps are exactly 1 m.
pub(super) fn drive(road: &[Piece], car: Car) -> LapGrid {
    let curvature = eased(road);
    let speed = speeds(&curvature, car);
    grid_of(&curvature, &speed, car)
}

/// Curvature at each metre, eased in and out over 20 m.
fn eased(road: &[Piece]) -> Vec<f64> {
    let mut curvature: Vec<f64> = Vec::new();
    for Piece(length_m, radius_m) in road {
        let count = (curvature.len() + length_m.round() as usize).max(curvature.len() + 1);
        curvature.resize(count, 1.0 / radius_m);
    }
    let count = curvature.len();
    for _ in 0..2 {
        let raw = curvature.clone();
        for (i, value) in curvature.iter_mut().enumerate() {
            *value = (0..11).map(|j| raw[(i + count + j - 5) % count]).sum::<f64>() / 11.0;
        }
    }
    curvature
}

/// The fastest speeds that the grip allows: twice round, backwards for the brakes and forwards for the engine.
fn speeds(curvature: &[f64], car: Car) -> Vec<f64> {
    let count = curvature.len();
    let mut speed: Vec<f64> =
        curvature.iter().map(|k| libm::sqrt(car.grip_mps2 / k.abs().max(1e-6)).min(car.top_mps)).collect();
    let left_over = |v: f64, k: f64| {
        let lateral = v * v * k;
        libm::sqrt((car.grip_mps2 * car.grip_mps2 - lateral * lateral).max(0.0))
    };
    for _ in 0..2 {
        for i in (0..count).rev() {
            let next = speed[(i + 1) % count];
            speed[i] = speed[i].min(libm::sqrt(next * next + 2.0 * left_over(next, curvature[i])));
        }
        for i in 0..count {
            let v = speed[i];
            let push = (car.power_per_mass / v).min(0.6 * left_over(v, curvature[i])) - drag(v, car);
            let next = (i + 1) % count;
            speed[next] = speed[next].min(libm::sqrt((v * v + 2.0 * push).max(1.0)));
        }
    }
    speed
}

/// Power and drag meet at the top speed.
fn drag(v: f64, car: Car) -> f64 {
    car.power_per_mass / car.top_mps * (v / car.top_mps) * (v / car.top_mps)
}

fn grid_of(curvature: &[f64], speed: &[f64], car: Car) -> LapGrid {
    let count = curvature.len();
    let mut grid = LapGrid { length_m: count as f64, step_m: 1.0, ..LapGrid::default() };
    let (mut time_s, mut x_m, mut y_m, mut heading) = (0.0, 0.0, 0.0, 0.0);
    for i in 0..=count {
        let (v, k, next) = (speed[i % count], curvature[i % count], speed[(i + 1) % count]);
        let wanted = (next * next - v * v) / 2.0 + drag(v, car);
        let most = car.power_per_mass / v;
        grid.time_s.push(time_s);
        grid.speed_mps.push(v);
        grid.throttle.push(if wanted > 0.97 * most { 1.0 } else { (wanted / most).max(0.0) });
        grid.brake.push(((-wanted - 1.0) / car.grip_mps2).clamp(0.0, 1.0));
        // A degree of understeer per g.
        grid.steering_rad.push(k * 2.7 * 11.0 * (1.0 + v * v / 1500.0));
        grid.yaw_rate_radps.push(k * v);
        grid.lateral_accel_mps2.push(k * v * v);
        grid.x_m.push(x_m);
        grid.y_m.push(y_m);
        time_s += 2.0 / (v + next);
        heading += k / 2.0;
        x_m += libm::cos(heading);
        y_m += libm::sin(heading);
        heading += k / 2.0;
    }
    grid
}

/// The same lap with the line moved forward by so many metres.
pub(super) fn with_line_at(grid: &LapGrid, metres: usize) -> LapGrid {
    let steps = grid.steps();
    let turn = |column: &[f64]| -> Vec<f64> {
        if column.is_empty() {
            return Vec::new();
        }
        (0..=steps).map(|i| column[(i + metres) % steps]).collect()
    };
    let lap_s = grid.time_s[steps];
    let time_s = (0..=steps)
        .map(|i| {
            let place = i + metres;
            grid.time_s[place % steps] + lap_s * (place / steps) as f64 - grid.time_s[metres]
        })
        .collect();
    LapGrid {
        length_m: grid.length_m,
        step_m: grid.step_m,
        time_s,
        speed_mps: turn(&grid.speed_mps),
        throttle: turn(&grid.throttle),
        brake: turn(&grid.brake),
        gear: Vec::new(),
        steering_rad: turn(&grid.steering_rad),
        yaw_rate_radps: turn(&grid.yaw_rate_radps),
        lateral_accel_mps2: turn(&grid.lateral_accel_mps2),
        x_m: turn(&grid.x_m),
        positions: grid.positions,
        y_m: turn(&grid.y_m),
    }
}

/// Stretches of braking that lose at least 10 km/h.
pub(super) fn zones(grid: &LapGrid) -> Vec<BrakeZone> {
    let steps = grid.steps();
    let braking = |i: usize| grid.brake[i % steps] > 0.03;
    let begins = (0..steps).filter(|i| !braking(i + steps - 1) && braking(*i));
    begins
        .filter_map(|begin| {
            let end = (begin..begin + steps).find(|i| !braking(*i))?;
            let speeds = (begin..=end).map(|i| grid.speed_mps[i % steps]);
            let min_speed_mps = speeds.fold(f64::INFINITY, f64::min);
            let start_speed_mps = grid.speed_mps[begin];
            (start_speed_mps - min_speed_mps > 2.8).then_some(BrakeZone {
                start_m: begin as f64,
                end_m: (end % steps) as f64,
                start_speed_mps,
                min_speed_mps,
                peak_brake: 1.0,
                duration_s: 1.0,
                trail_brake_m: None,
            })
        })
        .collect()
}

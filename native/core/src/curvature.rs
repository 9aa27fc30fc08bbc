//! How sharply the car turns, by distance.
//!
//! Every way to know it is tried in the order of trust: yaw rate over speed; lateral acceleration over speed squared;
//! recorded position; steering, scaled by the fact that a lap turns the car round once. The first that the lap carries
//! wins: mixing them would move corners between laps of one recording. Below [`SLOWEST_MPS`] the quotients mean nothing (a car that
//! spins on the spot has any curvature), so the last good value is held.

use crate::grid::LapGrid;

/// Under this speed yaw rate over speed is not the path's curvature.
const SLOWEST_MPS: f64 = 5.0;
/// Half the width of the smoothing window. Two passes of a box this wide weigh points up to twice as far: enough to still a driver's hands,
/// short against the 30 m between the apexes of the tightest chicanes.
const SMOOTHING_M: f64 = 4.0;
/// Position is quantised to about 1 cm, so headings are taken over chords of this length (a fit over 15 to 25 m in all).
const CHORD_M: f64 = 12.0;
/// Turns of the steering wheel for one of the front wheels, times the wheelbase in metres: a mid-size car. Only used where the lap's own
/// heading does not tell the car's factor.
const USUAL_STEERING_FACTOR_M: f64 = 13.0 * 2.6;
/// Squared speed at which a car that understeers by 1.5 degrees per g needs twice the steering of a slow one: wheelbase over understeer
/// gradient, 2.6 m / 0.0027 rad s²/m. Without it a fast bend looks far sharper than a hairpin with the same lateral acceleration.
const UNDERSTEER_MPS_SQUARED: f64 = 1000.0;
/// A lap must turn at least this share of all its turning in one direction for its net heading to scale the steering: a
/// figure of eight turns nowhere.
const LEAST_NET_SHARE: f64 = 0.15;

/// Curvature of the driven path in 1/m at the grid's points, left positive, smoothed over about 16 m and closed over the line (the last
/// value is the first). Empty when no channel tells it, or when the grid has fewer than 3 steps.
pub fn curvature(grid: &LapGrid) -> Vec<f64> {
    let steps = grid.steps();
    if steps < 3 || grid.speed_mps.len() <= steps {
        return Vec::new();
    }
    let mut raw = match () {
        () if has(&grid.yaw_rate_radps, steps) => quotient(grid, &grid.yaw_rate_radps, |v| v),
        () if has(&grid.lateral_accel_mps2, steps) => quotient(grid, &grid.lateral_accel_mps2, |v| v * v),
        () if has(&grid.x_m, steps) && has(&grid.y_m, steps) => of_position(grid),
        () if has(&grid.steering_rad, steps) => of_steering(grid),
        () => return Vec::new(),
    };
    let half = ((SMOOTHING_M / grid.step_m) as usize).clamp(1, (steps - 1) / 2);
    raw = boxed(&boxed(&raw, half), half);
    raw.push(raw[0]);
    raw
}

/// Whether the lap carries the column and the column says anything: some sources fill what they lack with zeros.
fn has(column: &[f64], steps: usize) -> bool {
    column.len() > steps && column.iter().any(|value| *value != 0.0)
}

/// `column / divisor(speed)` at the steps' beginnings; the last good value is held where the car is too slow.
fn quotient(grid: &LapGrid, column: &[f64], divisor: fn(f64) -> f64) -> Vec<f64> {
    let mut held = 0.0;
    let pairs = column.iter().zip(&grid.speed_mps).take(grid.steps());
    pairs
        .map(|(value, speed)| {
            if *speed >= SLOWEST_MPS {
                held = value / divisor(*speed);
            }
            held
        })
        .collect()
}

/// Change of heading between the chords before and after each point, over the distance between their middles.
fn of_position(grid: &LapGrid) -> Vec<f64> {
    let steps = grid.steps();
    let chord = ((CHORD_M / grid.step_m) as usize).clamp(1, (steps - 1) / 2);
    let at = |index: usize| (grid.x_m[index % steps], grid.y_m[index % steps]);
    (0..steps)
        .map(|index| {
            let (behind, here, ahead) = (at(index + steps - chord), at(index), at(index + chord));
            let (ax, ay) = (here.0 - behind.0, here.1 - behind.1);
            let (bx, by) = (ahead.0 - here.0, ahead.1 - here.1);
            let path_m = (libm::hypot(ax, ay) + libm::hypot(bx, by)) / 2.0;
            if path_m < 1.0 { 0.0 } else { libm::atan2(ax * by - ay * bx, ax * bx + ay * by) / path_m }
        })
        .collect()
}

/// Steering over the car's factor, less a usual understeer. The factor is the one with which the lap turns through one full circle. Fast
/// bends may still come out a third too sharp or too gentle, which changes no place where curvature peaks. A slide on opposite lock looks
/// like a bend of the other direction.
fn of_steering(grid: &LapGrid) -> Vec<f64> {
    let steps = grid.steps();
    let neutral = |index: usize| {
        let v = grid.speed_mps[index];
        grid.steering_rad[index] / (1.0 + v * v / UNDERSTEER_MPS_SQUARED)
    };
    let (mut net, mut all) = (0.0, 0.0);
    for index in 0..steps {
        let path_m = grid.speed_mps[index] * (grid.time_s[index + 1] - grid.time_s[index]);
        net += neutral(index) * path_m;
        all += neutral(index).abs() * path_m;
    }
    let factor_m = if net.abs() > LEAST_NET_SHARE * all {
        net.abs() / core::f64::consts::TAU
    } else {
        USUAL_STEERING_FACTOR_M
    };
    (0..steps).map(|index| neutral(index) / factor_m).collect()
}

/// Mean over `half` points either side, on the closed lap.
fn boxed(values: &[f64], half: usize) -> Vec<f64> {
    let count = values.len();
    let width = (2 * half + 1) as f64;
    let mut sum: f64 = (0..=2 * half).map(|offset| values[(offset + count - half) % count]).sum();
    let mut out = Vec::with_capacity(count);
    let (mut enter, mut leave) = ((half + 1) % count, count - half);
    for _ in 0..count {
        out.push(sum / width);
        sum += values[enter] - values[leave % count];
        enter = if enter + 1 == count { 0 } else { enter + 1 };
        leave = if leave + 1 >= count { 0 } else { leave + 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A circle of 80 m radius to the left at 30 m/s, in steps of about 1 m.
    fn circle() -> LapGrid {
        let length_m = core::f64::consts::TAU * 80.0;
        let steps = 503;
        let step_m = length_m / f64::from(steps);
        let mut grid = LapGrid { length_m, step_m, ..LapGrid::default() };
        for i in 0..=steps {
            let angle = f64::from(i) * step_m / 80.0;
            grid.time_s.push(f64::from(i) * step_m / 30.0);
            grid.speed_mps.push(30.0);
            grid.yaw_rate_radps.push(30.0 / 80.0);
            grid.lateral_accel_mps2.push(900.0 / 80.0);
            grid.steering_rad.push(0.5);
            grid.x_m.push(80.0 * libm::sin(angle));
            grid.y_m.push(80.0 - 80.0 * libm::cos(angle));
        }
        grid
    }

    #[test]
    fn every_channel_gives_the_curvature_of_a_circle() {
        let all = circle();
        let lateral = LapGrid { yaw_rate_radps: vec![], ..all.clone() };
        let position = LapGrid { lateral_accel_mps2: vec![], ..lateral.clone() };
        let steering = LapGrid { x_m: vec![], ..position.clone() };
        for (way, grid) in
            [("yaw rate", all), ("lateral", lateral), ("position", position), ("steering", steering)]
        {
            let found = curvature(&grid);
            assert_eq!(found.len(), grid.time_s.len(), "{way}");
            assert!(found.iter().all(|k| (k - 1.0 / 80.0).abs() < 1e-4), "{way}: {:?}", &found[..5]);
        }
    }

    #[test]
    fn a_lap_that_says_nothing_about_turning_has_no_curvature() {
        let grid = LapGrid {
            yaw_rate_radps: vec![],
            lateral_accel_mps2: vec![0.0; 504],
            x_m: vec![],
            y_m: vec![],
            steering_rad: vec![],
            ..circle()
        };
        assert!(curvature(&grid).is_empty());
        assert!(curvature(&LapGrid::default()).is_empty());
    }

    #[test]
    fn a_spin_on_the_spot_does_not_look_like_a_corner() {
        let mut grid = circle();
        for i in 200..220 {
            grid.speed_mps[i] = 0.5;
            grid.yaw_rate_radps[i] = -3.0;
        }
        assert!(curvature(&grid).iter().all(|k| (k - 1.0 / 80.0).abs() < 1e-4));
    }

    #[test]
    fn steering_of_a_figure_of_eight_is_scaled_by_a_usual_car() {
        let mut grid =
            LapGrid { yaw_rate_radps: vec![], lateral_accel_mps2: vec![], x_m: vec![], ..circle() };
        for i in 252..=503 {
            grid.steering_rad[i] = -0.5;
        }
        let found = curvature(&grid);
        let usual = 0.5 / (1.0 + 900.0 / UNDERSTEER_MPS_SQUARED) / USUAL_STEERING_FACTOR_M;
        assert!((found[100] - usual).abs() < 1e-9 && found[400] < 0.0);
    }

    #[test]
    fn smoothing_runs_over_the_line() {
        let mut values = vec![0.0; 100];
        values[0] = 9.0;
        let smooth = boxed(&values, 4);
        assert!([96, 99, 0, 4].iter().all(|i| (smooth[*i] - 1.0).abs() < 1e-12) && smooth[5].abs() < 1e-12);
        assert!((smooth.iter().sum::<f64>() - 9.0).abs() < 1e-9);
    }
}

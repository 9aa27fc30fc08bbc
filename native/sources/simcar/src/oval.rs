//! An oval for tests: two straights joined by two half circles, flat, turned left.

use crate::centre_line::{CentreLine, RoadPoint};
use std::f64::consts::PI;

/// A flat oval of two straights and two half circles. The line lies in the middle of the first straight; points are about 5 m apart.
/// The ends ease in and out over a quarter of their angle, as real ones do.
pub fn oval(straight_m: f64, radius_m: f64, width_m: f64) -> CentreLine {
    let half = width_m / 2.0;
    let end_m = 1.25 * PI * radius_m;
    let lap_m = 2.0 * (straight_m + end_m);
    let count = (lap_m / 5.0).round().max(16.0) as usize;
    let step_m = lap_m / count as f64;
    let parts = 16;
    let (mut x_m, mut y_m, mut heading) = (0.0, 0.0, 0.0);
    let mut points = Vec::with_capacity(count);
    for index in 0..count {
        points.push(RoadPoint { x_m, y_m, width_right_m: half, width_left_m: half });
        for part in 0..parts {
            let fine_m = step_m / f64::from(parts);
            let place_m = index as f64 * step_m + (f64::from(part) + 0.5) * fine_m;
            let turn = curvature_per_m(place_m, straight_m, end_m, radius_m) * fine_m;
            x_m += fine_m * libm::cos(heading + turn / 2.0);
            y_m += fine_m * libm::sin(heading + turn / 2.0);
            heading += turn;
        }
    }
    CentreLine { name: "Oval".to_owned(), points }
}

/// A trapezium over each end: up over the first fifth of its length, down over the last; its area is half a turn.
fn curvature_per_m(place_m: f64, straight_m: f64, end_m: f64, radius_m: f64) -> f64 {
    let half_lap_m = straight_m + end_m;
    let along_m = place_m.rem_euclid(half_lap_m) - straight_m / 2.0;
    if !(0.0..end_m).contains(&along_m) {
        return 0.0;
    }
    let ease_m = end_m / 5.0;
    (along_m.min(end_m - along_m) / ease_m).min(1.0) / radius_m
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oval_closes_on_itself() {
        let oval = oval(600.0, 160.0, 16.0);
        let (first, last) = (oval.points[0], oval.points[oval.points.len() - 1]);
        let gap_m = libm::hypot(first.x_m - last.x_m, first.y_m - last.y_m);
        assert!((gap_m - 5.0).abs() < 0.3, "gap {gap_m}");
    }
}

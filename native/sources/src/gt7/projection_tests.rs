//! Tests of placing positions on a line.

use super::*;
use crate::gt7::line::SPACING_M;
use crate::gt7::line::tests::circle;
use proptest::prelude::*;
use std::f64::consts::TAU;

fn ring() -> Line {
    Line::new("ring", "", &circle(100.0, [0.0, 0.0, 5.0])).unwrap()
}

fn on_ring(angle_rad: f64, radius_m: f64, height_m: f64) -> (Vector, Vector) {
    let (sine, cosine) = libm::sincos(angle_rad);
    ([radius_m * cosine, radius_m * sine, height_m], [-sine, cosine, 0.0])
}

/// A figure of eight: two rings that cross at the origin, the second 6 m above the first there.
fn eight() -> Line {
    let count = 600;
    let at = |index: usize| {
        let t = TAU * (index as f64 + 0.5) / count as f64;
        let (sine, cosine) = libm::sincos(t);
        [190.0 * sine, 190.0 * sine * cosine, 3.0 - 3.0 * cosine]
    };
    let raw: Vec<Vector> = (0..count).map(at).collect();
    Line::new("eight", "", &crate::gt7::builder::resampled(&raw, SPACING_M)).unwrap()
}

#[test]
fn aside_above_and_along_are_what_they_are() {
    let line = ring();
    for (radius_m, aside_m) in [(100.0, 0.0), (92.0, 8.0), (112.0, -12.0)] {
        let (position, forward) = on_ring(1.0, radius_m, 6.0);
        let foot = Projector::default().place(&line, position, forward).unwrap();
        assert!((foot.lap_distance_m / line.length_m() - 1.0 / TAU).abs() < 1e-4, "{radius_m}");
        assert!((foot.aside_m - aside_m).abs() < 0.02 && (foot.above_m - 1.0).abs() < 1e-9);
    }
}

#[test]
fn too_far_the_wrong_way_or_on_a_bridge_is_no_place_at_first_sight() {
    let line = ring();
    let find = |radius_m, height_m, way: f64| {
        let (position, forward) = on_ring(1.0, radius_m, height_m);
        Projector::default().place(&line, position, forward.map(|part| way * part))
    };
    assert!(find(100.0, 5.0, 1.0).is_some());
    assert!(find(120.0, 5.0, 1.0).is_none() && find(100.0, 9.0, 1.0).is_none());
    assert!(find(100.0, 5.0, -1.0).is_none());
}

#[test]
fn a_car_that_is_followed_may_spin_and_run_wide_but_not_leave() {
    let line = ring();
    let mut projector = Projector::default();
    let mut place = |radius_m, way: f64| {
        let (position, forward) = on_ring(1.0, radius_m, 5.0);
        projector.place(&line, position, forward.map(|part| way * part))
    };
    assert!(place(100.0, 1.0).is_some() && place(112.0, -1.0).is_some() && place(128.0, -1.0).is_some());
    assert!(place(140.0, 1.0).is_none() && place(128.0, 1.0).is_none(), "it has to come back first");
    assert!(place(110.0, 1.0).is_some());
}

#[test]
fn where_a_track_crosses_itself_the_height_and_the_last_place_decide() {
    let line = eight();
    let crossing = [line.length_m() / 2.0, line.length_m()];
    let mut projector = Projector::default();
    let steps = 2000;
    for step in 0..steps {
        let distance_m = line.length_m() * f64::from(step) / f64::from(steps);
        let (position, ahead) = (line.place_at(distance_m), line.place_at(distance_m + 0.5));
        let forward = between(position, ahead).map(|part| 2.0 * part);
        let followed = projector.place(&line, position, forward).unwrap();
        assert!((followed.lap_distance_m - distance_m).abs() < 0.05, "{distance_m} {followed:?}");
        let found = Projector::default().place(&line, position, forward).unwrap();
        assert!((found.lap_distance_m - distance_m).abs() < 0.05, "{distance_m} {found:?}");
    }
    assert!((line.place_at(crossing[0])[2] - line.place_at(crossing[1])[2]).abs() > 5.0);
}

#[test]
fn a_position_of_numbers_that_are_none_has_no_place() {
    for value in [f64::NAN, f64::INFINITY, 1e300] {
        let mut projector = Projector { last: Some((usize::MAX, [value; 3])) };
        assert!(projector.place(&ring(), [value, 0.0, 0.0], [1.0, 0.0, 0.0]).is_none());
    }
}

proptest! {
    /// Driving forward beside the line never goes back, and no step is much longer than it was.
    #[test]
    fn driving_forward_never_goes_back(aside_m in -12.0..12.0f64, from in 0.0..1.0f64, step_m in 0.05..2.0f64) {
        let line = ring();
        let mut projector = Projector::default();
        let mut before: Option<f64> = None;
        for index in 0..400 {
            let angle_rad = TAU * from + f64::from(index) * step_m / 100.0;
            let (position, forward) = on_ring(angle_rad, 100.0 - aside_m, 5.0);
            let at_m = projector.place(&line, position, forward).unwrap().lap_distance_m;
            if let Some(before) = before {
                let moved_m = (at_m - before).rem_euclid(line.length_m());
                prop_assert!((moved_m - step_m).abs() < 0.02 * step_m + 1e-3, "{moved_m}");
            }
            before = Some(at_m);
        }
    }
}

use super::drawn_lap::{Car, FAST, Piece, SLOW, arc, drive, straight, with_line_at, zones};
use super::*;
use crate::corner::CornerKind::{Brake, Flat, Lift};
use crate::corner::Direction::{Left, Right};
use proptest::prelude::*;

fn corners_of(grid: &LapGrid) -> Vec<Corner> {
    detect_corners(grid, &zones(grid))
}

/// A hairpin, a chicane, a fast kink, a double apex and a long last corner.
fn circuit() -> Vec<Piece> {
    vec![
        straight(600.0),
        arc(150.0, -25.0),
        straight(400.0),
        arc(50.0, 30.0),
        straight(20.0),
        arc(55.0, -30.0),
        straight(350.0),
        arc(16.0, -600.0),
        straight(400.0),
        arc(70.0, -50.0),
        arc(20.0, -130.0),
        arc(60.0, -45.0),
        straight(500.0),
        arc(70.0, -80.0),
        straight(200.0),
    ]
}

fn shape(corners: &[Corner]) -> Vec<(Direction, CornerKind, Option<u32>)> {
    corners.iter().map(|corner| (corner.direction, corner.kind, corner.complex)).collect()
}

#[test]
fn finds_each_corner_once_with_its_kind_and_complex() {
    let corners = corners_of(&drive(&circuit(), FAST));
    let expected = [
        (Right, Brake, None),
        (Left, Brake, Some(1)),
        (Right, Brake, Some(1)),
        (Right, Flat, None),
        (Right, Brake, None),
        (Right, Brake, None),
    ];
    assert_eq!(shape(&corners), expected, "{corners:#?}");
    let ids: Vec<&str> = corners.iter().map(|corner| corner.id.as_str()).collect();
    assert_eq!(ids, ["T1", "T2", "T3", "T4", "T5", "T6"]);
}

#[test]
fn a_hairpin_is_bounded_at_a_fifth_of_its_peak_and_slowest_at_its_middle() {
    let hairpin = &corners_of(&drive(&circuit(), FAST))[0];
    // The arc lies from 600 m to 665 m and is eased over 20 m and smoothed over 16 m.
    assert!((585.0..600.0).contains(&hairpin.start_m), "{hairpin:?}");
    assert!((665.0..682.0).contains(&hairpin.end_m), "{hairpin:?}");
    assert!((hairpin.peak_curvature_per_m - 1.0 / 25.0).abs() < 1e-3);
    let apex_m = hairpin.apex_m.expect("curvature is known");
    assert!((600.0..=665.0).contains(&apex_m) && (600.0..=665.0).contains(&hairpin.min_speed_m));
}

#[test]
fn a_double_apex_is_one_corner_with_two_minima() {
    let corners = corners_of(&drive(&circuit(), FAST));
    let double = &corners[4];
    let second_m = double.second_min_speed_m.expect("two minima");
    assert!((double.min_speed_m - second_m).abs() > 40.0, "{double:?}");
    assert!(corners.iter().filter(|corner| corner.second_min_speed_m.is_some()).count() == 1);
}

#[test]
fn two_corners_of_one_direction_with_a_straight_between_are_two() {
    let road = |between_m| {
        let first = [straight(500.0), arc(90.0, 40.0), straight(between_m), arc(90.0, 40.0)];
        first.into_iter().chain([straight(500.0), arc(120.0, -60.0)]).collect::<Vec<Piece>>()
    };
    let apart = corners_of(&drive(&road(150.0), FAST));
    assert_eq!(shape(&apart), [(Left, Brake, None), (Left, Brake, None), (Right, Brake, None)], "{apart:#?}");
    let together = corners_of(&drive(&road(10.0), FAST));
    assert_eq!(together.len(), 2, "{together:#?}");
}

#[test]
fn the_place_of_the_line_changes_nothing_but_the_count() {
    let lap = drive(&circuit(), FAST);
    let whole = corners_of(&lap);
    for metres in (0..lap.steps()).step_by(37) {
        let moved = corners_of(&with_line_at(&lap, metres));
        assert_eq!(moved.len(), whole.len(), "line at {metres} m");
        for corner in &whole {
            let start_m = (corner.start_m - metres as f64).rem_euclid(lap.length_m);
            let twin = moved.iter().find(|other| (other.start_m - start_m).abs() < 1.5);
            let twin = twin.unwrap_or_else(|| panic!("line at {metres} m: {corner:?} in {moved:#?}"));
            assert_eq!((twin.direction, twin.kind), (corner.direction, corner.kind));
            assert_eq!(twin.complex.is_some(), corner.complex.is_some());
        }
    }
}

#[test]
fn a_corner_across_the_line_comes_last_and_ends_before_it_starts() {
    let lap = with_line_at(&drive(&circuit(), FAST), 630);
    let corners = corners_of(&lap);
    let last = corners.last().expect("corners");
    assert!(last.start_m > last.end_m, "{last:?}");
    assert_eq!(corners.iter().filter(|corner| corner.start_m > corner.end_m).count(), 1);
    assert!(corners.windows(2).all(|pair| pair[0].start_m < pair[1].start_m));
}

#[test]
fn another_car_finds_the_same_corners() {
    let (fast, slow) = (corners_of(&drive(&circuit(), FAST)), corners_of(&drive(&circuit(), SLOW)));
    let fast: Vec<&Corner> = fast.iter().filter(|corner| corner.kind != Flat).collect();
    for corner in fast {
        let twin = slow.iter().find(|other| (other.start_m - corner.start_m).abs() < 2.0);
        assert_eq!(twin.map(|twin| twin.direction), Some(corner.direction), "{corner:?}");
    }
}

#[test]
fn each_way_to_know_curvature_finds_the_same_corners() {
    let lap = drive(&circuit(), FAST);
    let by_yaw_rate = corners_of(&lap);
    let lateral = LapGrid { yaw_rate_radps: vec![], ..lap.clone() };
    let position = LapGrid { lateral_accel_mps2: vec![], ..lateral.clone() };
    let steering = LapGrid { x_m: vec![], y_m: vec![], ..position.clone() };
    for (way, grid) in [("lateral acceleration", lateral), ("position", position), ("steering", steering)] {
        let corners = corners_of(&grid);
        assert_eq!(shape(&corners), shape(&by_yaw_rate), "by {way}");
        for (corner, twin) in corners.iter().zip(&by_yaw_rate).filter(|(corner, _)| corner.kind != Flat) {
            assert!((corner.min_speed_m - twin.min_speed_m).abs() < 1.0, "by {way}: {corner:?} {twin:?}");
        }
    }
}

#[test]
fn speed_and_brake_alone_find_what_is_slow() {
    let lap = drive(&circuit(), FAST);
    let bare = LapGrid {
        throttle: vec![],
        steering_rad: vec![],
        yaw_rate_radps: vec![],
        lateral_accel_mps2: vec![],
        x_m: vec![],
        y_m: vec![],
        ..lap.clone()
    };
    let whole = corners_of(&lap);
    let corners = corners_of(&bare);
    assert!(corners.iter().all(|corner| corner.apex_m.is_none() && corner.peak_curvature_per_m == 0.0));
    for braked in whole.iter().filter(|corner| corner.kind == Brake) {
        let twin = corners.iter().find(|corner| (corner.min_speed_m - braked.min_speed_m).abs() < 1.0);
        assert_eq!(twin.map(|twin| twin.kind), Some(Brake), "{braked:?} in {corners:#?}");
    }
}

fn oval(chute_m: f64, radius_m: f64) -> Vec<Piece> {
    vec![
        straight(450.0),
        arc(90.0, radius_m),
        straight(chute_m),
        arc(90.0, radius_m),
        straight(900.0),
        arc(90.0, radius_m),
        straight(chute_m),
        arc(90.0, radius_m),
        straight(450.0),
    ]
}

#[test]
fn an_oval_has_one_corner_for_each_end_and_nobody_brakes_for_a_lift() {
    let mut lap = drive(&oval(0.0, 250.0), Car { top_mps: 68.0, ..FAST });
    lap.brake.fill(0.0);
    let corners = corners_of(&lap);
    assert_eq!(shape(&corners), [(Left, Lift, None), (Left, Lift, None)], "{corners:#?}");
    for corner in &corners {
        assert!(corner.min_speed_m > corner.start_m && corner.min_speed_m < corner.end_m);
    }
}

#[test]
fn short_chutes_do_not_make_four_corners_of_an_oval() {
    let corners = corners_of(&drive(&oval(180.0, 230.0), Car { top_mps: 75.0, ..FAST }));
    assert_eq!(corners.len(), 2, "{corners:#?}");
    assert!(corners.iter().all(|corner| corner.second_min_speed_m.is_some()), "{corners:#?}");
}

#[test]
fn an_oval_driven_flat_has_two_flat_corners() {
    let corners = corners_of(&drive(&oval(0.0, 450.0), FAST));
    assert_eq!(shape(&corners), [(Left, Flat, None), (Left, Flat, None)], "{corners:#?}");
}

#[test]
fn gear_shifts_do_not_make_a_flat_bend_a_lift() {
    let mut lap = drive(&circuit(), FAST);
    let kink = corners_of(&lap)[3].clone();
    let middle = kink.apex_m.expect("curvature is known") as usize;
    // 8 m at 70 m/s: a shift of 0.11 s.
    lap.throttle[middle..middle + 8].fill(0.0);
    assert_eq!(corners_of(&lap)[3].kind, Flat);
    lap.throttle[middle..middle + 40].fill(0.2);
    assert_eq!(corners_of(&lap)[3].kind, Lift);
}

#[test]
fn a_straight_line_an_empty_grid_and_a_standing_car_have_no_corners() {
    assert!(detect_corners(&LapGrid::default(), &[]).is_empty());
    let mut lap = drive(&[straight(1000.0)], FAST);
    assert!(corners_of(&lap).is_empty());
    lap.speed_mps.fill(0.0);
    assert!(corners_of(&lap).is_empty());
}

fn any_column(steps: usize, range: core::ops::Range<f64>) -> impl Strategy<Value = Vec<f64>> {
    let knots = proptest::collection::vec(range, 12);
    let drawn = knots.prop_map(move |knots| {
        let at = |i: usize| {
            let place = i as f64 / (steps + 1) as f64 * 11.0;
            let index = place as usize;
            knots[index] + (knots[index + 1] - knots[index]) * place.fract()
        };
        (0..=steps).map(at).collect()
    });
    prop_oneof![4 => drawn, 1 => Just(Vec::new())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("RACING_COACH_LONG").is_some() { 4000 } else { 200 }))]

    #[test]
    fn any_lap_gives_corners_in_order_that_lie_on_it_and_do_not_overlap(
        yaw_rate in any_column(700, -1.5..1.5),
        steering in any_column(700, -3.0..3.0),
        speed in any_column(700, 0.0..90.0),
        throttle in any_column(700, 0.0..1.0),
        zone in (0.0..700.0, 0.0..700.0),
    ) {
        let time_s = (0..=700).map(|i| f64::from(i) * 0.03).collect();
        let grid = LapGrid {
            length_m: 700.0, step_m: 1.0, time_s, speed_mps: speed, throttle, steering_rad: steering,
            yaw_rate_radps: yaw_rate, ..LapGrid::default()
        };
        let zone = BrakeZone {
            start_m: zone.0, end_m: zone.1, start_speed_mps: 50.0, min_speed_mps: 20.0, peak_brake: 1.0, duration_s: 1.0,
            trail_brake_m: None,
        };
        let corners = detect_corners(&grid, &[zone]);
        let on_lap = |place_m: f64| (0.0..700.0).contains(&place_m);
        for corner in &corners {
            prop_assert!(on_lap(corner.start_m) && on_lap(corner.end_m) && on_lap(corner.min_speed_m), "{corner:?}");
            prop_assert!(corner.apex_m.is_none_or(on_lap) && corner.second_min_speed_m.is_none_or(on_lap));
        }
        for pair in corners.windows(2) {
            prop_assert!(pair[0].start_m < pair[1].start_m && pair[0].end_m <= pair[1].start_m, "{pair:?}");
        }
    }
}

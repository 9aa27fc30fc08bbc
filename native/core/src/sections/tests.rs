use super::*;
use crate::corner::CornerKind;
use crate::synthetic_lap::{CornerPlan, drive, slowest_m};
use proptest::prelude::*;

const LENGTH_M: f64 = 2000.0;

fn lap(plans: &[CornerPlan]) -> (LapGrid, Vec<BrakeZone>, Vec<Corner>) {
    let (grid, zones) = drive(LENGTH_M, plans);
    let corners = plans
        .iter()
        .enumerate()
        .map(|(index, plan)| plan.corner(&format!("T{}", index + 1), slowest_m(&grid, plan)))
        .collect();
    (grid, zones, corners)
}

/// The same lap with the line moved forward by `by_m`.
fn moved_line(grid: &LapGrid, by_m: usize) -> LapGrid {
    let steps = grid.steps();
    let turn = |column: &[f64]| -> Vec<f64> {
        if column.is_empty() { Vec::new() } else { (0..=steps).map(|i| column[(i + by_m) % steps]).collect() }
    };
    let mut time_s = vec![0.0];
    for index in 0..steps {
        let place = (index + by_m) % steps;
        time_s.push(time_s[index] + grid.time_s[place + 1] - grid.time_s[place]);
    }
    LapGrid {
        length_m: grid.length_m,
        step_m: grid.step_m,
        time_s,
        speed_mps: turn(&grid.speed_mps),
        throttle: turn(&grid.throttle),
        brake: turn(&grid.brake),
        ..LapGrid::default()
    }
}

fn moved(place_m: f64, by_m: f64) -> f64 {
    (place_m - by_m).rem_euclid(LENGTH_M)
}

fn assert_covers_once(sections: &[Section]) {
    let covered: f64 = sections
        .iter()
        .map(|s| if s.end_m > s.start_m { s.end_m - s.start_m } else { s.end_m - s.start_m + LENGTH_M })
        .sum();
    assert!((covered - LENGTH_M).abs() < 1e-6, "covers {covered} m: {sections:?}");
    for pair in sections.windows(2) {
        assert_eq!(pair[0].end_m, pair[1].start_m);
    }
    let (first, last) = (&sections[0], &sections[sections.len() - 1]);
    assert_eq!(first.start_m.rem_euclid(LENGTH_M), last.end_m.rem_euclid(LENGTH_M));
}

#[test]
fn sections_run_from_the_line_to_the_line_with_cuts_at_the_reference_places() {
    let (grid, zones, corners) = lap(&[CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]);
    let sections = cut_sections(&grid, &corners, &zones);
    assert_covers_once(&sections);
    assert_eq!(sections.len(), 3);
    assert_eq!((sections[0].corner_id.as_deref(), sections[0].start_m), (None, 0.0));
    assert_eq!(sections[2].end_m, LENGTH_M);
    let first = &sections[1];
    assert_eq!(first.corner_id.as_deref(), Some("T1"));
    // The lift at 388 m comes before the brake at 390 m.
    assert!((first.start_m - (388.0 - APPROACH_M)).abs() < 3.0, "starts at {}", first.start_m);
    assert_eq!((first.turn_in_m, first.exit_m), (500.0, 600.0));
    assert_eq!(first.min_speed_m, corners[0].min_speed_m);
    assert!((first.pick_up_m - 569.1).abs() < 0.05, "10 % between 569 and 570 m: {}", first.pick_up_m);
}

#[test]
fn a_section_does_not_begin_before_the_corner_before_it_ends() {
    let mut second = CornerPlan::at(640.0, 18.0);
    (second.lift_m, second.brake_m) = (605.0, 606.0);
    let (grid, zones, corners) = lap(&[CornerPlan::at(500.0, 20.0), second]);
    let sections = cut_sections(&grid, &corners, &zones);
    assert_eq!(sections[2].start_m, 600.0);
    assert_covers_once(&sections);
}

#[test]
fn a_complex_is_one_section_and_a_flat_bend_none() {
    let (grid, zones, mut corners) =
        lap(&[CornerPlan::at(500.0, 20.0), CornerPlan::at(760.0, 25.0), CornerPlan::at(1500.0, 30.0)]);
    corners[0].complex = Some(1);
    corners[1].complex = Some(1);
    corners[2].kind = CornerKind::Flat;
    let sections = cut_sections(&grid, &corners, &zones);
    assert_eq!(sections.len(), 2);
    assert_eq!(sections[1].corner_ids, ["T1", "T2"]);
    assert_eq!((sections[1].turn_in_m, sections[1].exit_m), (500.0, 860.0));
    assert_eq!(sections[1].min_speed_m, corners[0].min_speed_m, "the slower of the two");
    assert!((sections[1].pick_up_m - 829.1).abs() < 0.05, "pick-up of the last: {}", sections[1].pick_up_m);
    assert_covers_once(&sections);
}

#[test]
fn only_a_corner_across_the_line_makes_a_section_across_it() {
    let (grid, zones, corners) = lap(&[CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]);
    let across = |by_m: f64| {
        let mut corners = corners.clone();
        for corner in &mut corners {
            corner.start_m = moved(corner.start_m, by_m);
            corner.end_m = moved(corner.end_m, by_m);
            corner.min_speed_m = moved(corner.min_speed_m, by_m);
        }
        corners.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
        let zones: Vec<BrakeZone> = zones
            .iter()
            .map(|zone| BrakeZone {
                start_m: moved(zone.start_m, by_m),
                end_m: moved(zone.end_m, by_m),
                ..*zone
            })
            .collect();
        cut_sections(&moved_line(&grid, by_m as usize), &corners, &zones)
    };
    let sections = across(550.0);
    assert_covers_once(&sections);
    let last = &sections[1];
    assert_eq!(last.corner_id.as_deref(), Some("T1"));
    assert!(last.start_m > last.end_m, "runs across the line");
    assert_eq!((last.turn_in_m, last.exit_m), (1950.0, 50.0));
    // Braking across the line alone does not move the line's cut.
    let sections = across(430.0);
    assert_covers_once(&sections);
    assert_eq!((sections[0].corner_id.as_deref(), sections[0].start_m), (Some("T1"), 0.0));
    assert_eq!(sections[1].end_m, LENGTH_M);
}

#[test]
fn without_corners_the_lap_is_one_section_and_without_points_there_is_none() {
    let (grid, _, _) = lap(&[]);
    let sections = cut_sections(&grid, &[], &[]);
    assert_eq!(sections.len(), 1);
    assert_eq!((sections[0].start_m, sections[0].end_m), (0.0, LENGTH_M));
    assert!(cut_sections(&LapGrid::default(), &[], &[]).is_empty());
}

#[test]
fn without_throttle_the_pick_up_falls_on_the_minimum_speed() {
    let (mut grid, zones, corners) = lap(&[CornerPlan::at(500.0, 20.0)]);
    grid.throttle.clear();
    let section = &cut_sections(&grid, &corners, &zones)[1];
    assert_eq!(section.pick_up_m, section.min_speed_m);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("RACING_COACH_LONG").is_some() { 2000 } else { 100 }))]

    #[test]
    fn cuts_never_run_backwards_wherever_corners_lie(
        places in prop::collection::vec((0.0..LENGTH_M, 5.0..300.0f64, -80.0..380.0f64, 0u32..4, any::<bool>()), 0..8),
    ) {
        let (grid, zones, _) = lap(&[CornerPlan::at(500.0, 20.0), CornerPlan::at(1200.0, 30.0)]);
        let mut corners: Vec<Corner> = places
            .iter()
            .map(|&(start_m, size_m, min_m, complex, flat)| {
                let mut corner = CornerPlan::at(start_m, 20.0).corner(&format!("{start_m}"), moved(start_m + min_m, 0.0));
                corner.end_m = moved(start_m + size_m, 0.0);
                corner.complex = (complex > 0).then_some(complex);
                corner.kind = if flat { CornerKind::Flat } else { CornerKind::Lift };
                corner
            })
            .collect();
        corners.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
        let sections = cut_sections(&grid, &corners, &zones);
        assert_covers_once(&sections);
        for s in &sections {
            let mut at_m = s.start_m;
            for place_m in [s.turn_in_m, s.min_speed_m, s.pick_up_m, s.exit_m, s.end_m] {
                at_m = if place_m < at_m - 1e-9 { place_m + LENGTH_M } else { place_m };
                prop_assert!(at_m <= s.start_m + LENGTH_M + 1e-6, "{s:?}");
            }
        }
    }
}

#[test]
fn a_first_corner_inside_the_section_across_the_line_is_coached_with_it() {
    let (grid, zones, _) = lap(&[CornerPlan::at(500.0, 20.0)]);
    let corner = |id: &str, start_m: f64, end_m: f64| {
        let mut corner = CornerPlan::at(start_m, 20.0).corner(id, end_m);
        corner.end_m = end_m;
        corner.kind = CornerKind::Lift;
        corner
    };
    let corners = [
        corner("T1", 50.0, 80.0),
        corner("T2", 90.0, 300.0),
        corner("T3", 1000.0, 1200.0),
        corner("T4", 1700.0, 100.0),
    ];
    let sections = cut_sections(&grid, &corners, &zones);
    assert_covers_once(&sections);
    let last = &sections[sections.len() - 1];
    assert_eq!(
        (last.start_m > last.end_m, last.corner_ids.clone()),
        (true, vec!["T4".to_owned(), "T1".to_owned()])
    );
}

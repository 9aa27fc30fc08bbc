//! Tests of lines that are recognised, mistaken and learned.

use super::*;
use std::f64::consts::TAU;

const RADIUS_M: f64 = 300.0;
const LAP_M: f64 = TAU * RADIUS_M;
const STEP_M: f64 = 1.0;

/// Drives round a ring whose radius may differ along the way, from 500 m before a line to the end of some laps.
fn drive(road: &mut Road, laps: f64, radius_at: &dyn Fn(f64) -> f64) -> Vec<Placed> {
    let rows = ((laps * LAP_M + 500.0) / STEP_M) as usize;
    let place = |way_m: f64| {
        let (sine, cosine) = libm::sincos(way_m / RADIUS_M);
        let radius_m = radius_at(way_m.rem_euclid(LAP_M));
        [radius_m * cosine, radius_m * sine, 1.0]
    };
    let row = |row: usize| {
        let way_m = LAP_M - 500.0 + row as f64 * STEP_M;
        let (position_m, ahead) = (place(way_m), place(way_m + 0.1));
        let forward = crate::gt7::vector::level_direction(between(position_m, ahead)).unwrap();
        let lap = Some((way_m / LAP_M) as i16);
        RoadRow { position_m, forward, speed_mps: 60.0 * STEP_M, lap, last_lap_ms: None, missing: 0 }
    };
    (0..rows).map(|index| road.step(&row(index))).collect()
}

/// The ring with a bulge that rises and falls evenly.
fn bulged(from_m: f64, to_m: f64, bulge_m: f64) -> impl Fn(f64) -> f64 {
    move |way_m| {
        let part = ((way_m - from_m) / (to_m - from_m)).clamp(0.0, 1.0);
        RADIUS_M + bulge_m * (1.0 - libm::cos(TAU * part)) / 2.0
    }
}

fn learned(radius_at: &dyn Fn(f64) -> f64) -> Line {
    let mut road = Road::default();
    drive(&mut road, 1.2, radius_at);
    road.take_learned().cloned().expect("a lap teaches a line")
}

#[test]
fn a_known_track_driven_wide_is_that_track() {
    let line = learned(&|_| RADIUS_M);
    let mut road = Road::new(vec![line.clone()]);
    let placed = drive(&mut road, 3.2, &bulged(600.0, 1200.0, 12.0));
    assert!(road.take_learned().is_none() && road.line() == Some(&line));
    assert_eq!(placed.iter().filter(|placed| placed.changed).count(), 1);
    assert!(placed[400..].iter().all(|placed| placed.foot.is_some()));
}

#[test]
fn a_layout_that_shares_the_start_gets_a_line_of_its_own_after_a_lap() {
    let other = bulged(700.0, 1500.0, 150.0);
    for (known, driven) in
        [(&(|_| RADIUS_M) as &dyn Fn(f64) -> f64, &other as &dyn Fn(f64) -> f64), (&other, &|_| RADIUS_M)]
    {
        let line = learned(known);
        let mut road = Road::new(vec![line.clone()]);
        let placed = drive(&mut road, 3.2, driven);
        let own = road.take_learned().cloned().expect("another layout");
        assert_ne!(own.id, line.id);
        let changes: Vec<usize> = (0..placed.len()).filter(|row| placed[*row].changed).collect();
        let after_lap = (500.0 + LAP_M) as usize;
        assert_eq!(changes.len(), 2, "recognised, then known better");
        assert!((after_lap - 2..after_lap + 3).contains(&changes[1]), "{changes:?}");
        assert!(placed[after_lap + 2..].iter().all(|placed| placed.foot.is_some()));
    }
}

#[test]
fn a_chicane_within_the_roads_width_is_another_layout() {
    let line = learned(&|_| RADIUS_M);
    let mut road = Road::new(vec![line]);
    drive(&mut road, 2.2, &bulged(900.0, 924.0, 13.0));
    assert!(road.take_learned().is_some());
}

#[test]
fn a_line_that_does_not_begin_where_the_counter_changes_is_dropped() {
    let mut points = learned(&|_| RADIUS_M).points().to_vec();
    points.rotate_left(300);
    let mut road = Road::new(vec![Line::new("elsewhere", "", &points).unwrap()]);
    drive(&mut road, 3.2, &|_| RADIUS_M);
    assert!(road.line().is_some_and(|line| line.id != "elsewhere") && road.take_learned().is_some());
}

fn raised(line: &Line, by_m: f64) -> Line {
    let mut points = line.points().to_vec();
    points.iter_mut().for_each(|point| point[2] += by_m);
    Line::new(&line.id, "", &points).unwrap()
}

#[test]
fn lines_of_one_id_are_told_apart() {
    let line = learned(&|_| RADIUS_M);
    let mut road = Road::new(vec![line.clone()]);
    let kept = road.keep(raised(&line, 30.0)).unwrap();
    assert_eq!(road.lines[kept].id, format!("{}-2", line.id));
    assert_eq!(road.keep(line), Some(0));
}

#[test]
fn a_line_that_is_told_is_the_only_one_and_stays_until_another_is_told() {
    let line = learned(&|_| RADIUS_M);
    let mut road = Road::default();
    assert!(road.adopt(line.clone()) && !road.adopt(line.clone()));
    for raise in (1..50).rev() {
        assert!(road.adopt(raised(&line, f64::from(raise))));
    }
    assert_eq!(road.lines.len(), 1);
    drive(&mut road, 2.4, &|_| RADIUS_M + 10.0);
    assert!(road.lines.len() == 1 && road.take_learned().is_none());
    road.find_out();
    drive(&mut road, 2.4, &bulged(200.0, 1200.0, 60.0));
    assert!(road.take_learned().is_some());
}

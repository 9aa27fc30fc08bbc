//! Tests of learning a line.

use super::*;
use crate::gt7::line::Line;
use crate::gt7::projection::Projector;
use std::f64::consts::TAU;

const RADIUS_M: f64 = 200.0;
const STEP: f64 = 0.9;

/// Drives round a ring; the line lies at angle 0 and the radius may change.
fn drive(from_m: f64, to_m: f64, radius_at: impl Fn(f64) -> f64) -> Vec<DrivenRow> {
    let rows = ((to_m - from_m) / STEP) as usize;
    let at = |row: usize| {
        let way_m = from_m + row as f64 * STEP;
        let (sine, cosine) = libm::sincos(way_m / RADIUS_M);
        let radius_m = radius_at(way_m);
        let lap = (way_m / (TAU * RADIUS_M)).floor() as i16;
        let position_m = [radius_m * cosine, radius_m * sine, 2.0];
        DrivenRow { position_m, lap, speed_mps: 60.0 * STEP, missing: 0, jumped: false }
    };
    (0..rows).map(at).collect()
}

fn lines(rows: &[DrivenRow]) -> Vec<Vec<Vector>> {
    let mut builder = Builder::default();
    rows.iter().filter_map(|row| builder.step(row)).collect()
}

#[test]
fn a_lap_from_line_to_line_gives_one_and_the_line_is_where_the_counter_changed() {
    let lap_m = TAU * RADIUS_M;
    let rows = drive(lap_m - 300.0, 3.2 * lap_m, |_| RADIUS_M);
    let learned = lines(&rows);
    assert_eq!(learned.len(), 2);
    let line = Line::new("r", "", &learned[0]).unwrap();
    assert!((line.length_m() / lap_m - 1.0).abs() < 1e-3, "{}", line.length_m());
    let mut projector = Projector::default();
    let mut before: Option<(f64, i16)> = None;
    for row in &rows {
        let (sine, cosine) = (row.position_m[1] / RADIUS_M, row.position_m[0] / RADIUS_M);
        let at_m = projector.place(&line, row.position_m, [-sine, cosine, 0.0]).unwrap().lap_distance_m;
        if let Some((before_m, lap)) = before {
            let wrapped = at_m < before_m;
            let near_m = at_m.min(line.length_m() - at_m);
            assert!(wrapped == (row.lap != lap) || near_m < STEP, "{before_m} {at_m}");
        }
        before = Some((at_m, row.lap));
    }
}

#[test]
fn ends_that_lie_apart_across_the_road_are_joined() {
    let lap_m = TAU * RADIUS_M;
    let learned = lines(&drive(lap_m - 100.0, 2.1 * lap_m, |way_m| RADIUS_M + 8.0 * (way_m / lap_m - 1.5)));
    let line = Line::new("r", "", &learned[0]).unwrap();
    let (start, end) = (line.place_at(0.0), line.place_at(-0.5));
    assert!(level_length(between(start, end)) < 0.6);
}

#[test]
fn a_lap_that_begins_on_the_grid_gives_none() {
    let lap_m = TAU * RADIUS_M;
    // The counter goes to 1 some 80 m before the line, and to 2 at the line.
    let mut rows = drive(2.0 * lap_m - 120.0, 3.1 * lap_m, |_| RADIUS_M);
    for (index, row) in rows.iter_mut().enumerate() {
        row.lap = match row.lap {
            1 if index < 44 => 0,
            1 | 2 => 1,
            _ => 2,
        };
    }
    assert!(lines(&rows).is_empty());
}

#[test]
fn what_is_not_one_drive_gives_none() {
    let lap_m = TAU * RADIUS_M;
    let whole = drive(lap_m - 100.0, 2.1 * lap_m, |_| RADIUS_M);
    assert_eq!(lines(&whole).len(), 1);
    let spoilt = |change: fn(&mut DrivenRow)| {
        let mut rows = whole.clone();
        change(&mut rows[700]);
        lines(&rows).len()
    };
    assert_eq!(spoilt(|row| row.jumped = true), 0);
    assert_eq!(spoilt(|row| row.missing = 30), 0);
    assert_eq!(spoilt(|row| row.speed_mps = 0.0), 0);
    assert_eq!(spoilt(|row| row.lap = 9), 0);
    assert_eq!(spoilt(|row| row.missing = 4), 1);
    let mut back = whole.clone();
    back[600..800].reverse();
    assert_eq!(lines(&back).len(), 0);
}

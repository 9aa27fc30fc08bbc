//! The board as it follows a coach: laps, consistency and corners of known drives, news only when there is some, and no allocation.

mod coach_track;
mod counting_allocator;

use coach_track::{CORNERS, Drive, LENGTH_M, Profile, reference};
use counting_allocator::calls_during;
use racing_coach_core::Sample;
use racing_coach_core::board::{
    Beside, Board, CarEntry, CarState, CarStates, Field, News, RawTyre, RawTyres,
};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_core::reference::ReferenceLap;
use std::sync::Arc;

/// A source that tells a full field and tyres that never change.
struct Full {
    lap: f64,
    fraction: f64,
}

impl Beside for Full {
    fn cars(&self, states: &mut CarStates) -> bool {
        states.own = Some(0);
        for (index, car) in states.cars.iter_mut().enumerate() {
            let laps = self.lap + self.fraction + (0.011 + 0.002 * self.fraction) * index as f64;
            *car = CarState {
                lap: laps.floor() as i32,
                lap_fraction: laps.fract(),
                estimated_time_s: laps.fract() * 80.0,
                class_position: index as i32 + 1,
                on_pit_road: false,
                track_surface: 3,
            };
        }
        true
    }

    fn tyres(&self) -> Option<RawTyres> {
        let tyre = RawTyre { temperatures_c: [60.0; 3], wear: [1.0; 3], cold_pressure_kpa: 165.0 };
        Some([tyre; 4])
    }
}

struct Silent;

impl Beside for Silent {
    fn cars(&self, _: &mut CarStates) -> bool {
        false
    }
    fn tyres(&self) -> Option<RawTyres> {
        None
    }
}

fn field() -> Field {
    let car = |index| CarEntry { index, number: "1".into(), class_lap_s: 80.0, ..CarEntry::default() };
    Field::new((0..64).map(car).collect())
}

/// Drives laps whose corners are driven as given, one list of slowest speeds for each.
fn drive(laps: &[[f64; 4]]) -> Drive {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    for speeds in laps {
        let corners: Vec<(f64, f64)> = CORNERS.iter().zip(speeds).map(|((m, _), v)| (*m, *v)).collect();
        drive.add(&Profile::new(&corners));
    }
    for row in &mut drive.rows {
        row.fuel_l = 50.0 - 0.0005 * row.index as f64;
    }
    drive
}

/// Shows all rows to a coach and its board.
fn follow(
    rows: &[Sample],
    reference: Option<Arc<ReferenceLap>>,
    mut each: impl FnMut(&Board, News),
) -> Board {
    let mut coach = Coach::new(CoachConfig::new(60.0), reference);
    let mut board = Board::new(60.0);
    let mut events = Events::new();
    for row in rows {
        events.clear();
        let snapshot = *coach.step(row, &mut events);
        let news = board.row(row, &snapshot, &events, &Silent);
        each(&board, news);
    }
    events.clear();
    let snapshot = *coach.step(&rows[rows.len() - 1], &mut events);
    coach.finish(&mut events);
    let news = board.row(&rows[rows.len() - 1], &snapshot, &events, &Silent);
    each(&board, news);
    board
}

const BEST: [f64; 4] = [25.0, 35.0, 54.0, 30.0];

#[test]
fn rows_are_followed_without_allocating() {
    let drive = drive(&[BEST; 4]);
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let mut board = Board::new(60.0);
    board.set_field(&field(), true);
    let mut events = Events::new();
    let mut relative = 0;
    for (at, row) in drive.rows.iter().enumerate() {
        events.clear();
        let snapshot = *coach.step(row, &mut events);
        let full = Full { lap: row.lap, fraction: row.lap_fraction };
        let mut news = News::default();
        let calls = calls_during(|| news = board.row(row, &snapshot, &events, &full));
        assert_eq!(calls, 0, "row {at}");
        relative += u32::from(news.relative);
    }
    assert!(relative > 4, "cars were shown: {relative}");
    assert_eq!(board.relative().unwrap().lines().count(), 14);
    assert_eq!(board.laps().listed().filter(|lap| lap.clean).count(), 3);
    assert!(calls_during(|| drop(std::hint::black_box(vec![1]))) >= 2, "the counter counts");
}

#[test]
fn news_come_no_more_often_than_they_may_and_only_when_something_changed() {
    let drive = drive(&[BEST; 2]);
    let (mut fuel, mut rows) = (0, 0);
    let mut last = None;
    follow(&drive.rows, None, |board, news| {
        rows += 1;
        if news.fuel {
            fuel += 1;
            assert_ne!(board.fuel().copied(), last);
            last = board.fuel().copied();
        }
        assert!(!news.tyres || rows == 1, "there is nothing to tell but that nothing is told");
    });
    let seconds = drive.rows.len() / 60 + 2;
    assert!((seconds - 5..=seconds).contains(&fuel), "{fuel} in {seconds} s");
}

#[test]
fn laps_are_listed_with_the_best_and_the_spread_of_the_clean_ones() {
    let mut drive = drive(&[BEST, [25.0, 33.0, 54.0, 30.0], [25.0, 37.0, 54.0, 30.0], BEST, BEST]);
    // The third lap leaves the track.
    let third = drive.rows.iter().position(|row| row.lap == 3.0 && row.lap_distance_m > 700.0).unwrap();
    drive.rows[third..third + 30].iter_mut().for_each(|row| row.track_surface = 0.0);
    let board = follow(&drive.rows, Some(reference(true)), |_, _| {});
    let laps: Vec<_> = board.laps().listed().copied().collect();
    let complete: Vec<_> = laps.iter().filter(|lap| lap.complete).collect();
    assert_eq!(complete.iter().map(|lap| lap.id.lap).collect::<Vec<_>>(), [1, 2, 3, 4, 5][..complete.len()]);
    assert!(complete.len() >= 4);
    assert_eq!(complete.iter().map(|lap| lap.clean).collect::<Vec<_>>()[..4], [true, true, false, true]);
    let clean_s: Vec<f64> =
        complete.iter().filter(|lap| lap.clean).map(|lap| lap.lap_time_s.unwrap()).collect();
    let mean_s = clean_s.iter().sum::<f64>() / clean_s.len() as f64;
    let variance =
        clean_s.iter().map(|t| (t - mean_s) * (t - mean_s)).sum::<f64>() / (clean_s.len() - 1) as f64;
    let best_s = clean_s.iter().copied().fold(f64::INFINITY, f64::min);
    let consistency = board.laps().consistency.expect("three clean laps");
    assert_eq!(consistency.laps as usize, clean_s.len());
    assert!((consistency.spread_s - variance.sqrt()).abs() < 1e-9);
    assert!((consistency.mean_to_best_s - (mean_s - best_s)).abs() < 1e-9);
    let (corner, spread_s) = consistency.loosest.expect("corners against a reference");
    assert_eq!(corner, 1, "the second corner was driven at different speeds");
    assert!(spread_s > 0.05, "{spread_s}");
    let document = serde_json::to_value(board.laps().document(|_| Some("T2"))).unwrap();
    let listed = document["laps"].as_array().unwrap();
    let best: Vec<_> = listed.iter().filter(|lap| lap["best"] == true).collect();
    assert_eq!(best.len(), 1);
    // The lap that left the track counts for the sim and was the fastest.
    assert_eq!((&best[0]["lap"], &best[0]["toBestS"]), (&serde_json::json!(3), &serde_json::json!(0.0)));
    assert_eq!(document["consistency"]["loosest"]["cornerId"], "T2");
}

#[test]
fn the_corners_of_the_running_lap_and_of_no_other() {
    let drive = drive(&[BEST, [22.0, 35.0, 54.0, 30.0], BEST]);
    let mut full = Vec::new();
    follow(&drive.rows, Some(reference(true)), |board, news| {
        let corners = board.corners();
        let known: Vec<Option<f64>> = (0..4).map(|corner| corners.passes.delta_s(corner)).collect();
        if news.corners && known.iter().flatten().count() == 1 {
            full.push((corners.id.lap, known));
        }
    });
    // One corner alone is known after the first one of each lap, never what the lap before cost.
    let first: Vec<(i32, bool)> = full.iter().map(|(lap, known)| (*lap, known[0].is_some())).collect();
    assert_eq!(first, [(1, true), (2, true), (3, true)]);
    assert!(full[1].1[0].unwrap() > 0.1, "{full:?}");
    assert!(full[2].1[0].unwrap().abs() < 0.05, "{full:?}");
}

#[test]
fn another_session_and_another_reference_begin_anew() {
    let drive = drive(&[BEST; 5]);
    let mut board = follow(&drive.rows, Some(reference(true)), |_, _| {});
    assert!(board.laps().consistency.is_some_and(|all| all.loosest.is_some()));
    board.set_reference();
    assert!(board.laps().consistency.is_some_and(|all| all.loosest.is_none() && all.laps >= 3));
    board.begin_session();
    assert_eq!((board.laps().listed().count(), board.laps().consistency), (0, None));
    assert!(board.fuel().is_some_and(|fuel| fuel.laps_counted > 0), "the car drinks as before");
    let snapshot = racing_coach_core::sample::Snapshot::EMPTY;
    let row = Sample { index: 1_000_000, ..Sample::EMPTY };
    let news = board.row(&row, &snapshot, &Events::new(), &Silent);
    assert!(news.laps && news.corners);
}

/// Tyres that the car was given, or that came off it at a stop.
struct Worn(f64);

impl Beside for Worn {
    fn cars(&self, _: &mut CarStates) -> bool {
        false
    }
    fn tyres(&self) -> Option<RawTyres> {
        let tyre = RawTyre { temperatures_c: [60.0; 3], wear: [self.0; 3], cold_pressure_kpa: 165.0 };
        Some([tyre; 4])
    }
}

/// A row some seconds after the last one.
fn later(board: &mut Board, second: u64, fuel_l: f64, beside: &dyn Beside) -> News {
    let row = Sample { index: 1_000_000 + 60 * second, fuel_l, ..Sample::EMPTY };
    let snapshot =
        racing_coach_core::sample::Snapshot { lap: 7, ..racing_coach_core::sample::Snapshot::EMPTY };
    board.row(&row, &snapshot, &Events::new(), beside)
}

#[test]
fn tyres_of_another_session_were_at_no_stop_and_those_before_are_forgotten() {
    let mut board = Board::new(60.0);
    later(&mut board, 0, f64::NAN, &Worn(1.0));
    later(&mut board, 1, f64::NAN, &Worn(0.8));
    assert_eq!(board.tyres().unwrap().stop_lap, Some(7));
    board.begin_session();
    assert!(
        later(&mut board, 2, f64::NAN, &Silent).tyres && board.tyres().is_none(),
        "nothing is told of them"
    );
    assert!(later(&mut board, 3, f64::NAN, &Worn(1.0)).tyres);
    assert_eq!(board.tyres().unwrap().stop_lap, None);
}

#[test]
fn a_sim_that_went_away_leaves_no_fuel_behind_and_is_told_so_once() {
    let mut board = Board::new(60.0);
    later(&mut board, 0, 42.0, &Silent);
    assert_eq!(board.fuel().unwrap().level_l, Some(42.0));
    assert!(board.interrupt().fuel);
    assert_eq!(board.fuel().copied(), Some(racing_coach_core::board::Fuel::default()));
    assert!(!board.interrupt().fuel);
    assert!(later(&mut board, 0, 42.0, &Silent).fuel, "it is back within the same second");
    assert_eq!(board.fuel().unwrap().level_l, Some(42.0));
}

#[test]
fn the_map_is_closed_and_as_long_as_the_lap() {
    use racing_coach_core::board::TrackMap;
    use racing_coach_core::grid::{LapGrid, Positions};
    let turn = |m: f64| 2.0 * std::f64::consts::PI * m / LENGTH_M;
    let radius_m = LENGTH_M / (2.0 * std::f64::consts::PI);
    let places = || (0..=LENGTH_M as usize).map(|m| m as f64);
    let grid = LapGrid {
        length_m: LENGTH_M,
        step_m: 1.0,
        time_s: places().collect(),
        // A circle that ends three metres beside its beginning.
        x_m: places().map(|m| 500.0 + radius_m * libm::sin(turn(m)) + 3.0 * m / LENGTH_M).collect(),
        y_m: places().map(|m| radius_m * libm::cos(turn(m))).collect(),
        positions: Positions::Reckoned,
        ..LapGrid::default()
    };
    let map = TrackMap::of(&grid).expect("positions");
    assert_eq!((map.east_m.len(), map.east_m[0], map.north_m[0]), (1000, 0.0, 0.0));
    let point = |at: usize| (map.east_m[at % 1000], map.north_m[at % 1000]);
    let steps = (0..1000).map(|at| {
        let ((a, b), (c, d)) = (point(at), point(at + 1));
        libm::hypot(c - a, d - b)
    });
    assert!(steps.clone().all(|step_m| (step_m - 3.0).abs() < 0.05), "the seam is as long as any other step");
    assert_eq!(serde_json::to_value(&map).unwrap()["origin"], "dead-reckoning");
    assert!(TrackMap::of(&LapGrid { x_m: vec![], ..grid.clone() }).is_none());
    assert!(TrackMap::of(&LapGrid { positions: Positions::Unknown, ..grid }).is_none());
}

#[test]
fn gravity_is_taken_out_where_the_lean_is_known() {
    let leaning = Sample {
        lateral_accel_mps2: 9.0,
        longitudinal_accel_mps2: -1.0,
        roll_rad: 0.1,
        pitch_rad: 0.05,
        ..Sample::EMPTY
    };
    assert!((leaning.own_lateral_accel_mps2() - (9.0 - 9.80665 * libm::sin(0.1))).abs() < 1e-12);
    assert!((leaning.own_longitudinal_accel_mps2() - (-1.0 + 9.80665 * libm::sin(0.05))).abs() < 1e-12);
    let level = Sample { roll_rad: f64::NAN, ..leaning };
    assert_eq!(level.own_lateral_accel_mps2(), 9.0);
    assert!(Sample::EMPTY.own_lateral_accel_mps2().is_nan());
}

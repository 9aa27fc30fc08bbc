//! The cars around, against a field whose cars are known to drive evenly.

use proptest::prelude::*;
use racing_coach_core::board::{
    CarEntry, CarState, CarStates, Field, MOST_EACH_WAY, Relative, RelativeBoard,
};

const LAP_S: f64 = 90.0;
const OWN: usize = 3;

/// A car by its laps driven, of a class with this usual lap time, driving slowly on the first half of the lap as every car does.
#[derive(Debug, Clone, Copy)]
struct Driven {
    laps: f64,
    class_lap_s: f64,
}

/// Share of the lap's time that has passed at a fraction of it: the first half takes two thirds.
fn share_at(fraction: f64) -> f64 {
    if fraction < 0.5 { fraction * 4.0 / 3.0 } else { 2.0 / 3.0 + (fraction - 0.5) * 2.0 / 3.0 }
}

fn fraction_at(share: f64) -> f64 {
    if share < 2.0 / 3.0 { share * 0.75 } else { 0.5 + (share - 2.0 / 3.0) * 1.5 }
}

/// `laps` are laps of time.
fn state(car: Driven) -> CarState {
    let fraction = fraction_at(car.laps.rem_euclid(1.0));
    CarState {
        lap: car.laps.floor() as i32,
        lap_fraction: fraction,
        estimated_time_s: share_at(fraction) * car.class_lap_s,
        class_position: 1,
        on_pit_road: false,
        track_surface: 3,
    }
}

fn entry(index: usize, class_lap_s: f64) -> CarEntry {
    CarEntry {
        index,
        number: index.to_string(),
        class_id: class_lap_s as i64,
        class_lap_s,
        ..CarEntry::default()
    }
}

fn field(cars: &[(usize, Driven)]) -> (CarStates, Field) {
    let mut states = CarStates { own: Some(OWN), ..CarStates::NOBODY };
    for (index, car) in cars {
        states.cars[*index] = state(*car);
    }
    (states, Field::new(cars.iter().map(|(index, car)| entry(*index, car.class_lap_s)).collect()))
}

fn own(laps: f64) -> (usize, Driven) {
    (OWN, Driven { laps, class_lap_s: LAP_S })
}

fn look(cars: &[(usize, Driven)]) -> Relative {
    let (states, field) = field(cars);
    RelativeBoard::default().step(&states, &field, 0.0, true)
}

fn gaps(relative: &Relative) -> Vec<(usize, f64, i32)> {
    relative.lines().map(|line| (line.index, line.gap_s, line.laps_ahead)).collect()
}

#[test]
fn gaps_are_times_at_our_pace_over_the_line_and_with_laps() {
    let same = |index, laps| (index, Driven { laps, class_lap_s: LAP_S });
    let cars = [own(5.98), same(0, 6.03), same(1, 5.9), same(2, 8.02), same(4, 4.95)];
    let expected = [(0, 4.5, 0), (2, 3.6, 2), (4, -2.7, -1), (1, -7.2, 0)];
    assert_eq!(gaps(&look(&cars)), expected);
}

#[test]
fn another_classs_times_are_scaled() {
    let faster = Driven { laps: 5.4, class_lap_s: 60.0 };
    // A tenth of a lap behind us is a tenth of our lap, whatever that car needs for it.
    assert_eq!(gaps(&look(&[own(5.5), (7, faster)])), [(7, -9.0, 0)]);
}

#[test]
fn who_is_not_on_the_track_or_not_listed_is_not_shown() {
    let car = Driven { laps: 5.51, class_lap_s: LAP_S };
    let (mut states, field) = field(&[own(5.5), (0, car), (1, car), (2, car)]);
    states.cars[0].track_surface = -1;
    states.cars[1].lap_fraction = -1.0;
    states.cars[2].on_pit_road = true;
    states.cars[9] = state(car);
    let relative = RelativeBoard::default().step(&states, &field, 0.0, false);
    let lines: Vec<_> = relative.lines().map(|line| (line.index, line.in_pits)).collect();
    assert_eq!(lines, [(2, true)]);
    states.own = None;
    assert_eq!(RelativeBoard::default().step(&states, &field, 0.0, false), Relative::default());
}

#[test]
fn without_the_sims_times_the_share_of_the_lap_stands_for_them() {
    let (mut states, field) = field(&[own(5.1), (0, Driven { laps: 5.2, class_lap_s: LAP_S })]);
    for car in &mut states.cars {
        car.estimated_time_s = 0.0;
    }
    let relative = RelativeBoard::default().step(&states, &field, 0.0, true);
    assert_eq!(gaps(&relative), [(0, 6.8, 0)]);
}

#[test]
fn a_faster_class_that_closes_in_arrives_when_it_does() {
    let mut board = RelativeBoard::default();
    let mut said = Vec::new();
    for quarter in 0..120 {
        let time_s = f64::from(quarter) / 4.0;
        let ours = own(5.5 + time_s / LAP_S);
        let theirs = Driven { laps: 5.4 + time_s / 75.0, class_lap_s: 75.0 };
        let slow = Driven { laps: 5.45 + time_s / 80.0, class_lap_s: LAP_S };
        let (states, field) = field(&[ours, (0, theirs), (1, slow)]);
        let relative = board.step(&states, &field, time_s, true);
        let line = |index| relative.lines().find(|line| line.index == index).copied().unwrap();
        said.push((time_s, line(0).arrives_in_s));
        assert_eq!(line(1).arrives_in_s, None, "our own class does not lap us by right");
    }
    assert!(
        said[..4].iter().all(|(_, arrives)| arrives.is_none()),
        "nothing is said before a second was seen"
    );
    // 9 s behind, and 0.2 s of every second are gained: it is here after 45 s.
    for (time_s, arrives_in_s) in &said[8..] {
        let arrives_in_s = arrives_in_s.unwrap_or_else(|| panic!("nothing at {time_s} s"));
        assert!((arrives_in_s - (45.0 - time_s)).abs() <= 1.0, "{arrives_in_s} at {time_s} s");
    }
}

#[test]
fn counters_that_change_a_row_early_make_no_lap() {
    let mut board = RelativeBoard::default();
    let (mut states, field) = field(&[own(5.98), (0, Driven { laps: 5.999, class_lap_s: LAP_S })]);
    board.step(&states, &field, 0.0, true);
    states.cars[0].lap = 6;
    let relative = board.step(&states, &field, 0.25, true);
    assert_eq!(gaps(&relative)[0].2, 0);
    let relative = board.step(&states, &field, 0.5, true);
    assert_eq!(gaps(&relative)[0].2, 1);
}

proptest! {
    /// Everybody within half a lap of ours is listed in order, the nearest seven each way, with the true gap.
    #[test]
    fn the_nearest_seven_each_way_in_order(
        ours in 2.0_f64..9.0,
        others in prop::collection::vec((0.0_f64..9.0, 60.0_f64..100.0), 0..60),
    ) {
        let indices = (0..64).filter(|index| *index != OWN);
        let cars: Vec<(usize, Driven)> = indices
            .zip(others)
            .map(|(index, (laps, class_lap_s))| (index, Driven { laps, class_lap_s }))
            .chain([own(ours)])
            .collect();
        let relative = look(&cars);
        let lines = gaps(&relative);
        prop_assert!(lines.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        prop_assert!(lines.iter().filter(|line| line.1 > 0.05).count() <= MOST_EACH_WAY);
        prop_assert!(lines.len() <= 2 * MOST_EACH_WAY);
        prop_assert!(lines.len() >= (cars.len() - 1).min(MOST_EACH_WAY));
        for (index, gap_s, laps_ahead) in lines {
            let car = cars.iter().find(|car| car.0 == index).unwrap().1;
            // Up to whole laps the gap is the difference in laps of time.
            let apart_s = (car.laps - ours) * LAP_S;
            let off = (gap_s + f64::from(laps_ahead) * LAP_S - apart_s).abs();
            prop_assert!(off < 0.051, "{} s of {} s and {} laps", gap_s, apart_s, laps_ahead);
        }
    }

    #[test]
    fn garbage_makes_no_panic_and_no_number_that_is_none(
        cars in prop::collection::vec((
            any::<i32>(), any::<f64>(), any::<f64>(), any::<i32>(), any::<f64>(),
        ), 64),
        own in prop::option::of(0_usize..70),
        clocks in prop::collection::vec(any::<f64>(), 1..5),
    ) {
        let mut states = CarStates { own, ..CarStates::NOBODY };
        for (state, (lap, lap_fraction, estimated_time_s, class_position, _)) in states.cars.iter_mut().zip(&cars) {
            let (lap, lap_fraction, estimated_time_s) = (*lap, *lap_fraction, *estimated_time_s);
            let class_position = *class_position;
            *state = CarState { lap, lap_fraction, estimated_time_s, class_position, on_pit_road: false, track_surface: 3 };
        }
        let entries = cars.iter().enumerate().map(|(index, car)| entry(index * 2, car.4)).collect();
        let (field, mut board) = (Field::new(entries), RelativeBoard::default());
        for clock_s in clocks {
            for line in board.step(&states, &field, clock_s, true).lines() {
                prop_assert!(line.gap_s.is_finite());
                prop_assert!(line.arrives_in_s.is_none_or(f64::is_finite));
            }
        }
    }
}

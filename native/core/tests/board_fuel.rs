//! Fuel from a driver's own laps, against tanks whose use is known.

use proptest::prelude::*;
use racing_coach_core::board::{Fuel, FuelBook};
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::{Reason, Sample};

const PACE_S: f64 = 90.0;

fn row(fuel_l: f64) -> Sample {
    Sample { fuel_l, is_on_track: 1.0, lap: 1.0, session_state: 4.0, speed_mps: 50.0, ..Sample::EMPTY }
}

fn lap(time_s: f64, reasons: &[Reason]) -> Lap {
    Lap {
        id: LapId::default(),
        start_sample: 0,
        end_sample: 5400,
        start_row: Some(0.0),
        end_row: Some(5400.0),
        official_time_s: None,
        own_time_s: Some(time_s),
        reasons: reasons.iter().copied().collect(),
        spoils: Spoils::EMPTY,
    }
}

/// Drives a lap that takes so many litres and ends at the line.
fn drive(book: &mut FuelBook, level_l: &mut f64, used_l: f64, reasons: &[Reason]) {
    for _ in 0..100 {
        *level_l -= used_l / 100.0;
        book.row(&row(*level_l));
    }
    book.line(&lap(PACE_S, reasons));
}

/// A book at the line with a full tank.
fn begun(level_l: f64) -> FuelBook {
    let mut book = FuelBook::default();
    book.row(&row(level_l));
    book.line(&Lap { own_time_s: None, ..lap(0.0, &[Reason::OutLap]) });
    book
}

fn now(book: &FuelBook, level_l: f64, share: f64) -> Fuel {
    book.now(&row(level_l), share, true)
}

#[test]
fn nothing_is_guessed_before_the_first_lap() {
    let fuel = now(&begun(40.0), 40.0, 0.5);
    assert_eq!((fuel.level_l, fuel.per_lap_l, fuel.laps_counted), (Some(40.0), None, 0));
    assert_eq!((fuel.laps_left, fuel.laps_to_flag, fuel.margin_laps), (None, None, None));
}

#[test]
fn laps_that_say_nothing_do_not_count() {
    let spoilt =
        [Reason::OutLap, Reason::InLap, Reason::PitLane, Reason::Tow, Reason::Reset, Reason::Caution];
    for reason in spoilt.into_iter().chain([Reason::StartsMidLap, Reason::EndsMidLap, Reason::GridStart]) {
        let mut level_l = 60.0;
        let mut book = begun(level_l);
        drive(&mut book, &mut level_l, 2.0, &[]);
        drive(&mut book, &mut level_l, 9.0, &[reason]);
        let fuel = now(&book, level_l, 0.0);
        assert_eq!((fuel.laps_counted, fuel.per_lap_l), (1, Some(2.0)), "{reason:?}");
    }
    let mut level_l = 60.0;
    let mut book = begun(level_l);
    drive(&mut book, &mut level_l, 2.5, &[Reason::OffTrack, Reason::Traffic]);
    assert_eq!(now(&book, level_l, 0.0).laps_counted, 1, "a wheel on the grass drinks as well");
}

#[test]
fn refuelling_is_seen_however_slowly_it_flows_and_the_next_lap_counts_again() {
    let mut level_l = 10.0;
    let mut book = begun(level_l);
    for _ in 0..500 {
        level_l += 0.04;
        book.row(&row(level_l));
    }
    drive(&mut book, &mut level_l, 2.0, &[]);
    assert_eq!(now(&book, level_l, 0.0).laps_counted, 0);
    drive(&mut book, &mut level_l, 2.0, &[]);
    let fuel = now(&book, level_l, 0.0);
    assert_eq!((fuel.laps_counted, fuel.per_lap_l, fuel.laps_left), (1, Some(2.0), Some(13.0)));
}

#[test]
fn nobody_in_the_car_has_no_level_and_the_laps_are_kept() {
    let mut level_l = 30.0;
    let mut book = begun(level_l);
    drive(&mut book, &mut level_l, 3.0, &[]);
    book.row(&Sample { fuel_l: 0.0, is_on_track: 0.0, ..Sample::EMPTY });
    let fuel = now(&book, 0.0, 0.0);
    assert_eq!((fuel.level_l, fuel.laps_left, fuel.per_lap_l), (None, None, Some(3.0)));
}

#[test]
fn the_flag_by_laps_by_time_and_by_whichever_is_sooner() {
    let mut level_l = 20.0;
    let mut book = begun(level_l);
    drive(&mut book, &mut level_l, 2.0, &[]);
    let flag = |laps: f64, time_s: f64, state: f64, race: bool| {
        let sample = Sample {
            session_laps_remain: laps,
            session_time_remain_s: time_s,
            session_state: state,
            ..row(level_l)
        };
        book.now(&sample, 0.25, race).laps_to_flag
    };
    let (no_laps, no_time_s) = (32_767.0, 604_800.0);
    assert_eq!(flag(no_laps, no_time_s, 4.0, true), None);
    assert_eq!(flag(10.0, no_time_s, 4.0, true), Some(9.75));
    // 180 s left, a quarter of a lap driven: the lap after the next one runs then; in a race the last one follows it.
    assert_eq!(flag(no_laps, 180.0, 4.0, false), Some(2.75));
    assert_eq!(flag(no_laps, 180.0, 4.0, true), Some(3.75));
    assert_eq!(flag(10.0, 85_000.0, 4.0, true), Some(9.75), "a clock of a day ends no race of ten laps");
    assert_eq!(flag(50.0, 180.0, 4.0, true), Some(3.75));
    for state in [1.0, 2.0, 3.0, 5.0, 6.0] {
        assert_eq!(flag(10.0, 180.0, state, true), None, "state {state}");
    }
    assert_eq!(flag(f64::NAN, f64::NAN, 4.0, true), None);
}

proptest! {
    #[test]
    fn the_use_is_the_mean_of_the_last_five_laps_that_count(
        laps in prop::collection::vec((0.5_f64..6.0, any::<bool>()), 1..30),
    ) {
        let mut level_l = 200.0;
        let mut book = begun(level_l);
        let mut counted = Vec::new();
        for (used_l, in_pits) in laps {
            drive(&mut book, &mut level_l, used_l, if in_pits { &[Reason::PitLane] } else { &[] });
            if !in_pits {
                counted.push(used_l);
            }
        }
        let last = &counted[counted.len().saturating_sub(5)..];
        let fuel = now(&book, level_l, 0.0);
        prop_assert_eq!(fuel.laps_counted as usize, last.len());
        let mean = last.iter().sum::<f64>() / last.len() as f64;
        match fuel.per_lap_l {
            None => prop_assert!(last.is_empty()),
            Some(per_lap_l) => {
                prop_assert!((per_lap_l - mean).abs() < 0.006, "{} {}", per_lap_l, mean);
                let left = fuel.laps_left.unwrap();
                prop_assert!((left - level_l / mean).abs() < 0.006 + left * 1e-9);
            }
        }
    }

    /// Whole laps to the flag are whole at the line, there are always enough of them for the time that is left, and one less would not be enough.
    #[test]
    fn laps_by_time_reach_the_end_and_no_further(time_s in 1.0_f64..20_000.0, share in 0.0_f64..1.0) {
        let mut level_l = 20.0;
        let mut book = begun(level_l);
        drive(&mut book, &mut level_l, 2.0, &[]);
        let sample = Sample { session_time_remain_s: time_s, ..row(level_l) };
        let laps = book.now(&sample, share, false).laps_to_flag.unwrap();
        prop_assert!(laps * PACE_S >= time_s - 0.01 * PACE_S, "{} laps for {} s", laps, time_s);
        prop_assert!((laps - 1.0) * PACE_S <= time_s + 0.01 * PACE_S);
    }

    /// Whatever comes in: numbers or nothing, and a margin only where both of its sides are known.
    #[test]
    fn garbage_is_not_known(
        levels in prop::collection::vec(prop_oneof![
            Just(f64::NAN), Just(f64::INFINITY), Just(-1.0), Just(0.0), 0.0_f64..100.0,
        ], 1..60),
        remain in prop_oneof![Just(f64::NAN), Just(f64::NEG_INFINITY), Just(0.0), -5.0_f64..1e6],
        share in prop_oneof![Just(f64::NAN), 0.0_f64..1.0],
    ) {
        let mut book = FuelBook::default();
        for (at, level_l) in levels.iter().enumerate() {
            book.row(&row(*level_l));
            if at % 3 == 0 {
                book.line(&lap(PACE_S, &[]));
            }
            let sample =
                Sample { session_time_remain_s: remain, session_laps_remain: remain, ..row(*level_l) };
            let fuel = book.now(&sample, share, true);
            for value in [fuel.level_l, fuel.per_lap_l, fuel.laps_left, fuel.laps_to_flag, fuel.margin_laps] {
                prop_assert!(value.is_none_or(f64::is_finite));
            }
            prop_assert_eq!(fuel.margin_laps.is_some(), fuel.laps_left.is_some() && fuel.laps_to_flag.is_some());
            prop_assert!(fuel.per_lap_l.is_none_or(|used_l| used_l >= 0.0));
        }
    }
}

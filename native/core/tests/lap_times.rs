//! Crossings, lap times and the sim's official times.

mod driven;

use driven::{LENGTH_M, lap_time_s, laps, rows, show_time, table};
use proptest::prelude::*;
use racing_coach_core::laps::{LapTracker, find_laps};
use racing_coach_core::{Reason, Sample};

/// Rows of a lap at 60 Hz, rounded up.
fn rows_of_a_lap() -> usize {
    (lap_time_s() * 60.0) as usize + 1
}

/// Two complete laps after a part of one, and a part of another.
fn two_laps() -> Vec<Sample> {
    rows(60.0, -100.0, rows_of_a_lap() * 2 + 400)
}

#[test]
fn complete_laps_have_their_time_and_parts_have_none() {
    let laps = laps(&two_laps());
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
    for lap in &laps[1..3] {
        let own_s = lap.own_time_s.expect("a complete lap has a time");
        assert!((own_s - lap_time_s()).abs() < 1e-5, "{own_s}");
    }
    assert!(laps[0].reasons.contains(Reason::StartsMidLap) && laps[3].reasons.contains(Reason::EndsMidLap));
    assert!(laps.windows(2).all(|pair| pair[0].end_sample + 1 == pair[1].start_sample));
}

proptest! {
    #![proptest_config(driven::seeded(24, 2000, 1))]

    #[test]
    fn moving_the_rows_does_not_change_the_time_seed_1(from_m in -400.0..-50.0f64, rate_hz in prop::sample::select(vec![30.0, 60.0, 120.0])) {
        let count = ((lap_time_s() + 12.0) * rate_hz) as usize;
        let table = find_laps(&rows(rate_hz, from_m, count), rate_hz, None);
        let own_s = table.laps[1].own_time_s.expect("the second lap is complete");
        prop_assert!((own_s - lap_time_s()).abs() < 1e-4, "{own_s} from {from_m} at {rate_hz}");
    }
}

#[test]
fn missing_rows_are_counted() {
    let mut samples = two_laps();
    samples.retain(|sample| sample.index % 97 != 3 && sample.index % 89 > 2);
    let laps = laps(&samples);
    assert_eq!(laps.iter().filter(|lap| lap.complete()).count(), 2);
    for lap in laps.iter().filter(|lap| lap.complete()) {
        assert!((lap.own_time_s.expect("a time") - lap_time_s()).abs() < 1e-4);
        assert!(!lap.reasons.contains(Reason::Gap));
    }
}

#[test]
fn a_fraction_below_zero_after_the_line_moves_the_crossing_by_no_more_than_it_says() {
    let mut samples = two_laps();
    let at = samples.iter().position(|sample| sample.lap == 2.0).expect("a second lap");
    // The sim says that the lap is new while the place is 0.4 m before the line: the crossing is one row later.
    samples[at].lap_distance_m = -0.4;
    samples[at].lap_fraction = -0.4 / LENGTH_M;
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
    assert!((laps[1].own_time_s.expect("a time") - lap_time_s()).abs() < 0.02);
}

#[test]
fn the_official_time_is_matched_when_it_arrives() {
    for delay in [0, 6, 111, 179] {
        let mut samples = two_laps();
        show_time(&mut samples, delay, 43.643);
        let laps = laps(&samples);
        assert_eq!(laps[1].official_time_s, Some(43.643), "after {delay} rows");
        assert_eq!(laps[1].lap_time_s(), Some(43.643));
        assert!(laps[1].reasons.is_empty(), "{:?}", laps[1].reasons);
    }
}

#[test]
fn a_time_that_comes_too_late_or_fits_badly_is_not_the_laps() {
    for (delay, time_s) in [(200, 43.643), (10, 61.2)] {
        let mut samples = two_laps();
        show_time(&mut samples, delay, time_s);
        let laps = laps(&samples);
        assert_eq!(laps[1].official_time_s, None);
        assert!(laps[1].reasons.contains(Reason::NoOfficialTime) && laps[1].valid());
    }
}

#[test]
fn the_same_time_driven_twice_is_matched_twice() {
    let mut samples = rows(60.0, -100.0, rows_of_a_lap() * 2 + 700);
    let time_s = f64::from(lap_time_s() as f32);
    show_time(&mut samples, 30, time_s);
    let laps = laps(&samples);
    assert_eq!(laps[1].official_time_s, Some(time_s));
    assert_eq!(laps[2].official_time_s, Some(time_s));
}

#[test]
fn a_time_further_away_than_rows_explain_is_marked() {
    let mut samples = two_laps();
    show_time(&mut samples, 30, lap_time_s() + 0.1);
    let laps = laps(&samples);
    assert!(laps[1].reasons.contains(Reason::OfficialTimeDiffers));
    assert!(laps[1].valid() && !laps[1].reference_grade());
}

#[test]
fn minus_one_shown_for_a_lap_makes_it_invalid() {
    let mut samples = two_laps();
    samples.iter_mut().for_each(|sample| sample.lap_last_time_s = 50.0);
    show_time(&mut samples, 30, -1.0);
    let laps = laps(&samples);
    assert!(laps[1].reasons.contains(Reason::InvalidBySim), "{:?}", laps[1].reasons);
    assert!(laps[1].complete() && !laps[1].valid() && laps[1].lap_time_s().is_some());
}

#[test]
fn minus_one_that_stays_means_invalid_only_where_times_are_known_to_be_shown() {
    let silent = laps(&two_laps());
    assert!(silent[1].valid() && silent[1].reasons.contains(Reason::NoOfficialTime));
    // Off the track and no time: the sim did not count it.
    let mut samples = two_laps();
    samples[600..640].iter_mut().for_each(|sample| sample.track_surface = 0.0);
    assert!(laps(&samples)[1].reasons.contains(Reason::InvalidBySim));
}

#[test]
fn a_first_lap_from_the_grid_is_timed_from_the_green_light() {
    // The car stands 60 m before the line for 2 s after the green light, then crosses the line at 30 m/s.
    let mut samples: Vec<Sample> = (0..120)
        .map(|index| Sample { speed_mps: 0.0, lap: 1.0, ..driven::row_at(index, -60.0) })
        .chain((0..240).map(|k| {
            let speed_mps = 7.5 * k as f64 / 60.0;
            let place_m = -60.0 + speed_mps * speed_mps / (2.0 * 7.5);
            Sample { speed_mps, lap: 1.0, ..driven::row_at(120 + k, place_m) }
        }))
        .collect();
    samples.extend(
        rows(60.0, 0.25, rows_of_a_lap() + 300)
            .into_iter()
            .map(|sample| Sample { index: sample.index + 360, ..sample }),
    );
    for sample in &mut samples {
        sample.lap_current_time_s = sample.index as f64 / 60.0 + 1.0 / 60.0;
    }
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 1, true), (0, 2, false)]);
    assert!(laps[0].reasons.contains(Reason::GridStart) && !laps[0].reference_grade());
    let own_s = laps[0].own_time_s.expect("a time");
    assert!((own_s - (lap_time_s() + 6.0)).abs() < 0.02, "{own_s}");
}

#[test]
fn distance_alone_finds_the_same_laps_and_the_exact_length() {
    for hint_m in [None, Some(1996.0), Some(2004.0), Some(2000.0)] {
        let mut samples = two_laps();
        samples.iter_mut().for_each(|sample| sample.lap_fraction = f64::NAN);
        let found = find_laps(&samples, 60.0, hint_m);
        assert!((found.length_m - LENGTH_M).abs() < 0.01, "{hint_m:?} gave {}", found.length_m);
        assert_eq!(table(&found.laps), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
        assert!((found.laps[1].own_time_s.expect("a time") - lap_time_s()).abs() < 1e-4);
        // Live, with one pass.
        let live = driven::follow(LapTracker::with_length(60.0, hint_m), &samples).settled;
        assert_eq!(table(&live), table(&found.laps), "{hint_m:?}");
    }
}

#[test]
fn fraction_alone_finds_the_same_laps() {
    let mut samples = two_laps();
    samples.iter_mut().for_each(|sample| sample.lap_distance_m = f64::NAN);
    for hint_m in [None, Some(2010.0)] {
        let found = find_laps(&samples, 60.0, hint_m);
        assert_eq!(table(&found.laps), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
        assert!((found.laps[1].own_time_s.expect("a time") - lap_time_s()).abs() < 1e-4);
        assert!((found.length_m - hint_m.unwrap_or(LENGTH_M)).abs() < 1.0, "{}", found.length_m);
    }
}

#[test]
fn a_file_of_exactly_one_lap_is_a_complete_lap() {
    let samples = rows(60.0, 0.3, rows_of_a_lap());
    let found = find_laps(&samples, 60.0, None);
    assert_eq!(table(&found.laps), [(0, 1, true)]);
    assert!((found.laps[0].own_time_s.expect("a time") - lap_time_s()).abs() < 1e-3);
    // Ten rows less at either end, and it is a part of one.
    assert!(!find_laps(&samples[10..], 60.0, None).laps[0].complete());
    assert!(!find_laps(&samples[..samples.len() - 10], 60.0, None).laps[0].complete());
}

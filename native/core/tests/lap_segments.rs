//! Segments, identities, and what spoils a lap.

mod driven;

use driven::{LENGTH_M, follow, lap_time_s, laps, reset_row, row_at, rows, stall_row, table};
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::LapTracker;
use racing_coach_core::sample::session_flags;
use racing_coach_core::{Reason, Sample, Status};

const LAP_ROWS: usize = 2619;

/// Two complete laps after a part of one, and a part of another.
fn two_laps() -> Vec<Sample> {
    assert_eq!((lap_time_s() * 60.0) as usize + 1, LAP_ROWS);
    rows(60.0, -100.0, LAP_ROWS * 2 + 400)
}

/// The rows with `change` made to those of lap 1 between two places.
fn changed(from_m: f64, to_m: f64, change: impl Fn(&mut Sample)) -> Vec<Sample> {
    let mut samples = two_laps();
    samples
        .iter_mut()
        .filter(|sample| sample.lap == 1.0 && (from_m..to_m).contains(&sample.lap_distance_m))
        .for_each(change);
    samples
}

fn spoiled(lap: &Lap, reason: Reason) -> Option<(f64, f64)> {
    let spoils: Vec<_> = lap.spoils.as_slice().iter().filter(|spoil| spoil.reason == reason).collect();
    assert!(spoils.len() <= 1, "one stretch: {spoils:?}");
    spoils.first().map(|spoil| (spoil.start_m, spoil.end_m))
}

#[test]
fn a_reset_begins_a_stint_with_the_same_lap_number() {
    let mut samples = two_laps()[..LAP_ROWS + 300].to_vec();
    let next = samples.len() as u64;
    samples.push(reset_row(next));
    samples.extend((1..300).map(|k| stall_row(next + k, 2.0)));
    let followed = follow(LapTracker::new(60.0), &samples);
    assert_eq!(table(&followed.settled), [(0, 0, false), (0, 1, true), (0, 2, false), (1, 2, false)]);
    assert!(followed.settled[2].reasons.contains(Reason::Reset));
    assert!(!followed.settled[2].reasons.contains(Reason::InLap), "it did not drive into the pits");
    assert!(followed.settled[3].reasons.contains(Reason::OutLap));
    let row = LAP_ROWS + 300;
    assert!(followed.steps[row].lap_distance_m.is_nan());
    assert_eq!(followed.steps[row].blocked, Some(Status::Reset));
    assert_eq!(followed.steps[row + 1].blocked, Some(Status::InPits));
}

#[test]
fn a_file_begins_with_a_reset_row_that_is_no_lap() {
    let mut samples = two_laps();
    samples[0] = reset_row(0);
    assert_eq!(table(&laps(&samples)), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
}

#[test]
fn an_active_reset_at_speed_begins_a_segment() {
    let mut samples = two_laps()[..LAP_ROWS].to_vec();
    let next = samples.len() as u64;
    samples.extend(rows(60.0, 700.0, 900).into_iter().map(|s| Sample { index: s.index + next, ..s }));
    let followed = follow(LapTracker::new(60.0), &samples);
    assert_eq!(table(&followed.settled), [(0, 0, false), (0, 1, false), (1, 1, false)]);
    assert!(followed.settled[1].reasons.contains(Reason::Jump));
    let step = followed.steps[LAP_ROWS];
    assert!(step.snapped && !step.crossed);
    assert_eq!(step.blocked, Some(Status::Reset));
}

#[test]
fn rolling_back_over_the_line_is_no_lap() {
    let mut samples = two_laps()[..400].to_vec();
    // From 3 m after the line back to 3 m before it and forward again, at walking pace.
    let start = samples.iter().position(|s| s.lap == 1.0 && s.lap_distance_m > 3.0).expect("a row");
    let path = (0..360).map(|k| 3.0 * libm::cos(f64::from(k) * std::f64::consts::PI / 180.0));
    let slow: Vec<Sample> = path
        .enumerate()
        .map(|(k, place_m)| Sample { speed_mps: 2.0, lap: 1.0, ..row_at((start + k) as u64, place_m) })
        .collect();
    samples.splice(start.., slow);
    let next = samples.len() as u64;
    samples
        .extend(rows(60.0, 3.2, LAP_ROWS + 200).into_iter().map(|s| Sample { index: s.index + next, ..s }));
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, false)]);
    assert!(laps[1].own_time_s.is_some_and(|own_s| own_s > lap_time_s() + 5.0));
}

#[test]
fn without_lap_numbers_crossings_are_counted() {
    let mut samples = two_laps();
    samples.iter_mut().for_each(|sample| sample.lap = f64::NAN);
    assert_eq!(table(&laps(&samples)), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
}

#[test]
fn a_lap_number_that_follows_late_changes_nothing() {
    let numbers: Vec<f64> = two_laps().iter().map(|sample| sample.lap).collect();
    let mut samples = two_laps();
    for at in 20..samples.len() {
        samples[at].lap = numbers[at - 20];
    }
    let followed = follow(LapTracker::new(60.0), &samples);
    assert_eq!(table(&followed.settled), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
}

#[test]
fn an_out_lap_with_the_number_of_the_lap_after_it_is_told_apart_by_stint() {
    let mut samples = two_laps();
    samples.iter_mut().for_each(|sample| sample.lap = sample.lap.max(1.0));
    assert_eq!(table(&laps(&samples)), [(0, 1, false), (1, 1, true), (1, 2, true), (1, 3, false)]);
}

#[test]
fn a_pit_stop_makes_an_in_lap_an_out_lap_and_a_stint() {
    let mut samples = rows(60.0, -100.0, LAP_ROWS * 3 + 400);
    let in_pits = |sample: &&mut Sample| {
        sample.lap == 1.0 && sample.lap_distance_m > 1900.0
            || sample.lap == 2.0 && sample.lap_distance_m < 100.0
    };
    samples.iter_mut().filter(in_pits).for_each(|sample| sample.on_pit_road = 1.0);
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, false), (1, 2, false), (1, 3, true), (1, 4, false)]);
    assert!(laps[1].reasons.contains(Reason::InLap) && !laps[1].reasons.contains(Reason::OutLap));
    assert!(laps[2].reasons.contains(Reason::OutLap) && !laps[2].reasons.contains(Reason::InLap));
    assert!(laps[3].reference_grade());
}

#[test]
fn off_the_track_spoils_from_where_it_was_left_to_where_it_was_returned_to() {
    let laps = laps(&changed(500.0, 560.0, |sample| sample.track_surface = 0.0));
    let (start_m, end_m) = spoiled(&laps[1], Reason::OffTrack).expect("a spoil");
    assert!((498.0..=500.0).contains(&start_m) && (558.0..=560.0).contains(&end_m), "{start_m} {end_m}");
    assert!(laps[1].complete() && !laps[1].reference_grade());
    assert_eq!(spoiled(&laps[2], Reason::OffTrack), None);
}

#[test]
fn off_the_track_over_the_line_spoils_the_end_of_one_lap_and_the_beginning_of_the_next() {
    let mut samples = two_laps();
    let off = |sample: &&mut Sample| {
        sample.lap == 1.0 && sample.lap_distance_m > 1980.0
            || sample.lap == 2.0 && sample.lap_distance_m < 25.0
    };
    samples.iter_mut().filter(off).for_each(|sample| sample.track_surface = 0.0);
    let laps = laps(&samples);
    let (start_m, end_m) = spoiled(&laps[1], Reason::OffTrack).expect("a spoil");
    assert!(start_m > 1978.0 && (end_m - LENGTH_M).abs() < 0.01);
    let (start_m, end_m) = spoiled(&laps[2], Reason::OffTrack).expect("a spoil");
    assert!(start_m == 0.0 && end_m < 25.0);
}

#[test]
fn a_slow_down_penalty_spoils_until_two_seconds_after_its_flag() {
    let laps = laps(&changed(400.0, 500.0, |s| s.session_flags = f64::from(session_flags::FURLED)));
    let (start_m, end_m) = spoiled(&laps[1], Reason::SlowDownPenalty).expect("a spoil");
    assert!((398.0..=400.0).contains(&start_m), "{start_m}");
    // Two seconds at about 70 m/s.
    assert!((end_m - 640.0).abs() < 5.0, "{end_m}");
}

#[test]
fn damage_spoils_until_it_is_repaired() {
    for warning in [0x80, 0x100] {
        let mut samples = two_laps();
        let damaged = |sample: &&mut Sample| {
            sample.lap == 1.0 && sample.lap_distance_m > 1000.0
                || sample.lap == 2.0 && sample.lap_distance_m < 800.0
        };
        samples.iter_mut().filter(damaged).for_each(|sample| sample.engine_warnings = f64::from(warning));
        let laps = laps(&samples);
        let (start_m, end_m) = spoiled(&laps[1], Reason::Damage).expect("a spoil");
        assert!(start_m < 1000.0 && start_m > 998.0 && (end_m - LENGTH_M).abs() < 0.01);
        let (_, end_m) = spoiled(&laps[2], Reason::Damage).expect("a spoil");
        assert!(end_m < 800.0 && end_m > 798.0);
    }
}

#[test]
fn an_incident_is_placed_by_where_the_car_left_the_track() {
    // Off the track shortly before the line, counted 2 s later on the next lap.
    let mut samples = changed(1960.0, 1990.0, |sample| sample.track_surface = 0.0);
    let at = samples.iter().position(|sample| sample.lap == 2.0).expect("a lap 2");
    samples.iter_mut().skip(at + 90).for_each(|sample| sample.incident_count = 1.0);
    let settled = laps(&samples);
    assert!(settled[1].reasons.contains(Reason::Incident));
    assert!(!settled[2].reasons.contains(Reason::Incident) && settled[2].reference_grade());
    // Without having left the track it is a contact, which spoils no stretch.
    let mut samples = two_laps();
    samples.iter_mut().filter(|s| s.lap >= 2.0).for_each(|sample| sample.incident_count = 4.0);
    let settled = laps(&samples);
    assert!(settled[2].reasons.contains(Reason::Contact) && settled[2].spoils.as_slice().is_empty());
}

#[test]
fn gaps_spoil_by_their_length() {
    let gap = |rows: u64| {
        let mut samples = two_laps();
        samples.retain(|sample| !(1000..1000 + rows).contains(&sample.index));
        laps(&samples)[1]
    };
    assert!(gap(7).reference_grade());
    let short = gap(15);
    assert!(short.complete() && !short.reference_grade() && spoiled(&short, Reason::Gap).is_some());
    let long = gap(40);
    assert!(!long.complete() && long.reasons.contains(Reason::Jump) && long.reasons.contains(Reason::Gap));
}

#[test]
fn a_channel_that_is_lost_spoils_like_a_gap_and_one_that_was_never_there_does_not() {
    let without = |rows: std::ops::Range<u64>| {
        let mut samples = two_laps();
        let lost = samples.iter_mut().filter(|sample| rows.contains(&sample.index));
        lost.for_each(|sample| sample.speed_mps = f64::NAN);
        laps(&samples)[1]
    };
    assert!(without(1000..1007).reference_grade());
    assert!(without(0..u64::MAX).reference_grade(), "a source without speed");
    let lost = without(1000..1060);
    assert!(lost.complete() && !lost.reference_grade() && spoiled(&lost, Reason::Gap).is_some());
}

#[test]
fn a_gap_with_the_line_in_it_leaves_both_laps_incomplete() {
    let mut samples = two_laps();
    let at = samples.iter().position(|sample| sample.lap == 2.0).expect("a lap 2") as u64;
    samples.retain(|sample| sample.index.abs_diff(at) > 8);
    assert_eq!(table(&laps(&samples)), [(0, 0, false), (0, 1, false), (0, 2, false), (0, 3, false)]);
}

#[test]
fn the_wrong_way_is_noticed_and_spoils() {
    let mut samples = two_laps()[..1000].to_vec();
    let place_m = samples[999].lap_distance_m;
    samples.extend((1..300).map(|k| {
        let back_m = place_m - 0.2 * k as f64;
        Sample { speed_mps: 12.0, lap: 1.0, ..row_at(999 + k, back_m) }
    }));
    let followed = follow(LapTracker::new(60.0), &samples);
    assert_eq!(followed.steps[1290].blocked, Some(Status::WrongWay));
    assert!(followed.settled[1].reasons.contains(Reason::WrongWay));
}

#[test]
fn the_lap_on_which_the_flag_falls_counts_and_the_next_is_a_cool_down() {
    let mut samples = two_laps();
    samples
        .iter_mut()
        .filter(|sample| sample.lap == 1.0 && sample.lap_distance_m > 1500.0 || sample.lap > 1.0)
        .for_each(|sample| sample.session_state = 5.0);
    let followed = follow(LapTracker::new(60.0), &samples);
    assert!(followed.settled[1].valid(), "{:?}", followed.settled[1].reasons);
    assert!(followed.settled[2].complete() && !followed.settled[2].valid());
    assert!(followed.settled[2].reasons.contains(Reason::CoolDown));
    assert_eq!(followed.steps[LAP_ROWS + 300].blocked, Some(Status::SessionOver));
}

#[test]
fn what_is_the_matter_now_is_told_and_kept() {
    type Change = fn(&mut Sample);
    let cases: [(Change, Status, Reason); 10] = [
        (|s| s.is_replay_playing = 1.0, Status::Replay, Reason::Replay),
        (|s| s.is_on_track = 0.0, Status::NotDriving, Reason::NotDriving),
        (|s| s.tow_time_s = 4.0, Status::Reset, Reason::Tow),
        (|s| s.session_flags = f64::from(session_flags::CAUTION), Status::Caution, Reason::Caution),
        (|s| s.session_flags = f64::from(session_flags::BLACK), Status::BlackFlag, Reason::Penalty),
        (
            |s| s.session_flags = f64::from(session_flags::BLACK | session_flags::DISQUALIFIED),
            Status::Disqualified,
            Reason::Penalty,
        ),
        (|s| s.session_flags = f64::from(session_flags::REPAIR), Status::Damage, Reason::Damage),
        (|s| s.session_state = 3.0, Status::Pacing, Reason::PaceLap),
        (|s| s.track_surface = 0.0, Status::OffTrack, Reason::OffTrack),
        (|s| s.track_surface = 2.0, Status::InPits, Reason::PitLane),
    ];
    for (change, status, reason) in cases {
        let samples = changed(800.0, 900.0, change);
        let at = samples.iter().position(|s| s.lap == 1.0 && s.lap_distance_m > 850.0).expect("a row");
        let followed = follow(LapTracker::new(60.0), &samples);
        assert_eq!(followed.steps[at].blocked, Some(status));
        assert_eq!(followed.steps[at + 300].blocked, None);
        assert!(followed.settled[1].reasons.contains(reason), "{reason:?}");
        assert!(!followed.settled[1].reference_grade(), "{reason:?}");
        assert!(!followed.settled[2].reasons.contains(reason), "{reason:?}");
    }
}

#[test]
fn the_first_lap_after_a_parade_is_for_timing_only() {
    let mut samples = rows(60.0, -600.0, LAP_ROWS * 2 + 1500);
    samples.iter_mut().take(300).for_each(|sample| sample.session_state = 3.0);
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, true), (0, 3, false)]);
    assert!(laps[1].reasons.contains(Reason::GridStart) && laps[1].valid() && !laps[1].reference_grade());
    assert!(laps[2].reference_grade());
}

#[test]
fn a_stop_before_the_line_after_a_long_drive_is_no_grid_start() {
    let mut samples = rows(60.0, -1500.0, LAP_ROWS * 2);
    let at = samples.iter().position(|s| s.lap == 0.0 && s.lap_distance_m > 1700.0).expect("a row");
    let stood = samples[at];
    samples.iter_mut().skip(at).for_each(|sample| sample.index += 120);
    samples.splice(at..at, (0..120).map(|k| Sample { index: at as u64 + k, speed_mps: 0.0, ..stood }));
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, false)]);
    assert!(laps[0].reasons.contains(Reason::Stopped) && laps[1].reference_grade());
}

#[test]
fn another_session_ends_the_segment_and_the_wait_for_a_time() {
    let mut samples = two_laps();
    samples.iter_mut().for_each(|sample| sample.session_num = 0.0);
    let at = LAP_ROWS + 300;
    samples[at..].iter_mut().for_each(|sample| sample.session_num = 1.0);
    let laps = laps(&samples);
    assert_eq!(table(&laps), [(0, 0, false), (0, 1, true), (0, 2, false), (1, 2, false), (1, 3, false)]);
    assert!(laps[1].reasons.contains(Reason::NoOfficialTime));
}

#[test]
fn a_source_without_a_place_says_so() {
    let samples: Vec<Sample> =
        (0..10).map(|index| Sample { index, speed_mps: 50.0, ..Sample::EMPTY }).collect();
    let followed = follow(LapTracker::new(60.0), &samples);
    assert!(followed.settled.is_empty());
    assert_eq!(followed.steps[9].blocked, Some(Status::MissingChannels));
}

#[test]
fn the_same_row_again_changes_nothing() {
    let samples = two_laps();
    let twice: Vec<Sample> = samples.iter().flat_map(|sample| [*sample, *sample]).collect();
    assert_eq!(laps(&samples), laps(&twice));
}

#[test]
fn a_standing_car_does_not_go_on_with_its_lap_over_a_lost_connection() {
    let mut samples = two_laps();
    // It stands for two seconds, in the middle of which nobody sees it; the rows count on.
    let at = LAP_ROWS - 900;
    let stands = Sample { speed_mps: 0.0, ..samples[at] };
    samples.splice(at..at, (0..120).map(|_| stands));
    samples.iter_mut().zip(0..).for_each(|(sample, index)| sample.index = index);
    let mut tracker = LapTracker::new(60.0);
    let mut settled = Vec::new();
    for (row, sample) in samples.iter().enumerate() {
        if row == at + 60 {
            let step = tracker.begin_anew();
            settled.extend(step.settled.into_iter().flatten());
            assert_eq!(table(&settled), [(0, 0, false), (0, 1, false)], "before the next row");
        }
        settled.extend(tracker.step(sample).settled.into_iter().flatten());
    }
    settled.extend(tracker.finish().settled.into_iter().flatten());
    let expected = [(0, 0, false), (0, 1, false), (1, 1, false), (1, 2, true), (1, 3, false)];
    assert_eq!(table(&settled), expected);
}

#[test]
fn an_index_that_leaps_by_more_than_an_hour_is_another_connection_and_one_that_leaps_by_less_is_a_gap() {
    let stints = |leap_rows: u64| {
        let stands = |index: u64| Sample { speed_mps: 0.0, ..row_at(index, 500.0) };
        let mut samples: Vec<Sample> = (0..120).map(stands).collect();
        samples.extend((120..240).map(|index| stands(index + leap_rows)));
        table(&laps(&samples)).len()
    };
    assert_eq!([stints(216_000), stints(216_001)], [1, 2]);
}

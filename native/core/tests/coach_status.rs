//! Silence and its reasons, and the laps that the coach reports.

mod coach_track;

use coach_track::{CORNERS, Drive, LENGTH_M, Outcome, Profile, coach, reference, reference_of, run};
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events, Placing};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::session_flags;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Sample, Status};
use std::sync::Arc;

fn statuses(outcome: &Outcome) -> Vec<Status> {
    let status = |event: &Event| match event {
        Event::Status(status) => Some(status.status),
        _ => None,
    };
    outcome.events.iter().filter_map(status).collect()
}

fn two_laps() -> Drive {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    drive.add(&best).add(&best);
    drive
}

/// Statuses of a drive whose rows between the two places of lap 1 were changed.
fn with_change(from_m: f64, to_m: f64, change: fn(&mut Sample)) -> Vec<Status> {
    let mut drive = two_laps();
    let there = |row: &&mut Sample| row.lap == 1.0 && (from_m..to_m).contains(&row.lap_distance_m);
    drive.rows.iter_mut().filter(there).for_each(change);
    statuses(&coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows))
}

#[test]
fn coaching_begins_at_the_line() {
    let drive = two_laps();
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    assert_eq!(statuses(&outcome), [Status::OutLap, Status::Coaching]);
    let first_coached = outcome.snapshots.iter().position(|s| s.status == Status::Coaching as u32).unwrap();
    assert_eq!(drive.rows[first_coached].lap, 1.0);
    assert_eq!(drive.rows[first_coached - 1].lap, 0.0);
}

#[test]
fn each_reason_for_silence_is_told_once_and_ends() {
    let around = |status: Status| vec![Status::OutLap, Status::Coaching, status, Status::Coaching];
    let spoils = |status: Status| {
        vec![Status::OutLap, Status::Coaching, status, Status::SpoiledSection, Status::Coaching]
    };
    assert_eq!(with_change(900.0, 1000.0, |row| row.track_surface = 0.0), spoils(Status::OffTrack));
    let caution = |row: &mut Sample| row.session_flags = f64::from(session_flags::CAUTION);
    assert_eq!(with_change(900.0, 1200.0, caution), around(Status::Caution));
    let furled = |row: &mut Sample| row.session_flags = f64::from(session_flags::FURLED);
    assert_eq!(with_change(900.0, 1200.0, furled), spoils(Status::Penalty));
    let black = |row: &mut Sample| row.session_flags = f64::from(session_flags::BLACK);
    assert_eq!(with_change(900.0, 1200.0, black), spoils(Status::BlackFlag));
    assert_eq!(with_change(900.0, 1200.0, |row| row.engine_warnings = 128.0), around(Status::Damage));
    assert_eq!(with_change(900.0, 1400.0, |row| row.track_wetness = 4.0), around(Status::Wet));
}

#[test]
fn a_wet_reference_is_none_for_a_dry_track() {
    let with = |wetness: f64| {
        let mut drive = two_laps();
        let there = |row: &&mut Sample| row.lap == 1.0 && (900.0..1400.0).contains(&row.lap_distance_m);
        drive.rows.iter_mut().for_each(|row| row.track_wetness = 4.0);
        drive.rows.iter_mut().filter(there).for_each(|row| row.track_wetness = wetness);
        let wet = ReferenceLap { wet: true, ..reference_of(&Profile::new(&CORNERS), true) };
        statuses(&coach(CoachConfig::new(60.0), Some(Arc::new(wet)), &drive.rows))
    };
    assert_eq!(with(1.0), [Status::OutLap, Status::Coaching, Status::Dry, Status::Coaching]);
    // Drying, or not known: the wet reference is the better guess.
    for wetness in [0.0, 2.0, 3.0, f64::NAN] {
        assert_eq!(with(wetness), [Status::OutLap, Status::Coaching], "{wetness}");
    }
}

#[test]
fn flicker_at_the_edge_of_the_track_is_one_silence() {
    let statuses = with_change(900.0, 1300.0, |row| {
        row.track_surface = if row.index % 7 == 0 { 0.0 } else { 3.0 };
    });
    assert_eq!(statuses, [Status::OutLap, Status::Coaching, Status::OffTrack, Status::Coaching]);
}

#[test]
fn without_a_reference_the_reason_is_that() {
    let drive = two_laps();
    let outcome = coach(CoachConfig::new(60.0), None, &drive.rows);
    assert_eq!(statuses(&outcome), [Status::NoReference]);
    assert!(outcome.snapshots.iter().all(|snapshot| snapshot.delta_s.is_nan() && snapshot.corner == -1));
}

#[test]
fn the_snapshot_carries_flags_and_the_cars_beside_and_knows_when_it_does_not() {
    let mut drive = two_laps();
    drive.rows[100].car_left_right = 5.0;
    drive.rows[100].session_flags = f64::from(session_flags::CAUTION);
    drive.rows[101].car_left_right = f64::NAN;
    drive.rows[101].session_flags = f64::NAN;
    let outcome = coach(CoachConfig::new(60.0), None, &drive.rows);
    let said = |row: usize| (outcome.snapshots[row].car_left_right, outcome.snapshots[row].session_flags);
    assert_eq!([said(100), said(101)], [(5, session_flags::CAUTION), (-1, 0)]);
}

#[test]
fn a_reference_of_another_length_is_refused() {
    let mut other = reference_of(&Profile::new(&CORNERS), true);
    other.grid.length_m *= 1.1;
    other.grid.step_m *= 1.1;
    let outcome = coach(CoachConfig::new(60.0), Some(Arc::new(other)), &two_laps().rows);
    assert_eq!(statuses(&outcome), [Status::ReferenceMismatch]);
    assert!(outcome.snapshots.iter().all(|snapshot| snapshot.delta_s.is_nan()));
}

#[test]
fn a_reference_without_corners_or_with_a_broken_grid_never_speaks() {
    let mut bare = reference_of(&Profile::new(&CORNERS), true);
    (bare.corners, bare.metrics, bare.sections) = (vec![], vec![], vec![]);
    bare.brake_zones = vec![];
    let outcome = coach(CoachConfig::new(60.0), Some(Arc::new(bare.clone())), &two_laps().rows);
    assert!(outcome.events.iter().all(|event| !matches!(event, Event::Cue(_) | Event::Corner(_))));
    assert!(outcome.snapshots.last().unwrap().delta_s.abs() < 0.01, "a delta needs no corners");
    bare.grid.time_s[700] = f64::NAN;
    let outcome = coach(CoachConfig::new(60.0), Some(Arc::new(bare)), &two_laps().rows);
    assert_eq!(statuses(&outcome), [Status::NoReference]);
}

#[test]
fn a_source_without_position_says_so() {
    let mut drive = two_laps();
    for row in &mut drive.rows {
        (row.lap_distance_m, row.lap_fraction) = (f64::NAN, f64::NAN);
    }
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    assert_eq!(statuses(&outcome), [Status::MissingChannels]);
}

/// Statuses of a drive without a place from one row on; the first rows are those of a menu.
fn nowhere(placing: Placing) -> Vec<Status> {
    let mut drive = two_laps();
    for row in &mut drive.rows {
        (row.lap_distance_m, row.lap_fraction) = (f64::NAN, f64::NAN);
        row.is_on_track = f64::from(u8::from(row.index >= 120));
        if (120..180).contains(&row.index) {
            // It stands on the grid.
            (row.lap, row.speed_mps, row.track_surface) = (0.0, 0.0, f64::NAN);
        }
    }
    statuses(&coach(CoachConfig { placing, ..CoachConfig::new(60.0) }, Some(reference(true)), &drive.rows))
}

#[test]
fn a_sim_whose_track_is_learned_from_the_driving_says_that_it_is_being_learned() {
    assert_eq!(nowhere(Placing::LineToCome), [Status::NotDriving, Status::LearningTrack]);
    assert_eq!(nowhere(Placing::ByLine), [Status::NotDriving, Status::OffTrack]);
    let mut session = SessionInfo { sim: "gt7".to_owned(), ..SessionInfo::default() };
    let placing = |session: &SessionInfo| CoachConfig::for_session(session, 60.0).placing;
    assert_eq!(placing(&session), Placing::LineToCome);
    session.track_name = "gt7-1a2b3c4d".to_owned();
    assert_eq!(placing(&session), Placing::ByLine);
    session.sim = "iracing".to_owned();
    assert_eq!(placing(&session), Placing::BySim);
}

#[test]
fn a_reset_ends_coaching_until_the_line() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    drive.add(&best).add(&best).add(&best);
    // The reset row, then the car 800 m further back.
    let at = drive.rows.iter().position(|row| row.lap == 2.0 && row.lap_distance_m > 1000.0).unwrap();
    let (index, time_s) = (drive.rows[at].index, drive.rows[at].session_time_s);
    drive.rows[at] = Sample {
        index,
        session_time_s: time_s,
        lap: 0.0,
        lap_distance_m: 0.0,
        lap_fraction: 0.0,
        speed_mps: 0.0,
        track_surface: -1.0,
        is_on_track: 1.0,
        ..Sample::EMPTY
    };
    for row in &mut drive.rows[at + 1..] {
        let moved_m = row.lap_distance_m - 800.0;
        (row.lap_distance_m, row.lap_fraction) =
            (moved_m.rem_euclid(LENGTH_M), moved_m.rem_euclid(LENGTH_M) / LENGTH_M);
        if moved_m < 0.0 {
            row.lap -= 1.0;
        }
    }
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let heard = statuses(&outcome);
    assert_eq!(heard[..2], [Status::OutLap, Status::Coaching]);
    assert_eq!(heard.last(), Some(&Status::Coaching), "{heard:?}");
    assert!(heard.len() >= 4, "{heard:?}");
    let deltas = drive.rows.iter().zip(&outcome.snapshots).skip(at);
    let before_line = deltas.take_while(|(row, _)| row.lap == 2.0 || row.lap == 0.0);
    assert!(before_line.map(|(_, snapshot)| snapshot.delta_s).all(f32::is_nan));
}

#[test]
fn laps_open_at_the_line_settle_later_and_the_end_is_told() {
    let drive = two_laps();
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let mut all = run(&mut coach, &drive.rows);
    let mut events = Events::new();
    coach.finish(&mut events);
    coach.finish(&mut events);
    all.events.extend(events.iter());
    let laps = |wanted_settled: bool| -> Vec<(i32, bool)> {
        let lap = |event: &Event| match event {
            Event::Lap(lap) if wanted_settled => Some((lap.lap.id.lap, lap.lap.complete())),
            Event::LapOpened(lap) if !wanted_settled => Some((lap.lap.id.lap, lap.lap.complete())),
            _ => None,
        };
        all.events.iter().filter_map(lap).collect()
    };
    assert_eq!(laps(true), laps(false));
    assert_eq!(laps(true)[..2], [(0, false), (1, true)]);
    let ended = statuses(&all).iter().filter(|status| **status == Status::Ended).count();
    assert_eq!(ended, 1);
}

#[test]
fn a_spoiled_section_is_quiet_until_the_next_one_begins() {
    let resumed_m = |from_m: f64, to_m: f64, change: fn(&mut Sample)| {
        let mut drive = two_laps();
        let there = |row: &&mut Sample| row.lap == 1.0 && (from_m..to_m).contains(&row.lap_distance_m);
        drive.rows.iter_mut().filter(there).for_each(change);
        let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
        let resumed = outcome.events.iter().rev().find_map(|event| match event {
            Event::Status(status) if status.status == Status::Coaching => Some(status.place),
            _ => None,
        });
        let place = resumed.expect("coaching goes on");
        (place.id.lap, place.lap_distance_m)
    };
    let starts_m: Vec<f64> = reference(true).sections.iter().map(|section| section.start_m).collect();
    let off = |row: &mut Sample| row.track_surface = 0.0;
    let (lap, place_m) = resumed_m(620.0, 660.0, off);
    assert!(lap == 1 && (0.0..1.1).contains(&(place_m - starts_m[2])), "{lap} {place_m} {starts_m:?}");
    // What was left in the last section spoils the run from the line as well.
    let (lap, place_m) = resumed_m(2790.0, 2800.0, off);
    assert!(lap == 2 && (0.0..1.1).contains(&(place_m - starts_m[1])), "{lap} {place_m} {starts_m:?}");
}

#[test]
fn missing_rows_spoil_their_section() {
    let mut drive = two_laps();
    drive.rows.retain(|row| row.lap != 1.0 || !(900.0..920.0).contains(&row.lap_distance_m));
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let heard = statuses(&outcome);
    assert_eq!(heard, [Status::OutLap, Status::Coaching, Status::SpoiledSection, Status::Coaching]);
}

#[test]
fn where_a_driver_is_when_he_is_not_in_the_car() {
    let status = |in_car: f64, garage: f64, replay: f64, frames: f64| {
        let mut drive = two_laps();
        for row in &mut drive.rows {
            (row.is_on_track, row.is_in_garage) = (in_car, garage);
            (row.is_replay_playing, row.replay_frames_to_end) = (replay, frames);
        }
        let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows[..120]);
        statuses(&outcome)
    };
    let unknown = f64::NAN;
    assert_eq!(status(0.0, 1.0, 1.0, 1.0), [Status::InGarage]);
    // As read from the memory of a sim that stood in its menus.
    assert_eq!(status(0.0, 0.0, 1.0, 1.0), [Status::InMenus]);
    assert_eq!(status(0.0, 0.0, 0.0, unknown), [Status::InMenus]);
    assert_eq!(status(0.0, 0.0, 1.0, 61.0), [Status::Replay]);
    assert_eq!(status(1.0, unknown, 1.0, unknown), [Status::Replay]);
    assert_eq!(status(0.0, unknown, unknown, unknown), [Status::NotDriving], "a recording");
    assert_eq!(status(1.0, 0.0, 0.0, 900.0), [Status::OutLap]);
}

#[test]
fn an_interruption_is_told_once_breaks_off_what_runs_and_the_lap_goes_on() {
    use racing_coach_core::sample::snapshot_flags;
    let drive = two_laps();
    let flying = drive.rows.iter().position(|row| row.lap == 1.0 && row.lap_distance_m > 400.0).unwrap();
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let mut events = Events::new();
    let waiting = *coach.interrupt(Status::NoSource, &mut events);
    assert_eq!((waiting.status, waiting.flags, waiting.corner), (0, snapshot_flags::SNAP, -1));
    let before = run(&mut coach, &drive.rows[..flying]);
    assert!(before.snapshots.last().unwrap().beat > 0, "a countdown runs");
    let mut events = Events::new();
    let paused = *coach.interrupt(Status::Paused, &mut events);
    coach.interrupt(Status::Paused, &mut events);
    assert_eq!(events.len(), 1);
    assert_eq!((paused.status, paused.beat), (Status::Paused as u32, 0));
    let live = snapshot_flags::CONNECTED | snapshot_flags::DRIVING | snapshot_flags::DELTA_VALID;
    assert!(paused.flags & live == 0 && paused.flags & snapshot_flags::HAS_REFERENCE != 0);
    assert!(paused.delta_s.is_nan() && paused.brake_in_m.is_nan());
    let after = run(&mut coach, &drive.rows[flying..]);
    assert_eq!(statuses(&after)[0], Status::Coaching);
    assert!(after.snapshots[0].delta_s.abs() < 0.01, "the lap was not left");
    let completed = |event: &Event| matches!(event, Event::Lap(lap) if lap.lap.complete());
    assert!(after.events.iter().any(completed));
    let first = |event: &Event| matches!(event, Event::Corner(corner) if corner.corner == 0);
    assert!(
        after.events.iter().position(first).is_none_or(|at| {
            matches!(after.events[at], Event::Corner(corner) if corner.place.id.lap == 2)
        })
    );
}

/// As in the memory of a sim that stands in its menus: nothing is anywhere, and the picture behind them is a replay at its end.
fn menu_row(index: u64) -> Sample {
    Sample {
        index,
        lap: 0.0,
        lap_distance_m: 0.0,
        lap_fraction: 0.0,
        speed_mps: 0.0,
        track_surface: -1.0,
        is_on_track: 0.0,
        is_in_garage: 0.0,
        is_replay_playing: 1.0,
        replay_frames_to_end: 1.0,
        ..Sample::EMPTY
    }
}

#[test]
fn in_the_menus_nobody_was_moved_and_on_the_grid_it_is_an_out_lap() {
    let drive = two_laps();
    let mut rows: Vec<Sample> = (0..120).map(menu_row).collect();
    // The garage has a place, from where the sim puts the car on the road; with one row of zeros, as it does.
    let stands = Sample { is_on_track: 0.0, is_in_garage: 1.0, on_pit_road: 1.0, ..drive.rows[0] };
    rows.extend((0..60).map(|_| Sample { lap_distance_m: 40.0, lap_fraction: 40.0 / LENGTH_M, ..stands }));
    rows.extend([Sample { is_on_track: 1.0, is_replay_playing: 0.0, ..menu_row(0) }]);
    rows.extend(&drive.rows);
    rows.extend((0..120).map(menu_row));
    rows.iter_mut().zip(0..).for_each(|(row, index)| row.index = index);
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &rows);
    let heard = statuses(&outcome);
    let expected = [Status::InMenus, Status::InGarage, Status::OutLap, Status::Coaching, Status::InMenus];
    assert_eq!(heard, expected);
}

#[test]
fn who_gets_out_of_a_car_that_was_moved_is_not_told_so_at_the_next_start() {
    let drive = two_laps();
    let at = drive.rows.iter().position(|row| row.lap == 1.0 && row.lap_distance_m > 500.0).unwrap();
    let mut rows = drive.rows[..at].to_vec();
    rows.extend((0..60).map(|_| Sample { is_on_track: 1.0, is_replay_playing: 0.0, ..menu_row(0) }));
    rows.extend((0..60).map(menu_row));
    rows.extend(&drive.rows[at + 200..]);
    rows.iter_mut().zip(0..).for_each(|(row, index)| row.index = index);
    let heard = statuses(&coach(CoachConfig::new(60.0), Some(reference(true)), &rows));
    let expected =
        [Status::OutLap, Status::Coaching, Status::Reset, Status::InMenus, Status::OutLap, Status::Coaching];
    assert_eq!(heard, expected);
}

/// Laps as they close, and those whose time is settled.
fn laps_of(events: &Events) -> [Vec<(u32, i32)>; 2] {
    let id = |lap: &racing_coach_core::coach::LapEvent| (lap.lap.id.stint, lap.lap.id.lap);
    let of = |settled: bool| {
        let lap = move |event: &Event| match event {
            Event::Lap(lap) if settled => Some(id(lap)),
            Event::LapOpened(lap) if !settled => Some(id(lap)),
            _ => None,
        };
        events.iter().filter_map(lap).collect()
    };
    [of(false), of(true)]
}

#[test]
fn a_lost_connection_ends_the_lap_settles_the_one_before_and_begins_a_stint() {
    let drive = two_laps();
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    // A second into lap 2: lap 1 still waits for its time.
    let at = drive.rows.iter().position(|row| row.lap == 2.0).unwrap();
    let mut rows = drive.rows.clone();
    for row in &mut rows {
        row.lap_last_time_s = 0.0;
    }
    run(&mut coach, &rows[..at + 61]);
    let mut events = Events::new();
    coach.begin_anew(&mut events);
    assert_eq!(laps_of(&events), [vec![(0, 2)], vec![(0, 1), (0, 2)]]);
    let mut again = Events::new();
    coach.begin_anew(&mut again);
    assert_eq!(again.len(), 0, "there is nothing more to end");
    // The next connection shows a -1 that is not about lap 1, and its car crawls on where the other was.
    rows[at + 61..].iter_mut().for_each(|row| row.lap_last_time_s = -1.0);
    let after = run(&mut coach, &rows[at + 61..]);
    assert!(after.events.iter().all(|event| !matches!(event, Event::Lap(_) | Event::LapOpened(_))));
    assert_eq!((after.snapshots[0].stint, after.snapshots[0].lap), (1, 2));
    assert!(after.snapshots.iter().all(|snapshot| snapshot.delta_s.is_nan()), "its beginning was not seen");
    assert_eq!(statuses(&after)[0], Status::OutLap);
}

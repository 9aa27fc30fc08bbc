//! Laps, times and brake zones of real recordings.

mod recordings;

use racing_coach_core::brake_zones::{brake_zones, brake_zones_of_rows};
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTable, find_laps};
use racing_coach_core::{Reason, Sample};
use recordings::{RATE_HZ, Recording};

const OKAYAMA: &str = "okayama-short-mx5-race-30hz.csv.gz";
const FUJI: &str = "fuji-ferrari488gt3-practice-60hz.csv.gz";

/// The recording with its laps; `None` where it is missing.
fn open(name: &str, length_hint_m: f64) -> Option<(Recording, LapTable)> {
    let recording = recordings::read(name)?;
    let table = find_laps(&recording.samples, RATE_HZ, Some(length_hint_m));
    Some((recording, table))
}

/// The sim's time of a lap as the recording shows it later, however late.
fn shown_s(recording: &Recording, lap: &Lap) -> f64 {
    let at = recording.samples.partition_point(|sample| sample.index <= lap.end_sample);
    let before_s = recording.samples[at - 1].lap_last_time_s;
    recording.samples[at..]
        .iter()
        .map(|sample| sample.lap_last_time_s)
        .find(|time_s| *time_s != before_s)
        .unwrap_or(f64::NAN)
}

fn rows<'a>(recording: &'a Recording, lap: &Lap) -> &'a [Sample] {
    let from = recording.samples.partition_point(|sample| sample.index + 20 < lap.start_sample);
    let to = recording.samples.partition_point(|sample| sample.index < lap.end_sample + 600);
    &recording.samples[from..to]
}

fn zones(recording: &Recording, table: &LapTable, lap: &Lap) -> [usize; 2] {
    let rows = rows(recording, lap);
    let grid = LapGrid::resample(rows, lap, table.length_m, RATE_HZ).expect("a grid");
    assert!(grid.time_s.windows(2).all(|pair| pair[1] > pair[0]));
    [brake_zones_of_rows(rows, lap, table.length_m, RATE_HZ).len(), brake_zones(&grid).len()]
}

#[test]
fn okayama_has_a_grid_start_thirteen_clean_laps_and_a_part() {
    let Some((recording, table)) = open(OKAYAMA, 1930.0) else { return };
    assert!((table.length_m - 1930.0).abs() < 0.01, "{}", table.length_m);
    let numbers: Vec<(u32, i32)> = table.laps.iter().map(|lap| (lap.id.stint, lap.id.lap)).collect();
    assert_eq!(numbers, (1..=15).map(|lap| (0, lap)).collect::<Vec<_>>());
    assert!(table.laps[..14].iter().all(Lap::valid));
    assert!(table.laps[1..14].iter().all(Lap::reference_grade));
    assert!(table.laps[0].reasons.contains(Reason::GridStart) && !table.laps[0].reference_grade());
    assert!(!table.laps[14].complete() && table.laps[14].reasons.contains(Reason::EndsMidLap));
    for lap in &table.laps[..14] {
        let error_s = lap.own_time_s.expect("a time") - shown_s(&recording, lap);
        assert!(error_s.abs() < 0.010, "lap {}: {error_s}", lap.id.lap);
    }
}

#[test]
fn okayama_has_five_brake_zones_on_every_clean_lap() {
    let Some((recording, table)) = open(OKAYAMA, 1930.0) else { return };
    for lap in &table.laps[1..14] {
        assert_eq!(zones(&recording, &table, lap), [5, 5], "lap {}", lap.id.lap);
    }
}

#[test]
fn fuji_has_six_timed_laps_and_parts_around_its_resets() {
    let Some((recording, table)) = open(FUJI, 4460.0) else { return };
    let laps: Vec<(i32, bool)> = table.laps.iter().map(|lap| (lap.id.lap, lap.complete())).collect();
    let timed = (1..=6).map(|lap| (lap, true));
    let parts = [(7, false); 3];
    assert_eq!(laps, [(1, false)].into_iter().chain(timed).chain(parts).collect::<Vec<_>>());
    // The garage row before the out-lap is no lap, and the resets begin stints.
    assert!(table.laps[0].reasons.contains(Reason::StartsMidLap));
    assert!(table.laps[7].reasons.contains(Reason::Reset) && table.laps[8].reasons.contains(Reason::Jump));
    assert!(table.laps.windows(2).all(|pair| pair[0].id < pair[1].id));
    for lap in &table.laps[2..7] {
        let error_s = lap.own_time_s.expect("a time") - shown_s(&recording, lap);
        assert!(error_s.abs() < 0.003, "lap {}: {error_s}", lap.id.lap);
    }
    // The clock that numbers the rows was not running yet at the beginning of lap 1, so that its rows are counted from motion.
    let error_s = table.laps[1].own_time_s.expect("a time") - shown_s(&recording, &table.laps[1]);
    assert!(error_s.abs() < 0.020, "{error_s}");
}

#[test]
fn fuji_has_seven_brake_zones_on_its_clean_laps() {
    let Some((recording, table)) = open(FUJI, 4460.0) else { return };
    let clean = |lap: &&Lap| lap.reference_grade() && is_valid(&recording, lap);
    let clean: Vec<&Lap> = table.laps.iter().filter(clean).collect();
    assert_eq!(clean.iter().map(|lap| lap.id.lap).collect::<Vec<_>>(), [1, 2, 5, 6]);
    for lap in &clean[1..] {
        assert_eq!(zones(&recording, &table, lap), [7, 7], "lap {}", lap.id.lap);
    }
}

/// The source's own word, which has no channel of ours.
fn is_valid(recording: &Recording, lap: &Lap) -> bool {
    let at = recording.samples.partition_point(|sample| sample.index <= lap.end_sample);
    recording.valid[at - 1]
}

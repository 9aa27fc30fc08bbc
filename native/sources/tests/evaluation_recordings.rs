//! The wall-clock recordings beside the repository, converted to .ibt and read back: the clean laps are found, none is invented, and own times are
//! within 10 ms of the official ones. The official times below were read from the column LapTimePrevious.

use racing_coach_core::Reason;
use racing_coach_core::brake_zones::brake_zones_of_rows;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTable, find_laps};
use racing_coach_sources::convert::convert;
use racing_coach_sources::recording::{Recording, open_recording};
use std::path::PathBuf;

/// The file converted to .ibt and read back, and its laps; `None` when it is not there.
fn converted(name: &str) -> Option<(Recording, LapTable)> {
    let input =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry/evaluation").join(name);
    if !input.exists() {
        eprintln!("skipped: {} is not there", input.display());
        return None;
    }
    let output = std::env::temp_dir().join(format!("racing-coach-{}-{name}.ibt", std::process::id()));
    convert(&input, &output, &mut |_| ()).unwrap();
    let recording = open_recording(&output);
    std::fs::remove_file(&output).unwrap();
    let recording = recording.unwrap();
    let table = find_laps(&recording.samples, recording.rate_hz, recording.session.track_length_m);
    Some((recording, table))
}

fn assert_times(laps: &[&Lap], official: &[(i32, f64)]) {
    let found: Vec<i32> = laps.iter().map(|lap| lap.id.lap).collect();
    assert_eq!(found, official.iter().map(|(lap, _)| *lap).collect::<Vec<_>>());
    for (lap, (_, official_s)) in laps.iter().zip(official) {
        let own_s = lap.own_time_s.unwrap();
        assert!((own_s - official_s).abs() < 0.010, "lap {}: own {own_s}, official {official_s}", lap.id.lap);
    }
}

#[test]
fn okayama_race() {
    let Some((recording, table)) = converted("okayama-short-mx5-race-30hz.csv.gz") else { return };
    assert_eq!((recording.session.track_name.as_str(), recording.rate_hz), ("okayama short", 60.0));
    assert_eq!(recording.session.car_name, "Mazda MX-5 Cup");
    let clean: Vec<&Lap> = table.laps.iter().filter(|lap| lap.reference_grade()).collect();
    let official = [
        (2, 63.2653),
        (3, 61.7917),
        (4, 60.6776),
        (5, 60.1182),
        (6, 60.1341),
        (7, 60.4969),
        (8, 60.9937),
        (9, 61.3484),
        (10, 60.6284),
        (11, 61.0546),
        (12, 60.6841),
        (13, 61.0551),
        (14, 61.5192),
    ];
    assert_times(&clean, &official);
    for (lap, (_, official_s)) in clean.iter().zip(official) {
        assert!((lap.official_time_s.unwrap() - official_s).abs() < 1e-4, "lap {}", lap.id.lap);
    }
    let others: Vec<i32> = table.laps.iter().filter(|lap| !lap.complete()).map(|lap| lap.id.lap).collect();
    assert_eq!(others, [1, 15], "the first begins behind the line, the last is cut off");
    let zones =
        |lap: &Lap| brake_zones_of_rows(&recording.samples, lap, table.length_m, recording.rate_hz).len();
    let counts: Vec<usize> = clean.iter().map(|lap| zones(lap)).collect();
    assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "brake zones {counts:?}");
}

#[test]
fn fuji_practice() {
    let Some((recording, table)) = converted("fuji-ferrari488gt3-practice-60hz.csv.gz") else { return };
    assert!((table.length_m - 4460.0).abs() < 0.5, "{}", table.length_m);
    assert_eq!(recording.session.track_name, "fuji nochicane");
    let complete: Vec<&Lap> = table.laps.iter().filter(|lap| lap.complete()).collect();
    let official = [(1, 99.1575), (2, 98.7071), (3, 119.9119), (4, 99.7463), (5, 98.1661), (6, 98.6557)];
    assert_times(&complete, &official);
    let valid: Vec<i32> = complete.iter().filter(|lap| lap.valid()).map(|lap| lap.id.lap).collect();
    assert_eq!(valid, [1, 2, 5, 6], "the recorder marks 3 and 4 invalid");
    assert!(complete[2].reasons.contains(Reason::InvalidBySim));
}

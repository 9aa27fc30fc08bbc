//! The files of `reference-laps/` are those that the simulation makes, and they are good.

use racing_coach_core::laps::find_laps;
use racing_coach_core::track_file::TrackFile;
use racing_coach_lapfile::decode;
use racing_coach_simcar::bundle::{FILES, write};
use racing_coach_simcar::car_spec::CarSpec;
use racing_coach_simcar::demo_circuit;
use racing_coach_simcar::truth::Truth;
use racing_coach_sources::ibt::IbtFile;
use std::path::PathBuf;

fn shipped(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../reference-laps").join(name)
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(shipped(name)).unwrap_or_else(|error| panic!("{name}: {error}; make it anew, see README"))
}

fn text(name: &str) -> String {
    String::from_utf8(read(name)).expect("text")
}

#[test]
fn shipped_files_are_those_made_now_byte_for_byte() {
    let folder = std::env::temp_dir().join(format!("racing-coach-bundle-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    write(&folder).expect("writes");
    for name in FILES {
        let made = std::fs::read(folder.join(name)).expect("made");
        assert!(made == read(name), "{name} is stale: make it anew as reference-laps/README.md says");
    }
    std::fs::remove_dir_all(&folder).expect("removes");
}

#[test]
fn the_whole_folder_is_small() {
    let bytes: usize = FILES.iter().map(|name| read(name).len()).sum();
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

#[test]
fn circuit_and_car_read_back() {
    let track = TrackFile::parse("demo-circuit.json", &text("demo-circuit.json")).expect("valid");
    assert_eq!(track, demo_circuit::track_file());
    assert!(track.corners.iter().all(|corner| corner.name.is_some()));
    let car: CarSpec = serde_json::from_str(&text("demo-car.json")).expect("a car");
    assert_eq!(car, CarSpec::preset("gt3").expect("known"));
}

#[test]
fn the_reference_is_faster_than_every_lap_of_the_session_and_on_the_same_track() {
    let reference = decode(&read("demo-reference.parquet"), "demo-reference.parquet").expect("a lap");
    let mut session = IbtFile::open(&shipped("demo-session.ibt")).expect("a recording");
    let samples = session.samples().expect("rows");
    let truth: Truth = serde_json::from_str(&text("demo-truth.json")).expect("truth");
    let laps = find_laps(&samples, session.rate_hz(), None).laps;
    let complete: Vec<_> = laps.iter().filter(|lap| lap.complete()).collect();
    assert_eq!(complete.len(), truth.laps.len());
    let best_s = reference.lap().own_time_s.expect("timed");
    for (lap, truth) in complete.iter().zip(&truth.laps) {
        let time_s = lap.own_time_s.expect("timed");
        assert!((time_s - truth.lap_time_s).abs() < 0.003);
        assert!(time_s > best_s + 0.5, "lap {} {time_s} against {best_s}", truth.lap);
        assert!(truth.mistakes.iter().all(|mistake| mistake.cost_s > 0.0), "{:?}", truth.mistakes);
        assert!(truth.valid);
    }
    let track = demo_circuit::track_file();
    assert_eq!(session.session().track_key(), track.track_key);
    assert_eq!(reference.facts.session().track_key(), track.track_key);
}

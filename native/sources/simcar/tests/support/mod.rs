//! What the tests of the simulation share.
#![allow(dead_code, reason = "each test file uses its part")]

use racing_coach_core::Sample;
use racing_coach_simcar::{SimulateRequest, Simulated, simulate};
use std::path::PathBuf;

pub fn request(track: &str, driver: &str, laps: u32, seed: u64, mistakes: &str) -> SimulateRequest {
    SimulateRequest {
        track: track.to_owned(),
        car: "gt3".to_owned(),
        driver: driver.to_owned(),
        laps,
        seed,
        mistakes: mistakes.to_owned(),
        start: Default::default(),
        interruptions: Vec::new(),
    }
}

pub fn demo(driver: &str, laps: u32, seed: u64, mistakes: &str) -> Simulated {
    simulate(&request("demo", driver, laps, seed, mistakes)).expect("simulates")
}

/// Samples of one lap.
pub fn of_lap(simulated: &Simulated, lap: u32) -> Vec<Sample> {
    simulated.samples.iter().filter(|sample| sample.lap == f64::from(lap)).copied().collect()
}

/// The real circuits; none, with a printed reason, where the folder is missing.
pub fn circuits() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/tracks");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is missing", folder.display());
        return vec![];
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    files
}

pub fn long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

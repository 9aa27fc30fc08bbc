//! A console that sends what the simulated car drives, and everything behind it: the source finds the laps, and the analysis finds on the learned line what
//! it finds in the recording of the same session.

mod analysis;
mod connection;
mod console;
mod drive;
mod tape;
mod timing;
mod tracks;

use console::{LOOPBACK, Network, Pair, Said, options};
use drive::{menus, moved, noisy, with_detour, with_pause, with_stop};
use racing_coach_core::analysis::{FileAnalysis, Recording, analyze};
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTable, find_laps};
use racing_coach_core::{Reason, Sample};
use racing_coach_simcar::gt7_packets::packets;
use racing_coach_simcar::session::{Interruption, InterruptionKind, Start};
use racing_coach_simcar::{SimulateRequest, Simulated, simulate};
use racing_coach_sources::gt7::layout::PacketKind;
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use racing_coach_sources::gt7::{Gt7Options, Gt7Source, Line, line_file};
use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::source::{Presence, Source, SourceStep};
use std::net::UdpSocket;
use std::time::Duration;

const RATE_HZ: f64 = 60.0;
/// Own times against the simulation's.
const TIME_S: f64 = 0.005;

fn session(laps: u32, seed: u64, interruptions: Vec<Interruption>) -> Simulated {
    let request = SimulateRequest {
        track: "demo".to_owned(),
        car: "gt3".to_owned(),
        driver: "club".to_owned(),
        laps,
        seed,
        mistakes: String::new(),
        start: Start::Pits,
        interruptions,
    };
    simulate(&request).expect("simulates")
}

fn laps(said: &Said) -> LapTable {
    find_laps(&said.samples, RATE_HZ, None)
}

fn complete(table: &LapTable) -> Vec<Lap> {
    table.laps.iter().filter(|lap| lap.complete()).copied().collect()
}

/// Checks complete laps against the truth; gives their numbers.
fn check_times(simulated: &Simulated, laps: &[Lap]) -> Vec<i32> {
    for lap in laps {
        let truth = simulated
            .truth
            .laps
            .iter()
            .find(|truth| truth.lap as i32 == lap.id.lap)
            .expect("a lap of the session");
        let own_s = lap.own_time_s.expect("a complete lap has a time");
        assert!(
            (own_s - truth.lap_time_s).abs() < TIME_S,
            "lap {}: {own_s} {}",
            lap.id.lap,
            truth.lap_time_s
        );
        let official_s = lap.official_time_s.expect("the sim's time is matched");
        assert!((official_s - truth.lap_time_s).abs() < 0.0006, "lap {}", lap.id.lap);
    }
    laps.iter().map(|lap| lap.id.lap).collect()
}

fn driven(network: Network, seed: u64) -> (Simulated, Said, Pair) {
    let simulated = session(5, seed, vec![]);
    let mut pair = Pair::new(vec![], network, seed);
    pair.drive(&packets(&simulated, 63_001, 3358));
    let said = std::mem::take(&mut pair.said);
    (simulated, said, pair)
}

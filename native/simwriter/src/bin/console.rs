//! `racing-coach-console`: a console that sends as Gran Turismo 7 does.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_simcar::gt7_packets::packets;
use racing_coach_simcar::session::Start;
use racing_coach_simcar::{SimulateRequest, simulate};
use racing_coach_simwriter::command_line::{OptionSpec, Words, help};
use racing_coach_simwriter::gt7_console::Gt7Console;
use racing_coach_sources::gt7::layout::PacketKind;
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use racing_coach_sources::gt7::socket::CONSOLE_PORT;
use std::net::SocketAddr;
use std::process::ExitCode;

const USAGE: &str = "racing-coach-console: a console that sends as Gran Turismo 7 does, for tests and trials

  racing-coach-console play [OPTIONS]   waits to be asked, then sends what a simulated car drives

It says where it listens, and when it begins, on standard error.

";

const TABLE: &[OptionSpec] = &[
    OptionSpec { name: "--listen", value: "ADDRESS", help: "IP:PORT to listen at (default 0.0.0.0:33739)" },
    OptionSpec { name: "--speed", value: "N", help: "times real time (default 1)" },
    OptionSpec { name: "--askers", value: "N", help: "wait for so many before it begins (default 1)" },
    OptionSpec { name: "--menus", value: "S", help: "seconds in the menus before the drive (default 1)" },
    OptionSpec { name: "--first-id", value: "N", help: "number of the first packet (default 1)" },
    OptionSpec { name: "--seed", value: "N", help: "the same seed plays the same (default 1)" },
    OptionSpec { name: "--laps", value: "N", help: "flying laps (default 3)" },
    OptionSpec { name: "--race-from", value: "N", help: "from this lap on it is a race (default: never)" },
    OptionSpec { name: "--car-code", value: "N", help: "the car's number (default 3358)" },
];

struct Plan {
    listen: SocketAddr,
    speed: f64,
    askers: usize,
    menu_rows: i32,
    first_id: i32,
    seed: u64,
    laps: u32,
    race_from: i16,
    car_code: i32,
}

fn main() -> ExitCode {
    let mut words = Words::parse(std::env::args().skip(1), TABLE);
    if words.help || words.plain.is_empty() && words.problems.is_empty() {
        print!("{USAGE}{}", help(TABLE));
        return ExitCode::SUCCESS;
    }
    let plan = plan(&mut words);
    if !words.problems.is_empty() {
        words.problems.iter().for_each(|problem| eprintln!("{problem}"));
        eprintln!("See: racing-coach-console --help");
        return ExitCode::from(2);
    }
    match run(&plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn plan(words: &mut Words) -> Plan {
    if words.plain != ["play"] {
        words.problems.push(format!("There is no command {}: give play.", words.plain.join(" ")));
    }
    let usual = SocketAddr::from(([0, 0, 0, 0], CONSOLE_PORT));
    let listen = words.text("--listen").map(|text| text.parse().ok());
    if listen == Some(None) {
        words.problems.push("--listen takes IP:PORT.".to_owned());
    }
    Plan {
        listen: listen.flatten().unwrap_or(usual),
        speed: words.number("--speed", 1.0, 0.01..=1000.0),
        askers: words.number("--askers", 1, 1..=16),
        menu_rows: (60.0 * words.number("--menus", 1.0, 0.0..=600.0)) as i32,
        first_id: words.number("--first-id", 1, 0..=1_000_000_000),
        seed: words.number("--seed", 1, 0..=u64::MAX),
        laps: words.number("--laps", 3, 1..=500),
        race_from: words.number("--race-from", i16::MAX, 1..=i16::MAX),
        car_code: words.number("--car-code", 3358, 1..=100_000),
    }
}

fn run(plan: &Plan) -> Result<(), CodedError> {
    let simulated = simulate(&SimulateRequest {
        track: "demo".to_owned(),
        car: "gt3".to_owned(),
        driver: "club".to_owned(),
        mistakes: "none".to_owned(),
        laps: plan.laps,
        seed: plan.seed,
        start: Start::Pits,
        interruptions: Vec::new(),
    })?;
    let menu = |row: i32| PacketSpec::menu(PacketKind::A, plan.first_id + row);
    let mut rows: Vec<PacketSpec> = (0..plan.menu_rows).map(menu).collect();
    rows.extend(packets(&simulated, plan.first_id + plan.menu_rows, plan.car_code));
    for row in rows.iter_mut().filter(|row| row.lap >= plan.race_from) {
        row.laps_in_race = i16::MAX;
    }
    let failed = |cause: std::io::Error| {
        CodedError::new(ErrorCode::UdpPortInUse).with("port", plan.listen.port()).with("cause", cause)
    };
    let mut console = Gt7Console::open(plan.listen).map_err(failed)?;
    eprintln!("listening at {}", console.address().map_err(failed)?);
    console.wait_for(plan.askers);
    eprintln!("sending to {}", plan.askers);
    console.play(&rows, plan.speed);
    println!("{{\"packets\":{}}}", rows.len());
    Ok(())
}

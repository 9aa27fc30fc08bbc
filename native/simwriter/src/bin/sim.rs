//! `racing-coach-sim`: a sim that writes like iRacing.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_simcar::session::Start;
use racing_coach_simcar::{SimulateRequest, simulate};
use racing_coach_simwriter::board_truth::BoardTruth;
use racing_coach_simwriter::command_line::{OptionSpec, Words, help};
use racing_coach_simwriter::feed::Feed;
use racing_coach_simwriter::frame_rate::FrameRateSpec;
use racing_coach_simwriter::ibt_feed::IbtFeed;
use racing_coach_simwriter::life::{LifeFeed, TakeBank, write};
use racing_coach_simwriter::map_place::MapPlace;
use racing_coach_simwriter::opponents::MOST_CARS;
use racing_coach_simwriter::playback::{PlayOptions, Playback};
use racing_coach_simwriter::row_maker::RowOptions;
use racing_coach_simwriter::simcar_feed::SimcarFeed;
use racing_coach_simwriter::tape_feed::TapeFeed;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "racing-coach-sim: a sim that writes like iRacing, for tests and trials

  racing-coach-sim play FILE.ibt [OPTIONS]   plays a recording
  racing-coach-sim play FILE.tape [OPTIONS]  plays a tape, its rows byte for byte
  racing-coach-sim play simcar [OPTIONS]     plays a simulated car
  racing-coach-sim life [OPTIONS]            lives a random session life, with --truth FILE for what is true about it

";

const TABLE: &[OptionSpec] = &[
    OptionSpec { name: "--map", value: "FILE", help: "write here (default: where Racing Coach looks)" },
    OptionSpec { name: "--speed", value: "N", help: "times real time, or max (default 1)" },
    OptionSpec {
        name: "--lockstep",
        value: "",
        help: "full speed, each row waits for the reader to take the last",
    },
    OptionSpec { name: "--loop", value: "", help: "play again and again" },
    OptionSpec { name: "--stamp", value: "", help: "add the moment of writing and a sum to each row" },
    OptionSpec { name: "--360hz", value: "", help: "six values a tick, as when the user logs at 360 Hz" },
    OptionSpec { name: "--padding", value: "N", help: "dummies up to N variables; the sim has 323" },
    OptionSpec { name: "--cars", value: "N", help: "other cars on the track, 0 to 63 (default 0)" },
    OptionSpec { name: "--frame-rate", value: "HZ", help: "the frame rate that it shows (default 120)" },
    OptionSpec { name: "--react", value: "FILE", help: "while FILE exists the frame rate is lower" },
    OptionSpec { name: "--react-share", value: "PART", help: "by this share (default 0.05)" },
    OptionSpec { name: "--seed", value: "N", help: "the same seed plays the same (default 1)" },
    OptionSpec { name: "--laps", value: "N", help: "simcar: flying laps (default 10)" },
    OptionSpec {
        name: "--track",
        value: "NAME",
        help: "simcar: circuit or centre line FILE.csv (default demo)",
    },
    OptionSpec { name: "--car", value: "NAME", help: "simcar: gt3, gt4, mx5, formula (default gt3)" },
    OptionSpec { name: "--driver", value: "NAME", help: "simcar: preset of a driver (default club)" },
    OptionSpec {
        name: "--mistakes",
        value: "SPEC",
        help: "simcar: as in racing-coach simulate (default none)",
    },
    OptionSpec {
        name: "--start",
        value: "WHERE",
        help: "simcar: pits, pits-after-line or grid (default pits)",
    },
    OptionSpec {
        name: "--minutes",
        value: "N",
        help: "simcar: the session's length (default: without an end)",
    },
    OptionSpec { name: "--session", value: "KIND", help: "simcar: the session's kind (default Practice)" },
    OptionSpec { name: "--series", value: "N", help: "simcar: the series' number (default 0: none)" },
    OptionSpec { name: "--truth", value: "FILE", help: "life, simcar: write the truth here" },
];

/// What to do, once nothing is wrong with it.
struct Plan {
    what: What,
    place: MapPlace,
    play: PlayOptions,
    rows: RowOptions,
    cars: usize,
    repeat: bool,
}

enum What {
    Ibt(PathBuf),
    Tape(PathBuf),
    Simcar(SimulateRequest, Weekend, Option<PathBuf>),
    Life(Option<PathBuf>),
}

/// What the session text says beside the car and the track.
struct Weekend {
    kind: Option<String>,
    series_id: i64,
}

fn main() -> ExitCode {
    let mut words = Words::parse(std::env::args().skip(1), TABLE);
    if words.help || words.plain.is_empty() && words.problems.is_empty() {
        print!("{USAGE}{}", help(TABLE));
        return ExitCode::SUCCESS;
    }
    let plan = match plan(&mut words) {
        Some(plan) if words.problems.is_empty() => plan,
        _ => {
            words.problems.iter().for_each(|problem| eprintln!("{problem}"));
            eprintln!("See: racing-coach-sim --help");
            return ExitCode::from(2);
        }
    };
    match run(plan) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(if error.code == ErrorCode::Usage { 2 } else { 1 })
        }
    }
}

fn plan(words: &mut Words) -> Option<Plan> {
    let speed = match words.text("--speed") {
        Some("max") => 0.0,
        _ => words.number("--speed", 1.0, 0.01..=1000.0),
    };
    let frame_rate = FrameRateSpec {
        rate_hz: words.number("--frame-rate", 120.0, 1.0..=1000.0),
        react_file: words.text("--react").map(PathBuf::from),
        react_share: words.number("--react-share", 0.05, 0.0..=1.0),
    };
    let rows = RowOptions {
        full_rate: words.has("--360hz"),
        padding: words.number("--padding", 0, 0..=2000),
        frame_rate,
        session_s: words.has("--minutes").then(|| 60.0 * words.number("--minutes", 60.0, 0.1..=1440.0)),
        seed: words.number("--seed", 1, 0..=u64::MAX),
    };
    let cars = words.number("--cars", 0, 0..=MOST_CARS - 1);
    let play = PlayOptions { speed, lockstep: words.has("--lockstep"), stamp: words.has("--stamp") };
    let place = MapPlace::new(words.text("--map").map(Path::new));
    let what = what(words, rows.seed)?;
    Some(Plan { what, place, play, rows, cars, repeat: words.has("--loop") })
}

fn what(words: &mut Words, seed: u64) -> Option<What> {
    let plain: Vec<String> = words.plain.clone();
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    match plain.as_slice() {
        ["life"] => Some(What::Life(words.text("--truth").map(PathBuf::from))),
        ["play", "simcar"] => {
            let kind = words.text("--session").map(str::to_owned);
            let series_id = words.number("--series", 0, 0..=i64::MAX);
            let truth = words.text("--truth").map(PathBuf::from);
            Some(What::Simcar(request(words, seed), Weekend { kind, series_id }, truth))
        }
        ["play", file] if file.to_lowercase().ends_with(".ibt") => Some(What::Ibt(PathBuf::from(file))),
        ["play", file] if file.to_lowercase().ends_with(".tape") => Some(What::Tape(PathBuf::from(file))),
        ["play", file] => {
            words.problems.push(format!("{file} cannot be played: give FILE.ibt, FILE.tape or simcar."));
            None
        }
        ["play"] => {
            words.problems.push("Say what to play: FILE.ibt, FILE.tape or simcar.".to_owned());
            None
        }
        other => {
            words.problems.push(format!("There is no command {}: give play or life.", other.join(" ")));
            None
        }
    }
}

fn request(words: &mut Words, seed: u64) -> SimulateRequest {
    let start = match words.text("--start").unwrap_or("pits") {
        "pits" => Start::Pits,
        "pits-after-line" => Start::PitsAfterLine,
        "grid" => Start::Grid,
        other => {
            let problem = format!("--start takes pits, pits-after-line or grid, not {other}.");
            words.problems.push(problem);
            Start::Pits
        }
    };
    let text = |name: &str, missing: &str| words.text(name).unwrap_or(missing).to_owned();
    SimulateRequest {
        track: text("--track", "demo"),
        car: text("--car", "gt3"),
        driver: text("--driver", "club"),
        mistakes: text("--mistakes", "none"),
        laps: words.number("--laps", 10, 1..=500),
        seed,
        start,
        interruptions: Vec::new(),
    }
}

fn run(plan: Plan) -> Result<(), CodedError> {
    let mut feed: Box<dyn Feed> = match &plan.what {
        What::Ibt(file) => Box::new(IbtFeed::open(file, plan.cars, plan.repeat, &plan.rows)?),
        What::Tape(file) => Box::new(TapeFeed::open(file, plan.repeat)?),
        What::Simcar(request, weekend, truth_file) => {
            let mut simulated = simulate(request)?;
            simulated.session.series_id = weekend.series_id;
            if let Some(kind) = &weekend.kind {
                simulated.session.session_types = vec![kind.clone()];
            }
            let truth = BoardTruth::of(&simulated, plan.cars, plan.rows.seed);
            write_truth(truth_file.as_deref(), &truth)?;
            Box::new(SimcarFeed::new(simulated, plan.cars, plan.repeat, &plan.rows))
        }
        What::Life(truth_file) => Box::new(life(plan.rows.seed, truth_file.as_deref())?),
    };
    eprintln!("writing to {}", plan.place.name());
    let played = Playback::new(plan.place, plan.play).play(feed.as_mut())?;
    println!("{{\"rows\":{},\"connections\":{}}}", played.rows, played.connections);
    Ok(())
}

/// The truth is there before the first row is, so that a reader may wait for it.
fn write_truth(truth_file: Option<&Path>, truth: &impl Serialize) -> Result<(), CodedError> {
    let Some(file) = truth_file else { return Ok(()) };
    let text = serde_json::to_string_pretty(truth)
        .map_err(|cause| CodedError::new(ErrorCode::Internal).with("cause", cause))?;
    std::fs::write(file, text + "\n").map_err(|cause| {
        CodedError::new(ErrorCode::OutputExists).with("file", file.display()).with("cause", cause)
    })
}

fn life(seed: u64, truth_file: Option<&Path>) -> Result<LifeFeed, CodedError> {
    let (scenes, truth) = write(&TakeBank::default(), seed)?;
    write_truth(truth_file, &truth)?;
    Ok(LifeFeed::new(scenes))
}

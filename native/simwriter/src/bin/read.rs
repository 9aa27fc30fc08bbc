//! `racing-coach-read`: reads a sim's memory with the product's live source and counts. It prints a line of JSON each second and the last one at the end.

use racing_coach_core::error::CodedError;
use racing_coach_simwriter::command_line::{OptionSpec, Words, help};
use racing_coach_simwriter::measuring_reader::MeasuringReader;
use racing_coach_sources::live::file_map::{FileMapFinder, default_map_path};
use racing_coach_sources::live::memory::FindMemory;
use racing_coach_sources::live::options::LiveOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "racing-coach-read: reads a sim's memory and counts rows, missed ticks and torn copies

";

const TABLE: &[OptionSpec] = &[
    OptionSpec { name: "--map", value: "FILE", help: "read here (default: where racing-coach-sim writes)" },
    OptionSpec { name: "--seconds", value: "N", help: "how long (default 10)" },
];

fn main() -> ExitCode {
    let mut words = Words::parse(std::env::args().skip(1), TABLE);
    let seconds = words.number("--seconds", 10.0, 0.1..=1e6);
    if words.help {
        print!("{USAGE}{}", help(TABLE));
        return ExitCode::SUCCESS;
    }
    if let Some(word) = words.plain.first() {
        words.problems.push(format!("{word} is not understood."));
    }
    if !words.problems.is_empty() {
        words.problems.iter().for_each(|problem| eprintln!("{problem}"));
        eprintln!("See: racing-coach-read --help");
        return ExitCode::from(2);
    }
    match read(finder(words.text("--map").map(Path::new)), Duration::from_secs_f64(seconds)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn finder(file: Option<&Path>) -> Box<dyn FindMemory> {
    #[cfg(windows)]
    if file.is_none() {
        return Box::new(racing_coach_sources::live::windows_map::WindowsMapFinder::new());
    }
    Box::new(FileMapFinder::new(&file.map_or_else(default_map_path, PathBuf::from)))
}

fn read(finder: Box<dyn FindMemory>, longest: Duration) -> Result<(), CodedError> {
    let mut reader = MeasuringReader::new(finder, LiveOptions::default());
    let end = Instant::now() + longest;
    let mut next = Instant::now();
    while next < end {
        next = (next + Duration::from_secs(1)).min(end);
        reader.run(next)?;
        let line = serde_json::to_string(&reader.counts()).unwrap_or_default();
        // Whoever asked may have gone: then there is nobody to tell.
        if writeln!(std::io::stdout(), "{line}").is_err() {
            break;
        }
    }
    Ok(())
}

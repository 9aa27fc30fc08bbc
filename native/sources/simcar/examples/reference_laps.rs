//! Makes the files of `reference-laps/` anew: `cargo run --release -p racing-coach-simcar --example reference_laps -- FOLDER`.

use racing_coach_simcar::bundle;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        eprintln!("Which folder? Usually ../reference-laps.");
        return ExitCode::from(2);
    };
    match bundle::write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

//! Choosing a lap of a recording.

use crate::ErrorCode;
use crate::error::CodedError;
use crate::lap::Lap;

/// The fastest reference-grade lap; the first of equals.
pub fn best_lap(laps: &[Lap]) -> Option<&Lap> {
    fastest(laps.iter().filter(|lap| lap.reference_grade()))
}

/// The fastest of some laps that have a time; the first of equals.
pub fn fastest<'a>(laps: impl Iterator<Item = &'a Lap>) -> Option<&'a Lap> {
    laps.filter_map(|lap| Some((lap.lap_time_s()?, lap)))
        .reduce(|best, next| if next.0 < best.0 { next } else { best })
        .map(|(_, lap)| lap)
}

/// The complete lap with this number; without a stint there must be only one. `file` names the recording in errors.
pub fn find_lap<'a>(
    laps: &'a [Lap],
    stint: Option<u32>,
    lap: i32,
    file: &str,
) -> Result<&'a Lap, CodedError> {
    let found: Vec<&Lap> = laps
        .iter()
        .filter(|candidate| candidate.complete() && candidate.id.lap == lap)
        .filter(|candidate| stint.is_none_or(|stint| candidate.id.stint == stint))
        .collect();
    match found[..] {
        [only] => Ok(only),
        [] => Err(error(ErrorCode::LapNotFound, laps.iter().filter(|lap| lap.complete()), stint, lap, file)),
        _ => Err(error(ErrorCode::LapAmbiguous, found.into_iter(), stint, lap, file)),
    }
}

fn error<'a>(
    code: ErrorCode,
    known: impl Iterator<Item = &'a Lap>,
    stint: Option<u32>,
    lap: i32,
    file: &str,
) -> CodedError {
    let known: Vec<String> = known.map(|lap| format!("{}:{}", lap.id.stint, lap.id.lap)).collect();
    let asked = stint.map_or(lap.to_string(), |stint| format!("{stint}:{lap}"));
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    CodedError::new(code).with("file", file).with("lap", asked).with("known", known)
}

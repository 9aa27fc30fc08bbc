//! The mistakes a simulated driver can be told to make, and the language in which they are told.
//!
//! The specification is a comma-separated list of `CORNER:CODE[=SIZE][@LAPS]`, or `none`, or `random`:
//!
//! - `CORNER` is a corner of the truth file, for example `T3`. It must not be flat out in this car.
//! - `CODE` is one of the table below; `SIZE` is in the unit given there and has a default.
//! - `LAPS` is a lap `3`, laps `2-4`, or from a lap on `2-`; without it every lap.
//! - `random` makes two to four mistakes a lap, by the seed.
//!
//! | code | size | default | what the driver does |
//! |---|---|---|---|
//! | `brakes-early` | m | 15 | brakes this much sooner with the usual pressure, and eases off sooner |
//! | `brakes-late` | m | 10 | brakes this much later, misses the apex and waits for the throttle |
//! | `brakes-soft` | share | 0.25 | brakes with this much less pressure, for longer |
//! | `trails-too-little` | m | 15 | is off the brake this much before he would be |
//! | `over-slows` | m/s | 2.5 | is this much slower at the slowest point |
//! | `late-throttle` | m | 15 | goes to the throttle this much later |
//! | `coasts` | s | 0.6 | rolls this much longer between the pedals |
//! | `wrong-gear` | gears | 1 | takes the corner this many gears too high |
//! | `runs-wide` | m | 1.2 | is this much further out at the exit, and lifts for it |
//!
//! Example: `T3:brakes-early=12@2-4,T5:late-throttle`.

use racing_coach_core::error::CodedError;
use racing_coach_core::{Cause, ErrorCode};
use std::ops::RangeInclusive;

/// One mistake at one corner, on some laps.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Corner of the truth file.
    pub corner_id: String,
    /// Which mistake.
    pub cause: Cause,
    /// In the mistake's unit.
    pub size: f64,
    /// First lap and last lap.
    pub laps: RangeInclusive<u32>,
}

/// What can be done wrong: cause, unit, size when none is given, smallest and largest size.
pub struct MistakeKind {
    /// Code and name.
    pub cause: Cause,
    /// Unit of the size.
    pub unit: &'static str,
    /// Size when none is given.
    pub usual: f64,
    /// Sizes that are understood.
    pub range: RangeInclusive<f64>,
    /// Only where the driver brakes.
    pub needs_brake: bool,
}

/// Every mistake.
pub const KINDS: [MistakeKind; 9] = [
    kind(Cause::BrakesEarly, "m", 15.0, 1.0..=80.0, true),
    kind(Cause::BrakesLate, "m", 10.0, 1.0..=40.0, true),
    kind(Cause::BrakesSoft, "1", 0.25, 0.05..=0.6, true),
    kind(Cause::TrailsTooLittle, "m", 15.0, 1.0..=60.0, true),
    kind(Cause::OverSlows, "m/s", 2.5, 0.2..=12.0, false),
    kind(Cause::LateThrottle, "m", 15.0, 1.0..=80.0, false),
    kind(Cause::Coasts, "s", 0.6, 0.1..=3.0, false),
    kind(Cause::WrongGear, "gears", 1.0, 1.0..=2.0, false),
    kind(Cause::RunsWide, "m", 1.2, 0.2..=8.0, false),
];

const fn kind(
    cause: Cause,
    unit: &'static str,
    usual: f64,
    range: RangeInclusive<f64>,
    needs_brake: bool,
) -> MistakeKind {
    MistakeKind { cause, unit, usual, range, needs_brake }
}

/// The row of a cause; `None` for causes that nobody can be told to make.
pub fn kind_of(cause: Cause) -> Option<&'static MistakeKind> {
    KINDS.iter().find(|kind| kind.cause == cause)
}

/// A parsed specification.
#[derive(Debug, Clone, PartialEq)]
pub enum MistakeSpec {
    /// These.
    Listed(Vec<Mistake>),
    /// Two to four a lap, by the seed.
    Random,
}

impl MistakeSpec {
    /// Reads a specification; every part that is not understood is named.
    pub fn parse(spec: &str) -> Result<Self, CodedError> {
        match spec.trim() {
            "" | "none" => return Ok(MistakeSpec::Listed(Vec::new())),
            "random" => return Ok(MistakeSpec::Random),
            _ => {}
        }
        let (mut mistakes, mut problems) = (Vec::new(), Vec::new());
        for part in spec.split(',').map(str::trim) {
            match mistake(part) {
                Ok(mistake) => mistakes.push(mistake),
                Err(cause) => problems.push(format!("\"{part}\": {cause}")),
            }
        }
        if problems.is_empty() { Ok(MistakeSpec::Listed(mistakes)) } else { Err(bad(&problems.join("; "))) }
    }
}

/// The coded error with a cause.
pub fn bad(cause: &str) -> CodedError {
    CodedError::new(ErrorCode::MistakesBad).with("cause", cause)
}

fn mistake(part: &str) -> Result<Mistake, String> {
    let (corner_id, rest) = part.split_once(':').ok_or("expected CORNER:CODE[=SIZE][@LAPS]")?;
    let (rest, laps) = match rest.split_once('@') {
        Some((rest, laps)) => (rest, lap_range(laps)?),
        None => (rest, 1..=u32::MAX),
    };
    let (code, size) = match rest.split_once('=') {
        Some((code, size)) => (code, Some(size)),
        None => (rest, None),
    };
    let known = || KINDS.map(|kind| kind.cause.code()).join(", ");
    let kind = KINDS
        .iter()
        .find(|kind| kind.cause.code() == code)
        .ok_or_else(|| format!("no mistake is called {code}; known: {}", known()))?;
    let size = match size {
        None => kind.usual,
        Some(text) => text.parse::<f64>().map_err(|_| format!("{text} is not a number"))?,
    };
    if !kind.range.contains(&size) {
        let (low, high) = (kind.range.start(), kind.range.end());
        return Err(format!("the size of {code} is {low} to {high} {}", kind.unit));
    }
    if corner_id.is_empty() {
        return Err("the corner is missing".to_owned());
    }
    Ok(Mistake { corner_id: corner_id.to_owned(), cause: kind.cause, size, laps })
}

fn lap_range(text: &str) -> Result<RangeInclusive<u32>, String> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|&lap| lap >= 1);
    let range = match text.split_once('-') {
        None => number(text).map(|lap| lap..=lap),
        Some((first, "")) => number(first).map(|first| first..=u32::MAX),
        Some((first, last)) => number(first).zip(number(last)).map(|(first, last)| first..=last),
    };
    range.filter(|range| !range.is_empty()).ok_or_else(|| format!("{text} are no laps; write 3, 2-4 or 2-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(spec: &str) -> Vec<Mistake> {
        match MistakeSpec::parse(spec) {
            Ok(MistakeSpec::Listed(mistakes)) => mistakes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn reads_the_whole_language() {
        let mistakes = listed("T3:brakes-early=12@2-4, T5:late-throttle,T10:coasts=0.8@3,T1:over-slows@2-");
        assert_eq!(mistakes[0].laps, 2..=4);
        assert_eq!((mistakes[0].cause, mistakes[0].size), (Cause::BrakesEarly, 12.0));
        assert_eq!((mistakes[1].size, mistakes[1].laps.clone()), (15.0, 1..=u32::MAX));
        assert_eq!(mistakes[2].laps, 3..=3);
        assert_eq!(mistakes[3].laps, 2..=u32::MAX);
        assert_eq!(listed("none"), vec![]);
        assert_eq!(MistakeSpec::parse("random"), Ok(MistakeSpec::Random));
    }

    #[test]
    fn names_every_problem_at_once() {
        let error =
            MistakeSpec::parse("T3:brakes,T4,T5:coasts=9,T6:coasts@4-2,:coasts").unwrap_err().to_string();
        for words in
            ["no mistake is called brakes", "\"T4\"", "0.1 to 3 s", "4-2 are no laps", "corner is missing"]
        {
            assert!(error.contains(words), "{words} not in: {error}");
        }
    }
}

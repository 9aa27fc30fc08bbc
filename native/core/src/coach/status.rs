//! What one row alone says about whether the coach may speak.

use super::config::Placing;
use super::plan::Plan;
use crate::lap::tolerable;
use crate::laps::TrackerStep;
use crate::{Reason, Sample, Status};

/// Laps whose lengths differ by more are not of the same layout. The rounded length of a session text is within half of it.
const SAME_LENGTH: f64 = 0.01;
/// `TrackWetness` from here on is wetter than a dry line: 2 is "mostly dry", 3 "very lightly wet".
const WET_FROM: f64 = 3.0;
/// `TrackWetness` of a dry track; 0 is "not known".
const DRY: f64 = 1.0;

/// The source does not say where the car is: neither by distance nor by fraction.
pub(super) fn lacks_position(sample: &Sample) -> bool {
    !sample.lap_distance_m.is_finite() && !sample.lap_fraction.is_finite()
}

/// Whether the reference can be of this lap.
pub(super) fn lengths_match(plan: &Plan, length_m: Option<f64>) -> bool {
    length_m.is_none_or(|length_m| (length_m / plan.curve.length_m - 1.0).abs() <= SAME_LENGTH)
}

/// What a row's status depends on, apart from the row.
pub(super) struct Circumstances<'a> {
    pub plan: Option<&'a Plan>,
    /// The lap's length by the source.
    pub length_m: Option<f64>,
    /// A first reference is made out of the laps driven.
    pub learn: bool,
    /// The lap has no beginning, but a run-in.
    pub run_in: bool,
    /// Where the car's place comes from.
    pub placing: Placing,
    /// The rules of the session forbid live instruction.
    pub race_legal: bool,
    /// The section is spoiled.
    pub spoiled: bool,
}

/// The status of a row: first what the sim says about the car, then what the coach lacks.
pub(super) fn raw_status(step: &TrackerStep, sample: &Sample, around: &Circumstances) -> Status {
    if lacks_position(sample) {
        return without_a_place(step, around.placing);
    }
    // Where there is no reference that is what the driver can do something about, not that this is an out-lap or that a car is near.
    let about_the_lap = |status: &Status| matches!(status, Status::OutLap | Status::Reset | Status::Traffic);
    if let Some(status) = step.blocked.filter(|status| !about_the_lap(status)) {
        return status;
    }
    let Some(plan) = around.plan else {
        return if around.learn { before_a_reference(step) } else { Status::NoReference };
    };
    if !lengths_match(plan, around.length_m) {
        return Status::ReferenceMismatch;
    }
    if sample.track_wetness >= WET_FROM && !plan.reference.wet {
        return Status::Wet;
    }
    if sample.track_wetness == DRY && plan.reference.wet {
        return Status::Dry;
    }
    match step.blocked {
        Some(status) => status,
        None if step.rows_in_lap.is_nan() && !around.run_in => away_from_the_line(step),
        None if around.spoiled => Status::SpoiledSection,
        None if around.race_legal => Status::RaceRules,
        None if plan.learning() => Status::Learning,
        None => Status::Coaching,
    }
}

/// The sim says nothing of a place, or no line does. A car that stands and has no place looks as if it had been reset.
fn without_a_place(step: &TrackerStep, placing: Placing) -> Status {
    let about_the_lap =
        |status: &Status| matches!(status, Status::MissingChannels | Status::OutLap | Status::Reset);
    let about_the_car = step.blocked.filter(|status| !about_the_lap(status));
    match placing {
        Placing::BySim => Status::MissingChannels,
        Placing::ByLine => about_the_car.unwrap_or(Status::OffTrack),
        Placing::LineToCome => about_the_car.unwrap_or(Status::LearningTrack),
    }
}

/// While the first lap is being driven out of which a reference is made.
fn before_a_reference(step: &TrackerStep) -> Status {
    match step.blocked {
        Some(Status::OutLap) => Status::OutLap,
        Some(Status::Reset) => Status::Reset,
        _ if step.rows_in_lap.is_nan() => away_from_the_line(step),
        _ if tolerable(step.reasons) => Status::LearningLap,
        _ => Status::NoReference,
    }
}

/// Of a lap that did not begin at the line.
fn away_from_the_line(step: &TrackerStep) -> Status {
    if was_moved(step) { Status::Reset } else { Status::OutLap }
}

fn was_moved(step: &TrackerStep) -> bool {
    [Reason::Reset, Reason::Tow, Reason::Jump].into_iter().any(|reason| step.reasons.contains(reason))
}

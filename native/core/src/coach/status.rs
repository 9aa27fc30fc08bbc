//! What one row alone says about whether the coach may speak.

use super::plan::Plan;
use crate::laps::TrackerStep;
use crate::{Reason, Sample, Status};

/// Laps whose lengths differ by more are not of the same layout. The rounded length of a session text is within half of it.
const SAME_LENGTH: f64 = 0.01;
/// `TrackWetness` from here on is wetter than a dry line: 2 is "mostly dry", 3 "very lightly wet".
const WET_FROM: f64 = 3.0;

/// The source does not say where the car is: neither by distance nor by fraction.
pub(super) fn lacks_position(sample: &Sample) -> bool {
    !sample.lap_distance_m.is_finite() && !sample.lap_fraction.is_finite()
}

/// Whether the reference can be of this lap.
pub(super) fn lengths_match(plan: &Plan, length_m: Option<f64>) -> bool {
    length_m.is_none_or(|length_m| (length_m / plan.curve.length_m - 1.0).abs() <= SAME_LENGTH)
}

/// The status of a row: first what the sim says about the car, then what the coach lacks.
pub(super) fn raw_status(
    step: &TrackerStep,
    sample: &Sample,
    plan: Option<&Plan>,
    length_m: Option<f64>,
) -> Status {
    if lacks_position(sample) {
        return Status::MissingChannels;
    }
    // Where there is no reference that is what the driver can do something about, not that this is an out-lap.
    let about_the_lap = |status: &Status| matches!(status, Status::OutLap | Status::Reset);
    if let Some(status) = step.blocked.filter(|status| !about_the_lap(status)) {
        return status;
    }
    let Some(plan) = plan else { return Status::NoReference };
    if !lengths_match(plan, length_m) {
        return Status::ReferenceMismatch;
    }
    if sample.track_wetness >= WET_FROM && !plan.reference.wet {
        return Status::Wet;
    }
    match step.blocked {
        Some(status) => status,
        None if step.rows_in_lap.is_finite() => Status::Coaching,
        None if was_moved(step) => Status::Reset,
        None => Status::OutLap,
    }
}

fn was_moved(step: &TrackerStep) -> bool {
    [Reason::Reset, Reason::Tow, Reason::Jump].into_iter().any(|reason| step.reasons.contains(reason))
}

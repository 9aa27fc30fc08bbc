//! One row on its way through the coach.

use super::clock::Tick;
use super::event::Place;
use super::road::Movement;
use crate::Sample;
use crate::laps::TrackerStep;

/// One row with what is known about it.
pub(super) struct Row<'a> {
    pub sample: &'a Sample,
    pub step: TrackerStep,
    pub place: Place,
    pub movement: Movement,
    pub tick: Tick,
    /// The source's speed, or where it has none the one by distance; NaN without either.
    pub speed_mps: f64,
    /// The driver may be spoken to: the coach coaches or learns.
    pub coaching: bool,
    /// He may be learned from: as `coaching`, and where only the rules are in the way.
    pub undisturbed: bool,
    /// The sim put the car on the road in mid-lap, and a run-in is behind it.
    pub run_in: bool,
}

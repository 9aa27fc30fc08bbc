//! What the coach reports. Events are plain values without text, so that the 60 Hz path neither allocates nor formats; corners
//! are indices into the corners of the reference that was set at that step. [`super::write_event_json`] makes the text.

use crate::lap::{Lap, LapId};
use crate::reason_set::ReasonSet;
use crate::{CueCode, Status};

/// Where and when something happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Row of the source.
    pub sample: u64,
    /// The sim's session clock; NaN when missing.
    pub session_time_s: f64,
    /// Stint and lap.
    pub id: LapId,
    /// Metres from the line, in the reference's metres when there is a reference; NaN when not known.
    pub lap_distance_m: f64,
}

/// A lap ended or was settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LapEvent {
    /// Where the car is now; the stint and lap are those of the finished lap.
    pub place: Place,
    /// The lap.
    pub lap: Lap,
    /// Somebody was told how to drive in it: see [`super::snapshot_instructs`] and [`super::event_instructs`].
    pub assisted: bool,
}

/// The numbers behind a cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CueEvidence {
    /// Of beats, GO and a shown point.
    Brake {
        /// Speed of the car.
        speed_mps: f64,
        /// Speed of the reference at this place; NaN when it has none.
        reference_speed_mps: f64,
        /// Predicted seconds to the point.
        time_to_point_s: f64,
    },
    /// Of a corner's verdict.
    Verdict {
        /// Loss against the reference.
        delta_s: f64,
        /// The spread that the loss was measured with: the driver's own or the assumed one.
        spread_s: f64,
        /// Lowest speed of the pass.
        min_speed_mps: f64,
        /// Lowest speed of the reference.
        reference_min_speed_mps: f64,
    },
}

/// Something for the driver to do or know now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CueEvent {
    /// Where the car is.
    pub place: Place,
    /// Which cue.
    pub code: CueCode,
    /// Index of the corner.
    pub corner: u16,
    /// The place that the cue is about, metres from the line.
    pub target_m: f64,
    /// Metres from the car to it, along the road; negative just after it.
    pub lead_m: f64,
    /// Why.
    pub evidence: CueEvidence,
}

/// What a corner's section cost, from its start to its exit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CornerEvent {
    /// Where the car is: the first row after the exit.
    pub place: Place,
    /// Index of the section's (first) corner.
    pub corner: u16,
    /// Seconds against the reference from the section's start to its exit; positive is slower.
    pub delta_s: f64,
    /// The driver's spread over his earlier usable passes; `None` before three of them.
    pub spread_s: Option<f64>,
    /// Whether the pass says something about the driver's skill here.
    pub usable: bool,
    /// Whether it is worth showing.
    pub show: bool,
    /// Lowest speed of the pass.
    pub min_speed_mps: f64,
    /// Lowest speed of the reference between the same cuts.
    pub reference_min_speed_mps: f64,
    /// Where the driver's first brake application that lost 10 km/h began; `None` when he did not brake.
    pub brake_onset_m: Option<f64>,
    /// The reference's.
    pub reference_brake_onset_m: Option<f64>,
    /// Why the pass is not usable.
    pub reasons: ReasonSet,
}

/// The coach begins or stops being silent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatusEvent {
    /// Where the car is.
    pub place: Place,
    /// The new status.
    pub status: Status,
}

/// One event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// A lap's time is settled: this is the last word on it.
    Lap(LapEvent),
    /// A lap went over the line (or was broken off); its official time may still come.
    LapOpened(LapEvent),
    /// See [`CueEvent`].
    Cue(CueEvent),
    /// See [`CornerEvent`].
    Corner(CornerEvent),
    /// See [`StatusEvent`].
    Status(StatusEvent),
}

//! The shapes of `compare --json`.

use crate::Cause;
use crate::reason_set::ReasonSet;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The document of `compare --json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// Difference of the two lap times in seconds; positive is slower than the reference.
    pub lap_delta_s: f64,
    /// Sections in order along the lap; their `delta_s` add up to `lap_delta_s`.
    pub sections: Vec<SectionComparison>,
}

/// One section of a comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SectionComparison {
    /// See [`crate::corner::Section::corner_id`].
    pub corner_id: Option<String>,
    /// Where it begins, in metres from the line.
    pub start_m: f64,
    /// Where it ends.
    pub end_m: f64,
    /// Seconds lost here; negative is a gain.
    pub delta_s: f64,
    /// Seconds of the straight that the speed at the exit explains; see [`super::carry_over`].
    pub carry_over_s: f64,
    /// Seconds lost in each phase; they add up to `delta_s`.
    pub phases: PhaseDeltas,
    /// Why, largest first; empty where nothing was lost.
    pub causes: Vec<CauseCost>,
    /// Why causes were left out: `traffic` or `traffic-unknown` where another car may explain them; empty where none was.
    pub reasons: ReasonSet,
}

/// Seconds lost in each phase of a section; negative is a gain.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhaseDeltas {
    /// Start to turn-in.
    pub braking: f64,
    /// Turn-in to the reference's minimum speed.
    pub entry: f64,
    /// Minimum speed to the reference's throttle pick-up.
    pub middle: f64,
    /// Pick-up to the corner's end.
    pub exit: f64,
    /// The corner's end to the section's end.
    pub straight: f64,
}

impl PhaseDeltas {
    /// All phases together.
    pub fn sum(&self) -> f64 {
        self.braking + self.entry + self.middle + self.exit + self.straight
    }
}

/// What one cause cost.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CauseCost {
    /// Which.
    #[serde(serialize_with = "cause_code")]
    pub code: Cause,
    /// Seconds; always positive.
    pub cost_s: f64,
    /// The numbers behind it, with their units in their names; lap minus reference where the name says `Difference`.
    /// `carriedOnS`, when there: what the same mistake still costs in the next section, where it is listed as `carry-over`.
    pub evidence: BTreeMap<&'static str, f64>,
}

fn cause_code<S: Serializer>(cause: &Cause, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(cause.code())
}

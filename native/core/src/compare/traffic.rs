//! What other cars explain is not blamed on the driver.
//!
//! In a section where a car was close, or where nobody can tell whether one was, the causes that a car ahead brings about are left
//! out; `trafficExplains` in the table of causes says which and why. Their cost goes nowhere: neither to another cause nor to
//! `unexplained`, because it may well be explained. The deltas stay as they are, for they are times and not verdicts.

use crate::Reason;
use crate::analysis::touches;
use crate::compare::document::SectionComparison;
use crate::corner::Section;
use crate::lap::{Lap, Spoils};
use crate::reason_set::ReasonSet;

/// What is known about other cars on a lap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LapTraffic {
    unknown: bool,
    spoils: Spoils,
}

impl LapTraffic {
    /// No other car was near.
    pub const NONE: LapTraffic = LapTraffic { unknown: false, spoils: Spoils::EMPTY };

    /// What the tracker noticed.
    pub fn of(lap: &Lap) -> Self {
        LapTraffic { unknown: lap.reasons.contains(Reason::TrafficUnknown), spoils: lap.spoils }
    }

    /// Why a loss in this section may be another car's doing; `length_m` is that of the section's lap.
    fn reasons_in(&self, section: &Section, length_m: f64) -> ReasonSet {
        let stretches = self.spoils.as_slice().iter();
        let close = stretches
            .filter(|spoil| spoil.reason == Reason::Traffic)
            .any(|spoil| touches(section, spoil, length_m));
        [(Reason::TrafficUnknown, self.unknown), (Reason::Traffic, close)]
            .into_iter()
            .filter_map(|(reason, holds)| holds.then_some(reason))
            .collect()
    }

    /// Leaves out the causes that another car can explain, and notes why where there were any.
    pub(super) fn excuse(&self, compared: &mut SectionComparison, section: &Section, length_m: f64) {
        let reasons = self.reasons_in(section, length_m);
        if reasons.is_empty() || !compared.causes.iter().any(|cause| cause.code.traffic_explains()) {
            return;
        }
        compared.causes.retain(|cause| !cause.code.traffic_explains());
        compared.reasons = reasons;
    }
}

//! Where a lap lost time against a reference, and why.
//!
//! Places are the reference's, so the same metres are compared. A lap or reference without points gives no sections.

pub mod carry_over;
mod document;
mod pair;
mod phases;
#[cfg(test)]
mod tests;

pub use document::{CauseCost, Comparison, PhaseDeltas, SectionComparison};

use crate::corner::{BrakeZone, Section};
use crate::grid::LapGrid;
use crate::reference::ReferenceLap;
use carry_over::{PowerModel, carry_over_s};
use pair::{Pair, Stretched};
use phases::Cuts;

/// A lap to be compared with a reference.
#[derive(Debug, Clone, Copy)]
pub struct ComparedLap<'a> {
    /// The lap by distance.
    pub grid: &'a LapGrid,
    /// Its brake zones.
    pub brake_zones: &'a [BrakeZone],
    /// Its lap time in seconds: official when known.
    pub lap_time_s: f64,
}

/// Compares a lap with a reference. The deltas of the sections add up to the difference of the two lap times, and the deltas of the
/// phases to that of their section.
pub fn compare(reference: &ReferenceLap, lap: &ComparedLap) -> Comparison {
    let lap_delta_s = lap.lap_time_s - reference.lap_time_s;
    let stretched = Stretched::new(lap, reference.grid.length_m);
    let Some(pair) = Pair::new(reference, &stretched.grid, lap.lap_time_s) else {
        return Comparison { lap_delta_s, sections: Vec::new() };
    };
    let power = PowerModel::fit(&pair.reference);
    let sections = reference.sections.iter().map(|section| compare_section(&pair, &power, section)).collect();
    Comparison { lap_delta_s, sections }
}

fn compare_section(pair: &Pair, power: &PowerModel, section: &Section) -> SectionComparison {
    let cuts = Cuts::of(section, pair.reference.grid.length_m);
    let phases = cuts.deltas(pair);
    let exit_mps = pair.lap.speed_at_mps(cuts.exit_m);
    SectionComparison {
        corner_id: section.corner_id.clone(),
        start_m: section.start_m,
        end_m: section.end_m,
        delta_s: phases.sum(),
        carry_over_s: carry_over_s(power, &pair.reference, exit_mps, cuts.exit_m, cuts.end_m),
        phases,
        causes: Vec::new(),
    }
}

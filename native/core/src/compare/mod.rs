//! Where a lap lost time against a reference, and why.
//!
//! Places are the reference's, so the same metres are compared. A lap or reference without points gives no sections.

pub mod carry_over;
mod causes;
mod document;
mod evidence;
mod pair;
mod phases;
mod section;
mod sideways;
mod stretches;
#[cfg(test)]
mod tests;
mod traffic;

pub use document::{CauseCost, Comparison, PhaseDeltas, SectionComparison};
pub use traffic::LapTraffic;

use crate::Cause;
use crate::corner::BrakeZone;
use crate::grid::LapGrid;
use crate::metrics::corner_metrics;
use crate::metrics::shifts::Shifts;
use crate::reference::ReferenceLap;
use carry_over::PowerModel;
use pair::{Pair, Stretched};
use section::Bench;

/// A lap to be compared with a reference.
#[derive(Debug, Clone, Copy)]
pub struct ComparedLap<'a> {
    /// The lap by distance.
    pub grid: &'a LapGrid,
    /// Its brake zones.
    pub brake_zones: &'a [BrakeZone],
    /// Its lap time in seconds: official when known.
    pub lap_time_s: f64,
    /// Other cars on it.
    pub traffic: LapTraffic,
}

/// Compares a lap with a reference. The deltas of the sections add up to the difference of the two lap times, and the deltas of the
/// phases to that of their section.
pub fn compare(reference: &ReferenceLap, lap: &ComparedLap) -> Comparison {
    let lap_delta_s = lap.lap_time_s - reference.lap_time_s;
    let stretched = Stretched::new(lap, reference.grid.length_m);
    let Some(pair) = Pair::new(reference, &stretched.grid, lap.lap_time_s) else {
        return Comparison { lap_delta_s, sections: Vec::new() };
    };
    let bench = Bench {
        reference,
        pair: &pair,
        power: PowerModel::fit(&pair.reference),
        shifts: (Shifts::find(&pair.reference), Shifts::find(&pair.lap)),
        metrics: corner_metrics(&stretched.grid, &reference.corners, &stretched.brake_zones),
        zones: &stretched.brake_zones,
    };
    let mut sections: Vec<SectionComparison> =
        reference.sections.iter().map(|section| bench.section(section)).collect();
    note_carried_on(&mut sections);
    for (compared, section) in sections.iter_mut().zip(&reference.sections) {
        lap.traffic.excuse(compared, section, reference.grid.length_m);
    }
    Comparison { lap_delta_s, sections }
}

/// Tells a section's main mistake what it still costs in the next section, where it stands as `carry-over`: the whole price of the
/// mistake is `costS` and `carriedOnS` together, and the costs of a section stay under its own loss.
fn note_carried_on(sections: &mut [SectionComparison]) {
    for index in 1..sections.len() {
        let carried = sections[index].causes.iter().find(|cause| cause.code == Cause::CarryOver);
        let Some(carried_s) = carried.map(|cause| cause.cost_s) else { continue };
        let mistakes = &mut sections[index - 1].causes;
        if let Some(main) = mistakes.iter_mut().find(|cause| section::is_mistake(cause.code)) {
            main.evidence.insert("carriedOnS", carried_s);
        }
    }
}

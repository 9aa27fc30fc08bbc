//! Sections: the lap cut once, at metres fixed by the reference.
//!
//! Every coached corner, or complex of corners, has one section; flat corners lie in the straight of the one before. A section
//! begins [`APPROACH_M`] before the reference brakes or lifts, so that a driver who brakes earlier loses the time in the corner's
//! own section, but never before the corner before has ended. Cuts never run backwards: a cut that would (a pick-up before the
//! minimum speed, a minimum speed before turn-in) falls together with the one before it, and its phase is empty.
//! Without throttle the pick-up falls together with the minimum speed: the middle is empty, the exit holds both.

mod cuts;
#[cfg(test)]
mod tests;

use crate::corner::{BrakeZone, Corner, CornerMetrics, Section};
use crate::grid::LapGrid;
use crate::metrics::corner_metrics;
use crate::metrics::ring::Ring;
use cuts::{GroupCuts, group_cuts, settle_overlaps};

/// A driver's brake onset varies by 3 to 9 m, 15 m at worst (measured on real laps); a mistake is several of these.
pub const APPROACH_M: f64 = 60.0;

/// The sections of a reference lap, in order along the lap.
pub fn cut_sections(grid: &LapGrid, corners: &[Corner], zones: &[BrakeZone]) -> Vec<Section> {
    sections_of(grid, corners, &corner_metrics(grid, corners, zones))
}

/// As [`cut_sections`], with the reference's metrics known.
pub(crate) fn sections_of(grid: &LapGrid, corners: &[Corner], metrics: &[CornerMetrics]) -> Vec<Section> {
    let Some(ring) = Ring::new(grid) else { return Vec::new() };
    if metrics.len() != corners.len() {
        return Vec::new();
    }
    let mut cuts = group_cuts(&ring, corners, metrics);
    settle_overlaps(&mut cuts, grid.length_m);
    around_the_lap(cuts, corners, grid.length_m)
}

/// Joins the cuts to sections that cover the lap once, the last back to the first or to the line.
fn around_the_lap(cuts: Vec<GroupCuts>, corners: &[Corner], length_m: f64) -> Vec<Section> {
    let across = cuts.last().is_some_and(|last| last.exit_m > length_m);
    let first_start_m = cuts.first().map_or(length_m, |first| first.start_m);
    let mut sections = Vec::with_capacity(cuts.len() + 1);
    if first_start_m > 0.0 && !across {
        sections.push(run_from_the_line(first_start_m));
    }
    for (index, cut) in cuts.iter().enumerate() {
        let lap_end_m = if across { first_start_m } else { length_m };
        let end_m = cuts.get(index + 1).map_or(lap_end_m, |next| next.start_m);
        // Only the section across the line has places beyond the length; one that ends on the line ends at the length.
        let wrap = |place_m: f64| if place_m > length_m { place_m - length_m } else { place_m };
        sections.push(Section {
            corner_id: cut.members.first().map(|&member| corners[member].id.clone()),
            corner_ids: cut.members.iter().map(|&member| corners[member].id.clone()).collect(),
            start_m: cut.start_m,
            turn_in_m: wrap(cut.turn_in_m),
            min_speed_m: wrap(cut.min_speed_m),
            pick_up_m: wrap(cut.pick_up_m),
            exit_m: wrap(cut.exit_m),
            end_m,
        });
    }
    sections
}

/// The straight from the line to the first corner's section; the whole lap when nothing is coached.
fn run_from_the_line(end_m: f64) -> Section {
    Section {
        corner_id: None,
        corner_ids: Vec::new(),
        start_m: 0.0,
        turn_in_m: 0.0,
        min_speed_m: 0.0,
        pick_up_m: 0.0,
        exit_m: 0.0,
        end_m,
    }
}

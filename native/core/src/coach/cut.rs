//! A section of the reference, prepared for measuring passes through it.

use super::plan::read;
use super::spread::Spread;
use super::time_curve::{TimeCurve, wrapped_m};
use crate::corner::Section;
use crate::reference::ReferenceLap;

/// A section with a coached corner, and what the reference did from its start to its exit.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub start_m: f64,
    pub turn_in_m: f64,
    pub min_speed_m: f64,
    pub pick_up_m: f64,
    pub exit_m: f64,
    pub end_m: f64,
    /// Indices of the section's corners; never empty.
    pub corners: Vec<u16>,
    pub start_to_exit_m: f64,
    /// Seconds that the reference takes from the exit to the start of the next such section.
    pub straight_s: f64,
    pub reference_time_s: f64,
    pub reference_min_speed_mps: f64,
    pub reference_brake_onset_m: Option<f64>,
    /// The driver's own scatter here.
    pub spread: Spread,
}

impl Cut {
    /// The section's (first) corner.
    pub fn corner(&self) -> u16 {
        self.corners[0]
    }
}

/// The cut of a section; `None` without a corner, or when a place lies outside of the lap.
pub(super) fn cut(reference: &ReferenceLap, curve: &TimeCurve, section: &Section) -> Option<Cut> {
    let index_of = |id: &String| reference.corners.iter().position(|corner| corner.id == *id);
    let first = index_of(section.corner_id.as_ref()?)?;
    let rest = section.corner_ids.iter().filter_map(index_of).filter(|index| *index != first);
    let corners = std::iter::once(first).chain(rest).filter_map(|index| u16::try_from(index).ok()).collect();
    let places = [
        section.start_m,
        section.turn_in_m,
        section.min_speed_m,
        section.pick_up_m,
        section.exit_m,
        section.end_m,
    ];
    if !places.iter().all(|place| (0.0..=curve.length_m).contains(place)) {
        return None;
    }
    let start_to_exit_m = curve.ahead_m(section.start_m, section.exit_m);
    let metrics = reference.metrics.get(first);
    Some(Cut {
        start_m: section.start_m,
        turn_in_m: section.turn_in_m,
        min_speed_m: section.min_speed_m,
        pick_up_m: section.pick_up_m,
        exit_m: section.exit_m,
        end_m: section.end_m,
        corners,
        start_to_exit_m,
        straight_s: 0.0,
        reference_time_s: curve.between(section.start_m, section.exit_m),
        reference_min_speed_mps: lowest_speed_mps(reference, curve, section.start_m, start_to_exit_m),
        reference_brake_onset_m: metrics.and_then(|metrics| metrics.brake_onset_m),
        spread: Spread::default(),
    })
}

/// Lowest speed of the reference at the grid points of a stretch; by its time where it has no speed column.
fn lowest_speed_mps(reference: &ReferenceLap, curve: &TimeCurve, start_m: f64, length_m: f64) -> f64 {
    let grid = &reference.grid;
    let first_point_m = (start_m / grid.step_m).ceil() * grid.step_m;
    let points = (length_m / grid.step_m) as usize;
    (0..=points)
        .map(|point| {
            let place_m = wrapped_m(first_point_m + point as f64 * grid.step_m, curve.length_m);
            let speed_mps = read(grid, &grid.speed_mps, place_m);
            if speed_mps.is_finite() { speed_mps } else { curve.speed_mps(place_m) }
        })
        .fold(f64::INFINITY, f64::min)
}

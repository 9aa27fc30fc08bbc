//! Sections: the lap cut once, at metres fixed by the reference.
//!
//! Every coached corner, or complex of corners, has one section; flat corners lie in the straight of the one before. A section
//! begins [`APPROACH_M`] before the reference brakes or lifts, so that a driver who brakes earlier loses the time in the corner's
//! own section, but never before the corner before has ended. Cuts never run backwards: a cut that would (a pick-up before the
//! minimum speed, a minimum speed before turn-in) falls together with the one before it, and its phase is empty.
//! Without throttle the pick-up falls together with the minimum speed: the middle is empty, the exit holds both.

use crate::corner::{BrakeZone, Corner, CornerKind, CornerMetrics, Section};
use crate::grid::LapGrid;
use crate::metrics::corner_metrics;
use crate::metrics::ring::{Ring, unroll_near_m, wrap_m};
use crate::metrics::shifts::Shifts;
use crate::metrics::throttle::lift_m;

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

/// The cuts of one corner or complex in unrolled metres; `turn_in_m` lies within the lap.
#[derive(Debug, Clone)]
struct GroupCuts {
    members: Vec<usize>,
    start_m: f64,
    turn_in_m: f64,
    min_speed_m: f64,
    pick_up_m: f64,
    exit_m: f64,
}

/// Corners coached as one, in order of their turn-in. A complex may lie across the line.
fn groups(corners: &[Corner]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let same_complex =
        |a: usize, b: usize| corners[a].complex.is_some() && corners[a].complex == corners[b].complex;
    for index in (0..corners.len()).filter(|&index| corners[index].kind != CornerKind::Flat) {
        match groups.last_mut() {
            Some(group) if same_complex(group[0], index) => group.push(index),
            _ => groups.push(vec![index]),
        }
    }
    if groups.len() > 1 && same_complex(groups[0][0], groups[groups.len() - 1][0]) {
        let head = groups.remove(0);
        groups.last_mut().expect("there was more than one").extend(head);
    }
    groups
}

fn group_cuts(ring: &Ring, corners: &[Corner], metrics: &[CornerMetrics]) -> Vec<GroupCuts> {
    let shifts = Shifts::find(ring);
    let groups = groups(corners);
    let count = groups.len();
    (0..count)
        .map(|index| {
            let before = &groups[(index + count - 1) % count];
            let previous = before.last().map(|&last| &corners[last]);
            cuts_of(ring, &shifts, corners, metrics, &groups[index], previous)
        })
        .collect()
}

fn cuts_of(
    ring: &Ring,
    shifts: &Shifts,
    corners: &[Corner],
    metrics: &[CornerMetrics],
    members: &[usize],
    previous: Option<&Corner>,
) -> GroupCuts {
    let length_m = ring.grid.length_m;
    let (first, last) = (members[0], members[members.len() - 1]);
    let turn_in_m = corners[first].start_m;
    let exit_m = turn_in_m + wrap_m(corners[last].end_m - turn_in_m, length_m);
    let middle_m = (turn_in_m + exit_m) / 2.0;
    let place_m = |place_m: f64| unroll_near_m(place_m, middle_m, length_m);
    let slowest =
        members.iter().min_by(|&&a, &&b| metrics[a].min_speed_mps.total_cmp(&metrics[b].min_speed_mps));
    let min_speed_m =
        slowest.map_or(turn_in_m, |&index| place_m(corners[index].min_speed_m)).clamp(turn_in_m, exit_m);
    let pick_up_m =
        metrics[last].throttle_on_m.map_or(min_speed_m, place_m).clamp(min_speed_m, exit_m.max(min_speed_m));
    // Everything that is done for this corner is done after the corner before has ended.
    let free_m = previous.map_or(f64::INFINITY, |corner| wrap_m(turn_in_m - corner.end_m, length_m));
    let onset_m = metrics[first].brake_onset_m.map(|onset_m| unroll_near_m(onset_m, turn_in_m, length_m));
    let action_m = onset_m.unwrap_or(min_speed_m);
    let lift_m = lift_m(ring, shifts, turn_in_m - free_m.min(length_m / 2.0), action_m);
    let begin_m = lift_m.unwrap_or(turn_in_m).min(onset_m.unwrap_or(turn_in_m)).min(turn_in_m);
    GroupCuts {
        members: members.to_vec(),
        start_m: begin_m - APPROACH_M,
        turn_in_m,
        min_speed_m,
        pick_up_m,
        exit_m,
    }
}

/// Moves each start behind the exit before it, and behind the line for the first corner unless the last lies across the line.
fn settle_overlaps(cuts: &mut Vec<GroupCuts>, length_m: f64) {
    let Some(mut floor_m) = cuts.last().map(|last| (last.exit_m - length_m).max(0.0)) else { return };
    for cut in cuts.iter_mut() {
        for place_m in
            [&mut cut.start_m, &mut cut.turn_in_m, &mut cut.min_speed_m, &mut cut.pick_up_m, &mut cut.exit_m]
        {
            *place_m = place_m.max(floor_m);
            floor_m = *place_m;
        }
    }
    absorb_empty(cuts, length_m);
}

/// A corner that lies wholly inside the section before has no metres of its own: it is coached with that one.
fn absorb_empty(cuts: &mut Vec<GroupCuts>, length_m: f64) {
    let mut index = 1;
    while index < cuts.len() {
        let end_m = cuts.get(index + 1).map_or(f64::max(length_m, cuts[index].exit_m), |next| next.start_m);
        if end_m - cuts[index].start_m < 1.0 {
            let absorbed = cuts.remove(index);
            cuts[index - 1].members.extend(absorbed.members);
        } else {
            index += 1;
        }
    }
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

//! The cuts of each corner or complex before they are joined around the lap.

use crate::corner::{Corner, CornerKind, CornerMetrics};
use crate::metrics::ring::{Ring, unroll_near_m, wrap_m};
use crate::metrics::shifts::Shifts;
use crate::metrics::throttle::lift_m;
use crate::sections::APPROACH_M;

/// The cuts of one corner or complex in unrolled metres; `turn_in_m` lies within the lap.
#[derive(Debug, Clone)]
pub struct GroupCuts {
    /// The corners, by index, in order.
    pub members: Vec<usize>,
    /// Beginning of braking.
    pub start_m: f64,
    /// Beginning of entry.
    pub turn_in_m: f64,
    /// Beginning of the middle.
    pub min_speed_m: f64,
    /// Beginning of the exit.
    pub pick_up_m: f64,
    /// Beginning of the straight.
    pub exit_m: f64,
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

/// The cuts of every group of corners, in order.
pub fn group_cuts(ring: &Ring, corners: &[Corner], metrics: &[CornerMetrics]) -> Vec<GroupCuts> {
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
pub fn settle_overlaps(cuts: &mut Vec<GroupCuts>, length_m: f64) {
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

/// Sections shorter than this have no metres of their own.
const SHORTEST_M: f64 = 1.0;

/// A corner that lies wholly inside the section before it is coached with that one. The first one's section before is the last
/// when that lies across the line; else the first is coached with the next.
fn absorb_empty(cuts: &mut Vec<GroupCuts>, length_m: f64) {
    let mut index = 1;
    while index < cuts.len() {
        let end_m = cuts.get(index + 1).map_or(f64::max(length_m, cuts[index].exit_m), |next| next.start_m);
        if end_m - cuts[index].start_m < SHORTEST_M {
            let absorbed = cuts.remove(index);
            cuts[index - 1].members.extend(absorbed.members);
        } else {
            index += 1;
        }
    }
    while cuts.len() > 1 && cuts[1].start_m - cuts[0].start_m < SHORTEST_M {
        let first = cuts.remove(0);
        let last = cuts.len() - 1;
        if cuts[last].exit_m > length_m {
            cuts[last].members.extend(first.members);
        } else {
            cuts[0].start_m = first.start_m;
            cuts[0].members.splice(0..0, first.members);
        }
    }
}

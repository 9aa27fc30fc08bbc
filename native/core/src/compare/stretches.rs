//! The pieces of a section that belong to each of its corners. A section of one corner is one piece; a complex is cut between its
//! corners, so that a mistake in the second corner is found there and costs what was lost there.

use crate::compare::phases::Cuts;
use crate::corner::Section;
use crate::metrics::ring::unroll_near_m;
use crate::reference::ReferenceLap;

/// Inside a complex, what a driver does this far before the reference's brake or turn-in is still for the corner ahead.
const APPROACH_IN_COMPLEX_M: f64 = 25.0;

/// One corner's piece of a section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Index of the corner in the reference.
    pub corner: usize,
    /// Its cuts in unrolled metres.
    pub cuts: Cuts,
}

/// The pieces of a section in order; they cover it once. None for the run from the line to the first corner.
pub fn stretches(reference: &ReferenceLap, section: &Section) -> Vec<Stretch> {
    let length_m = reference.grid.length_m;
    let whole = Cuts::of(section, length_m);
    let members: Vec<usize> = section
        .corner_ids
        .iter()
        .filter_map(|id| reference.corners.iter().position(|corner| corner.id == *id))
        .filter(|&index| index < reference.metrics.len())
        .collect();
    if members.len() < 2 {
        return members.iter().map(|&corner| Stretch { corner, cuts: whole }).collect();
    }
    let mut pieces: Vec<Stretch> =
        members.iter().map(|&corner| Stretch { corner, cuts: own_cuts(reference, &whole, corner) }).collect();
    pieces[0].cuts.start_m = whole.start_m;
    let mut floor_m = whole.start_m;
    for index in 0..pieces.len() {
        let next_start_m = pieces.get(index + 1).map(|next| next.cuts.start_m);
        let cuts = &mut pieces[index].cuts;
        for place_m in [&mut cuts.start_m, &mut cuts.turn_in_m, &mut cuts.min_speed_m] {
            *place_m = place_m.clamp(floor_m, whole.end_m);
            floor_m = *place_m;
        }
        cuts.end_m = next_start_m.map_or(whole.end_m, |start_m| start_m.clamp(floor_m, whole.end_m));
        cuts.pick_up_m = cuts.pick_up_m.clamp(floor_m, cuts.end_m);
        cuts.exit_m = cuts.exit_m.clamp(cuts.pick_up_m, cuts.end_m);
        floor_m = cuts.end_m;
    }
    pieces
}

fn own_cuts(reference: &ReferenceLap, whole: &Cuts, index: usize) -> Cuts {
    let (corner, metrics) = (&reference.corners[index], &reference.metrics[index]);
    let middle_m = (whole.turn_in_m + whole.exit_m) / 2.0;
    let unroll = |place_m: f64| unroll_near_m(place_m, middle_m, reference.grid.length_m);
    let turn_in_m = unroll(corner.start_m);
    let begin_m = metrics.brake_onset_m.map_or(turn_in_m, unroll).min(turn_in_m);
    Cuts {
        start_m: begin_m - APPROACH_IN_COMPLEX_M,
        turn_in_m,
        min_speed_m: unroll(corner.min_speed_m),
        pick_up_m: metrics.throttle_on_m.map_or(unroll(corner.min_speed_m), unroll),
        exit_m: unroll(corner.end_m),
        end_m: whole.end_m,
    }
}

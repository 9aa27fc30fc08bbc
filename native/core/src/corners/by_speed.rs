//! Corners where nothing tells curvature: dips of speed.
//!
//! Flat-out bends cannot be seen this way, a chicane with one dip is one corner, and the direction is not known.

use super::bends::Bend;
use super::trace::Trace;

/// Speed falls and rises by at least this much around a corner: 8 km/h; less is wind, slope or a lift for traffic.
const LEAST_DIP_MPS: f64 = 8.0 / 3.6;
/// The corner lasts while speed is under its minimum plus this share of the fall before it, or the rise after it.
const BOUND_SHARE: f64 = 0.3;

/// Dips of speed in order; `peak` is the slowest place.
pub(super) fn find_dips(trace: &Trace) -> Vec<Bend> {
    let speed = &trace.speed_mps;
    dips(speed, LEAST_DIP_MPS)
        .into_iter()
        .map(|points| {
            let low = points[1];
            let under = |crest: usize| speed[low] + BOUND_SHARE * (speed[crest] - speed[low]);
            let start = (points[0]..low).rev().take_while(|i| speed[*i] <= under(points[0])).last();
            let end = (low..points[2]).take_while(|i| speed[*i] <= under(points[2])).last();
            Bend { start: start.unwrap_or(low), peak: low, end: end.unwrap_or(low) }
        })
        .collect()
}

/// Each dip of at least `least_mps`: the crest before it, its lowest place, the crest after it.
pub(super) fn dips(speed: &[f64], least_mps: f64) -> Vec<[usize; 3]> {
    let points = turning_points(speed, least_mps);
    let low_in_the_middle = |points: &&[usize]| speed[points[1]] < speed[points[0]];
    points.windows(3).filter(low_in_the_middle).map(|points| [points[0], points[1], points[2]]).collect()
}

/// Crests and dips in turn, with ripples left out; the first and the last are crests or the ends.
fn turning_points(speed: &[f64], least_mps: f64) -> Vec<usize> {
    let (mut high, mut low, mut falling) = (0, 0, true);
    let mut points = Vec::new();
    for (i, value) in speed.iter().enumerate() {
        if *value > speed[high] {
            high = i;
        }
        if *value < speed[low] {
            low = i;
        }
        if falling && *value < speed[high] - least_mps {
            points.push(high);
            (low, falling) = (i, false);
        } else if !falling && *value > speed[low] + least_mps {
            points.push(low);
            (high, falling) = (i, true);
        }
    }
    points.push(if falling { high } else { speed.len() - 1 });
    points
}

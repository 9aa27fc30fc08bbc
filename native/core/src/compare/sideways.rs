//! How far a lap's path lies beside its reference's.
//!
//! Positions may be shifted against each other (each lap counts from its own point on the line) and, by dead reckoning, drift.
//! So only the change from one place of a corner to another is used.

use crate::compare::pair::Pair;
use crate::compare::phases::Cuts;

/// The car is still carried outwards this far past the corner's end.
const PAST_EXIT_M: f64 = 40.0;
/// Half of the chord that gives the path's direction.
const CHORD_M: f64 = 3.0;

/// How much further out than the reference the lap comes at the exit than it was at the minimum speed, in metres; NaN without
/// positions.
pub fn outward_m(pair: &Pair, cuts: &Cuts, left: bool) -> f64 {
    let outward = |place_m: f64| {
        let leftwards_m = leftwards_m(pair, place_m);
        if left { -leftwards_m } else { leftwards_m }
    };
    let until_m = (cuts.exit_m + PAST_EXIT_M).min(cuts.end_m);
    let base_m = outward(cuts.min_speed_m);
    let mut furthest_m = f64::NAN;
    let mut place_m = cuts.min_speed_m;
    while place_m <= until_m {
        furthest_m = furthest_m.max(outward(place_m) - base_m);
        place_m += 2.0;
    }
    furthest_m
}

/// Metres to the left of the reference's path; NaN without positions.
fn leftwards_m(pair: &Pair, place_m: f64) -> f64 {
    let (reference, lap) = (pair.reference.grid, pair.lap.grid);
    let direction_x =
        reference.at(&reference.x_m, place_m + CHORD_M) - reference.at(&reference.x_m, place_m - CHORD_M);
    let direction_y =
        reference.at(&reference.y_m, place_m + CHORD_M) - reference.at(&reference.y_m, place_m - CHORD_M);
    let apart_x = lap.at(&lap.x_m, place_m) - reference.at(&reference.x_m, place_m);
    let apart_y = lap.at(&lap.y_m, place_m) - reference.at(&reference.y_m, place_m);
    let chord_m = libm::sqrt(direction_x * direction_x + direction_y * direction_y);
    (direction_x * apart_y - direction_y * apart_x) / chord_m
}

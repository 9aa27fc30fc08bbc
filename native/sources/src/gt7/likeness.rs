//! Whether two laps are of one layout.
//!
//! They begin at one place, are about as long, and lie beside each other and along each other all the way. Beside is not enough: a chicane that one layout
//! has and the other has not lies within the road's width of the straight that it interrupts, but its directions do not.

use super::line::Line;
use super::projection::Projector;
use super::vector::{between, level_direction, level_dot};

/// Other lines through the same corners differ less in length.
const LENGTH_SHARE: f64 = 0.03;
/// Metres from the one's beginning to the other's.
const START_M: f64 = 10.0;
/// Two ways along one road differ by less than 40 degrees,
const ALONG: f64 = 0.77;
/// or for no more points in succession than these.
const MOST_ASKEW: u32 = 2;

/// Whether a lap is one of a known line's layout.
pub fn is_same(known: &Line, lap: &Line) -> bool {
    let as_long = (known.length_m() / lap.length_m() - 1.0).abs() < LENGTH_SHARE;
    as_long && begins_there(known, lap) && lies_along(known, lap)
}

fn begins_there(known: &Line, lap: &Line) -> bool {
    let (start, ahead) = (lap.place_at(0.0), lap.place_at(1.0));
    let foot = Projector::default().place(known, start, between(start, ahead));
    foot.is_some_and(|foot| known.to_start_m(foot.lap_distance_m) <= START_M)
}

fn lies_along(known: &Line, lap: &Line) -> bool {
    let points = lap.points();
    let (mut projector, mut askew) = (Projector::default(), 0);
    points.iter().zip(points.iter().skip(1).chain(points.first())).all(|(point, next)| {
        let Some(direction) = level_direction(between(*point, *next)) else { return false };
        let Some(foot) = projector.place(known, *point, direction) else { return false };
        askew = if level_dot(foot.direction, direction) < ALONG { askew + 1 } else { 0 };
        askew <= MOST_ASKEW
    })
}

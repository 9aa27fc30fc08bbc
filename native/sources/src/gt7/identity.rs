//! A stable id for a line, from its shape.
//!
//! Two laps of one track differ by metres across the road and by a few tenths of a percent in length. So the id is made of what a lap hardly changes: the mean
//! place of the line and how far it spreads about it (each within about a metre from lap to lap), its length, and the way round, each rounded
//! far more coarsely than that. Met again without a stored line a track gets the same id about nine times in ten; it is close to an edge of the rounding
//! in the tenth. A stored line is recognised by its places instead ([`super::recogniser`]), which always works.

use super::vector::{Vector, between, level_length};

/// Rounding of places and spreads.
const PLACE_STEP_M: f64 = 64.0;
/// Rounding of the length.
const LENGTH_STEP_M: f64 = 400.0;

/// The id of a line with these points: `gt7-` and eight hexadecimal digits.
pub fn id_of(points: &[Vector]) -> String {
    let count = points.len().max(1) as f64;
    let mean = |part: &dyn Fn(&Vector) -> f64| points.iter().map(part).sum::<f64>() / count;
    let (x_m, y_m) = (mean(&|point| point[0]), mean(&|point| point[1]));
    let spread_x_m = mean(&|point| (point[0] - x_m) * (point[0] - x_m)).sqrt();
    let spread_y_m = mean(&|point| (point[1] - y_m) * (point[1] - y_m)).sqrt();
    let closed = || points.iter().zip(points.iter().skip(1).chain(points.first()));
    let length_m: f64 = closed().map(|(a, b)| level_length(between(*a, *b))).sum();
    let twice_area: f64 = closed().map(|(a, b)| a[0] * b[1] - a[1] * b[0]).sum();
    let steps = |value_m: f64, step_m: f64| (value_m / step_m).round() as i64;
    let shape = [
        steps(x_m, PLACE_STEP_M),
        steps(y_m, PLACE_STEP_M),
        steps(spread_x_m, PLACE_STEP_M),
        steps(spread_y_m, PLACE_STEP_M),
        steps(length_m, LENGTH_STEP_M),
        i64::from(twice_area > 0.0),
    ];
    let hash = shape.iter().fold(FNV_START, |hash, value| fnv(hash, *value));
    format!("gt7-{:08x}", (hash >> 32) as u32 ^ hash as u32)
}

/// A checksum of points that are rounded to millimetres.
pub fn checksum(points: &[Vector]) -> u64 {
    points.iter().flatten().fold(FNV_START, |hash, value| fnv(hash, (value * 1000.0).round() as i64))
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, value: i64) -> u64 {
    value
        .to_le_bytes()
        .iter()
        .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gt7::line::tests::circle;

    #[test]
    fn another_lap_of_a_track_has_its_id_and_another_track_another() {
        let at = |radius_m, x_m| id_of(&circle(radius_m, [x_m, 40.0, 0.0]));
        assert_eq!(at(500.0, 10.0), at(502.0, 12.0));
        assert_ne!(at(500.0, 10.0), at(700.0, 10.0));
        assert_ne!(at(500.0, 10.0), at(500.0, 110.0));
        let mut backward = circle(500.0, [10.0, 40.0, 0.0]);
        backward.reverse();
        assert_ne!(id_of(&backward), at(500.0, 10.0));
    }
}

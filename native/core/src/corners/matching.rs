//! Which corners of two lists are the same: one to one, in order along the lap, by place and direction.

use crate::corner::Direction;

/// Corners whose sharpest places are nearer than this are the same even where their bounds hardly meet: different lines through a
/// hairpin move its sharpest place by up to 20 m.
const NEAR_M: f64 = 30.0;
/// Corners that share this much of the shorter one are the same wherever their sharpest places lie: in a long bend that place wanders.
const LEAST_SHARED: f64 = 0.3;

/// Where a corner is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Which way; `None` when the lap does not tell.
    pub direction: Option<Direction>,
    /// Beginning, in metres from the line.
    pub start_m: f64,
    /// Sharpest place.
    pub apex_m: f64,
    /// End; smaller than `start_m` across the line.
    pub end_m: f64,
}

/// For each of `seen` the index of the same corner in `known`, or `None`. Both lists are in order of `start_m`. The matching has the highest
/// sum of likeness of all that keep the order round the lap.
pub fn match_in_order(known: &[Place], seen: &[Place], length_m: f64) -> Vec<Option<usize>> {
    let mut out = vec![None; seen.len()];
    if known.is_empty() || seen.is_empty() || length_m <= 0.0 {
        return out;
    }
    let cut_m = quietest_place_m(known, seen, length_m);
    let (rows, columns) = (order_from(known, cut_m, length_m), order_from(seen, cut_m, length_m));
    // best[r][c]: the highest sum with the first r of `known` and the first c of `seen`.
    let width = columns.len() + 1;
    let mut best = vec![0.0f64; (rows.len() + 1) * width];
    let like = |r: usize, c: usize| likeness(&known[rows[r]], &seen[columns[c]], length_m);
    for r in 1..=rows.len() {
        for c in 1..=columns.len() {
            let both = match like(r - 1, c - 1) {
                Some(value) => best[(r - 1) * width + c - 1] + value,
                None => 0.0,
            };
            best[r * width + c] = both.max(best[(r - 1) * width + c]).max(best[r * width + c - 1]);
        }
    }
    let (mut r, mut c) = (rows.len(), columns.len());
    while r > 0 && c > 0 {
        let here = best[r * width + c];
        if here == best[(r - 1) * width + c] {
            r -= 1;
        } else if here == best[r * width + c - 1] {
            c -= 1;
        } else {
            (r, c) = (r - 1, c - 1);
            out[columns[c]] = Some(rows[r]);
        }
    }
    out
}

/// How alike two corners are, above 0 and up to 2; `None` when they cannot be the same.
fn likeness(a: &Place, b: &Place, length_m: f64) -> Option<f64> {
    if let (Some(left), Some(right)) = (a.direction, b.direction)
        && left != right
    {
        return None;
    }
    let span_m = |p: &Place| (p.end_m - p.start_m).rem_euclid(length_m).max(1.0);
    let (first, second) =
        if (b.start_m - a.start_m).rem_euclid(length_m) < length_m / 2.0 { (a, b) } else { (b, a) };
    let offset_m = (second.start_m - first.start_m).rem_euclid(length_m);
    let shared_m = (span_m(first) - offset_m).clamp(0.0, span_m(second));
    let shared = shared_m / span_m(a).min(span_m(b));
    let apart_m = (a.apex_m - b.apex_m).rem_euclid(length_m);
    let apart_m = apart_m.min(length_m - apart_m);
    if shared < LEAST_SHARED && apart_m > NEAR_M {
        return None;
    }
    let of_all = shared_m / (span_m(a) + span_m(b) - shared_m);
    Some(0.01 + of_all + (1.0 - apart_m / NEAR_M).max(0.0))
}

/// Indices in order along the lap from the cut.
fn order_from(places: &[Place], cut_m: f64, length_m: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let from_cut = |i: &usize| (places[*i].start_m - cut_m).rem_euclid(length_m);
    order.sort_by(|a, b| from_cut(a).total_cmp(&from_cut(b)));
    order
}

/// The middle of the longest stretch without a corner of either list: order counts from there, so that a corner at the line is never first
/// in one list and last in the other.
fn quietest_place_m(known: &[Place], seen: &[Place], length_m: f64) -> f64 {
    let mut all: Vec<(f64, f64)> = known
        .iter()
        .chain(seen)
        .map(|p| (p.start_m, p.start_m + (p.end_m - p.start_m).rem_euclid(length_m)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    // What runs over the line is in the way at the lap's beginning as well.
    let mut covered_m = all.iter().map(|(_, end_m)| end_m - length_m).fold(0.0, f64::max);
    let first_m = all[0].0 + length_m;
    let (mut longest_m, mut cut_m) = (-1.0, 0.0);
    for start_m in all.iter().map(|(start_m, _)| *start_m).chain([first_m]) {
        if start_m - covered_m > longest_m {
            longest_m = start_m - covered_m;
            cut_m = (covered_m + longest_m / 2.0).rem_euclid(length_m);
        }
        covered_m = all.iter().filter(|(s, _)| *s <= start_m).map(|(_, e)| *e).fold(covered_m, f64::max);
    }
    cut_m
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corner::Direction::{Left, Right};

    fn place(start_m: f64, end_m: f64, direction: Direction) -> Place {
        let apex_m = (start_m + (end_m - start_m).rem_euclid(1000.0) / 2.0).rem_euclid(1000.0);
        Place { direction: Some(direction), start_m, apex_m, end_m }
    }

    #[test]
    fn order_decides_where_nearness_alone_would_cross_over() {
        // The second of `seen` is nearest to the first of `known`, but so is the first of `seen`, and order must hold.
        let known = [place(100.0, 140.0, Left), place(150.0, 190.0, Left)];
        let seen = [place(90.0, 130.0, Left), place(135.0, 175.0, Left)];
        assert_eq!(match_in_order(&known, &seen, 1000.0), [Some(0), Some(1)]);
    }

    #[test]
    fn each_corner_is_matched_at_most_once() {
        let known = [place(100.0, 200.0, Left)];
        let seen = [place(100.0, 145.0, Left), place(150.0, 200.0, Left)];
        let matched = match_in_order(&known, &seen, 1000.0);
        assert_eq!(matched.iter().flatten().count(), 1);
    }

    #[test]
    fn nothing_matches_nothing() {
        assert!(match_in_order(&[place(1.0, 2.0, Left)], &[], 1000.0).is_empty());
        assert_eq!(match_in_order(&[], &[place(1.0, 2.0, Left)], 1000.0), [None]);
        assert_eq!(match_in_order(&[place(1.0, 2.0, Left)], &[place(1.0, 2.0, Right)], 1000.0), [None]);
    }

    #[test]
    fn every_corner_of_a_full_lap_is_found_wherever_the_line_is() {
        let known: Vec<Place> =
            (0..8).map(|i| f64::from(i) * 125.0 + 10.0).map(|m| place(m, m + 60.0, Left)).collect();
        for shift in 0..100 {
            let moved = |m: f64| (m + f64::from(shift) * 10.0).rem_euclid(1000.0);
            let turn = |list: &[Place], by_m: f64| {
                let mut list: Vec<(usize, Place)> = list
                    .iter()
                    .map(|p| place(moved(p.start_m + by_m), moved(p.end_m + by_m), Left))
                    .enumerate()
                    .collect();
                list.sort_by(|a, b| a.1.start_m.total_cmp(&b.1.start_m));
                list
            };
            let (known, seen) = (turn(&known, 0.0), turn(&known, 7.0));
            let places = |list: &[(usize, Place)]| list.iter().map(|(_, place)| *place).collect::<Vec<_>>();
            let matched = match_in_order(&places(&known), &places(&seen), 1000.0);
            for (found, (number, _)) in matched.iter().zip(&seen) {
                assert_eq!(found.map(|index| known[index].0), Some(*number), "shift {shift}");
            }
        }
    }
}

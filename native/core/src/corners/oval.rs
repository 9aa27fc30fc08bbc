//! Ovals: turns 1 and 2 are one corner, and so are 3 and 4.
//!
//! An oval is known by its shape alone: every bend goes the same way and there are few of them. Its bends are grouped into ends where
//! the piece between them is short against the longest straight. A tri-oval's kink and a triangle's corners stay on their own.

use super::bends::Bend;
use super::trace::Trace;

/// More bends than this are a circuit that happens to turn one way.
const MOST_BENDS: usize = 6;
/// A lap turns the car once round; less was not a whole oval.
const LEAST_HEADING_DEG: f64 = 270.0;
/// Bends belong to one end when the piece between them is under this share of the longest straight. Indianapolis' short
/// chutes are a fifth of its straights; Pocono's shortest straight is half of its longest.
const CHUTE_SHARE: f64 = 0.35;
/// An end turns the car half round, with some tolerance.
const END_HEADING_DEG: f64 = 225.0;

/// Groups an oval's bends into ends; other laps' bends are left as they are.
pub(super) fn join_ends(trace: &Trace, bends: Vec<Bend>) -> Vec<Bend> {
    if !is_oval(trace, &bends) {
        return bends;
    }
    let around = trace.len() - bends[bends.len() - 1].end + bends[0].start;
    let longest = bends.windows(2).map(|pair| gap(&pair[0], &pair[1])).fold(around, usize::max);
    let mut ends: Vec<Bend> = Vec::new();
    for bend in bends {
        match ends.last_mut() {
            Some(last)
                if (gap(last, &bend) as f64) < CHUTE_SHARE * longest as f64
                    && trace.heading_deg(last.start, bend.end) <= END_HEADING_DEG =>
            {
                *last = Bend { start: last.start, peak: trace.sharpest(last.start, bend.end), end: bend.end };
            }
            _ => ends.push(bend),
        }
    }
    ends
}

fn is_oval(trace: &Trace, bends: &[Bend]) -> bool {
    let Some(first) = bends.first() else { return false };
    let one_way = bends.iter().all(|bend| bend.left(trace) == first.left(trace));
    let heading_deg: f64 = bends.iter().map(|bend| trace.heading_deg(bend.start, bend.end)).sum();
    one_way && bends.len() <= MOST_BENDS && heading_deg >= LEAST_HEADING_DEG
}

fn gap(first: &Bend, second: &Bend) -> usize {
    second.start.saturating_sub(first.end)
}

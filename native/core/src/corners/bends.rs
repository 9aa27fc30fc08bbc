//! Bends: stretches of one direction, bounded at 20 % of their sharpest place.

use super::settle::settles_between;
use super::trace::Trace;

/// A bend is bounded where curvature falls under this share of its peak.
const BOUND_SHARE: f64 = 0.2;
/// Gentler than this is a straight: 1,500 m radius.
const LEAST_PEAK_PER_M: f64 = 1.0 / 1500.0;
/// Two peaks of one direction are two bends only if curvature between them falls under this share of the lower one.
const VALLEY_SHARE: f64 = 0.6;
/// A bend turns the car at least so far; less is a correction.
const LEAST_HEADING_DEG: f64 = 10.0;
/// A bend asks at least this share of the car's cornering; less is placing the car for the next one.
const LEAST_GRIP_USE: f64 = 0.3;

/// A bend takes at least so long; less is the wheel catching a slide. The shortest bends of ten simulated circuits take 1.5 s.
const LEAST_DURATION_S: f64 = 1.1;
/// So much is a corner however little grip it asks: slow ones ask little of a car whose downforce makes its fast ones.
const SURE_HEADING_DEG: f64 = 45.0;

/// A stretch of one direction; indices of a [`Trace`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bend {
    /// First index above 20 % of the peak.
    pub start: usize,
    /// Sharpest place.
    pub peak: usize,
    /// Last index above 20 % of the peak.
    pub end: usize,
}

impl Bend {
    /// Whether the bend turns left.
    pub fn left(&self, trace: &Trace) -> bool {
        trace.curvature[self.peak] > 0.0
    }
}

/// All bends of the lap that matter, in order.
pub(super) fn find_bends(trace: &Trace) -> Vec<Bend> {
    let mut bends = Vec::new();
    let mut from = 0;
    while from < trace.len() {
        let left = trace.curvature[from] > 0.0;
        let run = (from..trace.len()).take_while(|i| (trace.curvature[*i] > 0.0) == left).count();
        bends_of_run(trace, from, from + run - 1, &mut bends);
        from += run;
    }
    let mut split = Vec::with_capacity(bends.len() + 4);
    bends.into_iter().for_each(|bend| split_where_settled(trace, bend, &mut split));
    split.retain(|bend| matters(trace, bend));
    split.sort_by_key(|bend| bend.start);
    split
}

/// Takes the sharpest bend out of a run of one direction, then looks at what is left on both sides of it.
fn bends_of_run(trace: &Trace, from: usize, to: usize, bends: &mut Vec<Bend>) {
    let mut open = vec![(from, to)];
    while let Some((from, to)) = open.pop() {
        let peak = trace.sharpest(from, to);
        if trace.curvature[peak].abs() < LEAST_PEAK_PER_M {
            continue;
        }
        let bend = bounded(trace, peak, from, to);
        bends.push(bend);
        // Going away from the bend, curvature must rise again for another bend: skip its own tail.
        let mut before = bend.start;
        while before > from && trace.curvature[before - 1].abs() <= trace.curvature[before].abs() {
            before -= 1;
        }
        let mut after = bend.end;
        while after < to && trace.curvature[after + 1].abs() <= trace.curvature[after].abs() {
            after += 1;
        }
        if before > from {
            open.push((from, before - 1));
        }
        if after < to {
            open.push((after + 1, to));
        }
    }
}

/// The bend around a peak, inside `from..=to`.
fn bounded(trace: &Trace, peak: usize, from: usize, to: usize) -> Bend {
    let bound = BOUND_SHARE * trace.curvature[peak].abs();
    let (mut start, mut end) = (peak, peak);
    while start > from && trace.curvature[start - 1].abs() >= bound {
        start -= 1;
    }
    while end < to && trace.curvature[end + 1].abs() >= bound {
        end += 1;
    }
    Bend { start, peak, end }
}

/// Splits a bend at its deepest valley when the driver settled at full throttle between the peaks on both sides; else it stays one bend
/// (with two minima, maybe).
fn split_where_settled(trace: &Trace, bend: Bend, out: &mut Vec<Bend>) {
    let mut open = vec![bend];
    while let Some(bend) = open.pop() {
        match valley(trace, &bend) {
            Some(valley) => {
                let first = bounded(trace, trace.sharpest(bend.start, valley), bend.start, valley);
                let second = bounded(trace, trace.sharpest(valley, bend.end), valley, bend.end);
                open.push(second);
                open.push(first);
            }
            None => out.push(bend),
        }
    }
}

/// The deepest valley that separates two bends.
fn valley(trace: &Trace, bend: &Bend) -> Option<usize> {
    let k = |i: usize| trace.curvature[i].abs();
    // Highest curvature at or after each index, so that one pass finds the valley.
    let mut highest_after = vec![0.0f64; bend.end - bend.start + 2];
    for i in (bend.start..=bend.end).rev() {
        highest_after[i - bend.start] = highest_after[i - bend.start + 1].max(k(i));
    }
    let (mut before, mut best, mut best_share) = (0.0f64, None, VALLEY_SHARE);
    for i in bend.start..=bend.end {
        before = before.max(k(i));
        let share = k(i) / before.min(highest_after[i - bend.start]);
        if share < best_share {
            (best, best_share) = (Some(i), share);
        }
    }
    let valley = best?;
    let first = trace.sharpest(bend.start, valley);
    let second = trace.sharpest(valley, bend.end);
    settles_between(trace, first, second).then_some(valley)
}

fn matters(trace: &Trace, bend: &Bend) -> bool {
    let most_used = trace.grip_use[bend.start..=bend.end].iter().copied().fold(0.0, f64::max);
    if trace.time_s[bend.end + 1] - trace.time_s[bend.start] < LEAST_DURATION_S {
        return false;
    }
    let heading_deg = trace.heading_deg(bend.start, bend.end);
    heading_deg >= SURE_HEADING_DEG || (heading_deg >= LEAST_HEADING_DEG && most_used >= LEAST_GRIP_USE)
}

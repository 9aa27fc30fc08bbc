//! How fast a car behind comes closer, smoothed, and how many laps it is away.

/// Time over which the closing speed is smoothed: about one corner, so that a slow one of ours is no attack.
const SMOOTHING_S: f64 = 4.0;
/// A gap that changed by more seconds in a second is a jump: a reset, a tow, a car that joined.
const MOST_PER_S: f64 = 4.0;
/// Nothing is known after a longer hole.
const LONGEST_HOLE_S: f64 = 2.0;
/// Closing by less than 1 % of the time that passes is no approach.
const LEAST_CLOSING: f64 = 0.01;

/// What is remembered of a car.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Memory {
    at_s: f64,
    gap_s: f64,
    closing: f64,
    known_s: f64,
    laps_ahead: i32,
    laps_seen: i32,
}

impl Memory {
    pub(super) const NOTHING: Memory = Memory {
        at_s: f64::NEG_INFINITY,
        gap_s: 0.0,
        closing: 0.0,
        known_s: 0.0,
        laps_ahead: 0,
        laps_seen: 0,
    };

    /// Takes a car's gap at a moment, and its laps ahead as counted then: counters and places change a row apart at the line, so another number of laps counts when it
    /// is seen twice.
    pub(super) fn see(&mut self, at_s: f64, gap_s: f64, laps: i32) {
        let passed_s = at_s - self.at_s;
        let change_s = gap_s - self.gap_s;
        let known = passed_s > 0.0 && passed_s <= LONGEST_HOLE_S;
        if !known || change_s.abs() > MOST_PER_S * passed_s {
            *self = Memory { at_s, gap_s, laps_ahead: laps, laps_seen: laps, ..Memory::NOTHING };
            return;
        }
        let part = (passed_s / SMOOTHING_S).max(passed_s / (self.known_s + passed_s)).min(1.0);
        self.closing += part * (change_s / passed_s - self.closing);
        self.known_s += passed_s;
        if laps == self.laps_seen {
            self.laps_ahead = laps;
        }
        (self.at_s, self.gap_s, self.laps_seen) = (at_s, gap_s, laps);
    }

    pub(super) fn laps_ahead(&self) -> i32 {
        self.laps_ahead
    }

    /// Seconds until a car behind is here; `None` before a second of it was seen, and when it does not come closer.
    pub(super) fn arrives_in_s(&self) -> Option<f64> {
        let comes = self.gap_s < 0.0 && self.known_s >= 1.0 && self.closing >= LEAST_CLOSING;
        comes.then(|| -self.gap_s / self.closing)
    }
}

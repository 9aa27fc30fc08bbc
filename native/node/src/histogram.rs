//! Counts durations in fixed memory.

use serde::Serialize;
use std::time::Duration;

/// A histogram of durations in 2000 equal steps, a last one holding all that is longer. Fixed memory.
pub struct Histogram {
    step_us: f64,
    counts: [u64; Histogram::STEPS],
    total: u64,
    longest_us: f64,
}

impl Histogram {
    const STEPS: usize = 2001;

    /// An empty histogram whose steps are `step_us` µs wide.
    pub fn new(step_us: f64) -> Self {
        Histogram { step_us, counts: [0; Self::STEPS], total: 0, longest_us: 0.0 }
    }

    /// Counts one duration.
    pub fn add(&mut self, duration: Duration) {
        let us = duration.as_secs_f64() * 1e6;
        self.counts[((us / self.step_us) as usize).min(Self::STEPS - 1)] += 1;
        self.total += 1;
        self.longest_us = self.longest_us.max(us);
    }

    /// The duration in ms that the share `p` (0 to 1) of all stays under; 0 when nothing was counted.
    pub fn quantile_ms(&self, p: f64) -> f64 {
        let wanted = (self.total as f64 * p).ceil() as u64;
        let mut seen = 0;
        for (step, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= wanted && seen > 0 {
                let upper_us = (step as f64 + 1.0) * self.step_us;
                return if step == Self::STEPS - 1 { self.longest_us } else { upper_us.min(self.longest_us) }
                    / 1e3;
            }
        }
        0.0
    }

    /// The longest duration in ms.
    pub fn longest_ms(&self) -> f64 {
        self.longest_us / 1e3
    }
}

/// Upper edges of the steps that people are shown, in ms; the same as `latencyEdgesMs` of the engine. One more count holds all that is longer.
pub const EDGES_MS: [f64; 12] = [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];

/// A histogram in few, growing steps, for showing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Steps {
    /// How many durations were at most as long as each of [`EDGES_MS`] (and longer than the edge before), then those that were longer than all.
    pub counts: [u64; EDGES_MS.len() + 1],
}

impl Steps {
    /// Counts one duration.
    pub fn add(&mut self, duration: Duration) {
        let ms = duration.as_secs_f64() * 1e3;
        self.counts[EDGES_MS.partition_point(|edge| *edge < ms)] += 1;
    }
}

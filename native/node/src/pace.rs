//! When the next row is due, and how late it was.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Paces rows against absolute deadlines, so that one late row does not shift those after it.
pub struct Pacer {
    began: Instant,
    row_s: f64,
    rows: u64,
}

impl Pacer {
    /// `speed` 1 is real time, 2 twice as fast, 0 as fast as possible.
    pub fn new(rate_hz: f64, speed: f64) -> Self {
        let row_s = if speed > 0.0 && rate_hz > 0.0 { 1.0 / (rate_hz * speed) } else { 0.0 };
        Pacer { began: Instant::now(), row_s, rows: 0 }
    }

    /// Waits until the next row is due and returns when that was; at once when not paced. Looks at `stop` at least every 50 ms.
    pub fn wait(&mut self, stop: &AtomicBool) -> Instant {
        if self.row_s == 0.0 {
            return Instant::now();
        }
        self.rows += 1;
        let due = self.began + Duration::from_secs_f64(self.rows as f64 * self.row_s);
        while !stop.load(Ordering::Relaxed) {
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            std::thread::sleep(left.min(Duration::from_millis(50)));
        }
        // After a suspend the clock is far ahead: go on from now instead of racing through what was missed.
        if due.elapsed() > Duration::from_secs(1) {
            self.began = Instant::now();
            self.rows = 0;
        }
        due
    }
}

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

//! When the next tick is due. Deadlines are absolute, so that a tick that is a little late does not shift those after it. Ticks that were held up for longer are
//! not made up for: rows in a burst would overrun every reader, and no sim writes any.

use std::time::{Duration, Instant};

/// A sleep ends some 60 µs late on Linux; what is left of the wait is spun away. At 60 Hz that is under one per cent of a core.
const SPIN: Duration = Duration::from_micros(120);

/// Paces ticks.
pub struct Pacer {
    begun: Instant,
    tick_s: f64,
    ticks: f64,
}

impl Pacer {
    /// `speed` 1 is real time, 2 twice as fast, 0 as fast as possible.
    pub fn new(rate_hz: f64, speed: f64) -> Self {
        let tick_s = if speed > 0.0 && rate_hz > 0.0 { 1.0 / (rate_hz * speed) } else { 0.0 };
        Pacer { begun: Instant::now(), tick_s, ticks: 0.0 }
    }

    /// Waits until `ticks` ticks after the last deadline.
    pub fn wait(&mut self, ticks: u32) {
        if self.tick_s == 0.0 {
            return;
        }
        self.ticks += f64::from(ticks);
        let due = self.begun + Duration::from_secs_f64(self.ticks * self.tick_s);
        let left = due.saturating_duration_since(Instant::now());
        if left > SPIN {
            std::thread::sleep(left - SPIN);
        }
        while Instant::now() < due {
            std::hint::spin_loop();
        }
        if due.elapsed().as_secs_f64() > self.tick_s {
            self.begun = Instant::now();
            self.ticks = 0.0;
        }
    }
}

//! When the next row of a recording is due, and how late a live row was.

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

/// How late a live row was read, where the source does not tell. Nobody knows when the sim wrote it; but rows come at their rate, so the row that came soonest after its turn
/// in the last seconds tells where the turns are, and every other row is late by what it came later. Two buckets of ten seconds follow the sim's
/// clock, which is not ours.
pub struct LiveLateness {
    row_s: f64,
    origin: Option<(u64, Instant)>,
    bucket_s: f64,
    current_s: f64,
    previous_s: f64,
}

impl LiveLateness {
    const BUCKET_S: f64 = 10.0;
    /// A row that is this far from its turn is the beginning of other turns: the sim stood still or counted anew.
    const OTHER_TURNS_S: f64 = 1.0;

    /// For rows that come `rate_hz` times a second.
    pub fn new(rate_hz: f64) -> Self {
        LiveLateness {
            row_s: 1.0 / rate_hz.max(1.0),
            origin: None,
            bucket_s: 0.0,
            current_s: f64::INFINITY,
            previous_s: f64::INFINITY,
        }
    }

    /// How late the row with this index was, that was read at this moment.
    pub fn of(&mut self, index: u64, read_at: Instant) -> Duration {
        let (first, began) = *self.origin.get_or_insert((index, read_at));
        let passed_s = read_at.saturating_duration_since(began).as_secs_f64();
        let offset_s = passed_s - index.saturating_sub(first) as f64 * self.row_s;
        let soonest_s = self.current_s.min(self.previous_s);
        if index < first || (soonest_s.is_finite() && (offset_s - soonest_s).abs() > Self::OTHER_TURNS_S) {
            *self = LiveLateness::new(1.0 / self.row_s);
            return self.of(index, read_at);
        }
        if passed_s - self.bucket_s >= Self::BUCKET_S {
            self.bucket_s = passed_s;
            self.previous_s = self.current_s;
            self.current_s = f64::INFINITY;
        }
        self.current_s = self.current_s.min(offset_s);
        Duration::from_secs_f64((offset_s - self.current_s.min(self.previous_s)).max(0.0))
    }
}

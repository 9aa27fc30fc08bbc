//! When a row's turn is: the sim's ticks come at a steady rate, so the earliest of the last rows tells when each should have come.
//!
//! Neither clock is believed for long: they drift apart, and a sim that stood for a moment is late from then on by as much. So the
//! estimate is the smallest difference between clock and ticks in a window of one to two seconds of rows.

use std::time::{Duration, Instant};

/// The running estimate. It knows nothing before the first row.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    period_s: f64,
    window_rows: u32,
    first: Option<(Instant, i32)>,
    /// Smallest difference in the window before this one, and in this one, in seconds.
    smallest_s: [f64; 2],
    rows: u32,
    last_tick: i32,
}

impl Schedule {
    /// For this many ticks a second.
    pub fn new(tick_rate_hz: i32) -> Self {
        let rate_hz = tick_rate_hz.max(1);
        Schedule {
            period_s: 1.0 / f64::from(rate_hz),
            window_rows: rate_hz as u32,
            first: None,
            smallest_s: [f64::INFINITY; 2],
            rows: 0,
            last_tick: 0,
        }
    }

    /// Forgets all: the ticks stood still, or count anew.
    pub fn reset(&mut self) {
        (self.first, self.smallest_s, self.rows) = (None, [f64::INFINITY; 2], 0);
    }

    /// Takes a row into account and says how long after its turn it came; half a period and more is late.
    pub fn note(&mut self, tick: i32, read_at: Instant) -> Duration {
        let (began, first_tick) = *self.first.get_or_insert((read_at, tick));
        let ticks = f64::from(tick) - f64::from(first_tick);
        let after_s = read_at.saturating_duration_since(began).as_secs_f64() - ticks * self.period_s;
        if self.rows == self.window_rows {
            self.smallest_s = [self.smallest_s[1], f64::INFINITY];
            self.rows = 0;
        }
        self.rows += 1;
        self.last_tick = tick;
        self.smallest_s[1] = self.smallest_s[1].min(after_s);
        Duration::try_from_secs_f64(after_s - self.smallest()).unwrap_or_default()
    }

    /// Whether a row that came this long after its turn counts as late.
    pub fn is_late(&self, by: Duration) -> bool {
        by.as_secs_f64() > self.period_s / 2.0
    }

    /// When the row after the last one is due.
    pub fn next_due(&self) -> Option<Instant> {
        let (began, first_tick) = self.first?;
        let ticks = f64::from(self.last_tick) + 1.0 - f64::from(first_tick);
        let after_s = ticks * self.period_s + self.smallest();
        began.checked_add(Duration::try_from_secs_f64(after_s).ok()?)
    }

    fn smallest(&self) -> f64 {
        self.smallest_s[0].min(self.smallest_s[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, ms: f64) -> Instant {
        start + Duration::from_secs_f64(ms / 1e3)
    }

    #[test]
    fn rows_are_late_against_the_earliest_of_their_neighbours() {
        let (mut schedule, start) = (Schedule::new(100), Instant::now());
        assert_eq!(schedule.next_due(), None);
        for tick in 0..50 {
            let wake_ms = if tick == 0 { 4.0 } else { 0.5 };
            schedule.note(1000 + tick, at(start, f64::from(tick) * 10.0 + wake_ms));
        }
        let due = schedule.next_due().unwrap().duration_since(start);
        assert!((due.as_secs_f64() - 0.5005).abs() < 1e-6, "the first, slow wake is forgotten: {due:?}");
        let late = schedule.note(1050, at(start, 507.0));
        assert!((late.as_secs_f64() - 0.0065).abs() < 1e-6 && schedule.is_late(late), "{late:?}");
        let fine = schedule.note(1051, at(start, 513.0));
        assert!((fine.as_secs_f64() - 0.0025).abs() < 1e-6 && !schedule.is_late(fine), "{fine:?}");
    }

    #[test]
    fn a_sim_that_stood_for_a_moment_is_on_time_again_after_two_windows() {
        let (mut schedule, start) = (Schedule::new(100), Instant::now());
        let late = |tick: i32, schedule: &mut Schedule| {
            let stood_ms = if tick < 300 { 0.0 } else { 80.0 };
            let by = schedule.note(tick, at(start, f64::from(tick) * 10.0 + stood_ms));
            schedule.is_late(by)
        };
        let count = (0..900).filter(|tick| late(*tick, &mut schedule)).count();
        assert!((1..=200).contains(&count), "{count}");
        assert!((900..1200).all(|tick| !late(tick, &mut schedule)));
    }
}

//! The coach's clock: rows over the rate. It only goes forward, whatever the source's index does.

/// The time of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tick {
    /// Seconds since the coach began.
    pub clock_s: f64,
    /// Seconds of the rows that are missing before this one.
    pub missing_s: f64,
    /// Half the usual time between rows: an event belongs to the row nearest to it, and some sources count ticks and send every
    /// other one.
    pub half_row_s: f64,
}

/// Weight of the newest distance between rows: the usual one is known after some twenty rows.
const USUAL_SHARE: f64 = 0.1;
/// A longer distance is a gap, not how the source sends.
const LONGEST_USUAL_ROWS: u64 = 4;
/// No session has a longer gap: a damaged index must not use up the clock's digits.
const LONGEST_GAP_ROWS: u64 = 1_000_000_000;

/// See the file's header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    rate_hz: f64,
    last_index: Option<u64>,
    usual_rows: f64,
    rows: f64,
}

impl Clock {
    pub fn new(rate_hz: f64) -> Self {
        Clock { rate_hz, last_index: None, usual_rows: 1.0, rows: 0.0 }
    }

    /// The row with this index; `None` for one that comes twice. An index that goes back is the beginning of something else, one row on.
    pub fn step(&mut self, index: u64) -> Option<Tick> {
        let gone = self.last_index.map_or(1, |last| if index < last { 1 } else { index - last });
        if gone == 0 {
            return None;
        }
        self.last_index = Some(index);
        self.usual_rows += USUAL_SHARE * (gone.min(LONGEST_USUAL_ROWS) as f64 - self.usual_rows);
        self.rows += gone.min(LONGEST_GAP_ROWS) as f64;
        Some(Tick {
            clock_s: self.rows / self.rate_hz,
            missing_s: (gone - 1) as f64 / self.rate_hz,
            half_row_s: 0.5 * self.usual_rows / self.rate_hz,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_missing_rows_and_never_goes_back() {
        let mut clock = Clock::new(60.0);
        let ticks: Vec<Option<Tick>> = [5, 6, 6, 9, 2].into_iter().map(|index| clock.step(index)).collect();
        let rows: Vec<Option<f64>> =
            ticks.iter().map(|tick| tick.map(|tick| (tick.clock_s * 60.0).round())).collect();
        assert_eq!(rows, [Some(1.0), Some(2.0), None, Some(5.0), Some(6.0)]);
        assert!((ticks[3].unwrap().missing_s - 2.0 / 60.0).abs() < 1e-12);
    }

    #[test]
    fn goes_on_after_a_damaged_index() {
        let mut clock = Clock::new(60.0);
        let times: Vec<f64> =
            [1, u64::MAX, 5, 6].into_iter().map(|at| clock.step(at).unwrap().clock_s).collect();
        assert!(times.windows(2).all(|pair| pair[1] > pair[0] + 0.016), "{times:?}");
    }

    #[test]
    fn a_source_that_sends_every_other_tick_has_longer_rows_and_a_gap_hardly_changes_that() {
        let mut clock = Clock::new(60.0);
        let mut half_row = |index: u64| clock.step(index).unwrap().half_row_s * 60.0;
        let settled = (0..100).map(|row| half_row(2 * row)).last().unwrap();
        assert!((settled - 1.0).abs() < 1e-3, "{settled}");
        assert!((half_row(5000) - 1.0).abs() < 0.11);
    }
}

//! A row's place in time, counted in ticks from the first row.
//!
//! Ticks are contiguous, unlike the session clock, so a jump of their count means missing rows. A count that stands or runs backwards says nothing;
//! one that leaps by hours belongs to another session and is cut to an hour.

/// Ticks that may be missing, in seconds of them: more belong to another count.
pub(crate) const LONGEST_GAP_S: u64 = 3600;

/// Turns the sim's count of ticks into `Sample::index`.
#[derive(Debug, Clone)]
pub(crate) struct TickIndex {
    longest_gap: i64,
    last: Option<(u64, i64)>,
    missing: u64,
    next: Option<u64>,
}

impl TickIndex {
    /// Counts from 0.
    pub(crate) fn new(tick_rate_hz: i32) -> Self {
        let mut index = TickIndex { longest_gap: 0, last: None, missing: 0, next: None };
        index.set_tick_rate(tick_rate_hz);
        index
    }

    /// Ticks are this fast from now on.
    pub(crate) fn set_tick_rate(&mut self, tick_rate_hz: i32) {
        self.longest_gap = i64::from(tick_rate_hz.max(1)) * LONGEST_GAP_S as i64;
    }

    /// Takes note that at least this many rows are missing before the next one, whatever its tick says.
    pub(crate) fn missing(&mut self, rows: u64) {
        self.missing = self.missing.saturating_add(rows);
    }

    /// The ticks that follow are another count: the next row has the next number, because nobody counted the ticks between.
    pub(crate) fn restart(&mut self) {
        self.next = self.last.map(|(index, _)| index.saturating_add(1));
    }

    /// The next row has this index, whatever its tick.
    pub(crate) fn start_at(&mut self, index: u64) {
        self.next = Some(index);
    }

    /// The index of the row with this tick.
    pub(crate) fn of(&mut self, tick: i64) -> u64 {
        let missing = std::mem::take(&mut self.missing).min(self.longest_gap as u64);
        let index = match (self.next.take(), self.last) {
            (Some(next), _) => next,
            (None, None) => 0,
            (None, Some((index, last_tick))) => {
                let ticks = tick.saturating_sub(last_tick).clamp(1, self.longest_gap) as u64;
                index.saturating_add(ticks.max(missing + 1))
            }
        };
        self.last = Some((index, tick));
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_gaps_and_steps_back_are_not() {
        let mut index = TickIndex::new(60);
        let ticks = [7, 8, 12, 12, 3, 4, i64::MAX];
        assert_eq!(ticks.map(|tick| index.of(tick)), [0, 1, 5, 6, 7, 8, 8 + 216_000]);
    }

    #[test]
    fn what_is_known_to_be_missing_counts_even_when_the_ticks_hide_it() {
        let mut index = TickIndex::new(60);
        index.of(100);
        index.missing(9);
        assert_eq!(index.of(3), 10);
        index.missing(2);
        assert_eq!(index.of(8), 15, "the ticks say more");
        index.restart();
        assert_eq!(index.of(900), 16);
        assert_eq!(index.of(902), 18);
    }
}

//! Tells the sessions of a run apart, so that laps of one are never stored with another's: a connection, a coach (track, car, rate) and a session of the
//! sim make one.
//!
//! The sim's `SessionNum` must have changed for half a second: a damaged row is no new session. No lap ends in less time, and the one
//! that the change broke off is reported at its first row, so it still counts to the session before. Missing: the sim has no sessions.

use crate::Sample;

/// Rows for which another number has to stay.
const HOLD_ROWS: u32 = 30;

/// See the file's header.
#[derive(Debug, Default)]
pub struct SessionWatch {
    number: u32,
    session_num: Option<i32>,
    other: Option<i32>,
    other_rows: u32,
    restart: bool,
}

impl SessionWatch {
    /// The session that rows belong to, counted from 1; 0 before the first row.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The sim's number of it.
    pub fn session_num(&self) -> Option<i32> {
        self.session_num
    }

    /// Another coach or connection: the next row begins a session.
    pub fn restart(&mut self) {
        self.restart = true;
    }

    /// Before a row is coached: whether it begins a session.
    pub fn begins(&mut self, sample: &Sample) -> bool {
        if self.number > 0 && !self.restart {
            return false;
        }
        self.begin(session_num_of(sample));
        true
    }

    /// After a row was coached: whether a session began with it.
    pub fn changed(&mut self, sample: &Sample) -> bool {
        let num = session_num_of(sample);
        if sample.is_reset_row() || num.is_none() || num == self.session_num {
            self.other = None;
            return false;
        }
        if self.session_num.is_none() {
            self.session_num = num;
            return false;
        }
        self.other_rows = if self.other == num { self.other_rows + 1 } else { 1 };
        self.other = num;
        if self.other_rows < HOLD_ROWS {
            return false;
        }
        self.begin(num);
        true
    }

    fn begin(&mut self, session_num: Option<i32>) {
        let number = self.number + 1;
        *self = SessionWatch { number, session_num, ..SessionWatch::default() };
    }
}

fn session_num_of(sample: &Sample) -> Option<i32> {
    sample.session_num.is_finite().then_some(sample.session_num as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MISSING: f64 = f64::NAN;

    fn row(session_num: f64) -> Sample {
        Sample { session_num, lap: 1.0, lap_distance_m: 100.0, speed_mps: 50.0, ..Sample::EMPTY }
    }

    /// The session's number after each row.
    fn numbers(watch: &mut SessionWatch, nums: impl IntoIterator<Item = f64>) -> Vec<u32> {
        let mut number = |num: f64| {
            let begins = watch.begins(&row(num));
            let changed = watch.changed(&row(num));
            assert!(!(begins && changed), "told twice");
            watch.number()
        };
        nums.into_iter().map(&mut number).collect()
    }

    #[test]
    fn another_number_counts_after_half_a_second_and_a_damaged_row_does_not() {
        let mut watch = SessionWatch::default();
        assert_eq!(watch.number(), 0);
        assert_eq!(numbers(&mut watch, [0.0, 7.0, 0.0, MISSING, 0.0]), [1; 5]);
        let nums = numbers(&mut watch, [1.0; 31]);
        assert_eq!((&nums[..29], &nums[29..]), (&[1; 29][..], &[2, 2][..]));
        assert_eq!(watch.session_num(), Some(1));
        // Two that take turns are damage.
        assert!(
            numbers(&mut watch, (0..100).map(|n| f64::from(2 + n % 2))).iter().all(|number| *number == 2)
        );
    }

    #[test]
    fn another_coach_or_connection_begins_one_with_its_first_row_whatever_its_number() {
        let mut watch = SessionWatch::default();
        numbers(&mut watch, [0.0, 0.0]);
        watch.restart();
        assert_eq!(watch.number(), 1, "not before a row: what is broken off belongs to the session before");
        assert_eq!(numbers(&mut watch, [0.0, 0.0]), [2, 2]);
    }

    #[test]
    fn a_sim_without_sessions_has_one_and_a_number_that_comes_late_is_its_own() {
        let mut watch = SessionWatch::default();
        assert!(numbers(&mut watch, [MISSING; 100]).iter().all(|number| *number == 1));
        assert_eq!(numbers(&mut watch, [3.0; 40]).last(), Some(&1));
        assert_eq!(watch.session_num(), Some(3));
    }

    #[test]
    fn rows_of_zeros_say_nothing() {
        let mut watch = SessionWatch::default();
        numbers(&mut watch, [2.0]);
        let zeros = Sample { lap: 0.0, session_num: 0.0, ..Sample::EMPTY };
        assert!((0..100).all(|_| !watch.changed(&zeros)));
    }
}

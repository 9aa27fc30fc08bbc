//! Tells the sessions of a run apart, so that laps of one are never stored with another's: a connection, a coach (track, car, rate) and a session of the
//! sim make one.
//!
//! The sim's `SessionNum` must have changed for half a second: a damaged row is no new session. No lap ends in less time, and the one
//! that the change broke off is reported at its first row, so it still counts to the session before. Missing: the sim has no sessions.

use racing_coach_core::Sample;

/// Rows for which another number has to stay.
const HOLD_ROWS: u32 = 30;

/// See the file's header.
#[derive(Debug, Default)]
pub struct SessionWatch {
    number: u32,
    connection: u64,
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

    /// Another coach: the next row begins a session.
    pub fn restart(&mut self) {
        self.restart = true;
    }

    /// Before a row is coached: whether it begins a session.
    pub fn begins(&mut self, sample: &Sample, connection: u64) -> bool {
        if self.number > 0 && !self.restart {
            return false;
        }
        self.begin(session_num_of(sample), connection);
        true
    }

    /// After a row was coached: whether a session began with it.
    pub fn changed(&mut self, sample: &Sample, connection: u64) -> bool {
        let num = session_num_of(sample);
        if connection != self.connection {
            self.begin(num, connection);
            return true;
        }
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
        self.begin(num, connection);
        true
    }

    fn begin(&mut self, session_num: Option<i32>, connection: u64) {
        let number = self.number + 1;
        *self = SessionWatch { number, connection, session_num, ..SessionWatch::default() };
    }
}

fn session_num_of(sample: &Sample) -> Option<i32> {
    sample.session_num.is_finite().then_some(sample.session_num as i32)
}

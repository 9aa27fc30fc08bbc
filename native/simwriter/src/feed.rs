//! What a sim does, one action after the other, whoever carries it out.

use racing_coach_core::error::CodedError;
use racing_coach_sources::ibt::RowLayout;

/// How rows are laid out, as the header of the live memory says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// Headers of the variables, 144 bytes each.
    pub headers: Vec<u8>,
}

impl Schema {
    /// The schema of rows packed like this, at the sim's rate.
    pub fn of(layout: &RowLayout) -> Self {
        Schema { tick_rate_hz: 60, row_bytes: layout.row_bytes(), headers: layout.headers() }
    }
}

/// One thing that a sim does. What stands in a row is written beside it, so that nothing is allocated for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Rows are laid out like this from here on. Where there is no memory it is made, else its header is written anew; the sim counts as connected
    /// with the next row.
    Schema(Schema),
    /// The session text, in Windows-1252 and without a closing zero.
    Session(Vec<u8>),
    /// A row, which belongs to this tick. Ticks that were left out were missed by nobody: the sim did not write them.
    Row {
        /// As the sim counts it.
        tick: i32,
    },
    /// Nothing new for so many ticks: a paused replay, or a sim that is not there.
    Pause {
        /// Ticks of the wall clock.
        ticks: u32,
    },
    /// The sim takes its status bit away; the memory stays.
    Disconnect,
    /// The sim ends: the memory goes.
    Close,
    /// The sim dies: whatever it wrote stays, and nobody writes any more.
    Crash,
}

/// A stream of actions. The first is a schema, the second session text.
///
/// A tape's raw records map onto it one to one (schema, session, row, gap as a tick that is left out, disconnect), and its rows pass through as
/// they are.
pub trait Feed: Send {
    /// The next action; a row's bytes are put into `row`, which is as long as the last schema says. `None` at the end.
    ///
    /// # Errors
    /// What reading the source of the rows brings.
    fn next(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError>;
}

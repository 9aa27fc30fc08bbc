//! The interface behind which every sim, file and simulation stands.

use racing_coach_core::Sample;
use racing_coach_core::board::{CarStates, RawTyres};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use std::time::{Duration, Instant};

/// What one call of [`Source::next`] brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceStep {
    /// The sample was filled.
    Sample,
    /// The session text changed: see [`Source::session`]. A live source says so when it connects as well.
    Session,
    /// This many rows are missing; the next sample's index counts them.
    Gap(u64),
    /// Nothing came for a while (a live source waits [`LONGEST_WAIT`] at most): see [`Source::presence`].
    Idle,
    /// The sim went away; it may come back.
    Disconnected,
    /// There will be nothing more.
    End,
}

/// Whether there is a sim on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Presence {
    /// There is none, or it has not begun to send.
    #[default]
    Absent,
    /// It is there and has not begun to send: the session is loading.
    Loading,
    /// Rows come.
    Sending,
    /// It is there and sends nothing new: a paused replay.
    Paused,
    /// It was sending, and stopped without saying goodbye.
    Lost,
}

/// What a live source has counted since it was made. Recordings count nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SourceCounts {
    /// Rows that were handed on.
    pub seen: u64,
    /// Ticks that the sim counted and that were never seen, while it was connected.
    pub missed: u64,
    /// Copies that were thrown away because the sim was writing into them.
    pub torn: u64,
    /// Rows that came more than half a tick after their turn.
    pub late: u64,
    /// Packets or parts that were not understood and left alone.
    pub ignored: u64,
    /// Times that the sim was found or found again.
    pub connections: u64,
}

/// A stream of samples with what is known about their session.
pub trait Source: Send {
    /// Rows a second. May change with [`SourceStep::Session`].
    fn rate_hz(&self) -> f64;
    /// The session as last read.
    fn session(&self) -> &SessionInfo;
    /// Waits for the next thing and, when it is a sample, fills `sample` (every channel: those missing become NaN). Live sources wait
    /// at most [`LONGEST_WAIT`], then say [`SourceStep::Idle`].
    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError>;
    /// The moment at which the last sample was read; `None` for recordings, which are played at the pace that is asked for.
    fn read_at(&self) -> Option<Instant> {
        None
    }
    /// How long after its turn the last sample was read, by the source's own estimate of when it was due; `None` for recordings.
    fn lateness(&self) -> Option<Duration> {
        None
    }
    /// Why there is no sim though something is there: its memory may not be opened, or makes no sense. `None` when all is well.
    fn trouble(&self) -> Option<&CodedError> {
        None
    }
    /// Whether there is a sim.
    fn presence(&self) -> Presence {
        Presence::Sending
    }
    /// What was counted.
    fn counts(&self) -> SourceCounts {
        SourceCounts::default()
    }
    /// Fills in where every car was at the row that was read last; false, and nothing is filled, where the source does not tell. To be asked when it is
    /// needed: it is decoded then, without allocating.
    fn cars(&self, _states: &mut CarStates) -> bool {
        false
    }
    /// The tyres as the row that was read last tells them; `None` where the source does not.
    fn tyres(&self) -> Option<RawTyres> {
        None
    }
    /// A line that a sim without lap distance taught since this was last asked: JSON to keep, and to give back to the source at its next start. To
    /// be asked after [`SourceStep::Session`].
    fn learned_line(&mut self) -> Option<String> {
        None
    }
}

/// How long a live source waits before it says that nothing came: short enough for a stop to be felt as at once.
pub const LONGEST_WAIT: Duration = Duration::from_millis(50);

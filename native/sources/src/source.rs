//! The interface behind which every sim, file and simulation stands.

use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// What one call of [`Source::next`] brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceStep {
    /// The sample was filled.
    Sample,
    /// The session text changed: see [`Source::session`].
    Session,
    /// This many rows are missing; the next sample's index counts them.
    Gap(u64),
    /// The sim went away; it may come back.
    Disconnected,
    /// There will be nothing more.
    End,
}

/// A stream of samples with what is known about their session.
pub trait Source: Send {
    /// Rows a second.
    fn rate_hz(&self) -> f64;
    /// The session as last read.
    fn session(&self) -> &SessionInfo;
    /// Waits for the next thing and, when it is a sample, fills `sample` (every channel: those missing become NaN).
    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError>;
}

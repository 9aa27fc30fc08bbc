//! How patient the live source is.

use super::session_parser::SessionParsing;
use std::time::Duration;

/// The times of a live source, on the clock of its [`super::memory::FindMemory`]. Tests shorten them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveOptions {
    /// How often an absent sim is looked for: seldom enough to cost nothing all day, soon enough for nobody to notice.
    pub look_every: Duration,
    /// The ticks stand still for this long, and the sim is paused: thirty ticks, more than any hiccup.
    pub pause_after: Duration,
    /// How often a sim whose ticks stand still is asked whether it lives: on Windows the mapping is opened again for that.
    pub ask_alive_every: Duration,
    /// How long a sim that vanished without a goodbye is called lost, not absent: as long as the sim's own SDK stays connected.
    pub lost_for: Duration,
    /// How long rows wait for the session text, so that the track is known before the first of them. The sim writes the text before it
    /// connects, as far as is known; parsing takes milliseconds.
    pub session_patience: Duration,
    /// How long a header that does not add up is read again before the sim counts as gone: it may be in the middle of writing it.
    pub header_patience: Duration,
    /// Most rows that wait for the session: two seconds of them. When they are full, the text is waited for on the wall's clock.
    pub most_held: usize,
    /// Where session texts are parsed.
    pub parsing: SessionParsing,
}

impl Default for LiveOptions {
    fn default() -> Self {
        LiveOptions {
            look_every: Duration::from_millis(500),
            pause_after: Duration::from_millis(500),
            ask_alive_every: Duration::from_secs(1),
            lost_for: Duration::from_secs(30),
            session_patience: Duration::from_secs(1),
            header_patience: Duration::from_millis(200),
            most_held: 128,
            parsing: SessionParsing::Apart,
        }
    }
}

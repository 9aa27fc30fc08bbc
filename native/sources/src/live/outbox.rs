//! What the source has to say, in order. While the session is not known it only collects, so that the track is known before the first row.

use racing_coach_core::Sample;
use racing_coach_core::session::SessionInfo;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// One thing to say.
#[expect(clippy::large_enum_variant, reason = "a box would be an allocation for every row")]
pub enum Item {
    /// The session is this from now on, with this many ticks a second.
    Session(Box<SessionInfo>, f64),
    /// So many ticks were not seen.
    Gap(u64),
    /// A row.
    Row(HeldRow),
    /// The sim went away.
    Disconnected,
}

/// A decoded row with what is known about its reading.
pub struct HeldRow {
    /// The sample.
    pub sample: Sample,
    /// When it was read.
    pub read_at: Instant,
    /// How long after its turn.
    pub lateness: Duration,
}

/// The queue.
pub struct Outbox {
    items: VecDeque<Item>,
    most_held: usize,
    /// While things are kept back: how many at the front are not.
    free: Option<usize>,
}

impl Outbox {
    /// Holds about this many things; has room for all of them from the beginning.
    pub fn new(most_held: usize) -> Self {
        // What one look into the memory adds comes on top.
        Outbox { items: VecDeque::with_capacity(most_held + 8), most_held, free: None }
    }

    /// Adds a thing.
    pub fn push(&mut self, item: Item) {
        self.items.push_back(item);
    }

    /// Keeps back what is added from now on, until [`release`](Self::release).
    pub fn hold(&mut self) {
        self.free = Some(self.items.len());
    }

    /// Whether things are kept back, or would be.
    pub fn is_holding(&self) -> bool {
        self.free.is_some()
    }

    /// Whether there is something that is kept back.
    pub fn has_held(&self) -> bool {
        self.free.is_some_and(|free| self.items.len() > free)
    }

    /// Whether no more should be kept back.
    pub fn is_full(&self) -> bool {
        self.items.len() >= self.most_held
    }

    /// Ends the keeping back; the session comes before everything that waited.
    pub fn release(&mut self, session: SessionInfo, rate_hz: f64) {
        let at = self.free.take().unwrap_or(self.items.len());
        self.items.insert(at, Item::Session(Box::new(session), rate_hz));
    }

    /// Ends the keeping back without a word.
    pub fn let_go(&mut self) {
        self.free = None;
    }

    /// The next thing.
    pub fn pop(&mut self) -> Option<Item> {
        match &mut self.free {
            Some(0) => return None,
            Some(free) => *free -= 1,
            None => {}
        }
        self.items.pop_front()
    }
}

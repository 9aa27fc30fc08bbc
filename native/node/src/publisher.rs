//! Puts snapshots where JavaScript finds them, stamped and counted.

use crate::clock;
use crate::outbox::Outbox;
use racing_coach_core::sample::Snapshot;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// While nothing comes a page hears so often that the engine lives: twice a second and a little more.
const AT_LEAST_EVERY: Duration = Duration::from_millis(400);

/// See the file's header.
pub struct Publisher {
    outbox: Arc<Outbox>,
    sequence: u32,
    published_at: Option<Instant>,
}

impl Publisher {
    /// Publishes into `outbox`.
    pub fn new(outbox: Arc<Outbox>) -> Self {
        Publisher { outbox, sequence: 0, published_at: None }
    }

    /// Puts a snapshot of what was read at `read_at` in place of the one before.
    pub fn publish(&mut self, mut snapshot: Snapshot, read_at: Instant) {
        self.sequence = self.sequence.wrapping_add(1);
        snapshot.sequence = self.sequence;
        snapshot.read_at_ms = clock::ms_at(read_at);
        let mut bytes = [0; Snapshot::BYTES];
        snapshot.write(&mut bytes);
        self.outbox.slot.put(&bytes);
        self.published_at = Some(read_at);
    }

    /// Whether pages have heard nothing for a while.
    pub fn is_due(&self) -> bool {
        self.published_at.is_none_or(|at| at.elapsed() >= AT_LEAST_EVERY)
    }
}

//! The sim comes and goes: looking for it, pauses, mended headers, goodbyes.

use super::super::connection::Connection;
use super::super::outbox::Item;
use super::super::raw::RawRecord;
use super::LiveSource;
use crate::source::Presence;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::time::Instant;

impl LiveSource {
    /// Looks for the sim when it is time to.
    pub(super) fn look(&mut self, now: Instant) {
        if self.lost_at.is_some_and(|at| now.saturating_duration_since(at) >= self.options.lost_for) {
            (self.lost_at, self.presence) = (None, Presence::Absent);
        }
        if now < self.next_look {
            return;
        }
        self.next_look = now + self.options.look_every;
        let found = self.finder.find().and_then(|memory| match memory {
            Some(memory) => Connection::open(memory, now).map_err(|cause| self.bad_memory(&cause)),
            None => Ok(None),
        });
        self.trouble = found.as_ref().err().cloned();
        if let Ok(Some(connection)) = found {
            self.connection = Some(connection);
            self.lost_at = None;
            self.begin_connection(now);
        }
    }

    fn bad_memory(&self, cause: &str) -> CodedError {
        CodedError::new(ErrorCode::SimMemoryBad).with("name", self.finder.name()).with("cause", cause)
    }

    pub(super) fn begin_connection(&mut self, now: Instant) {
        self.counts.connections += 1;
        self.presence = Presence::Loading;
        self.begin_epoch(now);
    }

    /// No row came: is the sim paused, or gone?
    pub(super) fn look_after_still(&mut self, now: Instant) {
        let Some(connection) = &mut self.connection else { return };
        if connection.still_for(now) < self.options.pause_after {
            return;
        }
        // Before its first row a sim has nothing that it could pause.
        if self.presence == Presence::Sending {
            self.presence = Presence::Paused;
            connection.schedule().reset();
        }
        if connection.is_dead(now, &self.options) {
            self.close(Some(now), now);
        }
    }

    /// The header makes no sense: the sim is writing it, or the view is an old, shorter one. So another view is tried, and then again later.
    pub(super) fn mend(&mut self, cause: &str, now: Instant) {
        self.trouble = Some(self.bad_memory(cause));
        let Some(connection) = &mut self.connection else { return };
        if connection.is_beyond_patience(now, &self.options) {
            self.close(None, now);
        } else if let Ok(Some(memory)) = self.finder.find() {
            connection.replace(memory);
        }
    }

    /// The connection ends. `lost_at`: without a goodbye.
    pub(super) fn close(&mut self, lost_at: Option<Instant>, now: Instant) {
        self.say_disconnected();
        self.connection = None;
        self.lost_at = lost_at;
        self.presence = if lost_at.is_some() { Presence::Lost } else { Presence::Absent };
        self.next_look = now + self.options.look_every;
    }

    pub(super) fn say_disconnected(&mut self) {
        self.tell_held();
        self.outbox.push(Item::Disconnected);
        self.put(RawRecord::Disconnected);
    }
}

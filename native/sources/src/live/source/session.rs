//! What is known of the session, and the rows that wait for it.

use super::super::connection::Connection;
use super::super::outbox::Item;
use super::super::raw::{RawKind, RawRecord};
use super::{LiveSource, unknown_session};
use crate::session_text::keep_known;
use std::time::Instant;

impl LiveSource {
    /// From here on rows are read by another list of variables or belong to another connection: what was known of the session may not hold.
    pub(super) fn begin_epoch(&mut self, now: Instant) {
        self.tell_held();
        self.known = unknown_session();
        self.epoch += 1;
        self.epoch_began = now;
        self.outbox.hold();
        if let (Some(connection), Some(sink)) = (&self.connection, &mut self.sink) {
            let schema = connection.schema();
            sink.put(RawRecord::Schema {
                kind: RawKind::Irsdk,
                tick_rate_hz: schema.header.tick_rate_hz,
                row_bytes: schema.header.row_bytes,
                variables: &schema.list,
            });
        }
        self.take_text();
    }

    /// Rows that still wait for their session get it as far as it is known.
    pub(super) fn tell_held(&mut self) {
        if self.outbox.has_held() {
            self.release();
        } else {
            self.outbox.let_go();
        }
    }

    fn release(&mut self) {
        let rate_hz = self.connection_rate_hz();
        self.outbox.release(self.known.clone(), rate_hz);
    }

    fn connection_rate_hz(&self) -> f64 {
        let rate_hz = |connection: &Connection| f64::from(connection.schema().header.tick_rate_hz);
        self.connection.as_ref().map_or(self.rate_hz, rate_hz)
    }

    /// Copies a new session text and hands it to the parser.
    pub(super) fn take_text(&mut self) {
        let Some((update, text)) = self.connection.as_mut().and_then(Connection::new_text) else { return };
        if let Some(sink) = &mut self.sink {
            sink.put(RawRecord::Session { update, text });
        }
        self.parser.hand_in(self.epoch, text);
    }

    /// Takes what the parser has found out, and ends the waiting for it.
    pub(super) fn take_session(&mut self, now: Instant) {
        if self.outbox.is_holding() && self.outbox.is_full() {
            self.parser.wait(self.options.session_patience);
        }
        if let Some(parsed) = self.parser.take()
            && parsed.epoch == self.epoch
            && let Some(info) = parsed.info.and_then(|info| keep_known(&self.known, info))
        {
            let news = info != self.known;
            self.known = info;
            if self.outbox.is_holding() {
                self.release();
            } else if news {
                let rate_hz = self.connection_rate_hz();
                self.outbox.push(Item::Session(Box::new(self.known.clone()), rate_hz));
            }
        }
        let waited = now.saturating_duration_since(self.epoch_began) >= self.options.session_patience;
        if self.outbox.is_holding() && (self.outbox.is_full() || waited && self.parser.is_idle()) {
            self.release();
        }
    }
}

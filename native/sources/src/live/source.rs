//! A running sim as a [`Source`]: found, read, lost and found again.
//!
//! - **Order.** A connection begins with `Session`, then rows. Rows that come before the session text is parsed wait for it, bounded in
//!   number and time; when there is no text in time, the session is told as far as it is known. Later texts make a `Session` only when they
//!   change a fact that we use. A text of which nothing can be read, or that lost its track, leaves the last good one; the car and driver that it
//!   lost stay known.
//! - **Index.** Counts the sim's ticks from 0, missing ones included. It goes on over a disconnect: the first row of the next connection has the
//!   next number, because nobody counted the ticks between.
//! - **New connections.** The sim was away, or its ticks went backwards or leapt: `Disconnected`, then as above. A car change alters the list of
//!   variables while the ticks go on: only a `Session` comes then, before the first row with the new variables.
//! - **Trouble.** A sim whose memory cannot be opened or makes no sense is no error of [`Source::next`]: the sim may be starting. It is looked for
//!   again, and [`Source::trouble`] says why.

mod life;
mod session;

use super::connection::{Connection, Reading};
use super::memory::FindMemory;
use super::options::LiveOptions;
use super::outbox::{HeldRow, Item, Outbox};
use super::raw::{RawRecord, RawSink};
use super::session_parser::SessionParser;
use crate::source::{LONGEST_WAIT, Presence, Source, SourceCounts, SourceStep};
use racing_coach_core::Sample;
use racing_coach_core::board::{CarStates, RawTyres};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use std::time::{Duration, Instant};

/// Ticks a second before a sim has said how many.
const USUAL_RATE_HZ: f64 = 60.0;

/// See the module.
pub struct LiveSource {
    finder: Box<dyn FindMemory>,
    options: LiveOptions,
    sink: Option<Box<dyn RawSink>>,
    parser: SessionParser,
    connection: Option<Connection>,
    outbox: Outbox,
    /// What was told last, and what is going to be told.
    session: SessionInfo,
    known: SessionInfo,
    rate_hz: f64,
    epoch: u64,
    epoch_began: Instant,
    next_index: u64,
    counts: SourceCounts,
    presence: Presence,
    lost_at: Option<Instant>,
    next_look: Instant,
    read_at: Option<Instant>,
    lateness: Option<Duration>,
    trouble: Option<CodedError>,
}

impl LiveSource {
    /// Will look for the sim with the first [`Source::next`].
    pub fn new(finder: Box<dyn FindMemory>, options: LiveOptions) -> Self {
        let now = finder.now();
        LiveSource {
            finder,
            options,
            sink: None,
            parser: SessionParser::new(options.parsing),
            connection: None,
            outbox: Outbox::new(options.most_held),
            session: unknown_session(),
            known: unknown_session(),
            rate_hz: USUAL_RATE_HZ,
            epoch: 0,
            epoch_began: now,
            next_index: 0,
            counts: SourceCounts::default(),
            presence: Presence::Absent,
            lost_at: None,
            next_look: now,
            read_at: None,
            lateness: None,
            trouble: None,
        }
    }

    /// Passes everything on as it was read, before it is decoded. Rows are passed on when they are read: those that wait for their session too.
    #[must_use]
    pub fn with_sink(mut self, sink: Box<dyn RawSink>) -> Self {
        self.sink = Some(sink);
        self
    }

    fn put(&mut self, record: RawRecord<'_>) {
        if let Some(sink) = &mut self.sink {
            sink.put(record);
        }
    }

    /// Hands out what waits.
    fn pop(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        Some(match self.outbox.pop()? {
            Item::Session(session, rate_hz) => {
                (self.session, self.rate_hz) = (*session, rate_hz);
                SourceStep::Session
            }
            Item::Gap(ticks) => SourceStep::Gap(ticks),
            Item::Row(row) => {
                *sample = row.sample;
                (self.read_at, self.lateness) = (Some(row.read_at), Some(row.lateness));
                SourceStep::Sample
            }
            Item::Disconnected => SourceStep::Disconnected,
        })
    }

    /// Looks into the memory once. True when a row was read, and there may be another.
    fn wake(&mut self, now: Instant) -> bool {
        self.take_text();
        let Some(connection) = &mut self.connection else { return false };
        let torn_before = connection.torn();
        let reading = connection.read(now);
        self.counts.torn += connection.torn() - torn_before;
        let is_row = matches!(reading, Reading::Row { .. });
        match reading {
            Reading::Row { tick, missed } => self.add_row(tick, missed, now),
            Reading::Nothing => self.look_after_still(now),
            Reading::Restarted => {
                self.say_disconnected();
                self.begin_connection(now);
            }
            Reading::NewSchema => self.begin_epoch(now),
            Reading::Bad(cause) => self.mend(&cause, now),
            Reading::Closed => self.close(None, now),
        }
        self.take_session(now);
        is_row
    }

    fn add_row(&mut self, tick: i32, missed: u64, read_at: Instant) {
        let Some(connection) = &mut self.connection else { return };
        let lateness = connection.schedule().note(tick, read_at);
        self.counts.late += u64::from(connection.schedule().is_late(lateness));
        self.trouble = None;
        self.counts.seen += 1;
        self.counts.missed += missed;
        self.presence = Presence::Sending;
        let mut row = HeldRow { sample: Sample::EMPTY, read_at, lateness };
        connection.decoder().decode(connection.row(), self.known.track_length_m, &mut row.sample);
        row.sample.index = self.next_index + missed;
        self.next_index = row.sample.index + 1;
        if let Some(sink) = &mut self.sink {
            if missed > 0 {
                sink.put(RawRecord::Gap { ticks: missed });
            }
            sink.put(RawRecord::Row { tick, read_at, bytes: connection.row() });
        }
        if missed > 0 {
            self.outbox.push(Item::Gap(missed));
        }
        self.outbox.push(Item::Row(row));
    }

    /// Waits for a row, or for the time to look for a sim.
    fn wait(&mut self, now: Instant, end: Instant) {
        let longest = end.saturating_duration_since(now);
        match &mut self.connection {
            Some(connection) => connection.wait(now, longest),
            None => self.finder.rest(longest.min(self.next_look.saturating_duration_since(now))),
        }
    }
}

fn unknown_session() -> SessionInfo {
    SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() }
}

impl Source for LiveSource {
    fn rate_hz(&self) -> f64 {
        self.rate_hz
    }

    fn session(&self) -> &SessionInfo {
        &self.session
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let end = self.finder.now() + LONGEST_WAIT;
        loop {
            if let Some(step) = self.pop(sample) {
                return Ok(step);
            }
            let now = self.finder.now();
            if self.connection.is_none() {
                self.look(now);
            }
            let more = self.wake(now);
            if let Some(step) = self.pop(sample) {
                return Ok(step);
            }
            if now >= end {
                return Ok(SourceStep::Idle);
            }
            if !more {
                self.wait(now, end);
            }
        }
    }

    fn read_at(&self) -> Option<Instant> {
        self.read_at
    }

    fn lateness(&self) -> Option<Duration> {
        self.lateness
    }

    fn presence(&self) -> Presence {
        self.presence
    }

    fn counts(&self) -> SourceCounts {
        self.counts
    }

    fn trouble(&self) -> Option<&CodedError> {
        self.trouble.as_ref()
    }

    fn cars(&self, states: &mut CarStates) -> bool {
        self.connection.as_ref().is_some_and(|now| now.decoder().beside().cars(now.row(), states))
    }

    fn tyres(&self) -> Option<RawTyres> {
        self.connection.as_ref().and_then(|now| now.decoder().beside().tyres(now.row()))
    }
}

//! A connection to a sim: its memory, what its bytes mean, and what was read of it.

use super::decoder::LiveDecoder;
use super::header;
use super::memory::SimMemory;
use super::options::LiveOptions;
use super::row_reader::{Polled, RowReader};
use super::schedule::Schedule;
use super::schema::Schema;
use super::session_text_copy::copy_session_text;
use std::time::{Duration, Instant};

/// How long after its turn a row is looked for though the sim did not say that it is there: other programs wait on the same event, and one
/// of them may have been told in our place.
const GRACE: Duration = Duration::from_millis(2);

/// What a look into the memory brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A row, see [`Connection::row`].
    Row {
        /// The sim's tick.
        tick: i32,
        /// Ticks before it that were never seen.
        missed: u64,
    },
    /// Nothing that was not seen.
    Nothing,
    /// The sim counts its ticks anew: another connection in all but name.
    Restarted,
    /// The sim changed header or variables; rows are read by the new ones from now on.
    NewSchema,
    /// Header or variables make no sense, for the reason given.
    Bad(String),
    /// The sim says that it is not connected.
    Closed,
}

/// An open memory.
pub struct Connection {
    memory: Box<dyn SimMemory>,
    schema: Schema,
    decoder: LiveDecoder,
    rows: RowReader,
    row: Vec<u8>,
    text: Vec<u8>,
    text_update: Option<i32>,
    scratch: Vec<u8>,
    session_id: Option<f64>,
    /// The next tick with which the list of variables is compared.
    compare_at: i64,
    schedule: Schedule,
    last_row_at: Instant,
    asked_at: Instant,
    bad_since: Option<Instant>,
}

impl Connection {
    /// Looks at a memory: `None` while its sim says that it is not connected, else what is wrong with it.
    pub fn open(memory: Box<dyn SimMemory>, now: Instant) -> Result<Option<Self>, String> {
        if !header::is_connected(&memory.bytes()) {
            return Ok(None);
        }
        let schema = Schema::read(&memory.bytes())?;
        Ok(Some(Connection {
            memory,
            decoder: LiveDecoder::new(&schema.variables),
            rows: RowReader::new(),
            row: vec![0; schema.header.row_bytes],
            text: Vec::new(),
            text_update: None,
            scratch: Vec::new(),
            session_id: None,
            compare_at: i64::MIN,
            schedule: Schedule::new(schema.header.tick_rate_hz),
            last_row_at: now,
            asked_at: now,
            bad_since: None,
            schema,
        }))
    }

    /// What the bytes mean.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The decoder for [`row`](Self::row).
    pub fn decoder(&self) -> &LiveDecoder {
        &self.decoder
    }

    /// The row of the last [`Reading::Row`].
    pub fn row(&self) -> &[u8] {
        &self.row
    }

    /// When rows are due.
    pub fn schedule(&mut self) -> &mut Schedule {
        &mut self.schedule
    }

    /// Copies thrown away in this connection.
    pub fn torn(&self) -> u64 {
        self.rows.torn()
    }

    /// Looks for a row.
    pub fn read(&mut self, now: Instant) -> Reading {
        let (connected, polled) = self.poll();
        match polled {
            Polled::Row { tick, .. } if self.is_outdated(tick) => {
                self.rows.unsee();
                self.renew()
            }
            Polled::Row { tick, missed } => {
                (self.last_row_at, self.bad_since) = (now, None);
                self.memory.taken(tick);
                Reading::Row { tick, missed }
            }
            _ if !connected => Reading::Closed,
            Polled::HeaderChanged => self.renew(),
            Polled::Restarted => {
                self.begin_again();
                Reading::Restarted
            }
            Polled::Nothing | Polled::Torn => Reading::Nothing,
        }
    }

    /// Whether the sim said that it is connected, asked first: a row that stands there is taken even if the sim says goodbye after it. And a
    /// look at the rows; a header that changed shows where there is no row too.
    fn poll(&mut self) -> (bool, Polled) {
        let bytes = self.memory.bytes();
        let connected = header::is_connected(&bytes);
        let polled = match self.rows.poll(&bytes, &self.schema.header, &mut self.row) {
            Polled::Nothing | Polled::Torn if !self.schema.header.is_unchanged(&bytes) => {
                Polled::HeaderChanged
            }
            polled => polled,
        };
        (connected, polled)
    }

    /// Whether the row just read belongs to other variables than those known. The header tells most changes. A list that changed under the same
    /// header is looked for when the sim's number of the session is another or the session text changed, and once a second in any case:
    /// comparing 50 kB takes microseconds.
    fn is_outdated(&mut self, tick: i32) -> bool {
        let id = self.decoder.session_id(&self.row);
        let due = i64::from(tick) >= self.compare_at || id != self.session_id;
        if due {
            self.session_id = id;
            self.compare_at = i64::from(tick) + i64::from(self.schema.header.tick_rate_hz);
        }
        due && !self.schema.is_unchanged(&self.memory.bytes(), &mut self.scratch)
    }

    fn renew(&mut self) -> Reading {
        match Schema::read(&self.memory.bytes()) {
            Ok(schema) => {
                self.decoder = LiveDecoder::new(&schema.variables);
                self.row = vec![0; schema.header.row_bytes];
                self.schedule = Schedule::new(schema.header.tick_rate_hz);
                self.schema = schema;
                (self.text_update, self.bad_since) = (None, None);
                Reading::NewSchema
            }
            Err(cause) => Reading::Bad(cause),
        }
    }

    /// Whether the header has made no sense for too long.
    pub fn is_beyond_patience(&mut self, now: Instant, options: &LiveOptions) -> bool {
        let since = *self.bad_since.get_or_insert(now);
        now.saturating_duration_since(since) >= options.header_patience
    }

    /// Takes another view of what is hopefully the same sim; its header is looked at with the next [`read`](Self::read).
    pub fn replace(&mut self, memory: Box<dyn SimMemory>) {
        self.memory = memory;
    }

    /// The session text, when it is one that was not copied yet. An empty area is no text: the sim has not written it yet.
    pub fn new_text(&mut self) -> Option<(i32, &mut Vec<u8>)> {
        let bytes = self.memory.bytes();
        if self.text_update == Some(header::session_update(&bytes))
            || !self.schema.header.is_unchanged(&bytes)
        {
            return None;
        }
        let update = copy_session_text(&bytes, &self.schema.header, &mut self.text)?;
        if self.text.is_empty() {
            return None;
        }
        self.text_update = Some(update);
        self.compare_at = i64::MIN;
        Some((update, &mut self.text))
    }

    /// Everything is read again, as if it was opened now.
    fn begin_again(&mut self) {
        self.rows.restart();
        self.schedule.reset();
        (self.text_update, self.session_id, self.compare_at) = (None, None, i64::MIN);
    }

    /// Waits for the next row, `longest` at most.
    pub fn wait(&mut self, now: Instant, longest: Duration) {
        let due = self.schedule.next_due().map(|due| due + GRACE);
        let rest = due.map_or(longest, |due| due.saturating_duration_since(now).max(GRACE));
        self.memory.wait(rest.min(longest));
    }

    /// How long no row has come.
    pub fn still_for(&self, now: Instant) -> Duration {
        now.saturating_duration_since(self.last_row_at)
    }

    /// Whether the sim is gone; asked only while no row comes, and not too often.
    pub fn is_dead(&mut self, now: Instant, options: &LiveOptions) -> bool {
        let last = self.asked_at.max(self.last_row_at);
        if now.saturating_duration_since(last) < options.ask_alive_every {
            return false;
        }
        self.asked_at = now;
        !self.memory.alive()
    }
}

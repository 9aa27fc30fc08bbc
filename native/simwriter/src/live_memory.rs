//! The live memory as the sim lays it out ([`racing_coach_sources::live::layout`]), and how it writes a row.
//!
//! # Why a reader that follows the rules never sees a torn row
//! A row goes into buffer `n % 3`: its bytes first, then its tick with release ordering, so that whoever sees the tick sees the row. Before the bytes of
//! the next row into that buffer comes a release fence: whoever sees one of them sees, after an acquire fence of its own, also the ticks that were
//! written before the fence, the newest of which is two ahead of the row that is being overwritten. A reader that asks for "newest tick below
//! mine + 2" after its copy therefore throws such a copy away.

use crate::feed::Schema;
use racing_coach_sources::live::layout::{HEADER_BYTES, ROW_ROOM, SESSION_ROOM, VARIABLE_SLOTS, header_at};
use racing_coach_sources::live::memory::MapWriter;
use std::sync::atomic::{Ordering, fence};

/// Bytes of a variable's header.
const VARIABLE_BYTES: usize = 144;
/// Row buffers that the sim uses.
pub const BUFFERS: usize = 3;
const SESSION_AT: usize = HEADER_BYTES;
const VARIABLES_AT: usize = SESSION_AT + SESSION_ROOM;
const ROWS_AT: usize = VARIABLES_AT + VARIABLE_SLOTS * VARIABLE_BYTES;
/// Bytes of the whole memory, rounded up to pages as the sim's is.
pub const MEMORY_BYTES: usize = (ROWS_AT + BUFFERS * ROW_ROOM).next_multiple_of(4096);

/// A live memory being written.
pub struct LiveMemory {
    map: Box<dyn MapWriter>,
    row_bytes: usize,
    connected: bool,
    session_updates: i32,
    session_bytes: usize,
}

impl LiveMemory {
    /// Lays out a memory of [`MEMORY_BYTES`] zeros; nobody is connected yet.
    pub fn new(map: Box<dyn MapWriter>) -> Self {
        // A mapping that a reader kept alive over a sim's death still has the old count, and the text must count as changed.
        let session_updates = map.bytes().load_i32(header_at::SESSION_UPDATE, Ordering::Relaxed).unwrap_or(0);
        let memory =
            LiveMemory { map, row_bytes: 0, connected: false, session_updates, session_bytes: SESSION_ROOM };
        memory.map.bytes().store_i32(header_at::STATUS, 0, Ordering::Release);
        memory.int(header_at::VERSION, 2);
        memory.int(header_at::SESSION_LEN, SESSION_ROOM as i32);
        memory.int(header_at::SESSION_OFFSET, SESSION_AT as i32);
        memory.int(header_at::VARIABLE_OFFSET, VARIABLES_AT as i32);
        memory.int(header_at::BUFFER_COUNT, BUFFERS as i32);
        for buffer in 0..BUFFERS {
            memory.int(header_at::row_offset(buffer), (ROWS_AT + buffer * ROW_ROOM) as i32);
        }
        memory
    }

    /// The map that is written to.
    pub fn map(&self) -> &dyn MapWriter {
        self.map.as_ref()
    }

    /// Rows are laid out like this from here on. Ticks begin anew, so that an old row is not taken for one of the new kind. False when it has no
    /// room.
    #[must_use]
    pub fn begin(&mut self, schema: &Schema) -> bool {
        let variables = schema.headers.len() / VARIABLE_BYTES;
        if schema.row_bytes > ROW_ROOM || variables > VARIABLE_SLOTS {
            return false;
        }
        self.disconnect();
        for buffer in 0..BUFFERS {
            self.int(header_at::tick(buffer), 0);
        }
        self.row_bytes = schema.row_bytes;
        self.int(header_at::TICK_RATE, schema.tick_rate_hz);
        self.int(header_at::VARIABLE_COUNT, variables as i32);
        self.int(header_at::ROW_BYTES, schema.row_bytes as i32);
        self.map.bytes().store(VARIABLES_AT, &schema.headers)
    }

    /// Puts new session text in place and counts the change; cut where there is no more room, as the sim would.
    pub fn set_session(&mut self, text: &[u8]) {
        let kept = &text[..text.len().min(SESSION_ROOM - 1)];
        let mut bytes = kept.to_vec();
        // What is left of a longer text before must not be read on.
        bytes.resize(self.session_bytes.max(kept.len() + 1), 0);
        let _fits = self.map.bytes().store(SESSION_AT, &bytes);
        self.session_bytes = kept.len() + 1;
        self.session_updates += 1;
        self.map.bytes().store_i32(header_at::SESSION_UPDATE, self.session_updates, Ordering::Release);
    }

    /// Publishes a row, cut or filled up with zeros to the schema's length. The first one after a schema connects.
    pub fn publish(&mut self, tick: i32, row: &[u8]) {
        let buffer = tick.rem_euclid(BUFFERS as i32) as usize;
        // See the module: the ticks published so far come before any byte of this row.
        fence(Ordering::Release);
        let _fits =
            self.map.bytes().store(ROWS_AT + buffer * ROW_ROOM, &row[..row.len().min(self.row_bytes)]);
        self.map.bytes().store_i32(header_at::tick(buffer), tick, Ordering::Release);
        if !self.connected {
            self.connected = true;
            self.map.bytes().store_i32(header_at::STATUS, 1, Ordering::Release);
        }
        self.map.signal();
    }

    /// Takes the status bit away.
    pub fn disconnect(&mut self) {
        self.connected = false;
        self.map.bytes().store_i32(header_at::STATUS, 0, Ordering::Release);
    }

    /// Ends as a sim that crashes.
    pub fn crash(self) {
        self.map.crash();
    }

    fn int(&self, at: usize, value: i32) {
        self.map.bytes().store_i32(at, value, Ordering::Relaxed);
    }
}

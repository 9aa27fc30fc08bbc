//! The live memory as the sim lays it out ([`racing_coach_sources::live::image`]), written through a map: its life from the first schema to the end.
//!
//! # Why a reader that follows the rules never sees a torn row
//! A row goes into the oldest buffer: its bytes first, then its tick with release ordering, so that whoever sees the tick sees the row. Before the
//! bytes of the next row into that buffer comes a release fence: whoever sees one of them sees, after an acquire fence of its own, also the ticks that
//! were written before the fence, the newest of which is two ahead of the row that is being overwritten. A reader that asks for "newest tick below
//! mine + 2" after its copy therefore throws such a copy away.

use crate::feed::Schema;
use racing_coach_sources::live::image::{MapImage, RowWriter, set_connected};
use racing_coach_sources::live::layout::{HEADER_BYTES, ROW_ROOM, SESSION_ROOM, VARIABLE_SLOTS};
use racing_coach_sources::live::memory::MapWriter;

/// Bytes of a variable's header.
const VARIABLE_BYTES: usize = 144;
/// Row buffers that the sim uses.
pub const BUFFERS: usize = 3;
/// Bytes of the whole memory, rounded up to pages as the sim's is.
pub const MEMORY_BYTES: usize =
    (HEADER_BYTES + SESSION_ROOM + VARIABLE_SLOTS * VARIABLE_BYTES + BUFFERS * ROW_ROOM)
        .next_multiple_of(4096);
/// Ticks a second before a schema says how many.
const USUAL_RATE_HZ: i32 = 60;

/// A live memory being written.
pub struct LiveMemory {
    map: Box<dyn MapWriter>,
    image: MapImage,
    rows: RowWriter,
    connected: bool,
    session_bytes: usize,
}

impl LiveMemory {
    /// Lays out a memory of [`MEMORY_BYTES`] zeros; nobody is connected yet. In a mapping that a reader kept alive over a sim's death the count of
    /// session texts goes on, so that the text counts as changed.
    pub fn new(map: Box<dyn MapWriter>) -> Self {
        let image = MapImage::of_headers(USUAL_RATE_HZ, 0, Vec::new());
        let mut memory = LiveMemory {
            map,
            image,
            rows: RowWriter::new(),
            connected: false,
            session_bytes: SESSION_ROOM - 1,
        };
        memory.disconnect();
        let _fits = memory.image.write_head(&memory.map.bytes());
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
        self.image = MapImage::of_headers(schema.tick_rate_hz, schema.row_bytes, schema.headers.clone());
        self.rows = RowWriter::new();
        self.image.write_head(&self.map.bytes())
    }

    /// Puts new session text in place and counts the change; cut where there is no more room, as the sim would.
    pub fn set_session(&mut self, text: &[u8]) {
        let kept = &text[..text.len().min(SESSION_ROOM - 1)];
        let mut bytes = kept.to_vec();
        // What is left of a longer text before must not be read on.
        bytes.resize(self.session_bytes.max(kept.len()), 0);
        let _fits = self.image.write_session(&self.map.bytes(), &bytes);
        self.session_bytes = kept.len();
    }

    /// Publishes a row of the schema's length; another one is left out. The first one after a schema connects.
    pub fn publish(&mut self, tick: i32, row: &[u8]) {
        let _fits = self.rows.put(&self.map.bytes(), &self.image, tick, row);
        if !self.connected {
            self.connected = true;
            set_connected(&self.map.bytes(), true);
        }
        self.map.signal();
    }

    /// Takes the status bit away.
    pub fn disconnect(&mut self) {
        self.connected = false;
        set_connected(&self.map.bytes(), false);
    }

    /// Ends as a sim that crashes.
    pub fn crash(self) {
        self.map.crash();
    }
}

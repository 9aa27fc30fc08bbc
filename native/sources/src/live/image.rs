//! The live memory from the writer's side: laid out and filled as the sim does it, for simulated sims, tests and benchmarks.

use super::atomic_bytes::AtomicBytes;
use super::layout::{HEADER_BYTES, MOST_BUFFERS, ROW_ROOM, SESSION_ROOM, VARIABLE_SLOTS, header_at};
use crate::ibt::{VARIABLE_BYTES, VariableSpec, variable_header};
use std::sync::atomic::{Ordering, fence};

/// Where everything is going to be. The public rooms may be changed before anything is written.
#[derive(Debug, Clone)]
pub struct MapImage {
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Room for session text.
    pub session_room: usize,
    /// Room for variables' headers.
    pub variable_slots: usize,
    /// Row buffers: 2 to 4.
    pub buffers: usize,
    /// Distance between them; the row's length when that is longer.
    pub row_room: usize,
    /// Names and places; empty where only the headers are known.
    offsets: Vec<(String, usize)>,
    /// The variables' headers, 144 bytes each.
    headers: Vec<u8>,
    row_bytes: usize,
}

impl MapImage {
    /// A memory with the rooms of the real one, its variables packed in this order without padding, as the sim does.
    pub fn new(tick_rate_hz: i32, variables: &[VariableSpec]) -> Self {
        let (mut row_bytes, mut offsets, mut headers) = (0, Vec::new(), Vec::new());
        for variable in variables {
            headers.extend_from_slice(&variable_header(variable, row_bytes as i32));
            offsets.push((variable.name.clone(), row_bytes));
            row_bytes += variable.bytes();
        }
        MapImage { offsets, ..Self::of_headers(tick_rate_hz, row_bytes, headers) }
    }

    /// As [`new`](Self::new), of rows that are laid out already.
    pub fn of_headers(tick_rate_hz: i32, row_bytes: usize, headers: Vec<u8>) -> Self {
        MapImage {
            tick_rate_hz,
            session_room: SESSION_ROOM,
            variable_slots: VARIABLE_SLOTS,
            buffers: 3,
            row_room: ROW_ROOM,
            offsets: Vec::new(),
            headers,
            row_bytes,
        }
    }

    /// As [`new`](Self::new) with just the room that is needed, and `session_room` for text.
    pub fn small(tick_rate_hz: i32, variables: &[VariableSpec], session_room: usize) -> Self {
        let image = Self::new(tick_rate_hz, variables);
        let row_room = image.row_bytes.next_multiple_of(16);
        MapImage { session_room, variable_slots: variables.len(), row_room, ..image }
    }

    /// Bytes of a row.
    pub fn row_bytes(&self) -> usize {
        self.row_bytes
    }

    /// Where a variable's first element stands in a row.
    pub fn offset_of(&self, name: &str) -> Option<usize> {
        self.offsets.iter().find(|(known, _)| known == name).map(|(_, at)| *at)
    }

    fn variables(&self) -> usize {
        self.headers.len() / VARIABLE_BYTES
    }

    fn variables_at(&self) -> usize {
        HEADER_BYTES + self.session_room
    }

    /// Where a buffer's row begins.
    pub fn row_at(&self, buffer: usize) -> usize {
        let rows_at = self.variables_at() + self.variable_slots.max(self.variables()) * VARIABLE_BYTES;
        rows_at + buffer * self.row_room.max(self.row_bytes)
    }

    /// Bytes of the whole memory.
    pub fn bytes(&self) -> usize {
        self.row_at(self.buffers)
    }

    /// Writes header and list of variables, all ticks 0, and leaves the status as it is: say [`set_connected`] when text and all is there.
    /// False when the view is too small.
    #[must_use]
    pub fn write_head(&self, bytes: &AtomicBytes) -> bool {
        let ints = [
            (header_at::VERSION, 2),
            (header_at::TICK_RATE, self.tick_rate_hz),
            (header_at::SESSION_LEN, self.session_room as i32),
            (header_at::SESSION_OFFSET, HEADER_BYTES as i32),
            (header_at::VARIABLE_COUNT, self.variables() as i32),
            (header_at::VARIABLE_OFFSET, self.variables_at() as i32),
            (header_at::BUFFER_COUNT, self.buffers as i32),
            (header_at::ROW_BYTES, self.row_bytes as i32),
        ];
        let ticks = (0..MOST_BUFFERS).map(|buffer| (header_at::tick(buffer), 0));
        let rows =
            (0..self.buffers).map(|buffer| (header_at::row_offset(buffer), self.row_at(buffer) as i32));
        self.bytes() <= bytes.len()
            // No row that is there is taken for one of the new kind.
            && ticks.into_iter().all(|(at, value)| put(bytes, at, value))
            && bytes.store(self.variables_at(), &self.headers)
            && ints.into_iter().chain(rows).all(|(at, value)| put(bytes, at, value))
    }

    /// Writes session text and counts its change; false when it is longer than its room.
    #[must_use]
    pub fn write_session(&self, bytes: &AtomicBytes, text: &[u8]) -> bool {
        if text.len() >= self.session_room {
            return false;
        }
        let update = bytes.load_i32(header_at::SESSION_UPDATE, Ordering::Relaxed).unwrap_or(0);
        bytes.store(HEADER_BYTES, text)
            && bytes.store(HEADER_BYTES + text.len(), &[0])
            && put(bytes, header_at::SESSION_UPDATE, update.wrapping_add(1))
    }
}

/// Sets or clears bit 0 of the status.
pub fn set_connected(bytes: &AtomicBytes, connected: bool) -> bool {
    put(bytes, header_at::STATUS, i32::from(connected))
}

/// After everything that was written before it.
fn put(bytes: &AtomicBytes, at: usize, value: i32) -> bool {
    bytes.store_i32(at, value, Ordering::Release)
}

/// Writes rows into the buffers in turn, in the order that [`super::row_reader`] counts on.
#[derive(Debug, Clone, Default)]
pub struct RowWriter {
    next: Option<usize>,
}

impl RowWriter {
    /// Begins with the buffer that the sim would take: its tick modulo their number.
    pub fn new() -> Self {
        RowWriter::default()
    }

    /// Writes a row and then its tick; ticks begin at 1. False when the row is none of this image's.
    #[must_use]
    pub fn put(&mut self, bytes: &AtomicBytes, image: &MapImage, tick: i32, row: &[u8]) -> bool {
        let first = || tick.rem_euclid(image.buffers as i32) as usize;
        let buffer = self.next.unwrap_or_else(first) % image.buffers;
        self.next = Some(buffer + 1);
        // The last row's tick before this row's first byte.
        fence(Ordering::Release);
        row.len() == image.row_bytes
            && bytes.store(image.row_at(buffer), row)
            && put(bytes, header_at::tick(buffer), tick)
    }
}

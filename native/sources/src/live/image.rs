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
    variables: Vec<(VariableSpec, usize)>,
    row_bytes: usize,
}

impl MapImage {
    /// A memory with the rooms of the real one, its variables packed in this order without padding, as the sim does.
    pub fn new(tick_rate_hz: i32, variables: &[VariableSpec]) -> Self {
        let mut row_bytes = 0;
        let mut place = |variable: &VariableSpec| {
            let at = row_bytes;
            row_bytes += variable.bytes();
            (variable.clone(), at)
        };
        let variables = variables.iter().map(&mut place).collect();
        MapImage {
            tick_rate_hz,
            session_room: SESSION_ROOM,
            variable_slots: VARIABLE_SLOTS,
            buffers: 3,
            row_room: ROW_ROOM,
            variables,
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
        self.variables.iter().find(|(variable, _)| variable.name == name).map(|(_, at)| *at)
    }

    fn variables_at(&self) -> usize {
        HEADER_BYTES + self.session_room
    }

    /// Where a buffer's row begins.
    pub fn row_at(&self, buffer: usize) -> usize {
        let rows_at = self.variables_at() + self.variable_slots.max(self.variables.len()) * VARIABLE_BYTES;
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
        let mut list = Vec::with_capacity(self.variables.len() * VARIABLE_BYTES);
        for (variable, at) in &self.variables {
            list.extend_from_slice(&variable_header(variable, *at as i32));
        }
        let ints = [
            (header_at::VERSION, 2),
            (header_at::TICK_RATE, self.tick_rate_hz),
            (header_at::SESSION_LEN, self.session_room as i32),
            (header_at::SESSION_OFFSET, HEADER_BYTES as i32),
            (header_at::VARIABLE_COUNT, self.variables.len() as i32),
            (header_at::VARIABLE_OFFSET, self.variables_at() as i32),
            (header_at::BUFFER_COUNT, self.buffers as i32),
            (header_at::ROW_BYTES, self.row_bytes as i32),
        ];
        let ticks = (0..MOST_BUFFERS).map(|buffer| (header_at::tick(buffer), 0));
        let rows =
            (0..self.buffers).map(|buffer| (header_at::row_offset(buffer), self.row_at(buffer) as i32));
        self.bytes() <= bytes.len()
            && bytes.store(self.variables_at(), &list)
            && ints.into_iter().chain(ticks).chain(rows).all(|(at, value)| put(bytes, at, value))
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
    next: usize,
}

impl RowWriter {
    /// Begins with the first buffer.
    pub fn new() -> Self {
        RowWriter::default()
    }

    /// Writes a row and then its tick; ticks begin at 1. False when the row is none of this image's.
    #[must_use]
    pub fn put(&mut self, bytes: &AtomicBytes, image: &MapImage, tick: i32, row: &[u8]) -> bool {
        let buffer = self.next % image.buffers;
        self.next = buffer + 1;
        // The last row's tick before this row's first byte.
        fence(Ordering::Release);
        row.len() == image.row_bytes
            && bytes.store(image.row_at(buffer), row)
            && put(bytes, header_at::tick(buffer), tick)
    }
}

//! What a live source delivers before it is decoded: what a tape keeps, and what a tape gives back.

use std::time::Instant;

/// What the bytes of a row mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawKind {
    /// Rows of iRacing's memory; the schema's variables say what is where.
    Irsdk,
    /// Decrypted packets of Gran Turismo 7; there are no variables.
    Gt7,
}

/// One thing that happened at a live source.
#[derive(Debug, Clone, Copy)]
pub enum RawRecord<'a> {
    /// A connection begins, or its rows changed: how the rows that follow are to be read.
    Schema {
        /// See [`RawKind`].
        kind: RawKind,
        /// Ticks a second.
        tick_rate_hz: i32,
        /// Bytes of a row; at most this many where rows differ.
        row_bytes: usize,
        /// The variables' headers, 144 bytes each, as the sim has them.
        variables: &'a [u8],
    },
    /// The session text, as the sim has it, without closing zeros.
    Session {
        /// The sim's count of its changes.
        update: i32,
        /// Windows-1252, often not valid YAML.
        text: &'a [u8],
    },
    /// A row that was proved not to be torn.
    Row {
        /// The sim's tick.
        tick: i32,
        /// When it was read.
        read_at: Instant,
        /// The row.
        bytes: &'a [u8],
    },
    /// Ticks that the sim counted and nobody saw, before the next row.
    Gap {
        /// How many.
        ticks: u64,
    },
    /// The sim went away.
    Disconnected,
}

/// Takes what a live source delivers, on the reading thread: it must copy and return, never wait for a disk.
pub trait RawSink: Send {
    /// Takes one record.
    fn put(&mut self, record: RawRecord<'_>);
}

//! The head of a block: enough to find a tick, a time or a row without opening it, and to refuse it before anything is allocated.

use super::layout::{
    BLOCK_HEAD_BYTES, BLOCK_MAGIC, MAX_BLOCK_BYTES, MAX_INDEX, MAX_RATIO, MAX_ROWS, MAX_STORED_BYTES,
    MAX_TIME_US, MIN_RECORD_BYTES,
};
use super::numbers::{u32_at, u64_at};

/// Offsets.
mod at {
    pub const STORED: usize = 4;
    pub const INFLATED: usize = 8;
    pub const PAYLOAD_CRC: usize = 12;
    pub const BEGINS: usize = 16;
    pub const RECORDS: usize = 20;
    pub const ROWS: usize = 24;
    pub const FIRST_ROW: usize = 28;
    pub const FIRST_INDEX: usize = 36;
    pub const FIRST_TICK: usize = 44;
    pub const LAST_TICK: usize = 48;
    pub const FIRST_US: usize = 52;
    pub const LAST_US: usize = 60;
    pub const SCHEMA_AT: usize = 68;
    pub const SESSION_AT: usize = 76;
    pub const CRC: usize = 84;
}

/// A schema and a session text begin a block of their own, so that later blocks can point at them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begins {
    /// With a row, a gap or a disconnect.
    #[default]
    Plain,
    /// With a schema.
    Schema,
    /// With a session text.
    Session,
}

/// What stands in a block's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BlockHead {
    /// Bytes of the payload in the file.
    pub stored: u32,
    /// Bytes of the payload unpacked.
    pub inflated: u32,
    /// Checksum of the payload as it stands in the file, so that nothing unproven reaches zstd.
    pub payload_crc: u32,
    /// Kind of the first record.
    pub begins: Begins,
    /// Number of records.
    pub records: u32,
    /// Number of rows among them.
    pub rows: u32,
    /// Rows on the tape before this block.
    pub first_row: u64,
    /// The first row's place in time, see [`crate::tick_index`].
    pub first_index: u64,
    /// Ticks of the first and the last row; they do not run backwards inside a block. Without rows both are the last row's before.
    pub first_tick: i32,
    /// See `first_tick`.
    pub last_tick: i32,
    /// Times of the first and the last row, in µs since the recording began; they never run backwards. Without rows as the ticks.
    pub first_us: u64,
    /// See `first_us`.
    pub last_us: u64,
    /// Where the block begins whose schema is in force; 0 before the first.
    pub schema_at: u64,
    /// The same for the session text.
    pub session_at: u64,
}

impl BlockHead {
    /// As it stands in the file.
    pub fn to_bytes(self) -> [u8; BLOCK_HEAD_BYTES] {
        let mut bytes = [0; BLOCK_HEAD_BYTES];
        let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
        put(0, &BLOCK_MAGIC);
        for (at, value) in [
            (at::STORED, self.stored),
            (at::INFLATED, self.inflated),
            (at::PAYLOAD_CRC, self.payload_crc),
            (at::BEGINS, self.begins as u32),
            (at::RECORDS, self.records),
            (at::ROWS, self.rows),
            (at::FIRST_TICK, self.first_tick as u32),
            (at::LAST_TICK, self.last_tick as u32),
        ] {
            put(at, &value.to_le_bytes());
        }
        for (at, value) in [
            (at::FIRST_ROW, self.first_row),
            (at::FIRST_INDEX, self.first_index),
            (at::FIRST_US, self.first_us),
            (at::LAST_US, self.last_us),
            (at::SCHEMA_AT, self.schema_at),
            (at::SESSION_AT, self.session_at),
        ] {
            put(at, &value.to_le_bytes());
        }
        let crc = crc32fast::hash(&bytes[..at::CRC]);
        bytes[at::CRC..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads a head; `None` when it is none, is damaged, or says what no writer writes.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes.len() < BLOCK_HEAD_BYTES || !bytes.starts_with(&BLOCK_MAGIC) {
            return None;
        }
        if u32_at(bytes, at::CRC) != crc32fast::hash(&bytes[..at::CRC]) {
            return None;
        }
        let begins = match u32_at(bytes, at::BEGINS) {
            0 => Begins::Plain,
            1 => Begins::Schema,
            2 => Begins::Session,
            _ => return None,
        };
        let head = BlockHead {
            stored: u32_at(bytes, at::STORED),
            inflated: u32_at(bytes, at::INFLATED),
            payload_crc: u32_at(bytes, at::PAYLOAD_CRC),
            begins,
            records: u32_at(bytes, at::RECORDS),
            rows: u32_at(bytes, at::ROWS),
            first_row: u64_at(bytes, at::FIRST_ROW),
            first_index: u64_at(bytes, at::FIRST_INDEX),
            first_tick: u32_at(bytes, at::FIRST_TICK) as i32,
            last_tick: u32_at(bytes, at::LAST_TICK) as i32,
            first_us: u64_at(bytes, at::FIRST_US),
            last_us: u64_at(bytes, at::LAST_US),
            schema_at: u64_at(bytes, at::SCHEMA_AT),
            session_at: u64_at(bytes, at::SESSION_AT),
        };
        head.is_plausible().then_some(head)
    }

    fn is_plausible(&self) -> bool {
        let (stored, inflated) = (self.stored as usize, self.inflated as usize);
        let sizes = (1..=MAX_STORED_BYTES).contains(&stored)
            && inflated <= MAX_BLOCK_BYTES.min(stored * MAX_RATIO)
            && self.records >= 1
            && self.records as usize * MIN_RECORD_BYTES <= stored
            && self.rows <= self.records;
        let order = self.first_tick <= self.last_tick
            && self.first_us <= self.last_us
            && self.last_us <= MAX_TIME_US
            && self.first_row <= MAX_ROWS
            && self.first_index <= MAX_INDEX;
        sizes && order
    }

    /// Rows on the tape up to the end of this block.
    pub fn end_row(&self) -> u64 {
        self.first_row + u64::from(self.rows)
    }

    /// Bytes of head and payload.
    pub fn bytes(&self) -> u64 {
        BLOCK_HEAD_BYTES as u64 + u64::from(self.stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> BlockHead {
        BlockHead {
            stored: 100,
            inflated: 1000,
            payload_crc: 7,
            begins: Begins::Session,
            records: 4,
            rows: 3,
            first_row: 9,
            first_index: 12,
            first_tick: -2,
            last_tick: 5,
            first_us: 1,
            last_us: 8,
            schema_at: 48,
            session_at: 300,
        }
    }

    #[test]
    fn comes_back_and_every_flipped_bit_is_seen() {
        let bytes = head().to_bytes();
        assert_eq!(BlockHead::parse(&bytes), Some(head()));
        for bit in 0..8 * BLOCK_HEAD_BYTES {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(BlockHead::parse(&flipped), None, "bit {bit}");
        }
    }

    #[test]
    fn what_no_writer_writes_is_refused() {
        let bad = [
            BlockHead { stored: 0, ..head() },
            BlockHead { stored: u32::MAX, ..head() },
            BlockHead { inflated: 102_401, ..head() },
            BlockHead { inflated: u32::MAX, stored: MAX_STORED_BYTES as u32, ..head() },
            BlockHead { records: 51, ..head() },
            BlockHead { records: 0, rows: 0, ..head() },
            BlockHead { rows: 5, ..head() },
            BlockHead { first_tick: 6, ..head() },
            BlockHead { first_us: 9, ..head() },
            BlockHead { last_us: u64::MAX, ..head() },
            BlockHead { first_row: u64::MAX, ..head() },
            BlockHead { first_index: u64::MAX, ..head() },
        ];
        assert!(bad.iter().all(|head| BlockHead::parse(&head.to_bytes()).is_none()));
    }
}

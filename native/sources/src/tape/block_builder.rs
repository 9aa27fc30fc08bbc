//! A block while it fills: records in one part, rows as they are in another; folded and packed when it is closed.

use super::block_head::{Begins, BlockHead};
use super::lanes::Lanes;
use super::layout::{BLOCK_HEAD_BYTES, BLOCK_TARGET_BYTES, MAX_RATIO, MIN_RECORD_BYTES};
use super::numbers::put_varint;
use super::record::{TapeSchema, put_schema, put_session, tag};
use std::io;

/// Fast enough to be a hundredth of a core; level 9 takes three times as long and saves 4 %.
const ZSTD_LEVEL: i32 = 3;
/// What a decompressor steps over, so that a block may be longer than what is in it.
const SKIPPABLE_MAGIC: u32 = 0x184D_2A50;

/// The block being filled.
pub struct BlockBuilder {
    head: BlockHead,
    records: Vec<u8>,
    rows: Vec<u8>,
    inflated: Vec<u8>,
    packed: Vec<u8>,
    zstd: zstd::bulk::Compressor<'static>,
}

impl BlockBuilder {
    /// An empty one.
    pub fn new() -> io::Result<Self> {
        Ok(BlockBuilder {
            head: BlockHead::default(),
            records: Vec::new(),
            rows: Vec::new(),
            inflated: Vec::new(),
            packed: Vec::new(),
            zstd: zstd::bulk::Compressor::new(ZSTD_LEVEL)?,
        })
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.head.records == 0
    }

    /// Whether it is large enough to be closed.
    pub fn is_full(&self) -> bool {
        self.records.len() + self.rows.len() >= BLOCK_TARGET_BYTES
    }

    /// Whether a row with this tick and time may follow: ticks do not run backwards in a block, and it covers a second at most.
    pub fn takes_row(&self, tick: i32, time_us: u64) -> bool {
        self.head.rows == 0 || tick >= self.head.last_tick && time_us - self.head.first_us < 1_000_000
    }

    /// Adds a row; its index counts when it is the first.
    pub fn row(&mut self, tick: i32, time_us: u64, index: u64, bytes: &[u8], row_bytes: usize) {
        if self.head.rows == 0 {
            self.head.first_index = index;
            (self.head.first_tick, self.head.first_us) = (tick, time_us);
            (self.head.last_tick, self.head.last_us) = (tick, time_us);
        }
        self.records.push(if bytes.len() == row_bytes { tag::ROW } else { tag::SHORT_ROW });
        put_varint(&mut self.records, (i64::from(tick) - i64::from(self.head.last_tick)) as u64);
        put_varint(&mut self.records, time_us - self.head.last_us);
        if bytes.len() != row_bytes {
            put_varint(&mut self.records, bytes.len() as u64);
        }
        self.rows.extend_from_slice(bytes);
        self.rows.resize(self.rows.len() + row_bytes - bytes.len(), 0);
        (self.head.last_tick, self.head.last_us) = (tick, time_us);
        self.head.rows += 1;
        self.head.records += 1;
    }

    /// Adds a gap.
    pub fn gap(&mut self, ticks: u64) {
        self.records.push(tag::GAP);
        put_varint(&mut self.records, ticks);
        self.head.records += 1;
    }

    /// Adds a disconnect.
    pub fn disconnected(&mut self) {
        self.records.push(tag::DISCONNECTED);
        self.head.records += 1;
    }

    /// Adds a schema to an empty block.
    pub fn schema(&mut self, schema: &TapeSchema<'_>) {
        put_schema(&mut self.records, schema);
        self.head.begins = Begins::Schema;
        self.head.records += 1;
    }

    /// Adds a session text to an empty block.
    pub fn session(&mut self, update: i32, text: &[u8]) {
        put_session(&mut self.records, update, text);
        self.head.begins = Begins::Session;
        self.head.records += 1;
    }

    /// Packs the block and empties it. `before` gives the rows before it and the places of schema and text, and where there are no rows
    /// tick and time as well.
    pub fn close(&mut self, before: &BlockHead, lanes: Option<&Lanes>) -> io::Result<(BlockHead, &[u8])> {
        self.inflated.clear();
        self.inflated.extend_from_slice(&(self.records.len() as u32).to_le_bytes());
        self.inflated.extend_from_slice(&self.records);
        if let Some(lanes) = lanes {
            lanes.fold(&self.rows, &mut self.inflated);
        }
        let mut head = std::mem::take(&mut self.head);
        if head.rows == 0 {
            (head.first_tick, head.last_tick) = (before.last_tick, before.last_tick);
            (head.first_us, head.last_us) = (before.last_us, before.last_us);
            head.first_index = before.first_index;
        }
        head.first_row = before.first_row;
        (head.schema_at, head.session_at) = (before.schema_at, before.session_at);
        let stored = self.pack(head.records as usize)?;
        head.stored = stored as u32;
        head.inflated = self.inflated.len() as u32;
        head.payload_crc = crc32fast::hash(&self.packed[BLOCK_HEAD_BYTES..]);
        self.packed[..BLOCK_HEAD_BYTES].copy_from_slice(&head.to_bytes());
        self.records.clear();
        self.rows.clear();
        Ok((head, &self.packed))
    }

    /// Packs after room for the head, padded so that no limit of the format is passed; returns the payload's length.
    fn pack(&mut self, records: usize) -> io::Result<usize> {
        let room = zstd::zstd_safe::compress_bound(self.inflated.len());
        self.packed.clear();
        self.packed.resize(BLOCK_HEAD_BYTES + room, 0);
        let packed = self.zstd.compress_to_buffer(&self.inflated, &mut self.packed[BLOCK_HEAD_BYTES..])?;
        self.packed.truncate(BLOCK_HEAD_BYTES + packed);
        let least = self.inflated.len().div_ceil(MAX_RATIO).max(records * MIN_RECORD_BYTES);
        if packed < least {
            let padding = (least - packed).saturating_sub(8);
            self.packed.extend_from_slice(&SKIPPABLE_MAGIC.to_le_bytes());
            self.packed.extend_from_slice(&(padding as u32).to_le_bytes());
            self.packed.resize(self.packed.len() + padding, 0);
        }
        Ok(self.packed.len() - BLOCK_HEAD_BYTES)
    }
}

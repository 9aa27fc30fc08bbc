//! A block that was read: unpacked and looked through once, so that handing out its records cannot fail any more.

use super::block_head::{Begins, BlockHead};
use super::numbers::{take, take_varint, u32_at};
use super::record::{Schema, TapeRecord, tag, take_schema, take_session};
use crate::tick_index::TickIndex;
use std::ops::Range;
use std::sync::Arc;

/// A record, with the place of its bytes.
#[derive(Debug, Clone)]
enum Item {
    Schema,
    Session { update: i32, text: Range<usize> },
    Row { tick: i32, time_us: u64, index: u64, bytes: Range<usize> },
    Gap(u64),
    Disconnected,
}

/// An unpacked block.
#[derive(Debug)]
pub struct Block {
    /// Its head.
    pub head: BlockHead,
    /// The schema that its rows have; its own where it begins with one.
    pub schema: Option<Arc<Schema>>,
    payload: Vec<u8>,
    rows: Vec<u8>,
    items: Vec<Item>,
}

/// What the reading of the records has come to.
struct Cursor<'a> {
    rest: &'a [u8],
    payload_bytes: usize,
    tick: i64,
    time_us: u64,
    rows: usize,
    index: TickIndex,
}

impl Block {
    /// Unpacks what is stored and checks everything against the head; `None` when the block is damaged. `schema` is the one in force before it.
    pub fn open(
        head: BlockHead,
        stored: &[u8],
        schema: Option<Arc<Schema>>,
        last_index: Option<u64>,
    ) -> Option<Self> {
        let payload = unpack(&head, stored)?;
        let records_bytes = u32_at(payload.get(..4)?, 0) as usize;
        let records = payload.get(4..4 + records_bytes)?;
        let mut block = Block { head, schema, payload: Vec::new(), rows: Vec::new(), items: Vec::new() };
        block.read_context(records)?;
        block.read_items(records, last_index)?;
        block.unfold(&payload[4 + records_bytes..])?;
        block.payload = payload;
        Some(block)
    }

    fn read_context(&mut self, mut records: &[u8]) -> Option<()> {
        if self.head.begins == Begins::Schema {
            (take(&mut records, 1)? == [tag::SCHEMA]).then_some(())?;
            self.schema = Some(Arc::new(Schema::new(&take_schema(&mut records)?)?));
        }
        Some(())
    }

    fn read_items(&mut self, records: &[u8], last_index: Option<u64>) -> Option<()> {
        let tick_rate_hz = self.schema.as_ref().map_or(1, |schema| schema.tick_rate_hz);
        let mut cursor = Cursor {
            rest: records,
            payload_bytes: 4 + records.len(),
            tick: i64::from(self.head.first_tick),
            time_us: self.head.first_us,
            rows: 0,
            index: TickIndex::new(tick_rate_hz),
        };
        cursor.index.start_at(self.head.first_index);
        for place in 0..self.head.records {
            let item = self.read_item(&mut cursor, place == 0)?;
            self.items.push(item);
        }
        let first_is_later =
            self.head.rows == 0 || last_index.is_none_or(|last| self.head.first_index > last);
        let as_the_head_says = cursor.rest.is_empty()
            && cursor.rows == self.head.rows as usize
            && cursor.tick == i64::from(self.head.last_tick)
            && cursor.time_us == self.head.last_us;
        (first_is_later && as_the_head_says).then_some(())
    }

    fn read_item(&self, cursor: &mut Cursor<'_>, first: bool) -> Option<Item> {
        let &[kind] = take(&mut cursor.rest, 1)? else { return None };
        let item = match kind {
            tag::ROW | tag::SHORT_ROW => {
                let row_bytes = self.schema.as_ref()?.row_bytes;
                cursor.row(kind == tag::SHORT_ROW, row_bytes)?
            }
            tag::GAP => {
                let ticks = take_varint(&mut cursor.rest)?;
                cursor.index.missing(ticks);
                Item::Gap(ticks)
            }
            tag::DISCONNECTED => Item::Disconnected,
            tag::SCHEMA if first && self.head.begins == Begins::Schema => {
                take_schema(&mut cursor.rest)?;
                Item::Schema
            }
            tag::SESSION if first && self.head.begins == Begins::Session => {
                let (update, text) = take_session(&mut cursor.rest)?;
                let end = cursor.payload_bytes - cursor.rest.len();
                Item::Session { update, text: end - text.len()..end }
            }
            _ => return None,
        };
        Some(item)
    }

    fn unfold(&mut self, folded: &[u8]) -> Option<()> {
        let Some(schema) = self.schema.as_ref().filter(|_| self.head.rows > 0) else {
            return folded.is_empty().then_some(());
        };
        // The product is bounded by the payload's length, which is there.
        let bytes = (self.head.rows as usize).checked_mul(schema.row_bytes)?;
        (folded.len() == bytes).then_some(())?;
        self.rows = vec![0; bytes];
        schema.lanes.unfold(folded, &mut self.rows);
        Some(())
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// A record.
    ///
    /// # Panics
    /// When there is none of this number.
    pub fn record(&self, place: usize) -> TapeRecord<'_> {
        match &self.items[place] {
            Item::Row { tick, time_us, index, bytes } => TapeRecord::Row {
                tick: *tick,
                time_us: *time_us,
                index: *index,
                bytes: &self.rows[bytes.clone()],
            },
            Item::Session { update, text } => {
                TapeRecord::Session { update: *update, text: &self.payload[text.clone()] }
            }
            Item::Gap(ticks) => TapeRecord::Gap { ticks: *ticks },
            // A block with a schema's record has the schema: reading it came first.
            Item::Schema => {
                self.schema.as_ref().map_or(TapeRecord::Disconnected, |s| TapeRecord::Schema(s.view()))
            }
            Item::Disconnected => TapeRecord::Disconnected,
        }
    }

    /// Rows among the records before this one.
    pub fn rows_before(&self, place: usize) -> u64 {
        self.items[..place].iter().filter(|item| matches!(item, Item::Row { .. })).count() as u64
    }

    /// The first record that is a row for which `wanted` holds (tick, time, row on the tape).
    pub fn find_row(&self, wanted: impl Fn(i32, u64, u64) -> bool) -> Option<usize> {
        let mut row = self.head.first_row;
        self.items.iter().position(|item| {
            let Item::Row { tick, time_us, .. } = item else { return false };
            row += 1;
            wanted(*tick, *time_us, row - 1)
        })
    }
}

impl Cursor<'_> {
    fn row(&mut self, short: bool, row_bytes: usize) -> Option<Item> {
        let ticks = i64::try_from(take_varint(&mut self.rest)?).ok()?;
        let passed_us = take_varint(&mut self.rest)?;
        let length = if short { usize::try_from(take_varint(&mut self.rest)?).ok()? } else { row_bytes };
        self.tick = self.tick.checked_add(ticks)?;
        self.time_us = self.time_us.checked_add(passed_us)?;
        let tick = i32::try_from(self.tick).ok()?;
        let start = self.rows.checked_mul(row_bytes)?;
        (length <= row_bytes).then_some(())?;
        self.rows += 1;
        let index = self.index.of(self.tick);
        Some(Item::Row { tick, time_us: self.time_us, index, bytes: start..start + length })
    }
}

/// A schema or a session text, taken out of the block that begins with it.
pub enum ContextRecord {
    /// The schema.
    Schema(Schema),
    /// Update and text.
    Session(i32, Vec<u8>),
}

impl ContextRecord {
    /// Unpacks a block and reads its first record alone: the rows may need a schema that is not at hand. `None` when that is no such record
    /// or the block is damaged.
    pub fn read(head: &BlockHead, stored: &[u8]) -> Option<Self> {
        let payload = unpack(head, stored)?;
        let mut records = payload.get(4..)?;
        match (take(&mut records, 1)?, head.begins) {
            ([tag::SCHEMA], Begins::Schema) => {
                Some(ContextRecord::Schema(Schema::new(&take_schema(&mut records)?)?))
            }
            ([tag::SESSION], Begins::Session) => {
                take_session(&mut records).map(|(update, text)| ContextRecord::Session(update, text.to_vec()))
            }
            _ => None,
        }
    }
}

/// Nothing goes into zstd that the checksum does not vouch for, and nothing comes out but what the head said, within the limits.
fn unpack(head: &BlockHead, stored: &[u8]) -> Option<Vec<u8>> {
    if stored.len() != head.stored as usize || crc32fast::hash(stored) != head.payload_crc {
        return None;
    }
    let mut payload = vec![0; head.inflated as usize];
    let mut zstd = zstd::bulk::Decompressor::new().ok()?;
    let bytes = zstd.decompress_to_buffer(stored, &mut payload[..]).ok()?;
    (bytes == payload.len()).then_some(payload)
}

//! Writes a tape into anything, with no thread and no clock: what the recorder and the converter share.

use super::block_builder::BlockBuilder;
use super::block_head::BlockHead;
use super::file_head::FileHead;
use super::index::{self, Entry};
use super::layout::{BLOCK_HEAD_BYTES, FILE_HEAD_BYTES, MAX_INDEX, MAX_TIME_US};
use super::record::{Schema, TapeRecord, TapeSchema};
use crate::ibt::MAX_SESSION_BYTES;
use crate::tick_index::TickIndex;
use std::io::{self, Write};

/// A tape being written. Each block goes out in one piece: what was written before stays readable, whatever happens next.
pub struct TapeEncoder<W: Write> {
    output: W,
    at: u64,
    block: BlockBuilder,
    schema: Option<Schema>,
    index: TickIndex,
    /// Rows, tick, time and places up to the blocks that are written; `first_row` counts rows, `first_index` is the last row's.
    before: BlockHead,
    last_us: u64,
    rows: u64,
    entries: Vec<Entry>,
}

impl<W: Write> TapeEncoder<W> {
    /// Writes the head.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(mut output: W, head: &FileHead) -> io::Result<Self> {
        output.write_all(&head.to_bytes())?;
        Ok(TapeEncoder {
            output,
            at: FILE_HEAD_BYTES as u64,
            block: BlockBuilder::new()?,
            schema: None,
            index: TickIndex::new(1),
            before: BlockHead::default(),
            last_us: 0,
            rows: 0,
            entries: Vec::new(),
        })
    }

    /// Adds a record. A time that runs backwards is that of the row before; a row's index is found anew; lost rows become a gap.
    ///
    /// # Errors
    /// What the system says, and `InvalidInput` for what a tape cannot hold: a row before any schema or longer than it says, a schema or
    /// a text out of bounds.
    pub fn put(&mut self, record: &TapeRecord<'_>) -> io::Result<()> {
        match *record {
            TapeRecord::Schema(schema) => self.schema(&schema),
            TapeRecord::Session { update, text } => self.session(update, text),
            TapeRecord::Row { tick, time_us, bytes, .. } => self.row(tick, time_us, bytes),
            TapeRecord::Gap { ticks } | TapeRecord::Lost { rows: ticks } => {
                self.index.missing(ticks);
                self.block.gap(ticks);
                self.close_when_full()
            }
            TapeRecord::Disconnected => {
                self.index.restart();
                self.block.disconnected();
                // The next row begins a block and says there itself where in time it is.
                self.close_block()
            }
        }
    }

    fn schema(&mut self, schema: &TapeSchema<'_>) -> io::Result<()> {
        let new = Schema::new(schema).ok_or_else(|| invalid("a schema out of bounds"))?;
        self.close_block()?;
        self.index.set_tick_rate(new.tick_rate_hz);
        self.schema = Some(new);
        self.before.schema_at = self.at;
        self.block.schema(schema);
        self.close_block()
    }

    fn session(&mut self, update: i32, text: &[u8]) -> io::Result<()> {
        if text.len() > MAX_SESSION_BYTES as usize {
            return Err(invalid("a session text out of bounds"));
        }
        self.close_block()?;
        self.before.session_at = self.at;
        self.block.session(update, text);
        self.close_when_full()
    }

    fn row(&mut self, tick: i32, time_us: u64, bytes: &[u8]) -> io::Result<()> {
        let time_us = time_us.clamp(self.last_us, MAX_TIME_US);
        let row_bytes = self.schema.as_ref().map(|schema| schema.row_bytes);
        let row_bytes = row_bytes.filter(|most| bytes.len() <= *most);
        let row_bytes = row_bytes.ok_or_else(|| invalid("a row that the schema does not describe"))?;
        if !self.block.takes_row(tick, time_us) {
            self.close_block()?;
        }
        let index = self.index.of(i64::from(tick)).min(MAX_INDEX);
        self.block.row(tick, time_us, index, bytes, row_bytes);
        self.before.first_index = index;
        self.last_us = time_us;
        self.rows += 1;
        self.close_when_full()
    }

    fn close_when_full(&mut self) -> io::Result<()> {
        if self.block.is_full() { self.close_block() } else { Ok(()) }
    }

    /// Writes what is there as a block; nothing when there is nothing.
    ///
    /// # Errors
    /// What the system says. The block is gone then: [`written_bytes`](Self::written_bytes) is where the readable part ends.
    pub fn close_block(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let lanes = self.schema.as_ref().map(|schema| &schema.lanes);
        let (head, bytes) = self.block.close(&self.before, lanes)?;
        self.output.write_all(bytes)?;
        self.entries.push(Entry { at: self.at, head });
        self.at += (BLOCK_HEAD_BYTES + head.stored as usize) as u64;
        self.before.first_row = head.end_row();
        (self.before.last_tick, self.before.last_us) = (head.last_tick, head.last_us);
        Ok(())
    }

    /// Closes the last block, writes the index and hands back what was written to.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_block()?;
        self.write_index()?;
        Ok(self.output)
    }

    /// Writes the index after the blocks that are there; its bytes.
    pub(super) fn write_index(&mut self) -> io::Result<u64> {
        let bytes = index::write(&self.entries, self.at);
        self.output.write_all(&bytes)?;
        self.output.flush()?;
        Ok(bytes.len() as u64)
    }

    /// Whether records wait for their block to be closed.
    pub fn has_open_block(&self) -> bool {
        !self.block.is_empty()
    }

    /// Rows that were added.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Time of the last row.
    pub fn last_us(&self) -> u64 {
        self.last_us
    }

    /// Bytes of head and blocks that are written.
    pub fn written_bytes(&self) -> u64 {
        self.at
    }

    pub(super) fn output(&mut self) -> &mut W {
        &mut self.output
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}

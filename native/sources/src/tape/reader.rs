//! Reads a tape, record by record.
//!
//! One block is in memory at a time. Nothing is believed: heads and payloads have checksums, lengths are held against the file's size and the
//! format's limits. A block that is damaged is left out and the rows on it are told as lost; a tape that was not finished is read up to its
//! last whole block.

use super::block::Block;
use super::blocks::{Blocks, Context, read_at, read_index};
use super::damage::TapeDamage;
use super::file_head::FileHead;
use super::index::Entry;
use super::layout::FILE_HEAD_BYTES;
use super::record::TapeRecord;
use super::scan::{Scan, scan};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// What is known about a tape without reading its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapeFacts {
    /// Its head.
    pub head: FileHead,
    /// Rows on it, with those of damaged blocks.
    pub rows: u64,
    /// Time of the last row, in µs since the recording began.
    pub last_us: u64,
    /// Whether the recorder finished it.
    pub finished: bool,
    /// Bytes at the end that are no whole block: dropped.
    pub torn_bytes: u64,
    /// Bytes in the middle that are no block.
    pub damaged_bytes: u64,
}

/// A place to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TapePlace {
    /// The row with this number, from 0.
    Row(u64),
    /// The first row that was read at this time or later, in µs since the recording began.
    TimeUs(u64),
    /// The first row of the tape with this tick or a later one. Where the sim began to count anew, the first count that comes so far.
    Tick(i32),
}

/// An open tape.
#[derive(Debug)]
pub struct TapeReader<R = File> {
    name: String,
    facts: TapeFacts,
    blocks: Blocks<R>,
    /// The next block to be read.
    next_block: usize,
    block: Option<Block>,
    /// The next record of the block.
    next_item: usize,
    /// Rows up to the place that has been reached.
    rows_told: u64,
    last_index: Option<u64>,
    damaged_blocks: u64,
}

/// What comes next.
enum Next {
    Schema,
    Session,
    Item(usize),
    Lost(u64),
    End,
}

impl TapeReader<File> {
    /// Opens a tape.
    ///
    /// # Errors
    /// `file-not-found`, `file-unreadable`, `tape-empty` for an empty file, `tape-damaged`, `tape-version`.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        Self::read(crate::recording::open_file(path)?, &path.display().to_string())
    }
}

impl<R: Read + Seek> TapeReader<R> {
    /// Reads a tape from anything seekable; `name` is for error texts.
    ///
    /// # Errors
    /// As [`open`](TapeReader::open).
    pub fn read(mut input: R, name: &str) -> Result<Self, CodedError> {
        let unreadable = |cause: io::Error| {
            CodedError::new(ErrorCode::FileUnreadable).with("file", name).with("cause", cause)
        };
        let file_bytes = input.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let head = read_at(&mut input, 0, file_bytes.min(FILE_HEAD_BYTES as u64)).map_err(unreadable)?;
        let head = FileHead::parse(&head).map_err(|error| error.with("file", name))?;
        let indexed = read_index(&mut input, file_bytes).map_err(unreadable)?;
        let finished = indexed.is_some();
        let Scan { entries, damaged_bytes, torn_bytes } = match indexed {
            Some(entries) => Scan { entries, ..Scan::default() },
            None => scan(&mut input, file_bytes).map_err(unreadable)?,
        };
        let (rows, last_us) = entries.last().map_or((0, 0), |last| (last.head.end_row(), last.head.last_us));
        let facts = TapeFacts { head, rows, last_us, finished, torn_bytes, damaged_bytes };
        Ok(TapeReader {
            name: name.to_owned(),
            facts,
            blocks: Blocks::new(input, entries),
            next_block: 0,
            block: None,
            next_item: 0,
            rows_told: 0,
            last_index: None,
            damaged_blocks: 0,
        })
    }

    /// What is known without reading the rows.
    pub fn facts(&self) -> &TapeFacts {
        &self.facts
    }

    /// What of the tape is lost. Every block's checksum is looked at, none is unpacked.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn damage(&mut self) -> Result<TapeDamage, CodedError> {
        let lost_rows = self.blocks.lost_rows().map_err(|cause| {
            CodedError::new(ErrorCode::FileUnreadable).with("file", &self.name).with("cause", cause)
        })?;
        let TapeFacts { damaged_bytes, torn_bytes, .. } = self.facts;
        Ok(TapeDamage { lost_rows, damaged_bytes, torn_bytes })
    }

    /// The file's name as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of the row that comes next, or of the first that was not told.
    pub fn row(&self) -> u64 {
        self.rows_told
    }

    /// Blocks that were met and could not be used.
    pub fn damaged_blocks(&self) -> u64 {
        self.damaged_blocks
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// `file-unreadable`. Damage is no error: see [`TapeRecord::Lost`].
    pub fn next_record(&mut self) -> Result<Option<TapeRecord<'_>>, CodedError> {
        let next = self.step().map_err(|cause| {
            CodedError::new(ErrorCode::FileUnreadable).with("file", &self.name).with("cause", cause)
        })?;
        Ok(match next {
            Next::End => None,
            Next::Lost(rows) => Some(TapeRecord::Lost { rows }),
            Next::Schema => {
                self.blocks.context.schema.as_ref().map(|schema| TapeRecord::Schema(schema.view()))
            }
            Next::Session => {
                let session = self.blocks.context.session.as_ref();
                session.map(|(update, text)| TapeRecord::Session { update: *update, text })
            }
            Next::Item(item) => self.block.as_ref().map(|block| block.record(item)),
        })
    }

    /// Goes to a row: the next records are the schema and the session text in force there, then the row itself. False, and the end, when
    /// there is none.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn seek(&mut self, place: TapePlace) -> Result<bool, CodedError> {
        let has = |entry: &Entry| match place {
            TapePlace::Row(row) => entry.head.end_row() > row,
            TapePlace::TimeUs(time_us) => entry.head.rows > 0 && entry.head.last_us >= time_us,
            TapePlace::Tick(tick) => entry.head.rows > 0 && entry.head.last_tick >= tick,
        };
        self.next_block = self.blocks.entries.iter().position(has).unwrap_or(self.blocks.entries.len());
        (self.block, self.next_item, self.last_index) = (None, 0, None);
        self.blocks.context = Context::default();
        self.rows_told =
            self.blocks.entries.get(self.next_block).map_or(self.facts.rows, |entry| entry.head.first_row);
        let wanted = |tick: i32, time_us: u64, row: u64| match place {
            TapePlace::Row(wanted) => row >= wanted,
            TapePlace::TimeUs(wanted) => time_us >= wanted,
            TapePlace::Tick(wanted) => tick >= wanted,
        };
        while self.next_block < self.blocks.entries.len() {
            self.load_block().map_err(|cause| {
                CodedError::new(ErrorCode::FileUnreadable).with("file", &self.name).with("cause", cause)
            })?;
            let Some(block) = &self.block else { continue };
            let Some(item) = block.find_row(wanted) else { continue };
            self.start_at(item);
            return Ok(true);
        }
        self.block = None;
        self.rows_told = self.facts.rows;
        Ok(false)
    }

    /// Begins at a row of the block that was just loaded.
    fn start_at(&mut self, item: usize) {
        let Some(block) = &self.block else { return };
        self.next_item = item;
        self.rows_told = block.head.first_row + block.rows_before(item);
        self.blocks.context.tell_schema = self.blocks.context.schema.is_some();
        if let Some(TapeRecord::Session { update, text }) = (block.len() > 0).then(|| block.record(0)) {
            self.blocks.context.session = Some((update, text.to_vec()));
        }
        self.blocks.context.tell_session = self.blocks.context.session.is_some();
    }

    fn step(&mut self) -> io::Result<Next> {
        while self.block.as_ref().is_none_or(|block| self.next_item >= block.len()) {
            if self.next_block >= self.blocks.entries.len() {
                let lost = self.facts.rows - self.rows_told;
                self.rows_told = self.facts.rows;
                self.block = None;
                return Ok(if lost > 0 { Next::Lost(lost) } else { Next::End });
            }
            self.load_block()?;
        }
        let Some(block) = &self.block else { return Ok(Next::End) };
        if self.next_item == 0 && block.head.first_row > self.rows_told {
            let lost = block.head.first_row - self.rows_told;
            self.rows_told = block.head.first_row;
            return Ok(Next::Lost(lost));
        }
        if std::mem::take(&mut self.blocks.context.tell_schema) && self.blocks.context.schema.is_some() {
            return Ok(Next::Schema);
        }
        if std::mem::take(&mut self.blocks.context.tell_session) && self.blocks.context.session.is_some() {
            return Ok(Next::Session);
        }
        let item = self.next_item;
        self.next_item += 1;
        if let TapeRecord::Row { index, .. } = block.record(item) {
            self.rows_told += 1;
            self.last_index = Some(index);
        }
        Ok(Next::Item(item))
    }

    /// Reads the next block; there is none afterwards when it is damaged.
    fn load_block(&mut self) -> io::Result<()> {
        self.block = self.blocks.open(self.next_block, self.last_index)?;
        self.next_block += 1;
        self.next_item = 0;
        self.damaged_blocks += u64::from(self.block.is_none());
        Ok(())
    }
}

//! Reads a tape, record by record.
//!
//! One block is in memory at a time. Nothing is believed: heads and payloads have checksums, lengths are held against the file's size and the
//! format's limits. A block that is damaged is left out and the rows on it are told as lost; a tape that was not finished is read up to its
//! last whole block.

use super::block::{Block, ContextRecord};
use super::block_head::{Begins, BlockHead};
use super::file_head::FileHead;
use super::index::{self, Entry};
use super::layout::{FILE_HEAD_BYTES, INDEX_FRAME_BYTES, TRAILER_BYTES};
use super::record::{Schema, TapeRecord};
use super::scan::{Scan, read_stored, scan};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

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
    input: R,
    name: String,
    facts: TapeFacts,
    entries: Vec<Entry>,
    /// The next block to be read.
    next_block: usize,
    block: Option<Block>,
    /// The next record of the block.
    next_item: usize,
    context: Context,
    /// Rows up to the place that has been reached.
    rows_told: u64,
    last_index: Option<u64>,
    stored: Vec<u8>,
    damaged_blocks: u64,
}

/// What later records need to be understood, and whether it has been told.
#[derive(Debug, Default)]
struct Context {
    schema_at: u64,
    schema: Option<Arc<Schema>>,
    tell_schema: bool,
    session_at: u64,
    session: Option<(i32, Vec<u8>)>,
    tell_session: bool,
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
            input,
            name: name.to_owned(),
            facts,
            entries,
            next_block: 0,
            block: None,
            next_item: 0,
            context: Context::default(),
            rows_told: 0,
            last_index: None,
            stored: Vec::new(),
            damaged_blocks: 0,
        })
    }

    /// What is known without reading the rows.
    pub fn facts(&self) -> &TapeFacts {
        &self.facts
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
            Next::Schema => self.context.schema.as_ref().map(|schema| TapeRecord::Schema(schema.view())),
            Next::Session => {
                let session = self.context.session.as_ref();
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
        self.next_block = self.entries.iter().position(has).unwrap_or(self.entries.len());
        (self.block, self.next_item, self.last_index) = (None, 0, None);
        self.context = Context::default();
        self.rows_told =
            self.entries.get(self.next_block).map_or(self.facts.rows, |entry| entry.head.first_row);
        let wanted = |tick: i32, time_us: u64, row: u64| match place {
            TapePlace::Row(wanted) => row >= wanted,
            TapePlace::TimeUs(wanted) => time_us >= wanted,
            TapePlace::Tick(wanted) => tick >= wanted,
        };
        while self.next_block < self.entries.len() {
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
        self.context.tell_schema = self.context.schema.is_some();
        if let Some(TapeRecord::Session { update, text }) = (block.len() > 0).then(|| block.record(0)) {
            self.context.session = Some((update, text.to_vec()));
        }
        self.context.tell_session = self.context.session.is_some();
    }

    fn step(&mut self) -> io::Result<Next> {
        while self.block.as_ref().is_none_or(|block| self.next_item >= block.len()) {
            if self.next_block >= self.entries.len() {
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
        if std::mem::take(&mut self.context.tell_schema) && self.context.schema.is_some() {
            return Ok(Next::Schema);
        }
        if std::mem::take(&mut self.context.tell_session) && self.context.session.is_some() {
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
        let entry = self.entries[self.next_block];
        self.next_block += 1;
        self.next_item = 0;
        self.block = self.open_block(&entry)?;
        match &self.block {
            None => self.damaged_blocks += 1,
            Some(block) => {
                if block.head.begins == Begins::Schema {
                    (self.context.schema_at, self.context.tell_schema) = (entry.at, false);
                }
                self.context.schema.clone_from(&block.schema);
                if block.head.begins == Begins::Session {
                    (self.context.session_at, self.context.tell_session) = (entry.at, false);
                    self.context.session = None;
                }
            }
        }
        Ok(())
    }

    fn open_block(&mut self, entry: &Entry) -> io::Result<Option<Block>> {
        self.find_context(entry)?;
        let sound = self.read_stored(entry)?;
        let open = || Block::open(entry.head, &self.stored, self.context.schema.clone(), self.last_index);
        Ok(sound.then(open).flatten())
    }

    /// Finds schema and text for a block where they did not come with the blocks before: after a seek, and where those were damaged. Rows
    /// without a text are still rows; without a schema they are lost. Each place is looked at once, and places never run backwards, so a tape
    /// that is read from end to end costs no block twice.
    fn find_context(&mut self, entry: &Entry) -> io::Result<()> {
        let BlockHead { schema_at, session_at, begins, .. } = entry.head;
        if schema_at != self.context.schema_at && begins != Begins::Schema {
            (self.context.schema_at, self.context.schema) = (schema_at, None);
            if let Some(ContextRecord::Schema(schema)) = self.context_at(schema_at)? {
                self.context.schema = Some(Arc::new(schema));
                self.context.tell_schema = true;
            }
        }
        if session_at != self.context.session_at && begins != Begins::Session {
            self.context.session_at = session_at;
            if let Some(ContextRecord::Session(update, text)) = self.context_at(session_at)? {
                self.context.session = Some((update, text));
                self.context.tell_session = true;
            }
        }
        Ok(())
    }

    fn context_at(&mut self, at: u64) -> io::Result<Option<ContextRecord>> {
        let Ok(place) = self.entries.binary_search_by_key(&at, |entry| entry.at) else { return Ok(None) };
        let entry = self.entries[place];
        let sound = self.read_stored(&entry)?;
        Ok(sound.then(|| ContextRecord::read(&entry.head, &self.stored)).flatten())
    }

    /// False when the file has shrunk since it was opened.
    fn read_stored(&mut self, entry: &Entry) -> io::Result<bool> {
        match read_stored(&mut self.input, entry, &mut self.stored) {
            Ok(()) => Ok(true),
            Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(cause) => Err(cause),
        }
    }
}

fn read_at<R: Read + Seek>(input: &mut R, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; bytes as usize];
    input.seek(SeekFrom::Start(at))?;
    input.read_exact(&mut buffer)?;
    Ok(buffer)
}

/// The index; `None` when there is none, or one that does not fit the file.
fn read_index<R: Read + Seek>(input: &mut R, file_bytes: u64) -> io::Result<Option<Vec<Entry>>> {
    let least = (FILE_HEAD_BYTES + INDEX_FRAME_BYTES + TRAILER_BYTES) as u64;
    if file_bytes < least {
        return Ok(None);
    }
    let trailer = read_at(input, file_bytes - TRAILER_BYTES as u64, TRAILER_BYTES as u64)?;
    let Some(index_at) = index::place(&trailer, file_bytes) else { return Ok(None) };
    let bytes = read_at(input, index_at, file_bytes - TRAILER_BYTES as u64 - index_at)?;
    Ok(index::parse(&bytes, index_at))
}

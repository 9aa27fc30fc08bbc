//! The blocks of an open tape: each is opened with the schema and the session text that are in force in it, wherever those come from.

use super::block::{Block, ContextRecord};
use super::block_head::{Begins, BlockHead};
use super::index::{self, Entry};
use super::layout::{FILE_HEAD_BYTES, INDEX_FRAME_BYTES, TRAILER_BYTES};
use super::record::Schema;
use super::scan::read_stored;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// What later records need to be understood, and whether it has been told.
#[derive(Debug, Default)]
pub struct Context {
    schema_at: u64,
    /// How rows are to be read.
    pub schema: Option<Arc<Schema>>,
    /// It is to be told before the next record.
    pub tell_schema: bool,
    session_at: u64,
    /// Update and text.
    pub session: Option<(i32, Vec<u8>)>,
    /// They are to be told before the next record.
    pub tell_session: bool,
}

/// See the module.
#[derive(Debug)]
pub struct Blocks<R> {
    input: R,
    /// Every block's place and head, in order.
    pub entries: Vec<Entry>,
    /// What the newest block needs.
    pub context: Context,
    stored: Vec<u8>,
}

impl<R: Read + Seek> Blocks<R> {
    /// Of a tape on which these blocks were found.
    pub fn new(input: R, entries: Vec<Entry>) -> Self {
        Blocks { input, entries, context: Context::default(), stored: Vec::new() }
    }

    /// Opens the block of this number; `None` when it is damaged.
    pub fn open(&mut self, place: usize, last_index: Option<u64>) -> io::Result<Option<Block>> {
        let entry = self.entries[place];
        let block = self.open_block(&entry, last_index)?;
        if let Some(block) = &block {
            if block.head.begins == Begins::Schema {
                (self.context.schema_at, self.context.tell_schema) = (entry.at, false);
            }
            self.context.schema.clone_from(&block.schema);
            if block.head.begins == Begins::Session {
                (self.context.session_at, self.context.tell_session) = (entry.at, false);
                self.context.session = None;
            }
        }
        Ok(block)
    }

    /// Rows on damaged blocks, on blocks whose schema is damaged, and on those of which nothing is left but the count in the next one.
    pub fn lost_rows(&mut self) -> io::Result<u64> {
        let (mut lost, mut told, mut schemas) = (0, 0, HashSet::new());
        for place in 0..self.entries.len() {
            let entry = self.entries[place];
            let BlockHead { begins, schema_at, payload_crc, first_row, rows, .. } = entry.head;
            let whole = self.read_stored(&entry)? && crc32fast::hash(&self.stored) == payload_crc;
            if whole && begins == Begins::Schema {
                schemas.insert(entry.at);
            }
            let readable = whole && (schemas.contains(&schema_at) || schemas.contains(&entry.at));
            lost += first_row.saturating_sub(told) + if readable { 0 } else { u64::from(rows) };
            told = entry.head.end_row();
        }
        Ok(lost)
    }

    fn open_block(&mut self, entry: &Entry, last_index: Option<u64>) -> io::Result<Option<Block>> {
        self.find_context(entry)?;
        let sound = self.read_stored(entry)?;
        let open = || Block::open(entry.head, &self.stored, self.context.schema.clone(), last_index);
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

/// Bytes of a file.
pub fn read_at<R: Read + Seek>(input: &mut R, at: u64, bytes: u64) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; bytes as usize];
    input.seek(SeekFrom::Start(at))?;
    input.read_exact(&mut buffer)?;
    Ok(buffer)
}

/// The index; `None` when there is none, or one that does not fit the file.
pub fn read_index<R: Read + Seek>(input: &mut R, file_bytes: u64) -> io::Result<Option<Vec<Entry>>> {
    let least = (FILE_HEAD_BYTES + INDEX_FRAME_BYTES + TRAILER_BYTES) as u64;
    if file_bytes < least {
        return Ok(None);
    }
    let trailer = read_at(input, file_bytes - TRAILER_BYTES as u64, TRAILER_BYTES as u64)?;
    let Some(index_at) = index::place(&trailer, file_bytes) else { return Ok(None) };
    let bytes = read_at(input, index_at, file_bytes - TRAILER_BYTES as u64 - index_at)?;
    Ok(index::parse(&bytes, index_at))
}

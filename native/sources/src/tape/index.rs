//! The list of all blocks: written at a clean end, rebuilt by walking through the file where that is missing.

use super::block_head::{Begins, BlockHead};
use super::layout::{
    BLOCK_HEAD_BYTES, END_MAGIC, FILE_HEAD_BYTES, INDEX_ENTRY_BYTES, INDEX_FRAME_BYTES, INDEX_MAGIC,
    TRAILER_BYTES,
};
use super::numbers::{u32_at, u64_at};

/// A block's place in the file and its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where its head begins.
    pub at: u64,
    /// Its head.
    pub head: BlockHead,
}

impl Entry {
    /// Where the block ends.
    pub fn end(&self) -> u64 {
        self.at.saturating_add(self.head.bytes())
    }

    /// Whether this block may follow `before` on one tape: rows and times go on, and so do the places that it points at.
    pub fn may_follow(&self, before: Option<&Entry>) -> bool {
        let first = Entry { at: 0, head: BlockHead::default() };
        let BlockHead { schema_at, session_at, first_us, first_row, .. } = self.head;
        let last = before.unwrap_or(&first);
        let own =
            |begins: Begins, at: u64| if self.head.begins == begins { at == self.at } else { at < self.at };
        own(Begins::Schema, schema_at)
            && own(Begins::Session, session_at)
            && schema_at >= last.head.schema_at
            && session_at >= last.head.session_at
            && first_us >= last.head.last_us
            && first_row >= last.head.end_row()
    }
}

/// The index and the file's end.
pub fn write(entries: &[Entry], index_at: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * INDEX_ENTRY_BYTES + INDEX_FRAME_BYTES + TRAILER_BYTES);
    bytes.extend_from_slice(&INDEX_MAGIC);
    bytes.extend_from_slice(&(entries.len() as u32).to_le_bytes());
    for entry in entries {
        bytes.extend_from_slice(&entry.at.to_le_bytes());
        bytes.extend_from_slice(&entry.head.to_bytes());
    }
    let crc = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&crc.to_le_bytes());
    bytes.extend_from_slice(&index_at.to_le_bytes());
    bytes.extend_from_slice(&END_MAGIC);
    bytes
}

/// Where the index begins, by the file's last bytes; `None` when they are no end.
pub fn place(trailer: &[u8], file_bytes: u64) -> Option<u64> {
    (trailer.len() == TRAILER_BYTES && trailer[8..] == END_MAGIC).then_some(())?;
    let index_at = u64_at(trailer, 0);
    let least = (INDEX_FRAME_BYTES + TRAILER_BYTES) as u64;
    let inside = index_at >= FILE_HEAD_BYTES as u64 && index_at <= file_bytes.checked_sub(least)?;
    inside.then_some(index_at)
}

/// Reads the bytes between the index's place and the trailer. `None` unless everything fits: the checksum, and blocks that fill the
/// file from its head to the index.
pub fn parse(bytes: &[u8], index_at: u64) -> Option<Vec<Entry>> {
    let list_bytes = bytes.len().checked_sub(INDEX_FRAME_BYTES)?;
    let count = list_bytes / INDEX_ENTRY_BYTES;
    let sealed = &bytes[..8 + list_bytes];
    let is_index = bytes.starts_with(&INDEX_MAGIC)
        && u32_at(bytes, 4) as usize == count
        && list_bytes.is_multiple_of(INDEX_ENTRY_BYTES)
        && u32_at(bytes, sealed.len()) == crc32fast::hash(sealed);
    is_index.then_some(())?;
    let mut entries: Vec<Entry> = Vec::with_capacity(count);
    let mut at = FILE_HEAD_BYTES as u64;
    for bytes in sealed[8..].chunks_exact(INDEX_ENTRY_BYTES) {
        let entry = Entry { at: u64_at(bytes, 0), head: BlockHead::parse(&bytes[8..8 + BLOCK_HEAD_BYTES])? };
        (entry.at == at && entry.may_follow(entries.last())).then_some(())?;
        at = entry.end();
        entries.push(entry);
    }
    (at == index_at).then_some(entries)
}

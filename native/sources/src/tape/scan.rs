//! Finds the blocks of a tape that has no index because its recorder was killed, and what of it cannot be used.

use super::block_head::BlockHead;
use super::index::Entry;
use super::layout::{BLOCK_HEAD_BYTES, BLOCK_MAGIC, FILE_HEAD_BYTES};
use super::window::Window;
use std::io::{self, Read, Seek, SeekFrom};

/// What a walk through the file found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The blocks, in order.
    pub entries: Vec<Entry>,
    /// Bytes between blocks that are no block.
    pub damaged_bytes: u64,
    /// Bytes after the last block: what the recorder did not get to the disk whole.
    pub torn_bytes: u64,
}

/// Walks from block to block; where none begins, it searches for the next one.
pub fn scan<R: Read + Seek>(input: &mut R, file_bytes: u64) -> io::Result<Scan> {
    let mut found = Scan::default();
    let mut window = Window::new(file_bytes);
    let mut at = FILE_HEAD_BYTES as u64;
    let mut sound_to = at;
    while at < file_bytes {
        let bytes = window.from(input, at, BLOCK_HEAD_BYTES)?;
        let entry = BlockHead::parse(bytes).map(|head| Entry { at, head });
        let sound = |entry: &Entry| entry.end() <= file_bytes && entry.may_follow(found.entries.last());
        if let Some(entry) = entry.filter(sound) {
            found.damaged_bytes += at - sound_to;
            at = entry.end();
            sound_to = at;
            found.entries.push(entry);
        } else {
            let next = bytes[1..].windows(BLOCK_MAGIC.len()).position(|four| four == BLOCK_MAGIC);
            // A magic may begin among the last bytes at hand.
            let unseen = bytes.len().saturating_sub(BLOCK_MAGIC.len() - 1).max(1);
            at += next.map_or(unseen, |place| place + 1) as u64;
        }
    }
    found.torn_bytes = file_bytes.saturating_sub(sound_to);
    drop_torn_blocks(input, &mut found, file_bytes)?;
    Ok(found)
}

/// After a loss of power the last blocks may have their place in the file and not their bytes.
fn drop_torn_blocks<R: Read + Seek>(input: &mut R, found: &mut Scan, file_bytes: u64) -> io::Result<()> {
    let mut stored = Vec::new();
    while let Some(last) = found.entries.last() {
        read_stored(input, last, &mut stored)?;
        if crc32fast::hash(&stored) == last.head.payload_crc {
            break;
        }
        found.torn_bytes = file_bytes - last.at;
        found.entries.pop();
    }
    Ok(())
}

/// Reads a block's payload. Its length was checked against the file's size and the limits.
pub fn read_stored<R: Read + Seek>(input: &mut R, entry: &Entry, stored: &mut Vec<u8>) -> io::Result<()> {
    stored.resize(entry.head.stored as usize, 0);
    input.seek(SeekFrom::Start(entry.at + BLOCK_HEAD_BYTES as u64))?;
    input.read_exact(stored)
}

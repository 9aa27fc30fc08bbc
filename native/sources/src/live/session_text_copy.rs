//! The session text out of the live memory.

use super::atomic_bytes::AtomicBytes;
use super::header::{self, LiveHeader};
use std::sync::atomic::{Ordering, fence};

/// Bytes looked at in one go for the end of the text: the area is up to 512 KiB long and mostly empty.
const CHUNK_BYTES: usize = 8 << 10;

/// Copies the text up to its closing zero, in place of what `text` held, and gives the sim's count of changes that belongs to it. `None`
/// when the count changed meanwhile, or the text lies outside of the view: then `text` means nothing, and the next tick is time enough to
/// try again.
///
/// A count that did not change proves less than a row's tick does, because the sim counts after it wrote: a text that is being replaced at
/// this very moment may come out mixed. The count that follows brings the whole one a tick later.
pub fn copy_session_text(bytes: &AtomicBytes, header: &LiveHeader, text: &mut Vec<u8>) -> Option<i32> {
    let update = header::session_update(bytes);
    text.clear();
    while text.len() < header.session_bytes {
        let from = text.len();
        text.resize(header.session_bytes.min(from + CHUNK_BYTES), 0);
        if !bytes.copy(header.session_at + from, &mut text[from..]) {
            return None;
        }
        if let Some(end) = text[from..].iter().position(|byte| *byte == 0) {
            text.truncate(from + end);
            break;
        }
    }
    // As in `row_reader`: the second look at the count comes after the copy.
    fence(Ordering::Acquire);
    (header::session_update(bytes) == update).then_some(update)
}

//! Where the newest snapshot waits for JavaScript: the writer never waits, the reader always gets one whole.

use racing_coach_core::sample::Snapshot;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering, fence};

const WORDS: usize = Snapshot::BYTES / 8;

/// A sequence lock over the bytes of one snapshot. One writer, any number of readers, no unsafe code: the words are atomics, so a torn
/// read is a retry and never undefined.
///
/// Ordering: the writer makes the version odd (Release fence after it), stores the words, then publishes the even version with Release. A
/// reader loads the version with Acquire, the words, then an Acquire fence and the version again: equal and even means that no store of a
/// later write was seen among the words.
pub struct Slot {
    version: AtomicU32,
    words: [AtomicU64; WORDS],
}

impl Slot {
    /// A slot in which nothing was put yet.
    pub fn new() -> Self {
        Slot { version: AtomicU32::new(0), words: [const { AtomicU64::new(0) }; WORDS] }
    }

    /// Puts a snapshot in place of the one before. Only one thread may write.
    pub fn put(&self, bytes: &[u8; Snapshot::BYTES]) {
        let version = self.version.load(Ordering::Relaxed);
        self.version.store(version.wrapping_add(1), Ordering::Relaxed);
        fence(Ordering::Release);
        for (word, chunk) in self.words.iter().zip(bytes.as_chunks::<8>().0) {
            word.store(u64::from_le_bytes(*chunk), Ordering::Relaxed);
        }
        self.version.store(version.wrapping_add(2), Ordering::Release);
    }

    /// Copies the newest snapshot out and returns its version: 0 when nothing was put yet, another number for another snapshot.
    pub fn take(&self, out: &mut [u8; Snapshot::BYTES]) -> u32 {
        loop {
            let before = self.version.load(Ordering::Acquire);
            if before % 2 == 1 {
                std::hint::spin_loop();
                continue;
            }
            for (word, chunk) in self.words.iter().zip(out.as_chunks_mut::<8>().0) {
                *chunk = word.load(Ordering::Relaxed).to_le_bytes();
            }
            fence(Ordering::Acquire);
            if self.version.load(Ordering::Relaxed) == before {
                return before;
            }
        }
    }
}

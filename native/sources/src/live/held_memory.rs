//! Memory of this process that looks like a sim's: for dumps, tests and benchmarks.

use super::atomic_bytes::AtomicBytes;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Shared bytes, zero at first; copies share them.
#[derive(Debug, Clone)]
pub struct HeldMemory {
    words: Arc<[AtomicU64]>,
    len: usize,
}

impl HeldMemory {
    /// `bytes` zeros.
    pub fn new(bytes: usize) -> Self {
        let words = (0..bytes.div_ceil(8)).map(|_| AtomicU64::new(0)).collect();
        HeldMemory { words, len: bytes }
    }

    /// A copy of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        let memory = Self::new(bytes.len());
        for (word, chunk) in memory.words.iter().zip(bytes.chunks(8)) {
            let mut value = [0; 8];
            value[..chunk.len()].copy_from_slice(chunk);
            word.store(u64::from_ne_bytes(value), Ordering::Relaxed);
        }
        memory
    }

    /// The bytes.
    pub fn bytes(&self) -> AtomicBytes<'_> {
        let start = NonNull::from(&self.words[..]).cast();
        // SAFETY: atomics may be written through a shared reference; they are aligned to 8 and are borrowed for as long as the view, and
        // nobody touches them but through views. `len` is at most their size.
        unsafe { AtomicBytes::new(start, self.len) }
    }
}

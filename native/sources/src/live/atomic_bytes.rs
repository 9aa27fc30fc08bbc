//! Bytes that another process writes while we read them.
//!
//! Plain reads of such memory are undefined behaviour, so every access is a relaxed atomic: a racing writer gives a torn value, which the
//! row protocol finds out ([`super::row_reader`]), and never anything worse. On x86 and ARM a relaxed load is an ordinary load.
//!
//! What is assumed beyond Rust's model: the writer's accesses have other sizes than ours. Rust leaves atomics of different sizes that race on
//! the same bytes undefined, and defines nothing about another process; x86 and ARM do define it, each byte is one that was written there,
//! and the compiler cannot merge or split the accesses of two programs. Where writer and reader are one program (tests, benchmarks), a text or
//! row whose ends are off eight bytes is stored bytewise there and loaded by words: the assumption is then that the compiler, too, treats
//! each relaxed access as the one instruction it is, as all of today's do. The product never writes what it reads.

use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicI32, AtomicU8, AtomicU32, AtomicU64, Ordering};

/// A view of memory, borrowed from whoever keeps it mapped.
#[derive(Debug, Clone, Copy)]
pub struct AtomicBytes<'a> {
    start: NonNull<u8>,
    len: usize,
    owner: PhantomData<&'a [AtomicU8]>,
}

// SAFETY: every access is atomic, and the pointer is only an address.
unsafe impl Send for AtomicBytes<'_> {}
// SAFETY: as above.
unsafe impl Sync for AtomicBytes<'_> {}

impl<'a> AtomicBytes<'a> {
    /// # Safety
    /// `len` bytes from `start` are mapped, readable, aligned to 8, and stay so for as long as `'a`; nobody in this process touches them but
    /// through `AtomicBytes`. Where [`store`](Self::store) is called they are writable as well.
    pub unsafe fn new(start: NonNull<u8>, len: usize) -> Self {
        AtomicBytes { start, len, owner: PhantomData }
    }

    /// No bytes at all.
    pub fn none() -> Self {
        AtomicBytes { start: NonNull::<AtomicU64>::dangling().cast(), len: 0, owner: PhantomData }
    }

    /// Bytes in view.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// An aligned 32-bit number; `None` outside of the view or off alignment.
    pub fn load_i32(&self, at: usize, ordering: Ordering) -> Option<i32> {
        self.word(at).map(|word| word.load(ordering))
    }

    /// Writes an aligned 32-bit number; false outside of the view or off alignment.
    pub fn store_i32(&self, at: usize, value: i32, ordering: Ordering) -> bool {
        self.word(at).map(|word| word.store(value, ordering)).is_some()
    }

    /// The number itself, for waiting on it.
    pub fn word_u32(&self, at: usize) -> Option<&'a AtomicU32> {
        // SAFETY: `checked` keeps it inside the view and aligned; it stays so for `'a`.
        self.checked(at, 4, 4).map(|pointer| unsafe { AtomicU32::from_ptr(pointer.cast()) })
    }

    /// Copies bytes out; false, with nothing copied, when they do not lie inside the view.
    #[must_use]
    pub fn copy(&self, at: usize, out: &mut [u8]) -> bool {
        let Some(from) = self.checked(at, out.len(), 1) else { return false };
        // Eight bytes at a time where both ends allow it: rows begin aligned, only their fields do not.
        let head = from.align_offset(8).min(out.len());
        let (first, rest) = out.split_at_mut(head);
        let (words, last) = rest.as_chunks_mut::<8>();
        let tail_at = head + 8 * words.len();
        for (index, byte) in first.iter_mut().enumerate() {
            // SAFETY: inside the view.
            *byte = unsafe { AtomicU8::from_ptr(from.add(index)) }.load(Ordering::Relaxed);
        }
        for (index, word) in words.iter_mut().enumerate() {
            // SAFETY: inside the view and aligned.
            let value = unsafe { AtomicU64::from_ptr(from.add(head + 8 * index).cast()) };
            *word = value.load(Ordering::Relaxed).to_ne_bytes();
        }
        for (index, byte) in last.iter_mut().enumerate() {
            // SAFETY: inside the view.
            *byte = unsafe { AtomicU8::from_ptr(from.add(tail_at + index)) }.load(Ordering::Relaxed);
        }
        true
    }

    /// Writes bytes; false, with nothing written, when they do not lie inside the view.
    #[must_use]
    pub fn store(&self, at: usize, bytes: &[u8]) -> bool {
        let Some(to) = self.checked(at, bytes.len(), 1) else { return false };
        let head = to.align_offset(8).min(bytes.len());
        let (first, rest) = bytes.split_at(head);
        let (words, last) = rest.as_chunks::<8>();
        let tail_at = head + 8 * words.len();
        for (index, byte) in first.iter().enumerate() {
            // SAFETY: inside the view.
            unsafe { AtomicU8::from_ptr(to.add(index)) }.store(*byte, Ordering::Relaxed);
        }
        for (index, word) in words.iter().enumerate() {
            // SAFETY: inside the view and aligned.
            let place = unsafe { AtomicU64::from_ptr(to.add(head + 8 * index).cast()) };
            place.store(u64::from_ne_bytes(*word), Ordering::Relaxed);
        }
        for (index, byte) in last.iter().enumerate() {
            // SAFETY: inside the view.
            unsafe { AtomicU8::from_ptr(to.add(tail_at + index)) }.store(*byte, Ordering::Relaxed);
        }
        true
    }

    fn word(&self, at: usize) -> Option<&'a AtomicI32> {
        // SAFETY: `checked` keeps it inside the view and aligned.
        self.checked(at, 4, 4).map(|pointer| unsafe { AtomicI32::from_ptr(pointer.cast()) })
    }

    fn checked(&self, at: usize, bytes: usize, align: usize) -> Option<*mut u8> {
        let end = at.checked_add(bytes)?;
        // SAFETY: `at` is inside the view or one past its end.
        let pointer = (end <= self.len).then(|| unsafe { self.start.as_ptr().add(at) })?;
        (pointer.addr().is_multiple_of(align)).then_some(pointer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(words: &mut [u64]) -> AtomicBytes<'_> {
        let start = NonNull::new(words.as_mut_ptr().cast()).unwrap();
        // SAFETY: the words are borrowed for as long as the view.
        unsafe { AtomicBytes::new(start, words.len() * 8) }
    }

    #[test]
    fn every_offset_and_length_copies_what_was_stored() {
        let mut words = [0u64; 6];
        let bytes = view(&mut words);
        let all: Vec<u8> = (1..=48).collect();
        for at in 0..20 {
            for len in 0..28 {
                assert!(bytes.store(0, &[0; 48]) && bytes.store(at, &all[..len]));
                let mut out = vec![9; len];
                assert!(bytes.copy(at, &mut out));
                assert_eq!(out, &all[..len]);
                let mut whole = [0; 48];
                assert!(bytes.copy(0, &mut whole));
                assert_eq!(whole.iter().filter(|byte| **byte != 0).count(), len);
            }
        }
    }

    #[test]
    fn nothing_outside_of_the_view_is_touched() {
        let mut words = [0u64; 2];
        let bytes = view(&mut words);
        assert!(
            !bytes.copy(9, &mut [0; 8]) && !bytes.copy(usize::MAX, &mut [0; 2]) && !bytes.store(16, &[1])
        );
        assert_eq!(bytes.load_i32(14, Ordering::Relaxed), None);
        assert_eq!(bytes.load_i32(2, Ordering::Relaxed), None, "off alignment");
        assert_eq!(bytes.load_i32(12, Ordering::Relaxed), Some(0));
        assert!(bytes.copy(16, &mut []));
    }
}

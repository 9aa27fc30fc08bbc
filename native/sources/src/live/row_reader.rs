//! Rows out of the live memory, each proved not to be torn.
//!
//! The sim writes rows into its buffers in turn: the bytes of a row, then the row's tick, then the next row's bytes into the next buffer.
//! It never waits for us, so a copy may be overtaken. A row with tick T in one of N buffers is accepted when, after the copy,
//!
//! 1. its buffer still has the tick T, and
//! 2. no buffer has a tick of T + N - 1 or more, and none lies far below T.
//!
//! Why that is enough. The next row that goes into our buffer is T + N, and its first byte is written after the tick T + N - 1. Had the copy
//! caught one of its bytes, then the ticks, which are read later, would show T + N - 1, and the second test would refuse. The first test
//! alone is not enough: while T + N is being written our buffer still says T (measured: 554 torn rows in 1.87 million against a writer at
//! full speed). It keeps a row from being taken for another. When the sim begins to count anew, small ticks take the place of T + N - 1: so
//! ticks that do not lie together prove nothing, and nothing is accepted until the old ones are gone. What the copy must not miss, the
//! bytes of T itself, is older than the tick T that was read before it.
//!
//! What orders the memory. *Reader:* the tick is loaded with `Acquire`, so the copy's loads come after it; a `fence(Acquire)` stands
//! between the copy and the second look at the ticks, so those loads come after the copy's. On x86 both cost nothing, loads are not
//! reordered there and the compiler is what has to be held back; on ARM they are a load-acquire and a barrier. *Writer:* needed is that its
//! stores become visible in the order above. On x86 stores do, string moves included (Intel's manual, volume 3, memory ordering: they are
//! reordered within themselves, never with other stores), whatever the sim's source says about it, as long as its compiler leaves the
//! order; the sim is a program for x86 only, and an emulator on ARM keeps the rule. Our own writers state it: the tick is stored with
//! `Release`, followed by a `fence(Release)` before the next row's first byte ([`super::image::RowWriter`]). Every access is atomic, so a
//! race is a wrong value (what that assumes about accesses of different sizes stands in [`super::atomic_bytes`]). That the sim uses its buffers in turn is assumed; a dump shows three successive ticks.
//!
//! Not the newest row is taken but the oldest one that was not seen and can still be proved: woken a tick late we lose none.

use super::atomic_bytes::AtomicBytes;
use super::header::LiveHeader;
use std::sync::atomic::{Ordering, fence};

/// Copies that are tried in one go. At 60 Hz a second one is rare; against a writer at full speed none may ever hold.
const TRIES: usize = 8;
/// Ticks that may be missing, in seconds of them: beyond that the count belongs to something else, as in recordings.
const LONGEST_GAP_S: i64 = 3600;

/// What looking for a row brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polled {
    /// A row was copied: its tick, and how many ticks before it were never seen.
    Row {
        /// The sim's tick.
        tick: i32,
        /// Ticks between the last row and this one.
        missed: u64,
    },
    /// There is no row that was not seen.
    Nothing,
    /// There is one, and no copy of it could be proved.
    Torn,
    /// The ticks went backwards or leapt: the sim counts anew. The next look takes the newest row whatever its tick.
    Restarted,
    /// The header is not the one that was checked.
    HeaderChanged,
}

/// The reader that is used.
pub type RowReader = Rows<true>;

/// Keeps what was seen. `SECOND_TEST` is only ever false in the test that shows that it must not be.
#[derive(Debug, Clone, Default)]
pub struct Rows<const SECOND_TEST: bool> {
    last: Option<i64>,
    before_last: Option<i64>,
    torn: u64,
}

impl<const SECOND_TEST: bool> Rows<SECOND_TEST> {
    /// Has seen nothing.
    pub fn new() -> Self {
        Rows { last: None, before_last: None, torn: 0 }
    }

    /// Copies that were thrown away since the reader was made.
    pub fn torn(&self) -> u64 {
        self.torn
    }

    /// Forgets what was seen, not what was counted.
    pub fn restart(&mut self) {
        (self.last, self.before_last) = (None, None);
    }

    /// Takes back the last row, which was read by an outdated list of variables: it is offered once more.
    pub fn unsee(&mut self) {
        self.last = self.before_last;
    }

    /// Looks for a row, and copies it into `row`, which has the header's `row_bytes`. Its bytes mean something only for [`Polled::Row`].
    pub fn poll(&mut self, bytes: &AtomicBytes, header: &LiveHeader, row: &mut [u8]) -> Polled {
        for attempt in 0..TRIES {
            let ticks = header.ticks(bytes, Ordering::Acquire);
            let newest = ticks.into_iter().max().unwrap_or(i64::MIN);
            if let Some(last) = self.last {
                let leap = newest.saturating_sub(last);
                if leap < 0 || leap > LONGEST_GAP_S * i64::from(header.tick_rate_hz) {
                    self.restart();
                    return Polled::Restarted;
                }
            }
            // A buffer that was never written has the tick 0.
            if newest < 1 || self.last == Some(newest) {
                return Polled::Nothing;
            }
            let oldest = if attempt == 0 { self.oldest_unseen(&ticks, newest, header) } else { newest };
            let Some(buffer) = ticks.iter().position(|tick| *tick == oldest) else { return Polled::Nothing };
            let copied = bytes.copy(header.row_at(buffer), row);
            fence(Ordering::Acquire);
            if !copied || !header.is_unchanged(bytes) {
                return Polled::HeaderChanged;
            }
            if is_whole::<SECOND_TEST>(oldest, buffer, bytes, header) {
                return self.accept(oldest);
            }
            self.torn += 1;
        }
        Polled::Torn
    }

    /// The first tick after the last one seen that the second test can still accept; the newest when nothing was seen yet, because what
    /// lies before a connection is nobody's.
    fn oldest_unseen(&self, ticks: &[i64], newest: i64, header: &LiveHeader) -> i64 {
        let Some(last) = self.last else { return newest };
        let provable = newest - (header.buffer_count as i64 - 2);
        let unseen = ticks.iter().copied().filter(|tick| *tick > last && *tick >= provable);
        unseen.min().unwrap_or(newest)
    }

    fn accept(&mut self, tick: i64) -> Polled {
        let missed = self.last.map_or(0, |last| (tick - last - 1).max(0) as u64);
        self.before_last = self.last;
        self.last = Some(tick);
        // It was read as 32 bits.
        Polled::Row { tick: tick as i32, missed }
    }
}

/// The two tests, after the copy and the fence.
fn is_whole<const SECOND_TEST: bool>(
    tick: i64,
    buffer: usize,
    bytes: &AtomicBytes,
    header: &LiveHeader,
) -> bool {
    let ticks = header.ticks(bytes, Ordering::Relaxed);
    let newest = ticks.into_iter().max().unwrap_or(i64::MAX);
    // A buffer that was never written has the tick 0. A second of ticks is more than a sim skips, and less than it counts before it begins anew.
    let far_below = |other: &i64| *other > 0 && *other < tick - i64::from(header.tick_rate_hz);
    let overtaken = newest >= tick + header.buffer_count as i64 - 1 || ticks.iter().any(far_below);
    ticks[buffer] == tick && !(SECOND_TEST && overtaken)
}

#[cfg(test)]
mod tests {
    use super::super::held_memory::HeldMemory;
    use super::super::image::{MapImage, RowWriter};
    use super::super::layout::header_at;
    use super::*;
    use crate::ibt::{VariableSpec, VariableType};

    /// A memory whose rows are one number, their tick.
    struct Small {
        memory: HeldMemory,
        image: MapImage,
        writer: RowWriter,
    }

    impl Small {
        fn new() -> Self {
            let variables = [VariableSpec::new("Speed", VariableType::Int, "", "")];
            let image = MapImage::small(60, &variables, 16);
            let memory = HeldMemory::new(image.bytes());
            assert!(image.write_head(&memory.bytes()));
            Small { memory, image, writer: RowWriter::new() }
        }

        fn write(&mut self, ticks: std::ops::RangeInclusive<i32>) {
            for tick in ticks {
                assert!(self.writer.put(&self.memory.bytes(), &self.image, tick, &tick.to_le_bytes()));
            }
        }

        fn header(&self) -> LiveHeader {
            LiveHeader::read(&self.memory.bytes()).unwrap()
        }

        fn poll(&self, rows: &mut RowReader) -> (Polled, i32) {
            let mut row = [0; 4];
            let polled = rows.poll(&self.memory.bytes(), &self.header(), &mut row);
            (polled, i32::from_le_bytes(row))
        }
    }

    fn row(tick: i32, missed: u64) -> (Polled, i32) {
        (Polled::Row { tick, missed }, tick)
    }

    #[test]
    fn the_newest_row_first_then_the_oldest_that_can_be_proved() {
        let (mut small, mut rows) = (Small::new(), RowReader::new());
        assert_eq!(small.poll(&mut rows).0, Polled::Nothing, "nothing was written");
        small.write(1..=4);
        assert_eq!(small.poll(&mut rows), row(4, 0), "what came before is not missed");
        assert_eq!(small.poll(&mut rows).0, Polled::Nothing);
        small.write(5..=6);
        assert_eq!(small.poll(&mut rows), row(5, 0));
        assert_eq!(small.poll(&mut rows), row(6, 0));
        small.write(7..=12);
        assert_eq!(small.poll(&mut rows), row(11, 4));
        rows.unsee();
        assert_eq!(small.poll(&mut rows), row(11, 4), "offered again");
        assert_eq!(small.poll(&mut rows), row(12, 0));
        assert_eq!(rows.torn(), 0);
    }

    #[test]
    fn a_row_whose_buffer_may_be_written_into_is_not_whole() {
        let mut small = Small::new();
        // The first in buffer 0, as the sim would put it.
        small.write(3..=4);
        let (memory, header) = (small.memory.clone(), small.header());
        let bytes = memory.bytes();
        assert!(is_whole::<true>(3, 0, &bytes, &header), "5 may be under way, into another buffer");
        small.write(5..=5);
        assert!(!is_whole::<true>(3, 0, &bytes, &header), "6 may be under way, into this buffer");
        assert!(is_whole::<false>(3, 0, &bytes, &header), "which the first test does not see");
        small.write(6..=6);
        assert!(!is_whole::<false>(3, 0, &bytes, &header));
    }

    #[test]
    fn while_the_count_begins_anew_nothing_is_accepted() {
        let (mut small, mut rows) = (Small::new(), RowReader::new());
        small.write(998..=1000);
        assert_eq!(small.poll(&mut rows), row(1000, 0));
        rows.restart();
        small.write(1..=2);
        assert_eq!(small.poll(&mut rows).0, Polled::Torn, "1000 says nothing about its buffer now");
        small.write(3..=3);
        assert_eq!(small.poll(&mut rows), row(3, 0));
        small.memory.bytes().store_i32(header_at::tick(0), 0, Ordering::Relaxed);
        small.memory.bytes().store_i32(header_at::tick(1), 0, Ordering::Relaxed);
        small.memory.bytes().store_i32(header_at::tick(2), 0, Ordering::Relaxed);
        assert_eq!(small.poll(&mut rows).0, Polled::Restarted);
        assert_eq!(small.poll(&mut rows).0, Polled::Nothing);
    }

    #[test]
    fn a_header_that_changed_is_no_row() {
        let (mut small, mut rows) = (Small::new(), RowReader::new());
        small.write(1..=1);
        let header = small.header();
        small.memory.bytes().store_i32(header_at::TICK_RATE, 360, Ordering::Relaxed);
        assert_eq!(rows.poll(&small.memory.bytes(), &header, &mut [0; 4]), Polled::HeaderChanged);
        assert_eq!(small.poll(&mut rows), row(1, 0));
    }
}

//! A plain reader of a sim's memory that counts: what it saw, missed and threw away, and how late. It checks the sums of [`crate::stamp`].
//!
//! A copy is accepted when its tick is unchanged after an acquire fence and the newest tick of all buffers is below it + buffers - 1; see
//! [`crate::live_memory`] for why that is enough. When it was woken late it takes the oldest row that is still whole first.

use crate::monotonic;
use crate::stamp;
use racing_coach_core::error::CodedError;
use racing_coach_sources::live::atomic_bytes::AtomicBytes;
use racing_coach_sources::live::layout::{MOST_BUFFERS, header_at};
use racing_coach_sources::live::memory::{FindMemory, SimMemory};
use serde::Serialize;
use std::sync::atomic::{Ordering, fence};
use std::time::{Duration, Instant};

/// Waits for a row end after this long, so that the end of the run is noticed.
const LONGEST_WAIT: Duration = Duration::from_millis(20);
/// Time between two looks for a sim that is not there.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// A sim that has sent nothing for so long is asked whether it lives.
const SILENCE: Duration = Duration::from_millis(200);
/// No row is longer.
const MOST_ROW_BYTES: usize = 1 << 20;

/// What was counted.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Rows that were accepted.
    pub seen: u64,
    /// Ticks between accepted rows that were not seen.
    pub missed: u64,
    /// Copies that were thrown away.
    pub torn: u64,
    /// Accepted rows whose sum is wrong: never, unless the rules are broken.
    pub wrong_sums: u64,
    /// Times that a sim was found.
    pub connections: u64,
    /// Times that it went away.
    pub disconnections: u64,
    /// Milliseconds from writing a row to having it, of rows with a stamp: half, 99 in 100, all are below.
    pub lateness_ms: Option<Lateness>,
}

/// Quantiles in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lateness {
    /// Half of the rows.
    pub p50: f64,
    /// 99 of 100.
    pub p99: f64,
    /// The latest.
    pub max: f64,
}

/// The reader.
pub struct PlainReader {
    finder: Box<dyn FindMemory>,
    view: Option<View>,
    counts: Counts,
    late_us: Vec<u32>,
}

/// An open memory and what its header said.
struct View {
    memory: Box<dyn SimMemory>,
    row: Vec<u8>,
    /// Places of the stamp and the sum, when the rows have them.
    stamped: Option<(usize, usize)>,
    last: Option<i32>,
    connected: bool,
    /// Variables and bytes of a row when the header was read.
    layout: (i32, i32),
    heard: Instant,
}

impl PlainReader {
    /// Reads whatever `finder` finds.
    pub fn new(finder: Box<dyn FindMemory>) -> Self {
        PlainReader { finder, view: None, counts: Counts::default(), late_us: Vec::new() }
    }

    /// Reads until `end`.
    ///
    /// # Errors
    /// `sim-memory-unreadable`.
    pub fn run(&mut self, end: Instant) -> Result<(), CodedError> {
        while Instant::now() < end {
            if self.view.is_none() && !self.find()? {
                std::thread::sleep(LOOK_AGAIN);
                continue;
            }
            self.read();
        }
        Ok(())
    }

    /// What was counted so far.
    pub fn counts(&self) -> Counts {
        Counts { lateness_ms: quantiles(&self.late_us), ..self.counts.clone() }
    }

    fn find(&mut self) -> Result<bool, CodedError> {
        self.view = self.finder.find()?.map(|memory| View {
            memory,
            row: Vec::new(),
            stamped: None,
            last: None,
            connected: false,
            layout: (0, 0),
            heard: Instant::now(),
        });
        Ok(self.view.is_some())
    }

    fn read(&mut self) {
        let Some(view) = &mut self.view else { return };
        view.memory.wait(LONGEST_WAIT);
        let status = view.memory.bytes().load_i32(header_at::STATUS, Ordering::Acquire).unwrap_or(0);
        if status & 1 != i32::from(view.connected) {
            view.connected = status & 1 == 1;
            if view.connected {
                self.counts.connections += 1;
                view.open();
            } else {
                self.counts.disconnections += 1;
            }
        }
        if view.connected && view.layout != view.current_layout() {
            view.open();
        }
        while view.connected && view.take(&mut self.counts, &mut self.late_us) {}
        if view.heard.elapsed() > SILENCE {
            view.heard = Instant::now();
            if !view.memory.alive() {
                self.counts.disconnections += u64::from(view.connected);
                self.view = None;
            }
        }
    }
}

impl View {
    fn current_layout(&self) -> (i32, i32) {
        let int = |at| self.memory.bytes().load_i32(at, Ordering::Acquire).unwrap_or(0);
        (int(header_at::VARIABLE_COUNT), int(header_at::ROW_BYTES))
    }

    /// Reads what the rows are like.
    fn open(&mut self) {
        self.layout = self.current_layout();
        let int = |at| self.memory.bytes().load_i32(at, Ordering::Acquire).unwrap_or(0);
        let bytes = usize::try_from(int(header_at::ROW_BYTES)).unwrap_or(0).min(MOST_ROW_BYTES);
        self.row = vec![0; bytes];
        self.last = None;
        let (first, count) =
            (int(header_at::VARIABLE_OFFSET) as usize, int(header_at::VARIABLE_COUNT) as usize);
        let mut header = [0; 144];
        let mut place = |name: &str| {
            (0..count.min(4096)).find_map(|index| {
                let found = self.memory.bytes().copy(first + 144 * index, &mut header)
                    && header[16..].starts_with(name.as_bytes());
                found.then(|| u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize)
            })
        };
        self.stamped = place(stamp::WROTE_NS)
            .zip(place(stamp::ROW_SUM))
            .filter(|(at, sum)| at + 8 <= *sum && sum + 4 <= bytes);
    }

    /// Takes the oldest row that is new and whole; false when there is none.
    fn take(&mut self, counts: &mut Counts, late_us: &mut Vec<u32>) -> bool {
        let bytes = self.memory.bytes();
        let buffers = buffers(&bytes);
        let Some(newest) = ticks(&bytes, buffers).max() else { return false };
        if self.last.is_some_and(|last| newest < last) {
            self.last = None;
        }
        // Two behind the newest is where the sim may already be writing.
        let new =
            |tick: &i32| self.last.is_none_or(|last| *tick > last) && newest - *tick < buffers as i32 - 1;
        let next =
            ticks(&bytes, buffers).enumerate().filter(|(_, tick)| new(tick)).min_by_key(|(_, tick)| *tick);
        let Some((buffer, tick)) = next else { return false };
        if newest == 0 || !self.copy(buffer, tick, buffers) {
            counts.torn += u64::from(newest != 0);
            return newest != 0;
        }
        self.memory.taken(tick);
        self.heard = Instant::now();
        counts.seen += 1;
        counts.missed += self.last.map_or(0, |last| (tick - last - 1) as u64);
        self.last = Some(tick);
        self.check(counts, late_us);
        true
    }

    fn copy(&mut self, buffer: usize, tick: i32, buffers: usize) -> bool {
        let bytes = self.memory.bytes();
        let Some(at) = bytes.load_i32(header_at::row_offset(buffer), Ordering::Relaxed) else { return false };
        // Acquire: whoever sees the tick sees its row.
        let before = bytes.load_i32(header_at::tick(buffer), Ordering::Acquire);
        let copied = bytes.copy(at as usize, &mut self.row);
        fence(Ordering::Acquire);
        let unchanged = bytes.load_i32(header_at::tick(buffer), Ordering::Relaxed) == Some(tick);
        let newest = ticks(&bytes, buffers).max().unwrap_or(i32::MAX);
        copied && before == Some(tick) && unchanged && newest < tick + buffers as i32 - 1
    }

    fn check(&self, counts: &mut Counts, late_us: &mut Vec<u32>) {
        let Some((wrote_at, sum_at)) = self.stamped else { return };
        let mut wrote = [0; 8];
        wrote.copy_from_slice(&self.row[wrote_at..wrote_at + 8]);
        let late_ns = monotonic::now_ns().saturating_sub(f64::from_le_bytes(wrote) as u64);
        late_us.push(u32::try_from(late_ns / 1000).unwrap_or(u32::MAX));
        let wrong = stamp::sum(&self.row[..sum_at]).to_le_bytes() != self.row[sum_at..sum_at + 4];
        counts.wrong_sums += u64::from(wrong);
    }
}

fn buffers(bytes: &AtomicBytes) -> usize {
    let count = bytes.load_i32(header_at::BUFFER_COUNT, Ordering::Relaxed).unwrap_or(0);
    usize::try_from(count).unwrap_or(0).min(MOST_BUFFERS)
}

fn ticks(bytes: &AtomicBytes, buffers: usize) -> impl Iterator<Item = i32> {
    (0..buffers).map(|buffer| bytes.load_i32(header_at::tick(buffer), Ordering::Acquire).unwrap_or(i32::MIN))
}

fn quantiles(late_us: &[u32]) -> Option<Lateness> {
    let mut sorted = late_us.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().checked_sub(1)?;
    let at = |share: f64| f64::from(sorted[(share * last as f64).round() as usize]) / 1000.0;
    Some(Lateness { p50: at(0.5), p99: at(0.99), max: at(1.0) })
}

//! The fuzz targets on the stable compiler: the files of the corpus, changed in a fixed order of pseudo-random ways. Nothing may panic, and no
//! file may take much more memory than it has bytes.

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::alloc::{GlobalAlloc, Layout, System};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Counts the bytes in use and their peak.
struct Counting;

static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(IN_USE.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Memory that any file may take: blocks to read into, and the inflating of pages.
const BASE_BYTES: usize = 24 << 20;
/// Memory for each byte of the file: a row of one byte becomes a sample of about 400, and lists double as they grow.
const BYTES_PER_BYTE: usize = 2000;

/// A small generator (Steele, Lea, Flood 2014: SplitMix64), so that the same seed gives the same files everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

/// Changes a file in one to six places: bits, bytes, numbers at their limits, pieces cut out, repeated or moved.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    const LIMITS: [i32; 9] = [0, 1, -1, i32::MAX, i32::MIN, 255, 65_536, 1 << 24, 144];
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len());
        let length = random.below(64).min(bytes.len() - at);
        match random.below(7) {
            _ if bytes.is_empty() => bytes.push(random.next() as u8),
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.next() as u8,
            2 => {
                let limit = LIMITS[random.below(LIMITS.len())].to_le_bytes();
                let room = limit.len().min(bytes.len() - at);
                bytes[at..at + room].copy_from_slice(&limit[..room]);
            }
            3 => drop(bytes.drain(at..at + length)),
            4 => {
                let piece = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            5 => bytes.truncate(at),
            _ => bytes[at..at + length].reverse(),
        }
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

fn run(target: &str, run_one: fn(&[u8]), seed: u64) {
    let files = corpus(target);
    assert!(!files.is_empty());
    let rounds = if std::env::var_os("RACING_COACH_LONG").is_some() { 50_000 } else { 300 };
    let mut random = Random(seed);
    for round in 0..rounds {
        let mut bytes = files[round % files.len()].clone();
        // The first round of each file is the file itself.
        if round >= files.len() {
            mutate(&mut bytes, &mut random);
        }
        let before = IN_USE.load(Relaxed);
        PEAK.store(before, Relaxed);
        run_one(&bytes);
        let taken = PEAK.load(Relaxed).saturating_sub(before);
        let allowed = BASE_BYTES + BYTES_PER_BYTE * bytes.len();
        assert!(taken < allowed, "{target}, round {round}: {taken} bytes for a file of {}", bytes.len());
    }
}

/// One test, because the memory is counted for the whole process.
#[test]
fn changed_files_neither_panic_nor_take_much_memory_seed_1() {
    run("ibt", targets::ibt, 1);
    run("session_text", targets::session_text, 1);
    run("csv", targets::csv, 1);
    run("lap_file", targets::lap_file, 1);
    run("tape", targets::tape, 1);
    run("live_map", targets::live_map, 1);
}

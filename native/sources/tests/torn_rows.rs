//! The torn-read proof. A writer in another thread writes rows as fast as it can, or in bursts, in the sim's order: the row's bytes, its tick, the
//! next row. Every word of a row tells its tick, so any mixture of two rows shows. No accepted row may be one; and a reader without the
//! second test of `row_reader` must accept some, else this would prove nothing.

use racing_coach_sources::ibt::{VariableSpec, VariableType};
use racing_coach_sources::live::header::LiveHeader;
use racing_coach_sources::live::held_memory::HeldMemory;
use racing_coach_sources::live::image::{MapImage, RowWriter};
use racing_coach_sources::live::row_reader::{Polled, Rows};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Rows after which the writer's ticks begin anew.
const BEGIN_ANEW: i32 = 1_000_000;

/// How the writer goes about it.
#[derive(Debug, Clone, Copy)]
enum Pace {
    /// Row after row.
    Full,
    /// Two rows at a time, then nothing for about as long as it takes to copy some.
    Pairs,
    /// Five rows at a time, ten thousand rows a second.
    Bursts,
}

impl Pace {
    fn rest(self, tick: i32) {
        match self {
            Pace::Full => {}
            Pace::Pairs if tick % 2 == 0 => (0..100).for_each(|_| std::hint::spin_loop()),
            Pace::Bursts if tick % 5 == 0 => std::thread::sleep(Duration::from_micros(500)),
            Pace::Pairs | Pace::Bursts => {}
        }
    }
}

/// A row of as many bytes as the real one of 2024 had (8154, the last two of which are left zero) or of fewer.
fn image(words: u32) -> MapImage {
    let mut words_variable = VariableSpec::new("Words", VariableType::Int, "", "");
    words_variable.count = words;
    let tail = VariableSpec::new("Tail", VariableType::Bool, "", "");
    MapImage::small(60, &[words_variable, tail.clone(), VariableSpec { name: "Tail2".into(), ..tail }], 16)
}

fn word(tick: i32, place: usize) -> u32 {
    (tick as u32).wrapping_mul(0x9e37_79b1) ^ place as u32
}

fn fill(row: &mut [u8], tick: i32) {
    for (place, bytes) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        *bytes = word(tick, place).to_le_bytes();
    }
}

fn is_of(row: &[u8], tick: i32) -> bool {
    let words = row.as_chunks::<4>().0.iter().enumerate();
    words.fold(0, |wrong, (place, bytes)| wrong | (u32::from_le_bytes(*bytes) ^ word(tick, place))) == 0
}

fn write(memory: &HeldMemory, image: &MapImage, pace: Pace, stop: &AtomicBool) {
    let mut writer = RowWriter::new();
    let mut row = vec![0; image.row_bytes()];
    // The count begins anew before it is full, and often enough for that to be tried too.
    for tick in (1..=BEGIN_ANEW).cycle() {
        if stop.load(Relaxed) {
            return;
        }
        fill(&mut row, tick);
        assert!(writer.put(&memory.bytes(), image, tick, &row));
        pace.rest(tick);
    }
}

#[derive(Debug, Default)]
struct Score {
    accepted: u64,
    torn: u64,
    rejected: u64,
    missed: u64,
    restarts: u64,
}

/// Reads until so many rows were accepted, or a torn one was and `stop_at_torn` says so, or the time is over.
fn read<const SECOND_TEST: bool>(words: u32, pace: Pace, reads: u64, longest: Duration) -> Score {
    let image = image(words);
    let memory = HeldMemory::new(image.bytes());
    assert!(image.write_head(&memory.bytes()));
    let stop = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let (memory, image, stop) = (memory.clone(), image.clone(), Arc::clone(&stop));
        move || write(&memory, &image, pace, &stop)
    });
    let header = LiveHeader::read(&memory.bytes()).unwrap();
    let mut rows = Rows::<SECOND_TEST>::new();
    let mut row = vec![0; image.row_bytes()];
    let mut score = Score::default();
    let end = Instant::now() + longest;
    while score.accepted < reads && (SECOND_TEST || score.torn == 0) {
        match rows.poll(&memory.bytes(), &header, &mut row) {
            Polled::Row { tick, missed } => {
                score.accepted += 1;
                score.missed += missed;
                score.torn += u64::from(!is_of(&row, tick));
            }
            // The ticks began anew, or the reader lay still for an hour of them.
            Polled::Restarted => score.restarts += 1,
            // No yielding: the two have to run side by side for a row to be torn.
            Polled::Nothing | Polled::Torn => std::hint::spin_loop(),
            Polled::HeaderChanged => panic!("nobody changes it"),
        }
        if score.accepted.is_multiple_of(1024) && Instant::now() > end {
            break;
        }
    }
    stop.store(true, Relaxed);
    writer.join().unwrap();
    score.rejected = rows.torn();
    score
}

/// Far more than it takes on a machine that does nothing else; then the test fails for want of reads, and says so.
fn patience() -> Duration {
    Duration::from_secs(if is_long() { 3600 } else { 300 })
}

fn is_long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

#[test]
fn no_accepted_row_is_torn() {
    let reads = if is_long() { 10_000_000 } else { 300_000 };
    // Words of a row, pace, share of the reads in hundredths. The shorter the row, the more copies are overtaken, and the fewer are left to accept.
    let runs = [
        (64, Pace::Full, 5),
        (500, Pace::Full, 40),
        (2038, Pace::Full, 28),
        (500, Pace::Pairs, 25),
        (2038, Pace::Bursts, 2),
    ];
    for (words, pace, share) in runs {
        let wanted = reads * share / 100;
        let began = Instant::now();
        let score = read::<true>(words, pace, wanted, patience());
        println!(
            "| torn rows, writer {pace:?}, {} bytes | {} accepted | {} torn | {} rejected | {} missed | {} restarts | {:.1} s |",
            words * 4 + 2,
            score.accepted,
            score.torn,
            score.rejected,
            score.missed,
            score.restarts,
            began.elapsed().as_secs_f64()
        );
        assert_eq!(score.torn, 0, "{pace:?}, {words} words");
        assert!(score.accepted >= wanted, "only {} rows in {:?}", score.accepted, patience());
    }
}

#[test]
fn a_reader_without_the_second_test_accepts_torn_rows() {
    let score = read::<false>(2038, Pace::Full, u64::MAX, patience());
    println!("| a reader without the second test | {} accepted | {} torn |", score.accepted, score.torn);
    assert!(score.torn > 0, "none in {} accepted reads", score.accepted);
}

//! The recorder: its thread, its kills and its disks.

mod tape_support;

use racing_coach_core::ErrorCode;
use racing_coach_sources::live::raw::{RawKind, RawRecord, RawSink};
use racing_coach_sources::tape::{TapeReader, TapeSink, TapeWriter};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tape_support::live_like::header;
use tape_support::random_tape::Random;
use tape_support::{Folder, Kept, rest_of, rounds, rows_of};

/// Bytes of a row of the synthetic source: as many as live ones have.
const ROW_BYTES: usize = 8154;
/// Ticks of the synthetic source a second.
const TICKS_PER_S: u64 = 120;
/// Where a child finds the tape that it is to write; without it the child's test does nothing.
const CHILD_TAPE: &str = "RACING_COACH_TEST_TAPE";

/// The row of a tick: noise that depends on it alone, in the first bytes.
fn row_of(tick: i32) -> Vec<u8> {
    let mut row = vec![7; ROW_BYTES];
    let mut random = Random(tick as u64);
    row[..8].copy_from_slice(&i64::from(tick).to_le_bytes());
    row[8..400].iter_mut().for_each(|byte| *byte = random.next() as u8);
    row
}

fn begin(sink: &mut TapeSink) {
    let variables = [header("SessionTick", 5, 0, 1), header("Noise", 0, 8, 400)].concat();
    sink.put(RawRecord::Schema {
        kind: RawKind::Irsdk,
        tick_rate_hz: TICKS_PER_S as i32,
        row_bytes: ROW_BYTES,
        variables: &variables,
    });
    sink.put(RawRecord::Session { update: 1, text: b"---\nWeekendInfo:\n TrackName: okayama\n" });
}

fn put_row(sink: &mut TapeSink, tick: i32) {
    sink.put(RawRecord::Row { tick, read_at: Instant::now(), bytes: &row_of(tick) });
}

/// The ticks on a tape, each checked for its bytes.
fn ticks_on(path: &Path) -> Vec<i32> {
    let mut reader = TapeReader::open(path).unwrap();
    let ticks = rows_of(&rest_of(&mut reader)).into_iter().map(|row| {
        let Kept::Row { tick, bytes, .. } = row else { unreachable!() };
        assert!(bytes == row_of(tick), "tick {tick}");
        tick
    });
    ticks.collect()
}

#[test]
fn what_was_put_is_on_the_tape_and_an_older_one_is_never_replaced() {
    let folder = Folder::new("recorder");
    let path = folder.file("a.tape");
    let (mut sink, handle) = TapeWriter::create(&path).unwrap();
    begin(&mut sink);
    (0..300).for_each(|tick| put_row(&mut sink, tick));
    sink.put(RawRecord::Gap { ticks: 4 });
    put_row(&mut sink, 304);
    sink.put(RawRecord::Disconnected);
    let stats = handle.finish().unwrap();
    assert_eq!((stats.rows, stats.gaps, stats.lost_rows, stats.error), (301, 1, 0, None));
    assert_eq!(stats.bytes, fs::metadata(&path).unwrap().len());
    put_row(&mut sink, 305);
    assert_eq!(ticks_on(&path), (0..300).chain([304]).collect::<Vec<_>>());
    assert!(TapeReader::open(&path).unwrap().facts().finished);
    let before = fs::read(&path).unwrap();
    let error = TapeWriter::create(&path).err().unwrap();
    assert_eq!(error.code, ErrorCode::OutputExists);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn it_can_be_read_while_it_is_written_and_a_dropped_handle_finishes_it() {
    let folder = Folder::new("growing");
    let path = folder.file("a.tape");
    let (mut sink, handle) = TapeWriter::create(&path).unwrap();
    begin(&mut sink);
    put_row(&mut sink, 0);
    // No more rows come, and still the block is closed.
    let end = Instant::now() + Duration::from_secs(60);
    while ticks_on(&path).is_empty() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(ticks_on(&path), [0]);
    assert!(!TapeReader::open(&path).unwrap().facts().finished);
    put_row(&mut sink, 1);
    assert_eq!(handle.stats().error, None);
    drop(handle);
    assert_eq!(ticks_on(&path), [0, 1]);
    assert!(TapeReader::open(&path).unwrap().facts().finished);
}

#[test]
fn a_tape_that_never_saw_a_sim_opens() {
    let folder = Folder::new("nothing");
    let path = folder.file("a.tape");
    let (_sink, handle) = TapeWriter::create(&path).unwrap();
    assert_eq!(handle.finish().unwrap().rows, 0);
    let facts = TapeReader::open(&path).unwrap().facts().clone();
    assert!(facts.finished && facts.rows == 0);
}

/// Longest time in ms that a thread of this process, which does nothing but sleep, got its turn too late.
fn watch_stalls() -> Arc<AtomicU64> {
    let longest = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&longest);
    std::thread::spawn(move || {
        loop {
            let began = Instant::now();
            std::thread::sleep(Duration::from_millis(5));
            seen.fetch_max((began.elapsed().as_millis() as u64).saturating_sub(5), Ordering::Relaxed);
        }
    });
    longest
}

/// Not a test of its own: what the kill test starts and kills. It says each tick on standard error when it has been put, with the ms since its first and
/// those for which the machine stood still.
#[test]
fn child_that_records_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD_TAPE) else { return };
    let (mut sink, _handle) = TapeWriter::create(Path::new(&path)).unwrap();
    begin(&mut sink);
    let (began, stalls) = (Instant::now(), watch_stalls());
    let mut out = std::io::stderr();
    for tick in 0..i32::MAX {
        put_row(&mut sink, tick);
        let stalled_ms = stalls.load(Ordering::Relaxed);
        writeln!(out, "put {tick} {} {stalled_ms}", began.elapsed().as_millis()).unwrap();
        let due = began + Duration::from_millis(1000 * (tick as u64 + 1) / TICKS_PER_S);
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
}

/// A row that was put: tick, ms, and ms of stalls.
type Put = (i32, u64, u64);

/// Starts the child, kills it when it has recorded for `life`, and gives back what it had put.
fn record_and_kill(path: &Path, life: Duration) -> Vec<Put> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_records_until_it_is_killed", "--nocapture"])
        .env(CHILD_TAPE, path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap());
    let reader = std::thread::spawn(move || {
        let number = |word: Option<&str>| word.and_then(|word| word.parse().ok());
        let put = lines.lines().map_while(Result::ok).filter_map(|line| {
            let mut words = line.strip_prefix("put ")?.split(' ');
            Some((number(words.next())? as i32, number(words.next())?, number(words.next())?))
        });
        put.collect::<Vec<Put>>()
    });
    let end = Instant::now() + Duration::from_secs(60);
    while !path.exists() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(life);
    // SIGKILL on Unix, TerminateProcess on Windows.
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn a_killed_recorder_loses_at_most_the_last_second_seed_11() {
    let folder = Folder::new("killed");
    let mut random = Random(11);
    let kills: Vec<(PathBuf, Duration)> = (0..rounds(6, 120))
        .map(|kill| (folder.file(&format!("{kill}.tape")), Duration::from_millis(random.below(4000))))
        .collect();
    // Three at a time: most of their life they sleep.
    for batch in kills.chunks(3) {
        std::thread::scope(|scope| {
            for (path, life) in batch {
                scope.spawn(move || {
                    let put = record_and_kill(path, *life);
                    let ticks = ticks_on(path);
                    assert!(ticks.iter().enumerate().all(|(place, tick)| place as i32 == *tick), "{life:?}");
                    let Some((last, died_ms, stalled_ms)) = put.last() else { return };
                    let due = put.iter().filter(|(_, ms, _)| ms + 1000 + stalled_ms <= *died_ms).count();
                    let have = ticks.len();
                    assert!(have >= due && have as i32 <= last + 2, "{life:?}: {have} of {due}, put {last}");
                    assert!(!TapeReader::open(path).unwrap().facts().finished);
                });
            }
        });
    }
}

/// A file system of 1 MiB; `None`, with the reason printed, where it cannot be made.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn new(folder: &Folder) -> Option<Self> {
        let path = folder.file("disk");
        fs::create_dir_all(&path).unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&path).output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk(path));
        }
        eprintln!("skipped: a small file system cannot be mounted here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_stops_the_recording_and_what_was_written_stays_readable() {
    let folder = Folder::new("full");
    let Some(disk) = SmallDisk::new(&folder) else { return };
    let path = disk.0.join("a.tape");
    let (mut sink, handle) = TapeWriter::create(&path).unwrap();
    begin(&mut sink);
    let mut tick = 0;
    let end = Instant::now() + Duration::from_secs(60);
    while handle.stats().error.is_none() && Instant::now() < end {
        put_row(&mut sink, tick);
        tick += 1;
        if tick % 200 == 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let error = handle.stats().error.unwrap();
    assert_eq!(error.code, ErrorCode::DiskFull);
    assert_eq!(handle.finish().unwrap_err(), error);
    put_row(&mut sink, tick);
    let ticks = ticks_on(&path);
    // A writer that did not get its turn may have lost rows before the disk was full.
    assert!(ticks.len() > 500 && ticks.len() < tick as usize, "{} of {tick}", ticks.len());
    assert!(ticks.is_sorted() && ticks[..100].iter().enumerate().all(|(place, tick)| place as i32 == *tick));
}

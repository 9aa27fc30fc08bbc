//! A live source over the file-backed map, the writer in another thread: every row of a writer in lockstep, what a recorder gets, a crash and a
//! return, and rows at the sim's own pace.

use racing_coach_core::Sample;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::ibt::{VariableSpec, VariableType};
use racing_coach_sources::live::file_map::{FileMapFinder, FileMapWriter};
use racing_coach_sources::live::image::{MapImage, RowWriter, set_connected};
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::raw::{RawRecord, RawSink};
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::session_text;
use racing_coach_sources::source::{Presence, Source, SourceStep};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

fn image() -> MapImage {
    let names = ["Speed", "LapDistPct", "Throttle"];
    let variables = names.map(|name| VariableSpec::new(name, VariableType::Float, "", ""));
    MapImage::new(60, &variables)
}

fn path(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("racing-coach-live-{name}-{}.map", std::process::id()))
}

/// A connected sim with its text.
fn connect(path: &Path) -> FileMapWriter {
    let writer = FileMapWriter::create(path, image().bytes()).unwrap();
    let info = SessionInfo { track_name: "monza".to_owned(), ..SessionInfo::default() };
    let bytes = writer.bytes();
    assert!(image().write_head(&bytes) && image().write_session(&bytes, &session_text::build(&info)));
    assert!(set_connected(&bytes, true));
    writer
}

fn row(tick: i32) -> Vec<u8> {
    [tick as f32, 0.5, 1.0].into_iter().flat_map(f32::to_le_bytes).collect()
}

fn source(path: &Path) -> LiveSource {
    let options = LiveOptions {
        look_every: Duration::from_millis(20),
        ask_alive_every: Duration::from_millis(100),
        ..LiveOptions::default()
    };
    LiveSource::new(Box::new(FileMapFinder::new(path)), options)
}

/// Keeps a word for each record.
struct Words(Sender<String>);

impl RawSink for Words {
    fn put(&mut self, record: RawRecord<'_>) {
        let word = match record {
            RawRecord::Schema { row_bytes, variables, .. } => {
                format!("schema {row_bytes} {}", variables.len())
            }
            RawRecord::Session { update, text } => {
                format!("session {update} {}", session_text::parse(text).track_name)
            }
            RawRecord::Row { tick, bytes, .. } => {
                assert_eq!(bytes, row(tick));
                format!("row {tick}")
            }
            RawRecord::Gap { ticks } => format!("gap {ticks}"),
            RawRecord::Disconnected => "disconnected".to_owned(),
        };
        self.0.send(word).unwrap();
    }
}

#[test]
fn a_writer_in_lockstep_loses_no_row_and_the_recorder_gets_them_all() {
    let path = path("lockstep");
    let writer = connect(&path);
    let rows = 20_000;
    let thread = std::thread::spawn(move || {
        let mut row_writer = RowWriter::new();
        for tick in 1..=rows {
            assert!(row_writer.put(&writer.bytes(), &image(), tick, &row(tick)));
            writer.signal();
            assert!(writer.wait_taken(tick, PATIENCE));
        }
        assert!(set_connected(&writer.bytes(), false));
        writer.signal();
        writer
    });
    let (words, kept) = channel();
    let mut source = source(&path).with_sink(Box::new(Words(words)));
    let (mut sample, mut seen, end) = (Sample::EMPTY, 0, Instant::now() + 2 * PATIENCE);
    loop {
        match source.next(&mut sample).unwrap() {
            SourceStep::Sample => {
                assert_eq!((sample.index, sample.speed_mps), (seen, (seen + 1) as f64));
                assert_eq!(source.session().track_name, "monza", "known before the first row");
                seen += 1;
            }
            SourceStep::Disconnected => break,
            step => assert!(matches!(step, SourceStep::Session | SourceStep::Idle), "{step:?}"),
        }
        assert!(Instant::now() < end, "{seen} rows");
    }
    drop(thread.join().unwrap());
    assert_eq!((seen, source.counts().seen, source.counts().missed), (rows as u64, rows as u64, 0));
    drop(source);
    let kept: Vec<String> = kept.iter().collect();
    assert_eq!(kept[..3], ["schema 12 432", "session 1 monza", "row 1"]);
    assert_eq!(kept[kept.len() - 2..], [format!("row {rows}"), "disconnected".to_owned()]);
    assert_eq!(kept.len(), rows as usize + 3);
    let _ = std::fs::remove_file(format!("{}.event", path.display()));
}

/// Waits for a step of the wanted kind; other steps are passed over.
fn wait_for(source: &mut LiveSource, wanted: SourceStep) {
    let (mut sample, end) = (Sample::EMPTY, Instant::now() + PATIENCE);
    while source.next(&mut sample).unwrap() != wanted {
        assert!(Instant::now() < end, "no {wanted:?} came");
    }
}

#[test]
fn a_crash_is_told_from_a_pause_and_the_sim_is_found_again() {
    let path = path("crash");
    let mut source = source(&path);
    wait_for(&mut source, SourceStep::Idle);
    assert_eq!(source.presence(), Presence::Absent);
    let writer = connect(&path);
    let mut row_writer = RowWriter::new();
    assert!(row_writer.put(&writer.bytes(), &image(), 1, &row(1)));
    wait_for(&mut source, SourceStep::Sample);
    let end = Instant::now() + PATIENCE;
    while source.presence() != Presence::Paused {
        assert!(Instant::now() < end);
        wait_for(&mut source, SourceStep::Idle);
    }
    writer.crash();
    wait_for(&mut source, SourceStep::Disconnected);
    assert_eq!(source.presence(), Presence::Lost);
    let writer = connect(&path);
    let mut row_writer = RowWriter::new();
    assert!(row_writer.put(&writer.bytes(), &image(), 1, &row(1)));
    wait_for(&mut source, SourceStep::Session);
    wait_for(&mut source, SourceStep::Sample);
    assert_eq!((source.presence(), source.counts().connections), (Presence::Sending, 2));
    drop(writer);
    let _ = std::fs::remove_file(format!("{}.event", path.display()));
}

/// Ten seconds at the sim's pace; `RACING_COACH_LONG=1` for ten minutes. What is late on a busy machine is printed, not judged; no tick
/// may be torn, and the sums must be right.
#[test]
fn rows_at_sixty_a_second() {
    let path = path("pace");
    let writer = connect(&path);
    let seconds = if std::env::var_os("RACING_COACH_LONG").is_some() { 600 } else { 4 };
    let rows = 60 * seconds;
    let thread = std::thread::spawn(move || {
        let (mut row_writer, began) = (RowWriter::new(), Instant::now());
        for tick in 1..=rows {
            let due = began + Duration::from_secs(1) * tick as u32 / 60;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            assert!(row_writer.put(&writer.bytes(), &image(), tick, &row(tick)));
            writer.signal();
        }
        std::thread::sleep(Duration::from_millis(100));
        assert!(set_connected(&writer.bytes(), false));
        writer
    });
    let mut source = source(&path);
    let (mut sample, mut lateness_ms) = (Sample::EMPTY, Vec::new());
    loop {
        match source.next(&mut sample).unwrap() {
            SourceStep::Sample => lateness_ms.push(source.lateness().unwrap().as_secs_f64() * 1e3),
            SourceStep::Disconnected => break,
            _ => {}
        }
    }
    drop(thread.join().unwrap());
    lateness_ms.sort_by(f64::total_cmp);
    let counts = source.counts();
    let p99 = lateness_ms[lateness_ms.len() * 99 / 100];
    println!(
        "| rows at 60 Hz for {seconds} s | {} seen | {} missed | {} torn | {} late | p99 {p99:.2} ms after their turn |",
        counts.seen, counts.missed, counts.torn, counts.late
    );
    // The first rows come before the source has found the sim.
    assert!(counts.seen + counts.missed <= rows as u64 && counts.seen + counts.missed + 30 >= rows as u64);
    let _ = std::fs::remove_file(format!("{}.event", path.display()));
}

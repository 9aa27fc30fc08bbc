//! What the tests of tapes share: folders, records that own their bytes, random tapes with what must come out of them, and a source with fewer
//! channels.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod live_like;
pub mod random_tape;
pub mod reduced;

use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::tape::{FileHead, TapeEncoder, TapeReader, TapeRecord, TapeSchema};
use std::fs;
use std::io::{Cursor, Read, Seek};
use std::path::PathBuf;

/// A folder that is gone when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("racing-coach-tape-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A file beside the repository; `None` with a printed reason where it is missing.
pub fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The session that comes with the product.
pub fn demo_session() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference-laps/demo-session.ibt")
}

/// How often a test with random input runs.
pub fn rounds(few: u32, many: u32) -> u32 {
    if std::env::var_os("RACING_COACH_LONG").is_some() { many } else { few }
}

/// A record that owns its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    Schema { gt7: bool, tick_rate_hz: i32, row_bytes: usize, variables: Vec<u8> },
    Session(i32, Vec<u8>),
    Row { tick: i32, time_us: u64, index: u64, bytes: Vec<u8> },
    Gap(u64),
    Disconnected,
    Lost(u64),
}

impl Kept {
    pub fn of(record: &TapeRecord<'_>) -> Self {
        match *record {
            TapeRecord::Schema(TapeSchema { kind, tick_rate_hz, row_bytes, variables }) => {
                let gt7 = kind == RawKind::Gt7;
                Kept::Schema { gt7, tick_rate_hz, row_bytes, variables: variables.to_vec() }
            }
            TapeRecord::Session { update, text } => Kept::Session(update, text.to_vec()),
            TapeRecord::Row { tick, time_us, index, bytes } => {
                Kept::Row { tick, time_us, index, bytes: bytes.to_vec() }
            }
            TapeRecord::Gap { ticks } => Kept::Gap(ticks),
            TapeRecord::Disconnected => Kept::Disconnected,
            TapeRecord::Lost { rows } => Kept::Lost(rows),
        }
    }

    pub fn record(&self) -> TapeRecord<'_> {
        match self {
            Kept::Schema { gt7, tick_rate_hz, row_bytes, variables } => TapeRecord::Schema(TapeSchema {
                kind: if *gt7 { RawKind::Gt7 } else { RawKind::Irsdk },
                tick_rate_hz: *tick_rate_hz,
                row_bytes: *row_bytes,
                variables,
            }),
            Kept::Session(update, text) => TapeRecord::Session { update: *update, text },
            Kept::Row { tick, time_us, index, bytes } => {
                TapeRecord::Row { tick: *tick, time_us: *time_us, index: *index, bytes }
            }
            Kept::Gap(ticks) => TapeRecord::Gap { ticks: *ticks },
            Kept::Disconnected => TapeRecord::Disconnected,
            Kept::Lost(rows) => TapeRecord::Lost { rows: *rows },
        }
    }

    pub fn is_row(&self) -> bool {
        matches!(self, Kept::Row { .. })
    }
}

/// An encoder that writes into memory.
pub fn encoder() -> TapeEncoder<Vec<u8>> {
    TapeEncoder::new(Vec::new(), &FileHead::new(1_700_000_000)).unwrap()
}

/// The bytes of a finished tape with these records.
pub fn tape_of(records: &[Kept]) -> Vec<u8> {
    let mut tape = encoder();
    for record in records {
        tape.put(&record.record()).unwrap();
    }
    tape.finish().unwrap()
}

/// A reader of bytes.
pub fn open(bytes: &[u8]) -> TapeReader<Cursor<&[u8]>> {
    TapeReader::read(Cursor::new(bytes), "x.tape").unwrap()
}

/// Everything that a reader still has.
pub fn rest_of<R: Read + Seek>(reader: &mut TapeReader<R>) -> Vec<Kept> {
    let mut records = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        records.push(Kept::of(&record));
    }
    records
}

/// Compares records one by one: a failure shows one pair, not two tapes.
pub fn assert_same(seen: &[Kept], wanted: &[Kept], what: &str) {
    for (place, (seen, wanted)) in seen.iter().zip(wanted).enumerate() {
        assert!(
            seen == wanted,
            "{what}, record {place}: {:.300?}\nwanted {:.300?}",
            format!("{seen:?}"),
            format!("{wanted:?}")
        );
    }
    assert_eq!(seen.len(), wanted.len(), "{what}: number of records");
}

/// The rows among records.
pub fn rows_of(records: &[Kept]) -> Vec<Kept> {
    records.iter().filter(|record| record.is_row()).cloned().collect()
}

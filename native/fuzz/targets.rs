//! What is done with a file from a stranger: everything that the product does with it. Each function must return, whatever the bytes are.
//! libFuzzer calls them (`cargo +nightly fuzz run ibt`), and so does a test on the stable compiler (`sources/tests/mutations.rs`).

use flate2::Crc;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::laps::find_laps;
use racing_coach_lapfile::{LapFileInput, decode, encode};
use racing_coach_sources::csv::CsvRecording;
use racing_coach_sources::gt7::layout::{MAGIC, PacketKind};
use racing_coach_sources::gt7::{Gt7Decoder, cipher, line_file};
use racing_coach_sources::ibt::{IbtFile, IbtSource};
use racing_coach_sources::live::atomic_bytes::AtomicBytes;
use racing_coach_sources::live::dump::Dump;
use racing_coach_sources::live::held_memory::HeldMemory;
use racing_coach_sources::live::layout::{MOST_BUFFERS, header_at};
use racing_coach_sources::live::memory::{FindMemory, SimMemory};
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::live::session_parser::SessionParsing;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::session_text::SessionText;
use racing_coach_sources::source::{Source, SourceStep};
use racing_coach_sources::tape::{
    FileHead, TapeEncoder, TapePlace, TapeReader, TapeRecord, TapeSchema, TapeSource,
};
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Reads a recording in every way: raw, columns, samples, stream, session, laps.
pub fn ibt(bytes: &[u8]) {
    let Ok(mut file) = IbtFile::read(Cursor::new(bytes), "fuzz.ibt") else { return };
    let names: Vec<String> = file.variables().iter().map(|variable| variable.name.clone()).collect();
    for name in names.iter().take(8) {
        let column = file.read_columns(&[name]).expect("a slice can be read");
        let raw = file.read_raw(name).expect("a slice can be read");
        assert_eq!(column[0].is_some(), raw.is_some());
    }
    file.session();
    let samples = file.samples().expect("a slice can be read");
    assert_eq!(samples.len(), file.row_count());
    find_laps(&samples, file.rate_hz(), None);
    let mut source = IbtSource::new(file).expect("a slice can be read");
    let mut sample = Sample::EMPTY;
    let mut rows = 0;
    while let Ok(step) = source.next(&mut sample)
        && step != SourceStep::End
    {
        rows += usize::from(step == SourceStep::Sample);
    }
    assert_eq!(rows, samples.len());
}

/// Repairs, parses and reads a session text.
pub fn session_text(bytes: &[u8]) {
    SessionText::parse(bytes).info();
}

/// Reads a CSV file of any format and looks for laps.
pub fn csv(bytes: &[u8]) {
    if let Ok(recording) = CsvRecording::read(bytes, "fuzz.csv") {
        assert!(recording.samples.windows(2).all(|pair| pair[0].index < pair[1].index));
        find_laps(&recording.samples, recording.rate_hz, recording.session.track_length_m);
    }
}

/// Decodes a lap file, and encodes again what could be decoded.
pub fn lap_file(bytes: &[u8]) {
    let Ok(file) = decode(bytes, "fuzz.parquet") else { return };
    let session = file.facts.session();
    let (rate_hz, length_m) = (file.facts.rate_hz, file.facts.length_m);
    let input = LapFileInput {
        session: &session,
        rate_hz,
        length_m,
        lap: &file.lap(),
        assisted: None,
        samples: &file.samples,
    };
    encode(&input).expect("what was decoded can be encoded");
}

/// Takes packets in succession: a byte that says which kind, then the packet, decrypted. Each is decrypted once more as well, which is
/// what a stranger's datagram is.
pub fn gt7_packet(bytes: &[u8]) {
    let mut decoder = Gt7Decoder::new(Vec::new());
    let (mut sample, mut samples) = (Sample::EMPTY, Vec::new());
    let mut rest = bytes;
    while let Some((kind, packets)) = rest.split_first() {
        let kind = PacketKind::ALL[usize::from(kind % 4)];
        let (packet, after) = packets.split_at(kind.bytes().min(packets.len()));
        rest = after;
        let mut packet = packet.to_vec();
        cipher::decrypt(&mut packet.clone());
        // Fuzzing is to come behind the first check.
        if let Some(magic) = packet.get_mut(..4) {
            magic.copy_from_slice(&MAGIC.to_le_bytes());
        }
        decoder.row(&packet);
        while let Some(step) = decoder.next(&mut sample) {
            if step == SourceStep::Sample {
                samples.push(sample);
            }
        }
        if let Some(json) = decoder.take_learned_line() {
            line_file::from_json("fuzz", &json).expect("what was learned can be read");
        }
    }
    assert!(samples.windows(2).all(|pair| pair[0].index < pair[1].index));
    let length_m = decoder.session().track_length_m;
    assert!(samples.iter().all(|sample| !(sample.lap_distance_m < 0.0 || sample.lap_fraction > 1.0)));
    find_laps(&samples, decoder.rate_hz(), length_m);
}

/// Reads a line, and drives along it.
pub fn gt7_line(bytes: &[u8]) {
    let Ok(line) = line_file::from_json("fuzz.json", &String::from_utf8_lossy(bytes)) else { return };
    let again = line_file::from_json("fuzz.json", &line_file::to_json(&line))
        .expect("what was read can be read again");
    assert_eq!(again, line);
    assert!(line.place_at(line.length_m() / 2.0).iter().all(|value| value.is_finite()));
}

/// Reads a sim's memory of these bytes: what a dump holds, and then as a live source for three seconds of ticks.
pub fn live_map(bytes: &[u8]) {
    // Whether it is a memory at all does not matter here.
    let _ = Dump::of(bytes, "fuzz.bin").document();
    let clock = Arc::new(AtomicU64::new(0));
    let sim = StandingSim { memory: HeldMemory::of(bytes), began: Instant::now(), clock: Arc::clone(&clock) };
    let options = LiveOptions { parsing: SessionParsing::AtOnce, ..LiveOptions::default() };
    let mut source = LiveSource::new(Box::new(sim), options);
    let (mut sample, mut rows, mut next_index) = (Sample::EMPTY, 0_u64, 0);
    while clock.load(Ordering::Relaxed) < 3_000_000_000 {
        let step = source.next(&mut sample).expect("a bad memory is no error of the source");
        if step == SourceStep::Sample {
            assert!(sample.index >= next_index);
            (rows, next_index) = (rows + 1, sample.index + 1);
        }
    }
    assert!(rows <= source.counts().seen);
}

/// A sim whose memory stands still, apart from ticks that go on: each wait is one.
#[derive(Clone)]
struct StandingSim {
    memory: HeldMemory,
    began: Instant,
    clock: Arc<AtomicU64>,
}

impl StandingSim {
    fn pass(&self, longest: Duration) {
        let ns = longest.clamp(Duration::from_nanos(1), Duration::from_secs(1) / 60).as_nanos() as u64;
        self.clock.fetch_add(ns, Ordering::Relaxed);
    }

    /// The oldest buffer gets the tick after the newest.
    fn tick(&self) {
        let bytes = self.memory.bytes();
        let tick = |buffer| bytes.load_i32(header_at::tick(buffer), Ordering::Relaxed);
        let used = bytes.load_i32(header_at::BUFFER_COUNT, Ordering::Relaxed).unwrap_or(0);
        let used = used.clamp(0, MOST_BUFFERS as i32) as usize;
        let Some(oldest) = (0..used).min_by_key(|buffer| tick(*buffer)) else { return };
        let newest = (0..used).filter_map(tick).max().unwrap_or(0);
        bytes.store_i32(header_at::tick(oldest), newest.wrapping_add(1), Ordering::Relaxed);
    }
}

impl FindMemory for StandingSim {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        Ok(Some(Box::new(self.clone())))
    }

    fn name(&self) -> String {
        "fuzz".to_owned()
    }

    fn now(&self) -> Instant {
        self.began + Duration::from_nanos(self.clock.load(Ordering::Relaxed))
    }

    fn rest(&mut self, longest: Duration) {
        self.pass(longest);
    }
}

impl SimMemory for StandingSim {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.memory.bytes()
    }

    fn wait(&mut self, longest: Duration) -> bool {
        self.pass(longest);
        self.tick();
        true
    }

    fn alive(&mut self) -> bool {
        true
    }
}

/// Reads a tape in every way: as it is, with its checksums put right, so that what lies behind them is reached, and as the inside of a block.
pub fn tape(bytes: &[u8]) {
    read_tape(bytes);
    read_tape(&resealed(bytes));
    read_tape(&as_block(bytes));
}

/// Reads a tape from end to end, seeks in it, and plays it.
fn read_tape(bytes: &[u8]) {
    let open = || TapeReader::read(Cursor::new(bytes), "fuzz.tape");
    let Ok(mut reader) = open() else { return };
    let (mut rows, mut last_index) = (0, None);
    while let Some(record) = reader.next_record().expect("a slice can be read") {
        match record {
            TapeRecord::Row { index, .. } => {
                assert!(last_index < Some(index), "time does not run backwards");
                (rows, last_index) = (rows + 1, Some(index));
            }
            TapeRecord::Lost { rows: lost } => rows += lost,
            _ => {}
        }
    }
    assert_eq!(rows, reader.facts().rows);
    for place in [TapePlace::Row(rows / 2), TapePlace::TimeUs(reader.facts().last_us / 2), TapePlace::Tick(7)]
    {
        reader.seek(place).expect("a slice can be read");
        reader.next_record().expect("a slice can be read");
    }
    let Ok(mut source) = open().and_then(TapeSource::new) else { return };
    let mut sample = Sample::EMPTY;
    while let Ok(step) = source.next(&mut sample)
        && step != SourceStep::End
    {}
}

fn crc(bytes: &[u8]) -> [u8; 4] {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum().to_le_bytes()
}

/// The same bytes with right checksums wherever a block begins.
fn resealed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if bytes.len() >= 48 {
        let head = crc(&bytes[..44]);
        bytes[44..48].copy_from_slice(&head);
    }
    for at in 48..bytes.len().saturating_sub(88) {
        if bytes[at..].starts_with(b"TBLK") {
            let stored = u32::from_le_bytes([bytes[at + 4], bytes[at + 5], bytes[at + 6], bytes[at + 7]]);
            let payload = bytes.get(at + 88..).and_then(|rest| rest.get(..stored as usize)).map(crc);
            bytes[at + 12..at + 16].copy_from_slice(&payload.unwrap_or_default());
            let head = crc(&bytes[at..at + 84]);
            bytes[at + 84..at + 88].copy_from_slice(&head);
        }
    }
    bytes
}

/// A tape with a schema and a block whose unpacked payload are these bytes; their first two say how many records and rows it claims.
fn as_block(bytes: &[u8]) -> Vec<u8> {
    let head = FileHead { created_unix_s: 0, product_version: String::new() };
    let mut tape = TapeEncoder::new(Vec::new(), &head).expect("memory can be written");
    let schema = TapeSchema { kind: RawKind::Gt7, tick_rate_hz: 60, row_bytes: 3, variables: &[] };
    tape.put(&TapeRecord::Schema(schema)).expect("memory can be written");
    let end = tape.written_bytes() as usize;
    let mut file = tape.finish().expect("memory can be written");
    file.truncate(end);
    let mut payload = zstd::bulk::compress(bytes, 1).expect("memory can be written");
    payload.extend_from_slice(&[0x50, 0x2a, 0x4d, 0x18, 0xff, 0, 0, 0]);
    payload.resize(payload.len() + 255, 0);
    let claim = |at: usize| bytes.get(at).map_or(0, |byte| u32::from(byte % 64));
    let mut head = file[48..136].to_vec();
    let mut put = |at: usize, value: u32| head[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(4, payload.len() as u32);
    put(8, bytes.len() as u32);
    put(16, 0);
    put(20, claim(0));
    put(24, claim(1));
    file.extend_from_slice(&head);
    file.extend_from_slice(&payload);
    resealed(&file)
}

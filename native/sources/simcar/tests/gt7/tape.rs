//! A console on a tape: recorded by the recorder into a file, and played, read and converted from there.

use super::*;
use racing_coach_core::{Channel, ErrorCode};
use racing_coach_sources::convert::convert;
use racing_coach_sources::recording::{RecordingKind, open_recording};
use racing_coach_sources::tape::{
    FileHead, TapeEncoder, TapePlace, TapeReader, TapeRecord, TapeSchema, TapeSource, TapeWriter,
};
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("racing-coach-gt7-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const ROUGH: Network = Network { lost: 0.01, repeated: 0.01, swapped: 0.01 };

/// Records what is driven; gives what the source said meanwhile.
fn recorded(tape: &Path, known: Vec<Line>, network: Network, drive: impl FnOnce(&mut Pair)) -> Said {
    let (sink, handle) = TapeWriter::create(tape).unwrap();
    let mut pair = Pair::with(known, network, 16, |source| source.with_sink(Box::new(sink)));
    drive(&mut pair);
    let said = pair.said.clone();
    drop(pair);
    assert_eq!(handle.finish().unwrap().lost_rows, 0);
    said
}

/// A life: two laps with a pause, menus, the console off and on, another track.
fn life(pair: &mut Pair) {
    let simulated = session(2, 16, vec![]);
    let specs = with_pause(&packets(&simulated, 1, 5), 4000, 200);
    pair.drive(&specs);
    let next_id = specs[specs.len() - 1].id + 1;
    pair.drive(&menus(next_id, 100));
    pair.lose();
    pair.drive(&moved(&packets(&simulated, 0, 6), next_id + 400, 900.0));
    pair.lose();
}

fn play<R: std::io::Read + std::io::Seek + Send>(source: &mut TapeSource<R>) -> Said {
    // A tape is known at its first row; a live source says so first.
    let mut said = Said { sessions: vec![source.session().clone()], ..Said::default() };
    said.steps.push(SourceStep::Session);
    let mut sample = Sample::EMPTY;
    loop {
        let step = source.next(&mut sample).unwrap();
        match step {
            SourceStep::Sample => said.samples.push(sample),
            SourceStep::Session => said.sessions.push(source.session().clone()),
            SourceStep::Gap(rows) => said.gaps += rows,
            SourceStep::Disconnected => said.disconnected += 1,
            SourceStep::Idle => panic!("a tape is never idle"),
            SourceStep::End => return said,
        }
        said.steps.push(step);
    }
}

fn bits(samples: &[Sample]) -> Vec<(u64, Vec<u64>)> {
    let row = |sample: &Sample| Channel::ALL.map(|channel| sample.get(channel).to_bits()).to_vec();
    samples.iter().map(|sample| (sample.index, row(sample))).collect()
}

fn assert_same(one: &[Sample], other: &[Sample], what: &str) {
    let (one, other) = (bits(one), bits(other));
    let differs = one.iter().zip(&other).position(|(one, other)| one != other);
    assert_eq!((differs, one.len()), (None, other.len()), "{what}");
}

fn open(tape: &Path) -> TapeSource {
    TapeSource::new(TapeReader::open(tape).unwrap()).unwrap()
}

fn learned_line() -> Line {
    let mut teacher = Pair::new(vec![], Network::default(), 16);
    teacher.drive(&packets(&session(2, 16, vec![]), 1, 5));
    line_file::from_json("learned", &teacher.said.learned[0]).unwrap()
}

#[test]
fn a_tape_of_a_console_tells_what_the_source_told_seed_16() {
    let folder = Folder::new("same");
    for (name, known) in [("unknown.tape", vec![]), ("known.tape", vec![learned_line()])] {
        let tape = folder.file(name);
        let live = recorded(&tape, known, ROUGH, life);
        let mut source = open(&tape);
        assert_eq!(source.rate_hz(), 60.0);
        let played = play(&mut source);
        assert_same(&played.samples, &live.samples, name);
        assert!(live.gaps > 50 && live.disconnected >= 2 && live.sessions.len() >= 5, "{name}");
        let differs = played.steps.iter().zip(&live.steps).position(|(played, live)| played != live);
        assert_eq!((differs, played.steps.len()), (None, live.steps.len()), "{name}");
        assert_eq!(played.sessions, live.sessions, "{name}");
        assert!(played.samples.windows(2).all(|pair| pair[0].index < pair[1].index));
    }
}

#[test]
fn from_any_row_on_it_is_the_same_and_again_from_the_beginning() {
    let folder = Folder::new("seek");
    let tape = folder.file("a.tape");
    recorded(&tape, vec![], ROUGH, life);
    let mut source = open(&tape);
    let whole = play(&mut source).samples;
    let rows = TapeReader::open(&tape).unwrap().facts().rows;
    for row in [0, 1, 3999, 4100, rows / 2, rows - 200, rows - 1, 0] {
        assert!(source.seek(TapePlace::Row(row)).unwrap(), "row {row}");
        let rest = play(&mut source).samples;
        let from = whole.len() - rest.len();
        assert_same(&rest, &whole[from..], &format!("from row {row}"));
        // Paused rows are on the tape, and none of ours.
        assert!((row.saturating_sub(200)..=row).contains(&(from as u64)), "{row} {from}");
    }
    assert!(source.seek(TapePlace::TimeUs(1)).unwrap());
    assert!(!source.seek(TapePlace::Row(rows)).unwrap());
    let mut sample = Sample::EMPTY;
    assert_eq!(source.next(&mut sample).unwrap(), SourceStep::End);
    assert!(source.seek(TapePlace::Row(0)).unwrap());
    assert_same(&play(&mut source).samples, &whole, "after the end");
}

/// The records of a tape in a new one, with others put in between.
fn copied(
    tape: &Path,
    mut between: impl FnMut(u64, &mut TapeEncoder<Vec<u8>>),
) -> TapeSource<Cursor<Vec<u8>>> {
    let mut reader = TapeReader::open(tape).unwrap();
    let mut encoder = TapeEncoder::new(Vec::new(), &FileHead::new(0)).unwrap();
    let mut row = 0;
    while let Some(record) = reader.next_record().unwrap() {
        if let TapeRecord::Row { .. } = record {
            between(row, &mut encoder);
            row += 1;
        }
        encoder.put(&record).unwrap();
    }
    let bytes = Cursor::new(encoder.finish().unwrap());
    TapeSource::new(TapeReader::read(bytes, "hostile.tape").unwrap()).unwrap()
}

#[test]
fn hostile_rows_and_lines_cost_themselves_only_seed_21() {
    let folder = Folder::new("hostile");
    let tape = folder.file("a.tape");
    let live = recorded(&tape, vec![], Network::default(), |pair| {
        pair.drive(&packets(&session(3, 21, vec![]), 1, 5));
    });
    let mut prng = racing_coach_simcar::prng::Prng::stream(21, &[9]);
    let good = PacketSpec::standing(PacketKind::C, i32::MIN, 3);
    let far = PacketSpec { position_m: [f64::NAN, 1e30, 0.0], ..good }.plain();
    let line = line_file::to_json(&learned_line());
    let mut put = 0;
    let mut source = copied(&tape, |row, encoder| {
        if row % 97 != 5 {
            return;
        }
        put += 1;
        let noise: Vec<u8> = (0..368).map(|_| (prng.uniform() * 256.0) as u8).collect();
        let cut = &good.plain()[..200];
        let bytes = [&noise[..], cut, &far, &[]][put % 4];
        encoder.put(&TapeRecord::Row { tick: i32::MIN, time_us: 0, index: 0, bytes }).unwrap();
        let text = [&b"\xff\xfe no line"[..], b"{}", &line.as_bytes()[..line.len() / 2], b""][put % 4];
        encoder.put(&TapeRecord::Session { update: 7, text }).unwrap();
    });
    let played = play(&mut source);
    assert!(put > 100);
    assert_same(&played.samples, &live.samples, "what is good");
    assert_eq!(played.gaps, live.gaps);
}

#[test]
fn a_wrong_line_costs_places_until_a_lap_taught_the_right_one_seed_22() {
    let folder = Folder::new("wrong");
    let tape = folder.file("a.tape");
    let simulated = session(5, 22, vec![]);
    recorded(&tape, vec![], Network::default(), |pair| pair.drive(&packets(&simulated, 1, 5)));
    let line = learned_line();
    let elsewhere: Vec<_> = line.points().iter().map(|[x, y, z]| [x + 5000.0, *y, *z]).collect();
    let wrong = line_file::to_json(&Line::new("gt7-wrong", "", &elsewhere).unwrap());
    let line_at = |specs: &[PacketSpec]| specs.iter().position(|spec| spec.lap == 2).unwrap() as u64;
    let at = line_at(&packets(&simulated, 1, 5)) + 100;
    let mut source = copied(&tape, |row, encoder| {
        if row == at {
            encoder.put(&TapeRecord::Session { update: 7, text: wrong.as_bytes() }).unwrap();
        }
    });
    let said = play(&mut source);
    // The line is learned at the end of lap 3; where lap 4 began, nobody had a place yet.
    assert_eq!(check_times(&simulated, &complete(&laps(&said))), [5]);
}

#[test]
fn laps_of_a_tape_are_those_that_were_driven_and_become_lap_files_seed_23() {
    let folder = Folder::new("laps");
    let tape = folder.file("evening.tape");
    let simulated = session(4, 23, vec![]);
    let live = recorded(&tape, vec![], ROUGH, |pair| {
        let specs = packets(&simulated, 1, 5);
        pair.drive(&menus(-300, 300));
        pair.drive(&specs);
        // A moment in another car elsewhere.
        pair.drive(&moved(&packets(&session(1, 24, vec![]), 0, 6), specs.len() as i32 + 400, 900.0)[..900]);
    });
    let recording = open_recording(&tape).unwrap();
    assert_eq!((recording.kind, recording.rate_hz), (RecordingKind::Tape, 60.0));
    assert!(recording.session.track_name.starts_with("gt7-") && recording.session.car_name == "Car 5");
    let table = recording_laps(&recording.samples, &recording.session);
    let driven = complete(&find_laps(&live.samples, RATE_HZ, None));
    assert_eq!(check_times(&simulated, &complete(&table)), [2, 3, 4]);
    let times = |laps: &[Lap]| laps.iter().map(|lap| (lap.id.lap, lap.own_time_s)).collect::<Vec<_>>();
    assert_eq!(times(&complete(&table)), times(&driven));

    let files = convert(&tape, &folder.file("laps.parquet"), &mut |_| ()).unwrap().files;
    assert_eq!(files.len(), 3);
    for (file, lap) in files.iter().zip(&driven) {
        let read = open_recording(file).unwrap();
        assert_eq!(
            (read.session.track_key(), read.session.sim.as_str()),
            (recording.session.track_key(), "gt7")
        );
        assert_eq!(read.lap.unwrap().own_time_s, lap.own_time_s);
    }
    let csv = folder.file("evening.csv");
    convert(&tape, &csv, &mut |_| ()).unwrap();
    assert_eq!(open_recording(&csv).unwrap().samples.len(), recording.samples.len());
    let copy = folder.file("copy.tape");
    convert(&tape, &copy, &mut |_| ()).unwrap();
    assert_same(&play(&mut open(&copy)).samples, &live.samples, "a copy");
    let error = convert(&tape, &folder.file("evening.ibt"), &mut |_| ()).unwrap_err();
    assert_eq!(error.code, ErrorCode::TapeOtherSim);
    assert!(!folder.file("evening.ibt").exists());
}

fn recording_laps(samples: &[Sample], session: &racing_coach_core::session::SessionInfo) -> LapTable {
    Recording { samples, rate_hz: RATE_HZ, session }.laps()
}

#[test]
fn rows_that_are_lost_before_a_pause_are_told_after_it() {
    let standing = |id: i32| PacketSpec::standing(PacketKind::C, id, 1);
    let paused = |id: i32| PacketSpec { flags: 3, ..standing(id) };
    let mut encoder = TapeEncoder::new(Vec::new(), &FileHead::new(0)).unwrap();
    let schema = TapeSchema { kind: RawKind::Gt7, tick_rate_hz: 1000, row_bytes: 368, variables: &[] };
    encoder.put(&TapeRecord::Schema(schema)).unwrap();
    for spec in [standing(1), standing(2), paused(6), paused(9), standing(20), standing(21)] {
        let bytes = spec.plain();
        encoder.put(&TapeRecord::Row { tick: spec.id, time_us: 0, index: 0, bytes: &bytes }).unwrap();
    }
    let bytes = Cursor::new(encoder.finish().unwrap());
    let mut source = TapeSource::new(TapeReader::read(bytes, "x.tape").unwrap()).unwrap();
    assert_eq!(source.rate_hz(), 60.0, "whatever the tape says");
    let said = play(&mut source);
    assert_eq!(said.gaps, 3, "of what was lost during the pause nothing is missing");
    assert_eq!(said.samples.iter().map(|sample| sample.index).collect::<Vec<_>>(), [0, 1, 5, 6]);
}

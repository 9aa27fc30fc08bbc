//! A tape and the `.ibt` of the same session: the same samples, laps and events, and back again with every bit.

mod tape_support;

use flate2::Compression;
use flate2::write::GzEncoder;
use racing_coach_core::analysis::{Recording, best_lap, reference_from_lap};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_core::laps::find_laps;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use racing_coach_sources::convert::convert;
use racing_coach_sources::ibt::{IbtFile, IbtSource};
use racing_coach_sources::recording::{RecordingKind, open_recording};
use racing_coach_sources::source::Source;
use racing_coach_sources::tape::{TapePlace, TapeReader, TapeSource};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tape_support::live_like::live_like_tape;
use tape_support::reduced::{Reduced, samples_of};
use tape_support::{Folder, demo_session, shared};

fn quiet(input: &Path, output: &Path) -> Vec<PathBuf> {
    convert(input, output, &mut |_| ()).unwrap().files
}

/// Samples as text: missing values are equal there.
fn text(samples: &[Sample]) -> Vec<String> {
    samples.iter().map(|sample| format!("{sample:?}")).collect()
}

/// Where two recordings differ first; NaN is equal to NaN.
fn first_difference(one: &[Sample], other: &[Sample]) -> Option<String> {
    if one.len() != other.len() {
        return Some(format!("{} and {} samples", one.len(), other.len()));
    }
    let differs = |(one, other): (&Sample, &Sample)| {
        let channel = Channel::ALL.into_iter().find(|channel| {
            let (one, other) = (one.get(*channel), other.get(*channel));
            one.to_bits() != other.to_bits() && !(one.is_nan() && other.is_nan())
        });
        channel
            .map(|channel| format!("{} of {}", channel.name(), one.index))
            .or((one.index != other.index).then(|| format!("index {} and {}", one.index, other.index)))
    };
    one.iter().zip(other).find_map(differs)
}

#[test]
fn a_tape_of_a_recording_gives_its_samples_and_its_bytes_back() {
    let Some(path) = shared("redbullring-amg-gt4.ibt") else { return };
    let folder = Folder::new("ibt");
    let (tape, back) = (folder.file("a.tape"), folder.file("b.ibt"));
    quiet(&path, &tape);
    let (from_tape, from_ibt) = (open_recording(&tape).unwrap(), open_recording(&path).unwrap());
    assert_eq!((from_tape.kind, from_tape.kind.code()), (RecordingKind::Tape, "tape"));
    assert_eq!((from_tape.session, from_tape.rate_hz), (from_ibt.session, from_ibt.rate_hz));
    assert_eq!(first_difference(&from_tape.samples, &from_ibt.samples), None);
    assert_eq!(quiet(&tape, &back), std::slice::from_ref(&back));
    let (mut one, mut other) = (IbtFile::open(&path).unwrap(), IbtFile::open(&back).unwrap());
    assert_eq!(one.session_text(), other.session_text());
    assert_eq!(one.header().start_unix_s, other.header().start_unix_s);
    let named: Vec<_> = one.variables().to_vec();
    assert_eq!(named.len(), other.variables().len());
    for (variable, again) in named.iter().zip(other.variables().to_vec()) {
        assert_eq!((variable.spec(), &variable.name), (again.spec(), &again.name));
        assert!(
            one.read_raw(&variable.name).unwrap() == other.read_raw(&variable.name).unwrap(),
            "{}",
            variable.name
        );
    }
}

#[test]
fn a_copied_tape_and_one_of_a_csv_file_say_the_same() {
    let folder = Folder::new("copies");
    let (first, copy) = (folder.file("a.tape"), folder.file("b.tape"));
    let (csv, again) = (folder.file("c.csv"), folder.file("d.tape"));
    quiet(&demo_session(), &first);
    quiet(&first, &copy);
    quiet(&first, &csv);
    quiet(&csv, &again);
    let wanted = open_recording(&demo_session()).unwrap();
    for path in [&first, &copy, &again] {
        let mut recording = open_recording(path).unwrap();
        // CSV has no place for the sim's ticks; what is written from it counts its own.
        if path == &again {
            let ticks = recording.samples.iter_mut().zip(&wanted.samples);
            ticks.for_each(|(sample, wanted)| sample.session_tick = wanted.session_tick);
        }
        assert_eq!(recording.session.track_name, wanted.session.track_name);
        assert_eq!(first_difference(&recording.samples, &wanted.samples), None, "{path:?}");
    }
    let laps = quiet(&first, &folder.file("laps.parquet"));
    let direct = quiet(&demo_session(), &folder.file("direct.parquet"));
    assert!(laps.len() == direct.len() && laps.len() > 1);
    for (one, other) in laps.iter().zip(&direct) {
        assert!(fs::read(one).unwrap() == fs::read(other).unwrap(), "{one:?}");
    }
}

/// The channels that both sources have at all.
fn common(one: &[Sample], other: &[Sample]) -> Vec<Channel> {
    let has = |samples: &[Sample], channel| samples.iter().any(|sample| !sample.get(channel).is_nan());
    Channel::ALL.into_iter().filter(|channel| has(one, *channel) && has(other, *channel)).collect()
}

/// Everything that the coach says about a session, with its best lap as the reference, as text.
fn events(source: &mut impl Source) -> (Vec<String>, Vec<String>) {
    let (session, rate_hz): (SessionInfo, f64) = (source.session().clone(), source.rate_hz());
    let samples = samples_of(source);
    let recording = Recording { samples: &samples, rate_hz, session: &session };
    let laps = find_laps(&samples, rate_hz, session.track_length_m);
    let best = best_lap(&laps.laps);
    let reference = best.and_then(|lap| reference_from_lap(&recording, lap, true, None).ok()).map(Arc::new);
    let config = CoachConfig { length_hint_m: session.track_length_m, ..CoachConfig::new(rate_hz) };
    let mut coach = Coach::new(config, reference);
    let (mut events, mut all) = (Events::new(), Vec::new());
    for sample in &samples {
        coach.step(sample, &mut events);
        all.extend(events.iter().map(|event| format!("{event:?}")));
        events.clear();
    }
    coach.finish(&mut events);
    all.extend(events.iter().map(|event| format!("{event:?}")));
    (laps.laps.iter().map(|lap| format!("{lap:?}")).collect(), all)
}

fn assert_same_events(path: &Path) -> usize {
    let tape = live_like_tape(path);
    let open = || TapeSource::new(TapeReader::read(Cursor::new(&tape[..]), "x.tape").unwrap()).unwrap();
    let ibt = || IbtSource::new(IbtFile::open(path).unwrap()).unwrap();
    let channels = common(&samples_of(&mut open()), &samples_of(&mut ibt()));
    assert!(channels.len() > 20 && !channels.contains(&Channel::LatitudeDeg), "{channels:?}");
    assert!(!channels.contains(&Channel::CarLeftRight), "live only");
    let mut from_tape = Reduced { inner: open(), channels: channels.clone() };
    let mut from_ibt = Reduced { inner: ibt(), channels };
    let (tape_laps, tape_events) = events(&mut from_tape);
    let (ibt_laps, ibt_events) = events(&mut from_ibt);
    assert_eq!(tape_laps, ibt_laps);
    for (one, other) in tape_events.iter().zip(&ibt_events) {
        assert_eq!(one, other);
    }
    assert_eq!(tape_events.len(), ibt_events.len());
    tape_events.iter().filter(|event| event.starts_with("Corner")).count()
}

#[test]
fn a_tape_as_the_live_memory_makes_it_gives_the_events_of_the_ibt() {
    assert!(assert_same_events(&demo_session()) > 10, "corners get their verdicts");
    if let Some(path) = shared("redbullring-amg-gt4.ibt") {
        assert_same_events(&path);
    }
}

#[test]
fn real_laps_on_a_tape_give_the_events_of_the_ibt() {
    let folder = Folder::new("real-laps");
    for name in ["okayama-short-mx5-race-30hz.csv.gz", "fuji-ferrari488gt3-practice-60hz.csv.gz"] {
        let Some(path) = shared(&format!("evaluation/{name}")) else { return };
        let ibt = folder.file(&format!("{name}.ibt"));
        quiet(&path, &ibt);
        let (tape, back) = (live_like_tape(&ibt), IbtSource::new(IbtFile::open(&ibt).unwrap()).unwrap());
        let tape = TapeSource::new(TapeReader::read(Cursor::new(&tape[..]), name).unwrap()).unwrap();
        let channels: Vec<Channel> = open_recording(&ibt).unwrap().channels();
        let (tape_laps, tape_events) = events(&mut Reduced { inner: tape, channels: channels.clone() });
        let (ibt_laps, ibt_events) = events(&mut Reduced { inner: back, channels });
        assert_eq!(tape_laps, ibt_laps);
        assert!(tape_events == ibt_events && tape_events.len() > 50, "{name}");
    }
}

#[test]
fn a_source_that_was_sought_goes_on_as_one_that_was_read_there() {
    let tape = live_like_tape(&demo_session());
    let mut source = TapeSource::new(TapeReader::read(Cursor::new(&tape[..]), "x.tape").unwrap()).unwrap();
    let all = samples_of(&mut source);
    for row in [0, 1, 59, 1000, all.len() - 1] {
        let time_us = all[row].index * 1_000_000 / 60;
        for place in [TapePlace::Row(row as u64), TapePlace::TimeUs(time_us)] {
            assert!(source.seek(place).unwrap());
            assert_eq!(text(&samples_of(&mut source)), text(&all[row..]), "{place:?}");
        }
    }
    assert!(!source.seek(TapePlace::Row(all.len() as u64)).unwrap());
    assert!(samples_of(&mut source).is_empty());
}

/// Bytes of a file packed with gzip.
fn zipped(bytes: &[u8]) -> usize {
    let mut zip = GzEncoder::new(Vec::new(), Compression::default());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap().len()
}

#[test]
fn a_tape_is_much_smaller_than_the_ibt_and_than_what_gzip_makes_of_it() {
    let folder = Folder::new("size");
    let mut files = vec![("demo session", demo_session())];
    for name in ["redbullring-amg-gt4.ibt", "redbullring-w13-parked.ibt"] {
        files.extend(shared(name).map(|path| (name, path)));
    }
    for (name, path) in files {
        let tape = folder.file("a.tape");
        quiet(&path, &tape);
        let ibt = fs::read(&path).unwrap();
        let rows = IbtFile::open(&path).unwrap().row_count();
        let per_minute = |bytes: usize| bytes as f64 * 3600.0 / rows as f64 / 1e6;
        let (zip_bytes, tape_bytes) = (zipped(&ibt), fs::metadata(&tape).unwrap().len() as usize);
        println!(
            "| tape of {name}: MB a minute, .ibt / gzip -6 / tape | {:.2} / {:.2} / {:.2} | ratio {:.1} |",
            per_minute(ibt.len()),
            per_minute(zip_bytes),
            per_minute(tape_bytes),
            ibt.len() as f64 / tape_bytes as f64
        );
        assert!(
            3 * tape_bytes < ibt.len() && 4 * tape_bytes < 3 * zip_bytes,
            "{name}: {tape_bytes} and {zip_bytes}"
        );
    }
}

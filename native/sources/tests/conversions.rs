//! From format to format: what each can hold comes back.

use racing_coach_core::laps::find_laps;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, ErrorCode, Sample};
use racing_coach_sources::convert::convert;
use racing_coach_sources::csv::{self, CsvKind};
use racing_coach_sources::recording::{RecordingKind, open_recording};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("racing-coach-convert-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Two laps and a bit of 1,200 m at 60 Hz, with two rows missing.
fn drive() -> Vec<Sample> {
    let at = |index: u64| {
        let way_m = 1000.0 + index as f64 * 0.7;
        Sample {
            index,
            session_time_s: 100.0 + index as f64 / 60.0,
            lap: (way_m / 1200.0).floor(),
            lap_distance_m: f64::from((way_m % 1200.0) as f32),
            lap_fraction: f64::from((way_m % 1200.0 / 1200.0) as f32),
            speed_mps: 42.0,
            gear: 3.0,
            throttle: f64::from((index % 90) as f32 / 90.0),
            session_flags: 2_147_483_652.0,
            ..Sample::EMPTY
        }
    };
    (0..4200).filter(|index| !(700..702).contains(index)).map(at).collect()
}

fn info() -> SessionInfo {
    SessionInfo {
        sim: "iracing".into(),
        track_name: "demo, \"short\"".into(),
        track_config: "A".into(),
        track_length_m: Some(1200.0),
        car_path: "demo\\gt".into(),
        ..SessionInfo::default()
    }
}

fn own_csv(path: &Path) {
    let channels: Vec<Channel> =
        Channel::ALL.into_iter().filter(|channel| !drive()[0].get(*channel).is_nan()).collect();
    let mut text = Vec::new();
    csv::write(&mut text, &info(), 60.0, &drive(), &channels, |_| ()).unwrap();
    fs::write(path, text).unwrap();
}

fn quiet(input: &Path, output: &Path) -> Vec<PathBuf> {
    convert(input, output, &mut |_| ()).unwrap().files
}

fn assert_drive(samples: &[Sample]) {
    let want = drive();
    assert_eq!(samples.len(), want.len());
    for (sample, want) in samples.iter().zip(&want) {
        assert_eq!(sample.index, want.index);
        let differs = |channel: &Channel| {
            let (got, want) = (sample.get(*channel), want.get(*channel));
            *channel != Channel::SessionTick && !(got == want || got.is_nan() && want.is_nan())
        };
        assert_eq!(Channel::ALL.into_iter().find(differs), None);
    }
}

#[test]
fn csv_to_ibt_to_zipped_csv_and_back_loses_nothing() {
    let folder = Folder::new("chain");
    let (first, ibt, zipped) = (folder.file("a.csv"), folder.file("b.ibt"), folder.file("c.csv.gz"));
    own_csv(&first);
    let recording = open_recording(&first).unwrap();
    assert_eq!(recording.kind, RecordingKind::Csv(CsvKind::Own));
    assert_eq!(recording.session, info());
    assert_drive(&recording.samples);
    assert_eq!(quiet(&first, &ibt), std::slice::from_ref(&ibt));
    let recording = open_recording(&ibt).unwrap();
    assert_eq!((recording.kind.code(), recording.rate_hz), ("ibt", 60.0));
    assert_eq!(recording.session, info());
    assert_drive(&recording.samples);
    quiet(&ibt, &zipped);
    assert!(fs::read(&zipped).unwrap().starts_with(&[0x1f, 0x8b]));
    assert_drive(&open_recording(&zipped).unwrap().samples);
}

#[test]
fn complete_laps_become_lap_files_of_their_own_and_those_open_as_recordings() {
    let folder = Folder::new("laps");
    let (input, output) = (folder.file("a.csv"), folder.file("laps.parquet"));
    own_csv(&input);
    let files = quiet(&input, &output);
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["laps-0-1.parquet", "laps-0-2.parquet"]);
    let recording = open_recording(&files[1]).unwrap();
    assert_eq!(recording.kind, RecordingKind::LapFile);
    let lap = recording.lap.unwrap();
    assert!((lap.own_time_s.unwrap() - 1200.0 / 42.0).abs() < 1e-4, "{:?}", lap.own_time_s);
    // The rows either side are enough to find the lap again.
    let table = find_laps(&recording.samples, recording.rate_hz, recording.session.track_length_m);
    let found: Vec<_> = table.laps.iter().filter(|lap| lap.complete()).collect();
    assert_eq!(found.len(), 1);
    assert!((found[0].own_time_s.unwrap() - lap.own_time_s.unwrap()).abs() < 1e-4);
    // A lap file becomes one lap file again, with the same bytes.
    let again = folder.file("again.parquet");
    assert_eq!(quiet(&files[1], &again), std::slice::from_ref(&again));
    assert_eq!(fs::read(&again).unwrap(), fs::read(&files[1]).unwrap());
}

#[test]
fn progress_grows_to_one() {
    let folder = Folder::new("progress");
    let input = folder.file("a.csv");
    own_csv(&input);
    let mut seen = Vec::new();
    convert(&input, &folder.file("b.ibt"), &mut |share| seen.push(share)).unwrap();
    assert!(seen.windows(2).all(|pair| pair[0] <= pair[1]) && seen.len() >= 3, "{seen:?}");
    assert_eq!(seen.last(), Some(&1.0));
}

#[test]
fn errors_leave_no_file() {
    let folder = Folder::new("errors");
    let input = folder.file("a.csv");
    own_csv(&input);
    let error = |from: &Path, to: &str| convert(from, &folder.file(to), &mut |_| ()).unwrap_err().code;
    assert_eq!(error(&input, "b.txt"), ErrorCode::FormatUnknown);
    assert_eq!(error(&folder.file("none.ibt"), "b.csv"), ErrorCode::FileNotFound);
    assert_eq!(error(&input, "no-such-folder/b.ibt"), ErrorCode::OutputExists);
    let text = fs::read_to_string(&input).unwrap();
    let part = folder.file("part.csv");
    fs::write(&part, text.lines().take(100).collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!(error(&part, "b.parquet"), ErrorCode::NoGoodLap);
    fs::write(&part, "sampleIndex,speedMps\n5,1\n5,1\n").unwrap();
    assert_eq!(error(&part, "b.ibt"), ErrorCode::CsvBadValue);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 2, "only the two inputs");
}

//! The whole way: a recording written into a sim's memory, read by the live source, put on a tape by the recorder, and played again. The tape tells what
//! the live source told, and the same laps and events as the `.ibt`.

mod tape_support;

use racing_coach_core::Sample;
use racing_coach_sources::ibt::{IbtFile, IbtSource, Variable, VariableSpec, VariableType};
use racing_coach_sources::live::file_map::{FileMapFinder, FileMapWriter};
use racing_coach_sources::live::image::{MapImage, RowWriter, set_connected};
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::{Source, SourceStep};
use racing_coach_sources::tape::{TapeReader, TapeSource, TapeWriter};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tape_support::reduced::samples_of;
use tape_support::{Folder, demo_session};

const PATIENCE: Duration = Duration::from_secs(60);

/// What a sim of this recording writes live: its variables without those on disk only, and cars around.
struct Sim {
    image: MapImage,
    rows: Vec<(i32, Vec<u8>)>,
    text: Vec<u8>,
}

impl Sim {
    fn new(path: &Path) -> Self {
        let mut file = IbtFile::open(path).unwrap();
        let live = |variable: &&Variable| !["Lat", "Lon", "Alt"].contains(&variable.name.as_str());
        let kept: Vec<Variable> = file.variables().iter().filter(live).cloned().collect();
        let cars = |name: &str, variable_type| VariableSpec {
            count: 4,
            ..VariableSpec::new(name, variable_type, "", "")
        };
        let mut specs = vec![
            cars("CarIdxLapDistPct", VariableType::Float),
            cars("CarIdxTrackSurface", VariableType::Int),
            cars("CarIdxOnPitRoad", VariableType::Bool),
            VariableSpec::new("PlayerCarIdx", VariableType::Int, "", ""),
        ];
        specs.extend(kept.iter().map(Variable::spec));
        let image = MapImage::new(60, &specs);
        let columns: Vec<Vec<u8>> =
            kept.iter().map(|variable| file.read_raw(&variable.name).unwrap().unwrap()).collect();
        let samples = file.samples().unwrap();
        let rows = samples.iter().enumerate().map(|(place, sample)| {
            let mut row = vec![0; image.row_bytes()];
            for (variable, column) in kept.iter().zip(&columns) {
                let (at, bytes) = (image.offset_of(&variable.name).unwrap(), variable.bytes());
                row[at..at + bytes].copy_from_slice(&column[place * bytes..(place + 1) * bytes]);
            }
            // The car with number 1 drives a hundredth of a lap ahead.
            let ahead = (sample.lap_fraction as f32 + 0.01).fract();
            for (car, fraction) in [sample.lap_fraction as f32, ahead, -1.0, -1.0].into_iter().enumerate() {
                row[4 * car..4 * car + 4].copy_from_slice(&fraction.to_le_bytes());
                row[16 + 4 * car..20 + 4 * car]
                    .copy_from_slice(&(if car < 2 { 3i32 } else { -1 }).to_le_bytes());
            }
            (1000 + sample.index as i32, row)
        });
        let rows = rows.collect();
        Sim { image, rows, text: file.session_text().to_vec() }
    }

    /// Writes some rows in lockstep with a reader, then says goodbye.
    fn drive(&self, map: &Path, rows: std::ops::Range<usize>) {
        let writer = FileMapWriter::create(map, self.image.bytes()).unwrap();
        let bytes = writer.bytes();
        assert!(self.image.write_head(&bytes) && self.image.write_session(&bytes, &self.text));
        assert!(set_connected(&bytes, true));
        let mut row_writer = RowWriter::new();
        for (tick, row) in &self.rows[rows] {
            assert!(row_writer.put(&bytes, &self.image, *tick, row));
            writer.signal();
            assert!(writer.wait_taken(*tick, PATIENCE), "tick {tick}");
        }
        assert!(set_connected(&bytes, false));
        writer.signal();
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// What a source tells, as text, up to the second disconnect; `Idle` is left out.
fn told(source: &mut impl Source) -> Vec<String> {
    let (mut sample, mut told, mut away) = (Sample::EMPTY, Vec::new(), 0);
    let end = Instant::now() + 2 * PATIENCE;
    while away < 2 && Instant::now() < end {
        match source.next(&mut sample).unwrap() {
            SourceStep::Sample => told.push(format!("{sample:?}")),
            SourceStep::Session => told.push(format!("{:?} at {}", source.session(), source.rate_hz())),
            SourceStep::Disconnected => {
                told.push("disconnected".to_owned());
                away += 1;
            }
            SourceStep::Gap(rows) => told.push(format!("gap {rows}")),
            SourceStep::Idle => {}
            SourceStep::End => break,
        }
    }
    told
}

/// Drives the demo session through memory in two connections; the tape and what the live source told.
fn recorded(folder: &Folder) -> (PathBuf, Vec<String>) {
    let (map, tape) = (folder.file("sim.map"), folder.file("a.tape"));
    let sim = Sim::new(&demo_session());
    let half = sim.rows.len() / 2;
    let (sink, handle) = TapeWriter::create(&tape).unwrap();
    let options = LiveOptions { look_every: Duration::from_millis(10), ..LiveOptions::default() };
    let mut source = LiveSource::new(Box::new(FileMapFinder::new(&map)), options).with_sink(Box::new(sink));
    let live = std::thread::scope(|scope| {
        scope.spawn(|| {
            sim.drive(&map, 0..half);
            sim.drive(&map, half + 20..sim.rows.len());
        });
        told(&mut source)
    });
    let stats = handle.finish().unwrap();
    assert_eq!((stats.rows, stats.lost_rows), (sim.rows.len() as u64 - 20, 0));
    (tape, live)
}

#[test]
fn a_tape_of_a_live_session_tells_what_the_live_source_told() {
    let folder = Folder::new("of-live");
    let (tape, live) = recorded(&folder);
    let mut source = TapeSource::new(TapeReader::open(&tape).unwrap()).unwrap();
    // The first session is known before the first step.
    let mut played = vec![format!("{:?} at {}", source.session(), source.rate_hz())];
    played.extend(told(&mut source));
    for (place, (one, other)) in played.iter().zip(&live).enumerate() {
        assert!(one == other, "step {place}: {one:.200}\nlive: {other:.200}");
    }
    assert_eq!(played.len(), live.len());
    let sees_ahead = |step: &String| step.starts_with("Sample") && !step.contains("car_ahead_m: NaN");
    assert!(live.iter().any(sees_ahead), "the car ahead is seen");
}

#[test]
fn the_samples_of_the_tape_are_those_of_the_ibt() {
    let folder = Folder::new("of-live-samples");
    let (tape, _) = recorded(&folder);
    let tape = samples_of(&mut TapeSource::new(TapeReader::open(&tape).unwrap()).unwrap());
    let ibt = samples_of(&mut IbtSource::new(IbtFile::open(&demo_session()).unwrap()).unwrap());
    let half = ibt.len() / 2;
    let ibt: Vec<&Sample> = ibt[..half].iter().chain(&ibt[half + 20..]).collect();
    assert_eq!(tape.len(), ibt.len());
    for (one, other) in tape.iter().zip(ibt) {
        assert_eq!(
            (one.speed_mps, one.lap_fraction, one.lap),
            (other.speed_mps, other.lap_fraction, other.lap)
        );
        assert!(one.latitude_deg.is_nan());
    }
}

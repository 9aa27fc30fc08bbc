//! Times the live path from the memory to the coach's snapshot, over a file-backed map with rows as long as the real ones of 2024 (323 variables,
//! 8154 bytes): `RECORDING [ROWS]`. The recording's rows are written one by one; reading, decoding and the coach's step against the
//! recording's best lap are timed each. Prints one line of JSON, in microseconds.

use racing_coach_core::analysis::{Recording, best_lap, reference_from_lap};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, Sample};
use racing_coach_sources::ibt::{IbtFile, VariableSpec, VariableType, channel_variable};
use racing_coach_sources::live::decoder::LiveDecoder;
use racing_coach_sources::live::file_map::{FileMapFinder, FileMapWriter};
use racing_coach_sources::live::image::{MapImage, RowWriter};
use racing_coach_sources::live::memory::FindMemory;
use racing_coach_sources::live::row_reader::{Polled, RowReader};
use racing_coach_sources::live::schema::Schema;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const VARIABLES: usize = 323;
const ROW_BYTES: usize = 8154;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (Some(file), rows) = (words.first(), words.get(1).and_then(|rows| rows.parse().ok())) else {
        eprintln!("usage: bench_live RECORDING [ROWS]");
        std::process::exit(2);
    };
    if let Err(error) = run(Path::new(file), rows.unwrap_or(20_000)) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

/// The channels that the file has and a live sim would too, the sim's lists of cars, arrays of 360 Hz, and filling.
fn image(channels: &[Channel]) -> MapImage {
    let list = |name: String, variable_type, count, count_as_time| VariableSpec {
        count,
        count_as_time,
        ..VariableSpec::new(&name, variable_type, "", "")
    };
    let mut variables: Vec<_> = channels.iter().map(|channel| channel_variable(*channel)).collect();
    variables.push(list("PlayerCarIdx".to_owned(), VariableType::Int, 1, false));
    variables.push(list("CarIdxLapDistPct".to_owned(), VariableType::Float, 64, false));
    variables.push(list("CarIdxTrackSurface".to_owned(), VariableType::Int, 64, false));
    variables.push(list("CarIdxOnPitRoad".to_owned(), VariableType::Bool, 64, false));
    variables.extend((0..18).map(|n| list(format!("CarIdxMore{n}"), VariableType::Int, 64, false)));
    variables.extend((0..36).map(|n| list(format!("Fast{n}_ST"), VariableType::Float, 6, true)));
    let scalars = VARIABLES - 1 - variables.len();
    variables.extend((0..scalars).map(|n| list(format!("More{n}"), VariableType::Float, 1, false)));
    let used: usize = variables.iter().map(VariableSpec::bytes).sum();
    variables.push(list("Rest".to_owned(), VariableType::Char, (ROW_BYTES - used) as u32, false));
    MapImage::new(60, &variables)
}

fn row_of(image: &MapImage, channels: &[Channel], sample: &Sample, row: &mut [u8]) {
    for channel in channels {
        let variable = channel_variable(*channel);
        let (at, value) = (image.offset_of(&variable.name).unwrap_or(0), sample.get(*channel));
        match variable.variable_type {
            VariableType::Char | VariableType::Bool => row[at] = value as u8,
            VariableType::Int => row[at..at + 4].copy_from_slice(&(value as i32).to_le_bytes()),
            VariableType::BitField => row[at..at + 4].copy_from_slice(&(value as u32).to_le_bytes()),
            VariableType::Float => row[at..at + 4].copy_from_slice(&(value as f32).to_le_bytes()),
            VariableType::Double => row[at..at + 8].copy_from_slice(&value.to_le_bytes()),
        }
    }
}

fn run(path: &Path, rows: usize) -> Result<(), CodedError> {
    let mut file = IbtFile::open(path)?;
    let (samples, session, rate_hz) = (file.samples()?, file.session(), file.rate_hz());
    let recording = Recording { samples: &samples, rate_hz, session: &session };
    let laps = recording.laps();
    let reference = match best_lap(&laps.laps) {
        Some(lap) => Some(Arc::new(reference_from_lap(&recording, lap, true, None)?)),
        None => None,
    };
    let mut coach = Coach::new(CoachConfig::new(rate_hz), reference);
    let channels = file.channels();
    let image = image(&channels);
    let map = std::env::temp_dir().join(format!("racing-coach-bench-{}.map", std::process::id()));
    let writer = FileMapWriter::create(&map, image.bytes()).expect("a map can be made");
    assert!(image.write_head(&writer.bytes()));
    let memory = FileMapFinder::new(&map).find()?.expect("the map was made");
    let bytes = memory.bytes();
    let schema = Schema::read(&bytes).expect("the map is whole");
    let decoder = LiveDecoder::new(&schema.variables);
    let (mut reader, mut row_writer) = (RowReader::new(), RowWriter::new());
    let (mut row, mut written) = (vec![0; image.row_bytes()], vec![0; image.row_bytes()]);
    let (mut sample, mut events) = (Sample::EMPTY, Events::new());
    let mut times: [Vec<f64>; 4] = Default::default();
    for (tick, from) in (1..).zip(samples.iter().cycle().take(rows)) {
        row_of(&image, &channels, from, &mut written);
        assert!(row_writer.put(&writer.bytes(), &image, tick, &written));
        let began = Instant::now();
        let polled = reader.poll(&bytes, &schema.header, &mut row);
        let read = Instant::now();
        decoder.decode(&row, session.track_length_m, &mut sample);
        sample.index = tick as u64;
        let decoded = Instant::now();
        coach.step(&sample, &mut events);
        let stepped = Instant::now();
        assert!(matches!(polled, Polled::Row { .. }));
        events.clear();
        let us = |from: Instant, to: Instant| to.duration_since(from).as_secs_f64() * 1e6;
        let all = [us(began, read), us(read, decoded), us(decoded, stepped), us(began, stepped)];
        times.iter_mut().zip(all).for_each(|(times, time)| times.push(time));
        // Rows do not come back to back: the caches cool down a little between them.
        std::thread::sleep(Duration::from_micros(50));
    }
    drop(writer);
    let _ = std::fs::remove_file(format!("{}.event", map.display()));
    let fields: Vec<String> = ["read", "decode", "step", "total"]
        .iter()
        .zip(&mut times)
        .map(|(name, times)| {
            format!("\"{name}Us\":{{\"p50\":{:.2},\"p99\":{:.2}}}", at(times, 50), at(times, 99))
        })
        .collect();
    let (count, length) = (schema.variables.len(), schema.header.row_bytes);
    println!("{{\"rows\":{rows},\"variables\":{count},\"rowBytes\":{length},{}}}", fields.join(","));
    Ok(())
}

/// A hundredth of the sorted times.
fn at(times: &mut [f64], hundredth: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() * hundredth / 100).copied().unwrap_or(f64::NAN)
}

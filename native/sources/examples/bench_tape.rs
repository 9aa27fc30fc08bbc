//! Times tapes with live rows of 8,154 bytes: writing and reading at full speed, and what recording costs at 60 Hz. `SECONDS` (of recording).
//! Prints one line of JSON; `cpuShare` is the share of one core that the whole process took, null where the system does not say.

use racing_coach_sources::live::raw::{RawKind, RawRecord, RawSink};
use racing_coach_sources::source::{Source, SourceStep};
use racing_coach_sources::tape::{
    FileHead, TapeEncoder, TapeReader, TapeRecord, TapeSchema, TapeSource, TapeWriter,
};
use std::error::Error;
use std::io::Cursor;
use std::time::{Duration, Instant};

const ROW_BYTES: usize = 8154;
/// Rows of the measurement at full speed: a minute.
const ROWS: i32 = 3600;

/// A live-like layout: 200 plain floats, then arrays over 64 cars.
fn variables() -> Vec<u8> {
    let variable = |name: String, offset: usize, count: usize| {
        let mut head = vec![0; 144];
        head[..4].copy_from_slice(&4i32.to_le_bytes());
        head[4..8].copy_from_slice(&(offset as i32).to_le_bytes());
        head[8..12].copy_from_slice(&(count as i32).to_le_bytes());
        head[16..16 + name.len()].copy_from_slice(name.as_bytes());
        head
    };
    let plain = (0..200).map(|place| variable(format!("Plain{place}"), 1 + 4 * place, 1));
    let arrays = (0..28).map(|place| variable(format!("CarIdx{place}"), 801 + 256 * place, 64));
    plain.chain(arrays).flatten().collect()
}

/// The row of a tick: half of the plain values and those of twenty cars move a little.
fn fill(row: &mut [u8], tick: i32) {
    let mut put = |at: usize, value: f32| row[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let time_s = tick as f32 / 60.0;
    for place in 0..100 {
        put(1 + 4 * place, (time_s * (0.1 + place as f32 / 40.0)).sin() * 50.0);
    }
    for array in 0..6 {
        (0..20).for_each(|car| put(801 + 256 * array + 4 * car, (time_s * 0.01 + car as f32 / 20.0).fract()));
    }
}

fn schema(variables: &[u8]) -> TapeSchema<'_> {
    TapeSchema { kind: RawKind::Irsdk, tick_rate_hz: 60, row_bytes: ROW_BYTES, variables }
}

fn main() -> Result<(), Box<dyn Error>> {
    let seconds: u64 = std::env::args().nth(1).map_or(Ok(10), |word| word.parse())?;
    let began = Instant::now();
    let tape = encode()?;
    let megabytes = ROWS as f64 * ROW_BYTES as f64 / 1e6;
    let write_mbps = megabytes / began.elapsed().as_secs_f64();
    let (read_mbps, samples_mbps) = (megabytes / read(&tape)?, megabytes / play(&tape)?);
    let Recorded { cpu_share, put_p99_us, bytes } = record(seconds)?;
    let cpu_share = cpu_share.map_or("null".to_owned(), |share| share.to_string());
    println!(
        "{{\"rowBytes\":{ROW_BYTES},\"writeMBps\":{write_mbps:.1},\"readMBps\":{read_mbps:.1},\"samplesMBps\":{samples_mbps:.1},\
\"ratio\":{:.2},\"seconds\":{seconds},\"cpuShare\":{cpu_share},\"putP99Us\":{put_p99_us:.1},\"bytesPerMinute\":{}}}",
        megabytes * 1e6 / tape.len() as f64,
        bytes * 60 / seconds.max(1)
    );
    Ok(())
}

fn encode() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut tape = TapeEncoder::new(Vec::new(), &FileHead::new(0))?;
    tape.put(&TapeRecord::Schema(schema(&variables())))?;
    let mut row = vec![0; ROW_BYTES];
    for tick in 0..ROWS {
        fill(&mut row, tick);
        tape.put(&TapeRecord::Row { tick, time_us: tick as u64 * 16_667, index: 0, bytes: &row })?;
    }
    Ok(tape.finish()?)
}

/// Seconds to read all records.
fn read(tape: &[u8]) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut reader = TapeReader::read(Cursor::new(tape), "bench.tape")?;
    while reader.next_record()?.is_some() {}
    Ok(began.elapsed().as_secs_f64())
}

/// Seconds to have all samples.
fn play(tape: &[u8]) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut source = TapeSource::new(TapeReader::read(Cursor::new(tape), "bench.tape")?)?;
    let mut sample = racing_coach_core::Sample::EMPTY;
    while source.next(&mut sample)? != SourceStep::End {}
    Ok(began.elapsed().as_secs_f64())
}

struct Recorded {
    cpu_share: Option<f64>,
    put_p99_us: f64,
    bytes: u64,
}

/// Records at 60 Hz into a file of the temporary folder.
fn record(seconds: u64) -> Result<Recorded, Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("racing-coach-bench-{}.tape", std::process::id()));
    let (mut sink, handle) = TapeWriter::create(&path)?;
    let variables = variables();
    let TapeSchema { kind, tick_rate_hz, row_bytes, .. } = schema(&variables);
    sink.put(RawRecord::Schema { kind, tick_rate_hz, row_bytes, variables: &variables });
    let (began, cpu_before) = (Instant::now(), cpu_time());
    let (mut row, mut put_us) = (vec![0; ROW_BYTES], Vec::new());
    for tick in 0..60 * seconds as i32 {
        fill(&mut row, tick);
        let read_at = Instant::now();
        sink.put(RawRecord::Row { tick, read_at, bytes: &row });
        put_us.push(read_at.elapsed().as_secs_f64() * 1e6);
        let due = began + Duration::from_micros(16_667 * (tick as u64 + 1));
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    let cpu = cpu_time().zip(cpu_before).map(|(after, before)| after.saturating_sub(before));
    let cpu_share = cpu.map(|cpu| cpu.as_secs_f64() / began.elapsed().as_secs_f64());
    let bytes = handle.finish().map(|stats| stats.bytes);
    std::fs::remove_file(&path)?;
    put_us.sort_by(f64::total_cmp);
    let put_p99_us = put_us.get(put_us.len() * 99 / 100).copied().unwrap_or(0.0);
    Ok(Recorded { cpu_share, put_p99_us, bytes: bytes? })
}

/// Time that all threads of this process have run, by Linux's scheduler.
fn cpu_time() -> Option<Duration> {
    let ns_of = |task: std::fs::DirEntry| -> Option<u64> {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse().ok()
    };
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    Some(Duration::from_nanos(tasks.flatten().filter_map(ns_of).sum()))
}

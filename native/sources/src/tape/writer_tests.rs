//! The recorder and a disk that is full, or slow.

use super::super::writer_thread::LOOK_EVERY;
use super::super::{TapeReader, TapeRecord};
use super::*;
use crate::live::raw::RawKind;
use std::fs::File;
use std::io::{Cursor, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A disk in memory that is full at a limit, and that can be made to wait.
#[derive(Clone)]
struct Disk {
    bytes: Arc<Mutex<Vec<u8>>>,
    limit: usize,
    gate: Option<Arc<Mutex<Receiver<()>>>>,
}

impl Disk {
    fn new(limit: usize) -> Self {
        Disk { bytes: Arc::default(), limit, gate: None }
    }
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(gate) = &self.gate {
            // Opened for good when the other end is dropped.
            let _ = gate.lock().unwrap().recv();
        }
        let mut disk = self.bytes.lock().unwrap();
        let room = self.limit - disk.len();
        if room == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        disk.extend_from_slice(&bytes[..bytes.len().min(room)]);
        Ok(bytes.len().min(room))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TapeOutput for Disk {
    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.bytes.lock().unwrap().truncate(bytes as usize);
        Ok(())
    }

    fn for_sync(&self) -> Option<File> {
        None
    }
}

const SCHEMA: RawRecord<'_> =
    RawRecord::Schema { kind: RawKind::Irsdk, tick_rate_hz: 60, row_bytes: 400, variables: &[] };

/// A row that does not pack.
fn put_row(sink: &mut TapeSink, tick: i32) {
    let noise =
        |at: u32| (at ^ (tick as u32) << 9).wrapping_mul(0x9e37_79b1).wrapping_mul(at | 1).to_be_bytes();
    let bytes: Vec<u8> = (0..100).flat_map(noise).collect();
    sink.put(RawRecord::Row { tick, read_at: Instant::now(), bytes: &bytes });
}

/// The rows, the gaps' ticks and whether there is an index.
fn read(disk: &Disk) -> (Vec<i32>, u64, bool) {
    let bytes = disk.bytes.lock().unwrap().clone();
    let mut reader = TapeReader::read(Cursor::new(bytes), "x.tape").unwrap();
    let finished = reader.facts().finished;
    assert_eq!(reader.facts().torn_bytes, 0);
    let (mut ticks, mut gaps) = (Vec::new(), 0);
    while let Some(record) = reader.next_record().unwrap() {
        match record {
            TapeRecord::Row { tick, .. } => ticks.push(tick),
            TapeRecord::Gap { ticks } => gaps += ticks,
            _ => {}
        }
    }
    (ticks, gaps, finished)
}

#[test]
fn a_disk_that_is_full_at_any_byte_leaves_a_tape_of_whole_blocks() {
    for limit in (48..20_000).step_by(487) {
        let disk = Disk::new(limit);
        let (mut sink, handle) = TapeWriter::start(disk.clone(), Path::new("x.tape"), 1 << 20).unwrap();
        sink.put(SCHEMA);
        for tick in 0..200 {
            put_row(&mut sink, tick);
            if tick % 20 == 0 {
                sink.put(RawRecord::Disconnected);
            }
        }
        let error = handle.finish().unwrap_err();
        assert_eq!(error.code, ErrorCode::DiskFull, "{limit} bytes");
        let (ticks, ..) = read(&disk);
        assert!(ticks.iter().enumerate().all(|(place, tick)| place as i32 == *tick), "{limit} bytes");
    }
}

#[test]
fn a_disk_that_does_not_follow_costs_rows_that_a_gap_stands_for() {
    let (open, gate) = channel();
    let disk = Disk { gate: Some(Arc::new(Mutex::new(gate))), ..Disk::new(1 << 30) };
    open.send(()).unwrap();
    let (mut sink, handle) = TapeWriter::start(disk.clone(), Path::new("x.tape"), 10_000).unwrap();
    sink.put(SCHEMA);
    let began = Instant::now();
    (0..5000).for_each(|tick| put_row(&mut sink, tick));
    assert!(began.elapsed() < Duration::from_secs(30), "it never waited");
    drop(open);
    std::thread::sleep(3 * LOOK_EVERY);
    put_row(&mut sink, 5000);
    let stats = handle.finish().unwrap();
    let (ticks, gap_ticks, finished) = read(&disk);
    assert!(finished && stats.lost_rows > 0 && stats.gaps > 0);
    assert_eq!((stats.rows, stats.lost_rows), (ticks.len() as u64, gap_ticks));
    assert_eq!(stats.rows + stats.lost_rows, 5001);
    assert_eq!(ticks.last(), Some(&5000));
}

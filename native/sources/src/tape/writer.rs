//! The recorder: a sink for the reading thread, a thread that packs and writes, and one that asks the disk to keep what was written.

use super::encoder::TapeEncoder;
use super::file_head::FileHead;
use super::frame;
use super::queue::{QUEUE_BYTES, Queue};
use super::record::TapeRecord;
use super::syncer::Syncer;
use crate::live::raw::{RawRecord, RawSink};
use crate::new_file::NewFile;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A block is closed this long after its first record came out of the queue. A killed recorder may lose a second: the rest of it is for a thread that gets
/// its turn late and for a disk that makes a write wait. 0.75 s were too much on a busy machine, and save 6 %.
const BLOCK_AGE: Duration = Duration::from_millis(500);
/// How often the queue is looked into.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Makes recorders.
pub struct TapeWriter;

/// Where a live source puts what it reads: copies and returns.
pub struct TapeSink {
    queue: Arc<Queue>,
}

/// The recorder's other end. Dropped, it finishes the tape.
pub struct TapeHandle {
    queue: Arc<Queue>,
    shared: Arc<Mutex<TapeStats>>,
    thread: Option<JoinHandle<()>>,
}

/// What has been recorded so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TapeStats {
    /// Rows on the tape, or about to be.
    pub rows: u64,
    /// Bytes in the file.
    pub bytes: u64,
    /// Seconds from the beginning of the recording to the last row.
    pub seconds: f64,
    /// Gaps on the tape.
    pub gaps: u64,
    /// Rows that the disk was too slow for; a gap stands in their place.
    pub lost_rows: u64,
    /// Why the recording stopped before it was told to: `disk-full`, or `output-exists` with the cause. What is on the tape stays readable.
    pub error: Option<CodedError>,
}

/// What a tape is written to.
pub(super) trait TapeOutput: Write + Send + 'static {
    /// Cuts off what comes after the first `bytes`, as far as possible.
    fn cut(&mut self, bytes: u64) -> io::Result<()>;
    /// A second handle, for making the disk keep what was written.
    fn for_sync(&self) -> Option<File>;
}

impl TapeOutput for File {
    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.set_len(bytes)?;
        self.seek(SeekFrom::Start(bytes)).map(|_| ())
    }

    fn for_sync(&self) -> Option<File> {
        self.try_clone().ok()
    }
}

impl TapeWriter {
    /// Begins a tape. It stands under its name from the start, unlike everything else that is written here: it has to be there when the
    /// recorder is killed, and readable while it grows. So an existing file is refused, never replaced.
    ///
    /// # Errors
    /// `output-exists` with the cause, `disk-full`.
    pub fn create(path: &Path) -> Result<(TapeSink, TapeHandle), CodedError> {
        let file = OpenOptions::new().write(true).create_new(true).open(path);
        let file = file.map_err(|cause| NewFile::error(path, &cause))?;
        Self::start(file, path, QUEUE_BYTES)
    }

    pub(super) fn start<W: TapeOutput>(
        output: W,
        path: &Path,
        queue_bytes: usize,
    ) -> Result<(TapeSink, TapeHandle), CodedError> {
        let error = |cause: io::Error| NewFile::error(path, &cause);
        let created = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
        let syncer = Syncer::start(output.for_sync()).map_err(error)?;
        let encoder = TapeEncoder::new(output, &FileHead::new(created)).map_err(error)?;
        let queue = Arc::new(Queue::new(queue_bytes, Instant::now()));
        let shared = Arc::new(Mutex::new(TapeStats::default()));
        let mut work = Work {
            queue: Arc::clone(&queue),
            shared: Arc::clone(&shared),
            path: path.to_owned(),
            encoder,
            syncer,
            opened: None,
            gaps: 0,
            index_bytes: 0,
        };
        let thread = std::thread::Builder::new().name("tape".to_owned()).spawn(move || work.run());
        let thread = Some(thread.map_err(error)?);
        Ok((TapeSink { queue: Arc::clone(&queue) }, TapeHandle { queue, shared, thread }))
    }
}

impl RawSink for TapeSink {
    fn put(&mut self, record: RawRecord<'_>) {
        self.queue.put(&record);
    }
}

impl TapeHandle {
    /// What has been recorded so far; not older than 50 ms.
    pub fn stats(&self) -> TapeStats {
        let stats = self.shared.lock().unwrap_or_else(PoisonError::into_inner).clone();
        TapeStats { lost_rows: self.queue.lost_rows(), ..stats }
    }

    /// Writes what is left and the index, and waits until the disk has it. What is put afterwards is not recorded.
    ///
    /// # Errors
    /// What stopped the recording, now or before.
    pub fn finish(mut self) -> Result<TapeStats, CodedError> {
        self.end();
        let stats = self.stats();
        stats.error.clone().map_or(Ok(stats), Err)
    }

    fn end(&mut self) {
        self.queue.close();
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            let error = CodedError::new(ErrorCode::Internal).with("cause", "the recording thread failed");
            self.shared.lock().unwrap_or_else(PoisonError::into_inner).error = Some(error);
        }
    }
}

impl Drop for TapeHandle {
    fn drop(&mut self) {
        self.end();
    }
}

/// What the writing thread has.
struct Work<W: TapeOutput> {
    queue: Arc<Queue>,
    shared: Arc<Mutex<TapeStats>>,
    path: PathBuf,
    encoder: TapeEncoder<W>,
    syncer: Syncer,
    /// When the open block got its first record.
    opened: Option<Instant>,
    gaps: u64,
    index_bytes: u64,
}

impl<W: TapeOutput> Work<W> {
    fn run(&mut self) {
        if let Err(cause) = self.record().and_then(|()| self.finish()) {
            self.queue.close();
            self.rescue();
            self.publish(Some(NewFile::error(&self.path, &cause)));
        }
    }

    fn record(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        while self.queue.take(&mut bytes, LOOK_EVERY) {
            let mut rest = &bytes[..];
            while let Some(record) = frame::take_record(&mut rest) {
                self.gaps += u64::from(matches!(record, TapeRecord::Gap { .. }));
                self.encoder.put(&record)?;
            }
            self.close_old_block()?;
            self.syncer.check()?;
            self.publish(None);
        }
        Ok(())
    }

    fn close_old_block(&mut self) -> io::Result<()> {
        if !self.encoder.has_open_block() {
            self.opened = None;
        } else if self.opened.get_or_insert_with(Instant::now).elapsed() >= BLOCK_AGE {
            self.opened = None;
            self.encoder.close_block()?;
        }
        self.syncer.written(self.encoder.written_bytes());
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.encoder.close_block()?;
        self.index_bytes = self.encoder.write_index()?;
        self.publish(None);
        self.syncer.finish()
    }

    /// After a failed write: the half block goes, so that there may be room for the index. Whatever of it fails, the blocks are there and
    /// the reader finds them without an index.
    fn rescue(&mut self) {
        let bytes = self.encoder.written_bytes();
        if self.encoder.output().cut(bytes).is_ok() && self.encoder.write_index().is_err() {
            let _ = self.encoder.output().cut(bytes);
        }
    }

    fn publish(&self, error: Option<CodedError>) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        *shared = TapeStats {
            rows: self.encoder.rows(),
            bytes: self.encoder.written_bytes() + self.index_bytes,
            seconds: self.encoder.last_us() as f64 / 1e6,
            gaps: self.gaps,
            lost_rows: 0,
            error,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{TapeReader, TapeRecord};
    use super::*;
    use crate::live::raw::RawKind;
    use std::io::Cursor;
    use std::sync::mpsc::{Receiver, channel};

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
}

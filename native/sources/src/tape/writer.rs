//! The recorder: a sink for the reading thread, a thread that packs and writes, and one that asks the disk to keep what was written.

use super::encoder::TapeEncoder;
use super::file_head::FileHead;
use super::queue::{QUEUE_BYTES, Queue};
use super::syncer::Syncer;
use super::writer_thread::{TapeOutput, Work};
use crate::live::raw::{RawRecord, RawSink};
use crate::new_file::NewFile;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

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
        let mut work = Work::new(&queue, &shared, path, encoder, syncer);
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

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;

//! The recorder's writing thread: packs what waits in the queue into blocks, closes them in time, and makes the best of a full disk.

use super::encoder::TapeEncoder;
use super::frame;
use super::queue::Queue;
use super::record::TapeRecord;
use super::syncer::Syncer;
use super::writer::TapeStats;
use crate::new_file::NewFile;
use racing_coach_core::error::CodedError;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A block is closed this long after its first record came out of the queue. A killed recorder may lose a second: the rest of it is for a thread that gets
/// its turn late and for a disk that makes a write wait. 0.75 s were too much on a busy machine, and save 6 %.
const BLOCK_AGE: Duration = Duration::from_millis(500);
/// How often the queue is looked into.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(50);

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

/// What the writing thread has.
pub(super) struct Work<W: TapeOutput> {
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
    /// Nothing is written yet but the head.
    pub fn new(
        queue: &Arc<Queue>,
        shared: &Arc<Mutex<TapeStats>>,
        path: &Path,
        encoder: TapeEncoder<W>,
        syncer: Syncer,
    ) -> Self {
        Work {
            queue: Arc::clone(queue),
            shared: Arc::clone(shared),
            path: path.to_owned(),
            encoder,
            syncer,
            opened: None,
            gaps: 0,
            index_bytes: 0,
        }
    }

    /// Writes until the queue is closed and empty, and finishes the tape.
    pub fn run(&mut self) {
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

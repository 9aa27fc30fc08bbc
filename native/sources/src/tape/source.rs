//! A tape as a stream of samples: decoded as the live source decodes them, told in the order in which it tells them.

use super::decoder::Decoding;
use super::reader::{TapePlace, TapeReader};
use super::record::TapeRecord;
use super::recording::nothing;
use crate::source::{Source, SourceStep};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Seek};

/// A tape that is played. It begins at its first row, whose session is known from the start. Later ones are told where they happened, as the live
/// source tells them: `Session` when the rows changed or a text changed a fact, `Disconnected`, and `Gap`; over a disconnect the index goes on with
/// the next number (a console's packets have a count of their own, which goes on). It is never idle: that nothing was sent does not stand on the tape.
pub struct TapeSource<R = File> {
    reader: TapeReader<R>,
    decoding: Decoding,
    queue: VecDeque<Item>,
    /// Schema or text changed: told before the next row.
    changed: bool,
    /// Where the rows begin in the queue that wait for their session text; `None` when none does.
    held: Option<usize>,
    expected_index: u64,
}

/// What is to be told.
#[expect(clippy::large_enum_variant, reason = "a box would be an allocation for every row")]
enum Item {
    Step(SourceStep),
    Row(Sample),
}

impl<R: Read + Seek> TapeSource<R> {
    /// Begins at the first row.
    ///
    /// # Errors
    /// `tape-empty` without rows, `tape-damaged` when none of them can be read, `file-unreadable`.
    pub fn new(reader: TapeReader<R>) -> Result<Self, CodedError> {
        let mut source = TapeSource {
            reader,
            decoding: Decoding::default(),
            queue: VecDeque::new(),
            changed: false,
            held: None,
            expected_index: 0,
        };
        if source.start()? { Ok(source) } else { Err(nothing(&source.reader)) }
    }

    /// Goes to a row: the next step is its sample, or that of the first row after it that has one, with the session in force there. False, and the
    /// end, when there is none. On a console's tape everything before is decoded for it, some 5 µs a row: what a row says depends on it.
    ///
    /// # Errors
    /// `file-unreadable`, `tape-damaged`.
    pub fn seek(&mut self, place: TapePlace) -> Result<bool, CodedError> {
        let from_the_beginning = !self.decoding.has_texts();
        self.forget();
        let found = self.reader.seek(place)?;
        if found && from_the_beginning {
            let row = self.reader.row();
            self.reader.seek(TapePlace::Row(0))?;
            while self.reader.row() < row && self.read_record()? {
                self.queue.clear();
            }
        }
        Ok(found && self.start()?)
    }

    fn forget(&mut self) {
        (self.queue, self.held, self.changed) = (VecDeque::new(), None, false);
        self.decoding = Decoding::default();
    }

    /// Reads up to the next row and begins there. False when there is none.
    fn start(&mut self) -> Result<bool, CodedError> {
        while self.fill()? {
            match self.queue.front() {
                Some(Item::Row(sample)) => {
                    self.expected_index = sample.index;
                    return Ok(true);
                }
                _ => drop(self.queue.pop_front()),
            }
        }
        Ok(false)
    }

    /// Reads on until there is something to tell. False at the end.
    fn fill(&mut self) -> Result<bool, CodedError> {
        while self.queue.is_empty() || self.held.is_some() {
            if !self.read_record()? {
                self.release();
                break;
            }
        }
        Ok(!self.queue.is_empty())
    }

    /// Takes one record; false at the end.
    fn read_record(&mut self) -> Result<bool, CodedError> {
        let Some(record) = self.reader.next_record()? else { return Ok(false) };
        let changed = self.decoding.take(&record);
        let (is_schema, is_text) =
            (matches!(record, TapeRecord::Schema(_)), matches!(record, TapeRecord::Session { .. }));
        let is_end = matches!(record, TapeRecord::Disconnected);
        self.changed |= changed.map_err(|error| error.with("file", self.reader.name()))?;
        if is_schema || is_text || is_end {
            self.release();
        }
        if is_schema && self.decoding.waits_for_text() {
            (self.held, self.changed) = (Some(self.queue.len()), true);
        }
        if is_end {
            self.queue.push_back(Item::Step(SourceStep::Disconnected));
        }
        self.take_steps();
        // A gap, or rows that are lost: the next row's index says how many are missing.
        Ok(true)
    }

    /// What a row says.
    fn take_steps(&mut self) {
        let mut sample = Sample::EMPTY;
        while let Some(step) = self.decoding.next(&mut sample) {
            match step {
                SourceStep::Sample => self.add_row(sample),
                other => self.queue.push_back(Item::Step(other)),
            }
        }
    }

    /// Rows wait for their text a second at most, as live.
    fn add_row(&mut self, row: Sample) {
        if self.held.is_none() && std::mem::take(&mut self.changed) {
            self.queue.push_back(Item::Step(SourceStep::Session));
        }
        self.queue.push_back(Item::Row(row));
        let most = self.decoding.tick_rate_hz().unsigned_abs() as usize;
        if self.held.is_some_and(|from| self.queue.len() - from >= most) {
            self.release();
        }
    }

    /// Ends the waiting: the session comes before the rows that waited.
    fn release(&mut self) {
        let from = self.held.take();
        if let Some(from) = from.filter(|from| *from < self.queue.len() && self.changed) {
            self.queue.insert(from, Item::Step(SourceStep::Session));
            self.changed = false;
        }
    }
}

impl<R: Read + Seek + Send> Source for TapeSource<R> {
    fn rate_hz(&self) -> f64 {
        f64::from(self.decoding.tick_rate_hz())
    }

    fn session(&self) -> &SessionInfo {
        self.decoding.session()
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        if !self.fill()? {
            return Ok(SourceStep::End);
        }
        match self.queue.pop_front() {
            None => Ok(SourceStep::End),
            Some(Item::Step(step)) => Ok(step),
            Some(Item::Row(row)) if row.index > self.expected_index => {
                let missing = row.index - self.expected_index;
                self.expected_index = row.index;
                self.queue.push_front(Item::Row(row));
                Ok(SourceStep::Gap(missing))
            }
            Some(Item::Row(row)) => {
                self.expected_index = row.index + 1;
                *sample = row;
                Ok(SourceStep::Sample)
            }
        }
    }
}

//! A tape as a stream of samples: decoded as the live source decodes them.

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
/// the next number. It is never idle: that nothing was sent does not stand on the tape.
pub struct TapeSource<R = File> {
    reader: TapeReader<R>,
    decoding: Decoding,
    /// What is due before the sample that waits.
    due: VecDeque<SourceStep>,
    /// Schema or text changed: told before the next row, when both are known.
    changed: bool,
    waiting: Option<Sample>,
    expected_index: u64,
}

impl<R: Read + Seek> TapeSource<R> {
    /// Begins at the first row.
    ///
    /// # Errors
    /// `tape-empty` without rows, `tape-damaged` when none of them can be read, `file-unreadable`, `not-yet` for a sim that cannot be
    /// decoded.
    pub fn new(reader: TapeReader<R>) -> Result<Self, CodedError> {
        let mut source = TapeSource {
            reader,
            decoding: Decoding::default(),
            due: VecDeque::new(),
            changed: false,
            waiting: None,
            expected_index: 0,
        };
        if !source.start()? {
            return Err(nothing(&source.reader));
        }
        Ok(source)
    }

    /// Goes to a row: the next step is its sample, with the session in force there. False, and the end, when there is none.
    ///
    /// # Errors
    /// `file-unreadable`, `tape-damaged`, `not-yet`.
    pub fn seek(&mut self, place: TapePlace) -> Result<bool, CodedError> {
        self.waiting = None;
        self.due.clear();
        Ok(self.reader.seek(place)? && self.start()?)
    }

    /// Reads up to the next row and begins there. False when there is none.
    fn start(&mut self) -> Result<bool, CodedError> {
        while self.waiting.is_none() {
            if !self.read_record()? {
                return Ok(false);
            }
        }
        self.due.clear();
        self.expected_index = self.waiting.as_ref().map_or(0, |sample| sample.index);
        Ok(true)
    }

    /// Takes one record; false at the end.
    fn read_record(&mut self) -> Result<bool, CodedError> {
        let Some(record) = self.reader.next_record()? else { return Ok(false) };
        let changed = self.decoding.take(&record);
        match record {
            TapeRecord::Row { index, bytes, .. } => {
                self.waiting = Some(self.decoding.decode(bytes, index));
                if std::mem::take(&mut self.changed) {
                    self.due.push_back(SourceStep::Session);
                }
            }
            TapeRecord::Disconnected => self.due.push_back(SourceStep::Disconnected),
            // The row's index says how many are missing.
            TapeRecord::Schema(_)
            | TapeRecord::Session { .. }
            | TapeRecord::Gap { .. }
            | TapeRecord::Lost { .. } => {}
        }
        self.changed |= changed.map_err(|error| error.with("file", self.reader.name()))?;
        Ok(true)
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
        while self.due.is_empty() && self.waiting.is_none() {
            if !self.read_record()? {
                return Ok(SourceStep::End);
            }
        }
        if let Some(due) = self.due.pop_front() {
            return Ok(due);
        }
        let Some(waiting) = self.waiting.take() else { return Ok(SourceStep::End) };
        if waiting.index > self.expected_index {
            let missing = waiting.index - self.expected_index;
            self.expected_index = waiting.index;
            self.waiting = Some(waiting);
            return Ok(SourceStep::Gap(missing));
        }
        self.expected_index = waiting.index + 1;
        *sample = waiting;
        Ok(SourceStep::Sample)
    }
}

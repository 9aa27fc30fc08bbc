//! Rows as samples: all at once, or as a stream.

use super::channel_decoder::ChannelDecoder;
use super::file::IbtFile;
use super::variable::Variable;
use crate::beside::BesideDecoder;
use crate::source::{Source, SourceStep};
use crate::tick_index::TickIndex;
use racing_coach_core::board::{CarStates, RawTyres};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use std::fs::File;
use std::io::{Read, Seek};

/// Turns rows into samples: the channels that the file carries, and the count of the ticks.
struct RowDecoder {
    channels: ChannelDecoder,
    tick: Option<Variable>,
    index: TickIndex,
}

impl RowDecoder {
    fn new<R: Read + Seek>(file: &IbtFile<R>) -> Self {
        let tick = file.variable(Channel::SessionTick.iracing_name()).cloned();
        RowDecoder {
            channels: ChannelDecoder::new(file.variables()),
            tick,
            index: TickIndex::new(file.header().tick_rate_hz),
        }
    }

    /// The row's place in time is counted by its `SessionTick` where the file has that.
    fn decode(&mut self, row: &[u8], sample: &mut Sample) {
        self.channels.decode(row, sample);
        let tick = self.tick.as_ref().map_or(0, |variable| variable.decode(row) as i64);
        sample.index = self.index.of(tick);
    }
}

impl<R: Read + Seek> IbtFile<R> {
    /// Every row as a sample; channels that the file lacks are NaN. `Sample::index` counts ticks where the file does, so missing rows
    /// are gaps in it.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn samples(&mut self) -> Result<Vec<Sample>, CodedError> {
        let row_bytes = self.header().row_bytes;
        let mut samples = Vec::with_capacity(self.row_count());
        let mut decoder = RowDecoder::new(self);
        self.for_each_block(|block| {
            samples.extend(block.chunks_exact(row_bytes).map(|row| {
                let mut sample = Sample::EMPTY;
                decoder.decode(row, &mut sample);
                sample
            }));
        })?;
        Ok(samples)
    }

    /// The channels that the file carries.
    pub fn channels(&self) -> Vec<Channel> {
        Channel::ALL.into_iter().filter(|channel| self.variable(channel.iracing_name()).is_some()).collect()
    }
}

/// A recording as a stream: one block in memory at a time.
pub struct IbtSource<R = File> {
    file: IbtFile<R>,
    session: SessionInfo,
    decoder: RowDecoder,
    beside: BesideDecoder,
    block: Vec<u8>,
    block_row: usize,
    at: usize,
    expected_index: u64,
    waiting: Option<Sample>,
}

impl<R: Read + Seek> IbtSource<R> {
    /// Begins at the first row, and reads the first block, so that a file that cannot be read fails here.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn new(mut file: IbtFile<R>) -> Result<Self, CodedError> {
        let mut block = Vec::new();
        file.read_block(0, &mut block)?;
        let decoder = RowDecoder::new(&file);
        let beside = BesideDecoder::new(file.variables());
        let session = file.session();
        Ok(IbtSource {
            file,
            session,
            decoder,
            beside,
            block,
            block_row: 0,
            at: 0,
            expected_index: 0,
            waiting: None,
        })
    }

    /// The row that was decoded last, or the first one. No block is empty but the one after the last row.
    fn last_row(&self) -> Option<&[u8]> {
        let row_bytes = self.file.header().row_bytes;
        self.block.get(self.at.saturating_sub(row_bytes)..)?.get(..row_bytes)
    }

    fn next_sample(&mut self) -> Result<Option<Sample>, CodedError> {
        let row_bytes = self.file.header().row_bytes;
        if self.at >= self.block.len() {
            self.block_row += self.block.len() / row_bytes;
            self.at = 0;
            self.file.read_block(self.block_row, &mut self.block)?;
            if self.block.is_empty() {
                return Ok(None);
            }
        }
        let mut sample = Sample::EMPTY;
        self.decoder.decode(&self.block[self.at..self.at + row_bytes], &mut sample);
        self.at += row_bytes;
        Ok(Some(sample))
    }
}

impl<R: Read + Seek + Send> Source for IbtSource<R> {
    fn rate_hz(&self) -> f64 {
        self.file.rate_hz()
    }

    fn session(&self) -> &SessionInfo {
        &self.session
    }

    fn cars(&self, states: &mut CarStates) -> bool {
        self.last_row().is_some_and(|row| self.beside.cars(row, states))
    }

    fn tyres(&self) -> Option<RawTyres> {
        self.beside.tyres(self.last_row()?)
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let next = match self.waiting.take() {
            Some(waiting) => waiting,
            None => match self.next_sample()? {
                Some(next) => next,
                None => return Ok(SourceStep::End),
            },
        };
        if next.index > self.expected_index {
            let missing = next.index - self.expected_index;
            self.expected_index = next.index;
            self.waiting = Some(next);
            return Ok(SourceStep::Gap(missing));
        }
        self.expected_index = next.index + 1;
        *sample = next;
        Ok(SourceStep::Sample)
    }
}

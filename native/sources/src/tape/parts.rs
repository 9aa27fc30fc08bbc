//! The parts of a tape: as long as the rows have the same layout and belong to the same track and car. One tape may hold several, because a
//! recorder goes on when the driver changes the car.

use super::decoder::{RawDecoder, decoder_of};
use super::record::{Schema, TapeRecord};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// What is known about a part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// How its rows are laid out.
    pub schema: Schema,
    /// Its last session text: the earlier ones say less.
    pub text: Vec<u8>,
    /// What that says.
    pub session: SessionInfo,
    /// Number of its rows.
    pub rows: u64,
    /// Time of its first row, in µs since the recording began.
    pub first_us: u64,
}

impl Part {
    /// Parts with equal keys are of one session: track, car and rate.
    pub fn key(&self) -> (String, String, i32) {
        (self.session.track_key(), self.session.car_key(), self.schema.tick_rate_hz)
    }
}

/// Finds the parts, record by record.
#[derive(Default)]
pub(super) struct Parts {
    /// The parts so far; those with rows only.
    pub found: Vec<Part>,
    decoder: Option<Box<dyn RawDecoder>>,
    schema: Option<Schema>,
    text: Vec<u8>,
    session: SessionInfo,
}

impl Parts {
    /// Takes a record; the part's number when it is a row.
    ///
    /// # Errors
    /// `tape-damaged`, `not-yet`, without the file's name.
    pub fn take(&mut self, record: &TapeRecord<'_>) -> Result<Option<usize>, CodedError> {
        match record {
            TapeRecord::Schema(schema) => {
                self.decoder = Some(decoder_of(schema)?);
                self.schema = Schema::new(schema);
            }
            TapeRecord::Session { text, .. } => {
                if let Some(decoder) = &mut self.decoder {
                    self.session = decoder.session(text);
                    self.text = text.to_vec();
                    self.update();
                }
            }
            TapeRecord::Row { time_us, .. } => return Ok(self.row(*time_us)),
            TapeRecord::Gap { .. } | TapeRecord::Disconnected | TapeRecord::Lost { .. } => {}
        }
        Ok(None)
    }

    /// Rows of all parts.
    pub fn rows(&self) -> u64 {
        self.found.iter().map(|part| part.rows).sum()
    }

    /// Fills a sample from a row that was just taken.
    pub fn decode(&mut self, row: &[u8], sample: &mut Sample) {
        if let Some(decoder) = &mut self.decoder {
            decoder.decode(row, sample);
        }
    }

    fn row(&mut self, time_us: u64) -> Option<usize> {
        let schema = self.schema.as_ref()?;
        if !self.found.last().is_some_and(|part| self.is_of(part)) {
            let (schema, text, session) = (schema.clone(), self.text.clone(), self.session.clone());
            self.found.push(Part { schema, text, session, rows: 0, first_us: time_us });
        }
        let place = self.found.len() - 1;
        self.found[place].rows += 1;
        Some(place)
    }

    /// Whether the next row belongs to this part.
    fn is_of(&self, part: &Part) -> bool {
        let same_rows = self.schema.as_ref().is_some_and(|schema| schema.view() == part.schema.view());
        let (track, car) = (self.session.track_key(), self.session.car_key());
        same_rows
            && (part.text.is_empty() || part.session.track_key() == track && part.session.car_key() == car)
    }

    /// A later text of the same session says more.
    fn update(&mut self) {
        let Some(place) = self.found.len().checked_sub(1) else { return };
        if self.is_of(&self.found[place]) {
            self.found[place].text.clone_from(&self.text);
            self.found[place].session.clone_from(&self.session);
        }
    }
}

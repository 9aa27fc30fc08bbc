//! The parts of a tape: as long as the rows have the same layout and belong to the same track and car. One tape may hold several, because a
//! recorder goes on when the driver changes the car.

use super::decoder::Decoding;
use super::record::{Schema, TapeRecord};
use crate::source::SourceStep;
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
pub(super) struct Parts {
    /// The parts so far; those with rows only.
    pub found: Vec<Part>,
    /// How the rows are decoded, and their session.
    pub decoding: Decoding,
    schema: Option<Schema>,
    /// Schema or session changed since the last row.
    changed: bool,
    sample: Sample,
}

impl Default for Parts {
    fn default() -> Self {
        Parts {
            found: Vec::new(),
            decoding: Decoding::default(),
            schema: None,
            changed: false,
            sample: Sample::EMPTY,
        }
    }
}

impl Parts {
    /// Takes a record; the part's number and the sample when it is a row that has one.
    ///
    /// # Errors
    /// `tape-damaged`, without the file's name.
    pub fn take(&mut self, record: &TapeRecord<'_>) -> Result<Option<(usize, Sample)>, CodedError> {
        self.changed |= self.decoding.take(record)?;
        match record {
            TapeRecord::Schema(schema) => self.schema = Schema::new(schema),
            TapeRecord::Session { .. } => self.update_session(),
            TapeRecord::Row { time_us, .. } => return Ok(self.row(*time_us)),
            TapeRecord::Gap { .. } | TapeRecord::Disconnected | TapeRecord::Lost { .. } => {}
        }
        Ok(None)
    }

    /// Rows of all parts.
    pub fn rows(&self) -> u64 {
        self.found.iter().map(|part| part.rows).sum()
    }

    fn row(&mut self, time_us: u64) -> Option<(usize, Sample)> {
        let mut has_sample = false;
        while let Some(step) = self.decoding.next(&mut self.sample) {
            has_sample |= step == SourceStep::Sample;
            if step == SourceStep::Session {
                self.changed = true;
                self.update_session();
            }
        }
        has_sample.then_some(())?;
        Some((self.place(time_us)?, self.sample))
    }

    /// The part that a row belongs to.
    fn place(&mut self, time_us: u64) -> Option<usize> {
        let schema = self.schema.as_ref()?;
        if std::mem::take(&mut self.changed) && !self.found.last().is_some_and(|part| self.is_of(part)) {
            let (text, session) = (self.decoding.text().to_vec(), self.decoding.session().clone());
            self.found.push(Part { schema: schema.clone(), text, session, rows: 0, first_us: time_us });
        }
        let place = self.found.len().checked_sub(1)?;
        self.found[place].rows += 1;
        Some(place)
    }

    /// Whether the next row belongs to this part.
    fn is_of(&self, part: &Part) -> bool {
        let same_rows = self.schema.as_ref().is_some_and(|schema| schema.view() == part.schema.view());
        same_rows && says_more(self.decoding.session(), &part.session)
    }

    /// A later text, or row, of the same session says more.
    fn update_session(&mut self) {
        let place = self.found.len().saturating_sub(1);
        if self.found.last().is_some_and(|part| self.is_of(part)) {
            self.found[place].text = self.decoding.text().to_vec();
            self.found[place].session = self.decoding.session().clone();
        }
    }
}

/// Whether it is the same track and car, or tells one that was not known: a console's track is known only after the first lap on it.
fn says_more(now: &SessionInfo, before: &SessionInfo) -> bool {
    let track = before.track_name.is_empty() || now.track_key() == before.track_key();
    let car = before.car_key().is_empty() || now.car_key() == before.car_key();
    track && car
}

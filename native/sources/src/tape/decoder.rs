//! Follows the records of a tape: which decoder, which session.

use super::raw_decoder::{RawDecoder, decoder_of};
use super::record::TapeRecord;
use crate::source::SourceStep;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// See the module. After each record its steps are taken ([`Decoding::next`]) until there is none.
#[derive(Default)]
pub(super) struct Decoding {
    decoder: Option<Box<dyn RawDecoder>>,
    /// The text in force: until the sim goes away it holds for rows of another schema as well.
    text: Option<Vec<u8>>,
    no_session: SessionInfo,
}

impl Decoding {
    /// Takes a record; true when schema or session changed and no step will tell.
    ///
    /// # Errors
    /// `tape-damaged` when the variables do not fit the rows. Without the file's name.
    pub fn take(&mut self, record: &TapeRecord<'_>) -> Result<bool, CodedError> {
        match record {
            TapeRecord::Schema(schema) => {
                if self.decoder.as_mut().is_some_and(|decoder| decoder.goes_on(schema)) {
                    return Ok(false);
                }
                let mut decoder = decoder_of(schema)?;
                if let Some(text) = &self.text {
                    decoder.take_text(text);
                }
                let changed = decoder.waits_for_texts();
                self.decoder = Some(decoder);
                return Ok(changed);
            }
            TapeRecord::Session { text, .. } => {
                self.text = Some(text.to_vec());
                return Ok(self.decoder.as_mut().is_some_and(|decoder| decoder.take_text(text)));
            }
            TapeRecord::Disconnected => self.text = None,
            TapeRecord::Row { index, bytes, .. } => {
                if let Some(decoder) = &mut self.decoder {
                    decoder.take_row(bytes, *index);
                }
            }
            TapeRecord::Lost { .. } => {
                if let Some(decoder) = &mut self.decoder {
                    decoder.lost();
                }
            }
            TapeRecord::Gap { .. } => {}
        }
        Ok(false)
    }

    /// The next step of the row that was taken.
    pub fn next(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        self.decoder.as_mut()?.next(sample)
    }

    /// The session as known so far.
    pub fn session(&self) -> &SessionInfo {
        self.decoder.as_ref().map_or(&self.no_session, |decoder| decoder.session())
    }

    /// The session text in force; empty without one.
    pub fn text(&self) -> &[u8] {
        self.text.as_deref().unwrap_or_default()
    }

    /// Whether rows came, or will, before any text of their session.
    pub fn waits_for_text(&self) -> bool {
        self.text.is_none() && self.has_texts()
    }

    /// Whether texts tell all that was known before a row. If not, rows are understood only after all those before them.
    pub fn has_texts(&self) -> bool {
        self.decoder.as_ref().is_some_and(|decoder| decoder.waits_for_texts())
    }

    /// Ticks a second; 0 before anything is known.
    pub fn tick_rate_hz(&self) -> i32 {
        self.decoder.as_ref().map_or(0, |decoder| decoder.tick_rate_hz())
    }
}

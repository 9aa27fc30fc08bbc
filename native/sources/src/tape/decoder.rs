//! Raw rows to samples, by what kind of rows they are, and the session that they belong to.

use super::record::{TapeRecord, TapeSchema};
use crate::ibt::Variable;
use crate::live::decoder::LiveDecoder;
use crate::live::raw::RawKind;
use crate::session_text::keep_known;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{ErrorCode, Sample};

/// Decodes the rows of one schema as the live source of that sim does.
trait RawDecoder: Send {
    /// The session as known so far.
    fn session(&self) -> &SessionInfo;
    /// Whether this sim has session texts.
    fn has_texts(&self) -> bool;
    /// Takes a session text; true when it changed a fact.
    fn take_text(&mut self, text: &[u8]) -> bool;
    /// Fills a sample but for its index.
    fn decode(&mut self, row: &[u8], sample: &mut Sample);
}

/// The decoder for rows of this schema.
fn decoder_of(schema: &TapeSchema<'_>) -> Result<Box<dyn RawDecoder>, CodedError> {
    match schema.kind {
        RawKind::Irsdk => Ok(Box::new(IrsdkDecoder::new(schema)?)),
        // The place for the packet decoder of Gran Turismo 7.
        RawKind::Gt7 => Err(CodedError::new(ErrorCode::NotYet).with("what", "Reading a Gran Turismo 7 tape")),
    }
}

/// Rows of iRacing's memory.
struct IrsdkDecoder {
    channels: LiveDecoder,
    row_bytes: usize,
    session: SessionInfo,
}

impl IrsdkDecoder {
    fn new(schema: &TapeSchema<'_>) -> Result<Self, CodedError> {
        let variables = Variable::parse_all(schema.variables, schema.row_bytes)
            .map_err(|cause| CodedError::new(ErrorCode::TapeDamaged).with("cause", cause))?;
        Ok(IrsdkDecoder {
            channels: LiveDecoder::new(&variables),
            row_bytes: schema.row_bytes,
            session: SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() },
        })
    }
}

impl RawDecoder for IrsdkDecoder {
    fn session(&self) -> &SessionInfo {
        &self.session
    }

    fn has_texts(&self) -> bool {
        true
    }

    fn take_text(&mut self, text: &[u8]) -> bool {
        let info = keep_known(&self.session, crate::session_text::parse(text));
        info.is_some_and(|info| std::mem::replace(&mut self.session, info) != self.session)
    }

    /// A row that is shorter than the schema says is none of the sim's: everything in it is missing.
    fn decode(&mut self, row: &[u8], sample: &mut Sample) {
        if row.len() == self.row_bytes {
            self.channels.decode(row, self.session.track_length_m, sample);
        } else {
            *sample = Sample::EMPTY;
        }
    }
}

/// Follows the records of a tape: which decoder, which session.
#[derive(Default)]
pub(super) struct Decoding {
    decoder: Option<Box<dyn RawDecoder>>,
    tick_rate_hz: i32,
    /// The text in force: until the sim goes away it holds for rows of another schema as well.
    text: Option<Vec<u8>>,
    no_session: SessionInfo,
}

impl Decoding {
    /// Takes a record; true when schema or session changed.
    ///
    /// # Errors
    /// `tape-damaged` when the variables do not fit the rows; `not-yet` for sims whose rows this version cannot read. Without the file's
    /// name.
    pub fn take(&mut self, record: &TapeRecord<'_>) -> Result<bool, CodedError> {
        match record {
            TapeRecord::Schema(schema) => {
                let mut decoder = decoder_of(schema)?;
                if let Some(text) = &self.text {
                    decoder.take_text(text);
                }
                (self.decoder, self.tick_rate_hz) = (Some(decoder), schema.tick_rate_hz);
                Ok(true)
            }
            TapeRecord::Session { text, .. } => {
                self.text = Some(text.to_vec());
                Ok(self.decoder.as_mut().is_some_and(|decoder| decoder.take_text(text)))
            }
            TapeRecord::Disconnected => {
                self.text = None;
                Ok(false)
            }
            TapeRecord::Row { .. } | TapeRecord::Gap { .. } | TapeRecord::Lost { .. } => Ok(false),
        }
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
        self.text.is_none() && self.decoder.as_ref().is_some_and(|decoder| decoder.has_texts())
    }

    /// Ticks a second.
    pub fn tick_rate_hz(&self) -> i32 {
        self.tick_rate_hz
    }

    /// The sample of a row.
    pub fn decode(&mut self, row: &[u8], index: u64) -> Sample {
        let mut sample = Sample::EMPTY;
        if let Some(decoder) = &mut self.decoder {
            decoder.decode(row, &mut sample);
        }
        sample.index = index;
        sample
    }
}

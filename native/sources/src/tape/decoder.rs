//! Raw rows to samples, by what kind of rows they are.

use super::record::TapeSchema;
use crate::ibt::{RowDecoder, Variable};
use crate::live::raw::RawKind;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{ErrorCode, Sample};

/// Decodes the rows of one schema as the live source of that sim does.
pub(super) trait RawDecoder: Send {
    /// Takes a session text; what it says.
    fn session(&mut self, text: &[u8]) -> SessionInfo;
    /// Fills a sample but for its index.
    fn decode(&mut self, row: &[u8], sample: &mut Sample);
}

/// The decoder for rows of this schema.
///
/// # Errors
/// `tape-damaged` when the variables do not fit the rows; `not-yet` for sims whose rows this version cannot read. Without the file's name.
pub(super) fn decoder_of(schema: &TapeSchema<'_>) -> Result<Box<dyn RawDecoder>, CodedError> {
    match schema.kind {
        RawKind::Irsdk => Ok(Box::new(IrsdkDecoder::new(schema)?)),
        // The place for the packet decoder of `crate::gt7`.
        RawKind::Gt7 => Err(CodedError::new(ErrorCode::NotYet).with("what", "Reading a Gran Turismo 7 tape")),
    }
}

/// Rows of iRacing's memory.
struct IrsdkDecoder {
    rows: RowDecoder,
    row_bytes: usize,
}

impl IrsdkDecoder {
    fn new(schema: &TapeSchema<'_>) -> Result<Self, CodedError> {
        let variables = Variable::parse_list(schema.variables, schema.row_bytes)
            .map_err(|cause| CodedError::new(ErrorCode::TapeDamaged).with("cause", cause))?;
        Ok(IrsdkDecoder {
            rows: RowDecoder::new(&variables, schema.tick_rate_hz),
            row_bytes: schema.row_bytes,
        })
    }
}

impl RawDecoder for IrsdkDecoder {
    fn session(&mut self, text: &[u8]) -> SessionInfo {
        crate::session_text::parse(text)
    }

    /// A row that is shorter than the schema says is none of the sim's: everything in it is missing.
    fn decode(&mut self, row: &[u8], sample: &mut Sample) {
        if row.len() == self.row_bytes {
            self.rows.fill(row, sample);
        } else {
            *sample = Sample::EMPTY;
        }
    }
}

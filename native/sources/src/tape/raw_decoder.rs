//! Raw rows to samples, as the live source of each sim does it.

use super::record::TapeSchema;
use crate::gt7::Gt7Decoder;
use crate::gt7::layout::TICK_HZ;
use crate::ibt::Variable;
use crate::live::decoder::LiveDecoder;
use crate::live::raw::RawKind;
use crate::session_text::keep_known;
use crate::source::SourceStep;
use racing_coach_core::board::{CarStates, RawTyres};
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{ErrorCode, Sample};

/// Decodes the rows of one sim. After each row, its steps are taken until there is none.
pub(super) trait RawDecoder: Send {
    /// Ticks a second.
    fn tick_rate_hz(&self) -> i32;
    /// The session as known so far.
    fn session(&self) -> &SessionInfo;
    /// Whether the session is told by texts, for which rows have to wait; else the steps of rows tell it.
    fn waits_for_texts(&self) -> bool;
    /// Takes a session text; true when it changed a fact that no step will tell.
    fn take_text(&mut self, text: &[u8]) -> bool;
    /// Part of the tape is lost here.
    fn lost(&mut self);
    /// Takes a row, and its index as the tape has it.
    fn take_row(&mut self, row: &[u8], index: u64);
    /// The next step of the row: `Session` where the rows themselves tell it, then `Sample`. A row may have none.
    fn next(&mut self, sample: &mut Sample) -> Option<SourceStep>;
    /// A connection of this sim begins with rows of this schema. True when this decoder goes on: it follows the sim over connections.
    fn goes_on(&mut self, schema: &TapeSchema<'_>) -> bool;
    /// As [`crate::source::Source::cars`], of the row that was taken last.
    fn cars(&self, _states: &mut CarStates) -> bool {
        false
    }
    /// As [`crate::source::Source::tyres`], of the row that was taken last.
    fn tyres(&self) -> Option<RawTyres> {
        None
    }
}

/// The decoder for rows of this schema.
///
/// # Errors
/// `tape-damaged` when the variables do not fit the rows; without the file's name.
pub(super) fn decoder_of(schema: &TapeSchema<'_>) -> Result<Box<dyn RawDecoder>, CodedError> {
    match schema.kind {
        RawKind::Irsdk => Ok(Box::new(IrsdkRows::new(schema)?)),
        RawKind::Gt7 => Ok(Box::new(Gt7Rows { packets: Gt7Decoder::new(Vec::new()) })),
    }
}

/// Rows of iRacing's memory.
struct IrsdkRows {
    channels: LiveDecoder,
    tick_rate_hz: i32,
    row_bytes: usize,
    session: SessionInfo,
    sample: Option<Sample>,
    /// The row that was taken last; empty for one that is none of the sim's.
    row: Vec<u8>,
}

impl IrsdkRows {
    fn new(schema: &TapeSchema<'_>) -> Result<Self, CodedError> {
        let variables = Variable::parse_all(schema.variables, schema.row_bytes)
            .map_err(|cause| CodedError::new(ErrorCode::TapeDamaged).with("cause", cause))?;
        Ok(IrsdkRows {
            channels: LiveDecoder::new(&variables),
            tick_rate_hz: schema.tick_rate_hz,
            row_bytes: schema.row_bytes,
            session: SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() },
            sample: None,
            row: Vec::with_capacity(schema.row_bytes),
        })
    }
}

impl RawDecoder for IrsdkRows {
    fn tick_rate_hz(&self) -> i32 {
        self.tick_rate_hz
    }

    fn session(&self) -> &SessionInfo {
        &self.session
    }

    fn waits_for_texts(&self) -> bool {
        true
    }

    fn take_text(&mut self, text: &[u8]) -> bool {
        let Some(info) = keep_known(&self.session, crate::session_text::parse(text)) else { return false };
        let news = info != self.session;
        self.session = info;
        news
    }

    fn lost(&mut self) {}

    /// A row that is shorter than the schema says is none of the sim's: everything in it is missing.
    fn take_row(&mut self, row: &[u8], index: u64) {
        let sample = self.sample.insert(Sample::EMPTY);
        self.row.clear();
        if row.len() == self.row_bytes {
            self.row.extend_from_slice(row);
            self.channels.decode(row, self.session.track_length_m, sample);
        }
        sample.index = index;
    }

    fn next(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        *sample = self.sample.take()?;
        Some(SourceStep::Sample)
    }

    /// Every connection may have other variables.
    fn goes_on(&mut self, _: &TapeSchema<'_>) -> bool {
        false
    }

    fn cars(&self, states: &mut CarStates) -> bool {
        !self.row.is_empty() && self.channels.beside().cars(&self.row, states)
    }

    fn tyres(&self) -> Option<RawTyres> {
        if self.row.is_empty() { None } else { self.channels.beside().tyres(&self.row) }
    }
}

/// Packets of Gran Turismo 7. Their ids say what is missing, and where the place in time is: paused packets are rows of the tape and none of ours. The
/// texts are lines; one that cannot be read is passed over.
struct Gt7Rows {
    packets: Gt7Decoder,
}

impl RawDecoder for Gt7Rows {
    /// The sim has no other rate, whatever the tape says.
    fn tick_rate_hz(&self) -> i32 {
        TICK_HZ as i32
    }

    fn session(&self) -> &SessionInfo {
        self.packets.session()
    }

    fn waits_for_texts(&self) -> bool {
        false
    }

    fn take_text(&mut self, text: &[u8]) -> bool {
        // A line that cannot be read is found out again from the rows, which the decoder does by itself.
        let _ = self.packets.adopt(&String::from_utf8_lossy(text));
        false
    }

    fn lost(&mut self) {
        self.packets.doubt_lines();
    }

    fn take_row(&mut self, row: &[u8], _: u64) {
        self.packets.row(row);
    }

    fn next(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        loop {
            match self.packets.next(sample)? {
                // The next sample's index says it.
                SourceStep::Gap(_) => {}
                step => return Some(step),
            }
        }
    }

    fn goes_on(&mut self, schema: &TapeSchema<'_>) -> bool {
        self.packets.tell_session();
        schema.kind == RawKind::Gt7
    }
}

//! Plays a tape: what a live source delivered, its rows byte for byte.

use crate::feed::{Action, Feed, Schema};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::tape::{TapePlace, TapeReader, TapeRecord};
use std::path::Path;

/// See the module.
pub struct TapeFeed {
    tape: TapeReader,
    row_bytes: usize,
    repeat: bool,
}

impl TapeFeed {
    /// Opens a tape; `repeat` plays it without end.
    ///
    /// # Errors
    /// What [`TapeReader::open`] says.
    pub fn open(path: &Path, repeat: bool) -> Result<Self, CodedError> {
        Ok(TapeFeed { tape: TapeReader::open(path)?, row_bytes: 0, repeat })
    }

    /// The next record as an action; `None` for what is told by the ticks of the rows.
    fn act(&mut self, row: &mut Vec<u8>) -> Result<Next, CodedError> {
        let Some(record) = self.tape.next_record()? else { return Ok(Next::End) };
        Ok(match record {
            TapeRecord::Schema(schema) if schema.kind == RawKind::Irsdk => {
                self.row_bytes = schema.row_bytes;
                Next::Action(Action::Schema(Schema {
                    tick_rate_hz: schema.tick_rate_hz,
                    row_bytes: schema.row_bytes,
                    headers: schema.variables.to_vec(),
                }))
            }
            TapeRecord::Schema(_) => {
                let cause = "Only a tape of iRacing can be played into its memory.";
                return Err(CodedError::new(ErrorCode::Usage).with("cause", cause));
            }
            TapeRecord::Session { text, .. } => Next::Action(Action::Session(text.to_vec())),
            TapeRecord::Row { tick, bytes, .. } => {
                row.clear();
                row.extend_from_slice(bytes);
                row.resize(self.row_bytes, 0);
                Next::Action(Action::Row { tick })
            }
            TapeRecord::Disconnected => Next::Action(Action::Disconnect),
            TapeRecord::Gap { .. } | TapeRecord::Lost { .. } => Next::Nothing,
        })
    }
}

enum Next {
    Action(Action),
    Nothing,
    End,
}

impl Feed for TapeFeed {
    fn next(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError> {
        loop {
            match self.act(row)? {
                Next::Action(action) => return Ok(Some(action)),
                Next::Nothing => {}
                Next::End if self.repeat && self.tape.seek(TapePlace::Row(0))? => {}
                Next::End => return Ok(None),
            }
        }
    }
}

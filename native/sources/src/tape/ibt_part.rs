//! One part of a tape on its way into an `.ibt`.

use super::parts::Part;
use crate::ibt::{IbtSpec, IbtWriter, Variable, VariableSpec, VariableType};
use crate::new_file::NewFile;
use crate::tick_index::TickIndex;
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, ErrorCode};
use std::path::{Path, PathBuf};

/// An `.ibt` being written from rows. Gaps are carried by `SessionTick`, which the reader of `.ibt` files counts by; it is added where the tape's rows
/// have none. Where the sim went away or began to count anew, and the ticks do not show that rows are missing, an all-zero row stands between, as the sim
/// itself writes at a reset: nothing is measured through that.
pub(super) struct IbtPart {
    path: PathBuf,
    writer: IbtWriter<NewFile>,
    variables: Vec<Variable>,
    row_bytes: usize,
    /// Where `SessionTick` is among the variables.
    tick: usize,
    /// How the reader will count.
    seen: TickIndex,
    seen_index: u64,
    index: Option<u64>,
    disconnected: bool,
}

impl IbtPart {
    pub fn create(path: &Path, part: &Part, created_unix_s: i64) -> Result<Self, CodedError> {
        let schema = &part.schema;
        let variables = Variable::parse_all(&schema.variables, schema.row_bytes)
            .map_err(|cause| CodedError::new(ErrorCode::TapeDamaged).with("cause", cause))?;
        let name = Channel::SessionTick.iracing_name();
        let tick = variables.iter().position(|variable| variable.name == name);
        let mut specs: Vec<VariableSpec> = variables.iter().map(Variable::spec).collect();
        if tick.is_none() {
            specs.push(VariableSpec::new(name, VariableType::Int, "", "Current update number"));
        }
        let spec = IbtSpec {
            version: 2,
            tick_rate_hz: schema.tick_rate_hz,
            variables: specs,
            session_text: part.text.clone(),
            start_unix_s: created_unix_s.saturating_add((part.first_us / 1_000_000) as i64),
        };
        Ok(IbtPart {
            path: path.to_owned(),
            writer: IbtWriter::create(path, &spec)?,
            row_bytes: schema.row_bytes,
            tick: tick.unwrap_or(variables.len()),
            variables,
            seen: TickIndex::new(schema.tick_rate_hz),
            seen_index: 0,
            index: None,
            disconnected: false,
        })
    }

    /// The sim went away: something is missing before the next row.
    pub fn disconnected(&mut self) {
        self.disconnected = true;
    }

    /// Writes a row. One of another length than the schema says is none of the sim's and is written as zeros.
    pub fn row(&mut self, index: u64, bytes: &[u8]) -> Result<(), CodedError> {
        let whole = bytes.len() == self.row_bytes;
        let tick = match self.variables.get(self.tick) {
            Some(variable) if whole => variable.decode(bytes) as i64,
            _ => index as i64,
        };
        let away = std::mem::take(&mut self.disconnected);
        let missing = self.index.is_some_and(|last| away || index > last + 1);
        let mut seen = self.seen.clone();
        if missing && seen.of(tick) == self.seen_index + 1 {
            self.end_row(tick.saturating_sub(1))?;
        }
        self.index = Some(index);
        for (place, variable) in self.variables.iter().enumerate().filter(|_| whole) {
            self.writer.set_bytes(place, &bytes[variable.offset..variable.offset + variable.bytes()]);
        }
        self.end_row(tick)
    }

    fn end_row(&mut self, tick: i64) -> Result<(), CodedError> {
        // Written again where it came with the row: a zero row needs it too. Its bits are the same, because it is an integer.
        self.writer.set(self.tick, tick as f64);
        self.seen_index = self.seen.of(tick);
        self.writer.end_row().map_err(|cause| NewFile::error(&self.path, &cause))
    }

    pub fn save(self) -> Result<(), CodedError> {
        self.writer.save(&self.path)
    }
}

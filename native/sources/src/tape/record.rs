//! What a tape holds, record by record, and the schema that says how rows are to be read.

use super::lanes::Lanes;
use super::layout::MAX_TICK_RATE_HZ;
use super::numbers::{put_varint, take, take_varint, unzigzag, zigzag};
use crate::ibt::{MAX_ROW_BYTES, MAX_VARIABLES, VARIABLE_BYTES};
use crate::live::raw::RawKind;

/// How the rows that follow are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TapeSchema<'a> {
    /// What the bytes of a row mean.
    pub kind: RawKind,
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Bytes of the longest row.
    pub row_bytes: usize,
    /// The variables' headers, 144 bytes each, as the sim has them; none for [`RawKind::Gt7`].
    pub variables: &'a [u8],
}

/// One record of a tape. As [`crate::live::raw::RawRecord`], with times in place of moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TapeRecord<'a> {
    /// A connection begins, or its rows changed.
    Schema(TapeSchema<'a>),
    /// The session text.
    Session {
        /// The sim's count of its changes.
        update: i32,
        /// As the sim has it.
        text: &'a [u8],
    },
    /// A row.
    Row {
        /// The sim's tick.
        tick: i32,
        /// When it was read, in µs since the recording began. Never less than the row's before.
        time_us: u64,
        /// Its place in time: ticks since the first row, over all resets of the sim's count. A writer finds it itself.
        index: u64,
        /// The row as the sim had it.
        bytes: &'a [u8],
    },
    /// Ticks that were missed, before the next row: by whoever read the sim, or by a disk that did not follow.
    Gap {
        /// How many.
        ticks: u64,
    },
    /// The sim went away.
    Disconnected,
    /// Part of the tape is damaged: rows that were on it are left out here.
    Lost {
        /// How many.
        rows: u64,
    },
}

/// A schema with what follows from it.
#[derive(Debug, Clone)]
pub struct Schema {
    /// What the bytes of a row mean.
    pub kind: RawKind,
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Bytes of the longest row.
    pub row_bytes: usize,
    /// The variables' headers.
    pub variables: Vec<u8>,
    /// How its rows are folded.
    pub lanes: Lanes,
}

impl Schema {
    /// `None` when it is none that a tape may have.
    pub fn new(schema: &TapeSchema<'_>) -> Option<Self> {
        let TapeSchema { kind, tick_rate_hz, row_bytes, variables } = *schema;
        let allowed = (1..=MAX_TICK_RATE_HZ).contains(&tick_rate_hz)
            && (1..=MAX_ROW_BYTES as usize).contains(&row_bytes)
            && variables.len() <= MAX_VARIABLES as usize * VARIABLE_BYTES
            && variables.len().is_multiple_of(VARIABLE_BYTES);
        let lanes = allowed.then(|| Lanes::of(kind, row_bytes, variables))?;
        Some(Schema { kind, tick_rate_hz, row_bytes, variables: variables.to_vec(), lanes })
    }

    /// As a record has it.
    pub fn view(&self) -> TapeSchema<'_> {
        let Schema { kind, tick_rate_hz, row_bytes, ref variables, .. } = *self;
        TapeSchema { kind, tick_rate_hz, row_bytes, variables }
    }
}

/// What stands before a record.
pub mod tag {
    /// A row of the schema's length: ticks and µs since the row before in the block.
    pub const ROW: u8 = 0;
    /// A shorter row: as above, and its length.
    pub const SHORT_ROW: u8 = 1;
    /// A gap: its ticks.
    pub const GAP: u8 = 2;
    /// The sim went away.
    pub const DISCONNECTED: u8 = 3;
    /// A schema: kind, tick rate, row bytes, length of the variables and they themselves. First in its block.
    pub const SCHEMA: u8 = 4;
    /// A session text: update, length and it itself. First in its block.
    pub const SESSION: u8 = 5;
}

/// Appends a schema.
pub fn put_schema(out: &mut Vec<u8>, schema: &TapeSchema<'_>) {
    out.push(tag::SCHEMA);
    out.push(match schema.kind {
        RawKind::Irsdk => 0,
        RawKind::Gt7 => 1,
    });
    put_varint(out, zigzag(i64::from(schema.tick_rate_hz)));
    put_varint(out, schema.row_bytes as u64);
    put_varint(out, schema.variables.len() as u64);
    out.extend_from_slice(schema.variables);
}

/// Takes a schema whose tag was taken.
pub fn take_schema<'a>(bytes: &mut &'a [u8]) -> Option<TapeSchema<'a>> {
    let kind = match take(bytes, 1)? {
        [0] => RawKind::Irsdk,
        [1] => RawKind::Gt7,
        _ => return None,
    };
    let tick_rate_hz = i32::try_from(unzigzag(take_varint(bytes)?)).ok()?;
    let row_bytes = usize::try_from(take_varint(bytes)?).ok()?;
    let length = usize::try_from(take_varint(bytes)?).ok()?;
    Some(TapeSchema { kind, tick_rate_hz, row_bytes, variables: take(bytes, length)? })
}

/// Appends a session text.
pub fn put_session(out: &mut Vec<u8>, update: i32, text: &[u8]) {
    out.push(tag::SESSION);
    put_varint(out, zigzag(i64::from(update)));
    put_varint(out, text.len() as u64);
    out.extend_from_slice(text);
}

/// Takes a session text whose tag was taken.
pub fn take_session<'a>(bytes: &mut &'a [u8]) -> Option<(i32, &'a [u8])> {
    let update = i32::try_from(unzigzag(take_varint(bytes)?)).ok()?;
    let length = usize::try_from(take_varint(bytes)?).ok()?;
    Some((update, take(bytes, length)?))
}

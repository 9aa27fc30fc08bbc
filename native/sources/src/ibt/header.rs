//! The header: parsed first, and not believed before it is checked against the file's size.

use super::layout::{DISK_HEADER_BYTES, VARIABLE_BYTES, header_at};
use super::trouble::{Part, Trouble};

/// Most variables that are accepted. The sim's live table has 4,096 slots.
pub(crate) const MAX_VARIABLES: i32 = 65_536;
/// Longest session text that is accepted; the sim's live area has grown from 128 KiB to 512 KiB.
pub(crate) const MAX_SESSION_BYTES: i32 = 16 << 20;
/// Longest row that is accepted; real ones have about 1 kB, live ones 8 kB.
pub(crate) const MAX_ROW_BYTES: i32 = 1 << 20;
/// Most rows that are accepted: 27 hours at 60 Hz.
const MAX_ROWS: u64 = 6_000_000;
/// No recording's rows begin later than this: the bounds above together.
const MAX_HEAD_BYTES: u64 = 32 << 20;

/// What the header says, with offsets and lengths checked against the file's size.
#[derive(Debug, Clone, PartialEq)]
pub struct IbtHeader {
    /// Version of the layout: 1 or 2.
    pub version: i32,
    /// Rows a second.
    pub tick_rate_hz: i32,
    /// Number of variables.
    pub variable_count: usize,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// Whole rows in the file, by its size: the header's own count is stale after a crash.
    pub row_count: u64,
    /// The count in the header, for information.
    pub recorded_row_count: i32,
    /// Start on the wall clock, in seconds since 1970.
    pub start_unix_s: i64,
    pub(super) variables_at: u64,
    pub(super) session_at: u64,
    pub(super) session_bytes: usize,
    pub(super) rows_at: u64,
}

impl IbtHeader {
    /// Reads the header from the file's first bytes (fewer than [`DISK_HEADER_BYTES`] only when the file has no more).
    pub(super) fn parse(head: &[u8], file_bytes: u64) -> Result<Self, Trouble> {
        check_kind(head, file_bytes)?;
        let int = |at| int_at(head, at);
        let variable_count = variable_count(int(header_at::VARIABLE_COUNT))?;
        let session_bytes = length(int(header_at::SESSION_LEN), 0, MAX_SESSION_BYTES, Part::Session)?;
        let row_bytes = length(int(header_at::ROW_BYTES), 1, MAX_ROW_BYTES, Part::Row)?;
        let variables_at = offset(int(header_at::VARIABLE_OFFSET), Part::Variables)?;
        // Without a text its place means nothing.
        let session_at = match session_bytes {
            0 => 0,
            _ => offset(int(header_at::SESSION_OFFSET), Part::Session)?,
        };
        let rows_at = offset(int(header_at::ROWS_OFFSET), Part::Rows)?;
        fits(variables_at, (variable_count * VARIABLE_BYTES) as u64, file_bytes, Part::Variables)?;
        fits(session_at, session_bytes as u64, file_bytes, Part::Session)?;
        let tick_rate_hz = int(header_at::TICK_RATE);
        if !(1..=1000).contains(&tick_rate_hz) {
            return Err(Trouble::Bad(format!("it says {tick_rate_hz} rows a second")));
        }
        Ok(IbtHeader {
            version: int(header_at::VERSION),
            tick_rate_hz,
            variable_count,
            row_bytes,
            row_count: row_count(rows_at, row_bytes as u64, file_bytes)?,
            recorded_row_count: int(header_at::RECORD_COUNT),
            start_unix_s: i64::from_le_bytes(bytes_at(head, header_at::START_DATE)),
            variables_at,
            session_at,
            session_bytes,
            rows_at,
        })
    }
}

fn check_kind(head: &[u8], file_bytes: u64) -> Result<(), Trouble> {
    if file_bytes == 0 {
        return Err(Trouble::Empty);
    }
    let known = head.len() >= 4 && matches!(int_at(head, header_at::VERSION), 1 | 2);
    if !known {
        return Err(Trouble::NotIbt);
    }
    if head.len() < DISK_HEADER_BYTES {
        return Err(Trouble::Truncated(Part::Header));
    }
    if !(1..=4).contains(&int_at(head, header_at::BUFFER_COUNT)) {
        return Err(Trouble::NotIbt);
    }
    // In the sim's shared memory the session text follows the header at once; a file has its sub-header there.
    if int_at(head, header_at::SESSION_OFFSET) == header_at::START_DATE as i32 {
        return Err(Trouble::Bad("it is a copy of the sim's live memory, not a recording".to_owned()));
    }
    Ok(())
}

fn variable_count(count: i32) -> Result<usize, Trouble> {
    match count {
        1..=MAX_VARIABLES => Ok(count as usize),
        ..=0 => Err(Trouble::Bad(format!("it says {count} variables"))),
        // Read as unsigned a negative count may be what was meant: 2^31 and more are as impossible either way.
        _ => Err(Trouble::TooLarge(Part::Variables, format!("{count} variables"))),
    }
}

fn length(value: i32, least: i32, most: i32, part: Part) -> Result<usize, Trouble> {
    if value < least {
        return Err(Trouble::Bad(format!("its {part} has a length of {value} bytes")));
    }
    if value > most {
        return Err(Trouble::TooLarge(part, format!("{value} bytes")));
    }
    Ok(value as usize)
}

fn offset(value: i32, part: Part) -> Result<u64, Trouble> {
    let beyond = value as i64 > MAX_HEAD_BYTES as i64;
    if beyond || value < DISK_HEADER_BYTES as i32 {
        return Err(Trouble::Bad(format!("its {part} would begin at byte {value}")));
    }
    Ok(value as u64)
}

fn fits(at: u64, bytes: u64, file_bytes: u64, part: Part) -> Result<(), Trouble> {
    if at + bytes > file_bytes { Err(Trouble::Truncated(part)) } else { Ok(()) }
}

fn row_count(rows_at: u64, row_bytes: u64, file_bytes: u64) -> Result<u64, Trouble> {
    match file_bytes.saturating_sub(rows_at) / row_bytes {
        0 => Err(Trouble::NoSamples),
        count if count > MAX_ROWS => Err(Trouble::TooLarge(Part::Rows, format!("{count} rows"))),
        count => Ok(count),
    }
}

pub(super) fn int_at(bytes: &[u8], at: usize) -> i32 {
    i32::from_le_bytes(bytes_at(bytes, at))
}

pub(super) fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut value = [0; N];
    value.copy_from_slice(&bytes[at..at + N]);
    value
}

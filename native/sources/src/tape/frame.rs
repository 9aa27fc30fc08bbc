//! A record as the queue holds it: copied, not packed, so that the reading thread does nothing but copy.

use super::numbers::{array_at, take, u32_at, u64_at};
use super::record::{TapeRecord, TapeSchema};
use crate::live::raw::{RawKind, RawRecord};
use std::time::Instant;

/// Bytes before each record: kind, two numbers, length.
const FRAME_BYTES: usize = 1 + 8 + 8 + 4;

/// Bytes that a record takes.
pub fn bytes_of(record: &RawRecord<'_>) -> usize {
    FRAME_BYTES
        + match record {
            RawRecord::Schema { variables, .. } => variables.len(),
            RawRecord::Session { text, .. } => text.len(),
            RawRecord::Row { bytes, .. } => bytes.len(),
            RawRecord::Gap { .. } | RawRecord::Disconnected => 0,
        }
}

/// Appends a record; times count from `began`.
pub fn put(out: &mut Vec<u8>, record: &RawRecord<'_>, began: Instant) {
    let (kind, number, other, payload): (u8, i64, u64, &[u8]) = match *record {
        RawRecord::Schema { kind, tick_rate_hz, row_bytes, variables } => {
            let kind = if kind == RawKind::Irsdk { b'I' } else { b'G' };
            (kind, i64::from(tick_rate_hz), row_bytes as u64, variables)
        }
        RawRecord::Session { update, text } => (b'S', i64::from(update), 0, text),
        RawRecord::Row { tick, read_at, bytes } => {
            let time_us = read_at.saturating_duration_since(began).as_micros() as u64;
            (b'R', i64::from(tick), time_us, bytes)
        }
        RawRecord::Gap { ticks } => (b'M', 0, ticks, &[]),
        RawRecord::Disconnected => (b'D', 0, 0, &[]),
    };
    out.push(kind);
    out.extend_from_slice(&number.to_le_bytes());
    out.extend_from_slice(&other.to_le_bytes());
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(payload);
}

/// Takes a record from the front; `None` at the end.
pub fn take_record<'a>(bytes: &mut &'a [u8]) -> Option<TapeRecord<'a>> {
    let frame = take(bytes, FRAME_BYTES)?;
    let number = i64::from_le_bytes(array_at(frame, 1)) as i32;
    let other = u64_at(frame, 9);
    let payload = take(bytes, u32_at(frame, 17) as usize)?;
    Some(match frame[0] {
        b'R' => TapeRecord::Row { tick: number, time_us: other, index: 0, bytes: payload },
        b'S' => TapeRecord::Session { update: number, text: payload },
        b'M' => TapeRecord::Gap { ticks: other },
        b'D' => TapeRecord::Disconnected,
        kind => TapeRecord::Schema(TapeSchema {
            kind: if kind == b'I' { RawKind::Irsdk } else { RawKind::Gt7 },
            tick_rate_hz: number,
            row_bytes: other as usize,
            variables: payload,
        }),
    })
}

//! The header of the live memory: not believed before it is checked against the size of the view, and compared again around every row,
//! because the sim may change it at any time.

use super::atomic_bytes::AtomicBytes;
use super::layout::{HEADER_BYTES, MOST_BUFFERS, header_at};
use crate::ibt::{MAX_ROW_BYTES, MAX_SESSION_BYTES, MAX_VARIABLES, VARIABLE_BYTES};
use std::sync::atomic::Ordering;

/// The numbers that say where everything is; the rest of the header changes with every tick or session text.
const SHAPE_AT: [usize; 8 + MOST_BUFFERS] = [
    header_at::VERSION,
    header_at::TICK_RATE,
    header_at::SESSION_LEN,
    header_at::SESSION_OFFSET,
    header_at::VARIABLE_COUNT,
    header_at::VARIABLE_OFFSET,
    header_at::BUFFER_COUNT,
    header_at::ROW_BYTES,
    header_at::row_offset(0),
    header_at::row_offset(1),
    header_at::row_offset(2),
    header_at::row_offset(3),
];

type Shape = [i32; SHAPE_AT.len()];

/// What the header says, with every offset and length checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveHeader {
    shape: Shape,
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Number of variables.
    pub variable_count: usize,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// Row buffers in use: 2 to 4. With one, no row could be proved whole.
    pub buffer_count: usize,
    /// Where the session text begins.
    pub session_at: usize,
    /// Room of the session text; 0 when there is none.
    pub session_bytes: usize,
    /// Where the variables' headers begin.
    pub variables_at: usize,
    rows_at: [usize; MOST_BUFFERS],
}

impl LiveHeader {
    /// Reads and checks the header; else what is wrong with it, for people.
    pub fn read(bytes: &AtomicBytes) -> Result<Self, String> {
        let shape = shape(bytes).ok_or_else(|| format!("it has {} bytes, no header", bytes.len()))?;
        let [
            version,
            tick_rate,
            session_len,
            session_at,
            variables,
            variables_at,
            buffers,
            row_bytes,
            rows_at @ ..,
        ] = shape;
        if !matches!(version, 1 | 2) {
            return Err(format!("its layout has the unknown version {version}"));
        }
        if !(1..=1000).contains(&tick_rate) {
            return Err(format!("it says {tick_rate} ticks a second"));
        }
        if !(2..=MOST_BUFFERS as i32).contains(&buffers) {
            return Err(format!("it says {buffers} row buffers"));
        }
        let variable_count = within(variables, 1, MAX_VARIABLES, "variables")?;
        let row_bytes = within(row_bytes, 1, MAX_ROW_BYTES, "bytes in a row")?;
        let session_bytes = within(session_len, 0, MAX_SESSION_BYTES, "bytes of session text")?;
        let place = |at, length, what| place(bytes.len(), at, length, what);
        let mut header = LiveHeader {
            shape,
            tick_rate_hz: tick_rate,
            variable_count,
            row_bytes,
            buffer_count: buffers as usize,
            // Without a text its place means nothing.
            session_at: if session_bytes == 0 {
                0
            } else {
                place(session_at, session_bytes, "session text")?
            },
            session_bytes,
            variables_at: place(variables_at, variable_count * VARIABLE_BYTES, "list of variables")?,
            rows_at: [0; MOST_BUFFERS],
        };
        for (row_at, at) in header.rows_at.iter_mut().zip(rows_at).take(buffers as usize) {
            *row_at = place(at, row_bytes, "row")?;
        }
        header.check_apart()?;
        Ok(header)
    }

    /// Rows that share bytes cannot be proved whole: the writer of one writes into the other.
    fn check_apart(&self) -> Result<(), String> {
        let mut rows = self.rows_at;
        let rows = &mut rows[..self.buffer_count];
        rows.sort_unstable();
        let apart = rows.windows(2).all(|pair| pair[1] - pair[0] >= self.row_bytes);
        if apart { Ok(()) } else { Err("its row buffers share bytes".to_owned()) }
    }

    /// Whether the memory still has the header that was checked.
    pub fn is_unchanged(&self, bytes: &AtomicBytes) -> bool {
        shape(bytes) == Some(self.shape)
    }

    /// Where the row in a buffer begins.
    pub fn row_at(&self, buffer: usize) -> usize {
        self.rows_at[buffer]
    }

    /// The tick of each buffer's row, as wide as sums of them need; `i64::MIN` for buffers that are not in use.
    pub fn ticks(&self, bytes: &AtomicBytes, ordering: Ordering) -> [i64; MOST_BUFFERS] {
        let mut ticks = [i64::MIN; MOST_BUFFERS];
        for (buffer, tick) in ticks.iter_mut().enumerate().take(self.buffer_count) {
            *tick = bytes.load_i32(header_at::tick(buffer), ordering).map_or(i64::MIN, i64::from);
        }
        ticks
    }
}

/// Whether the sim says that it is connected.
pub fn is_connected(bytes: &AtomicBytes) -> bool {
    bytes.load_i32(header_at::STATUS, Ordering::Acquire).is_some_and(|status| status & 1 != 0)
}

/// The sim's count of changes of its session text.
pub fn session_update(bytes: &AtomicBytes) -> i32 {
    bytes.load_i32(header_at::SESSION_UPDATE, Ordering::Acquire).unwrap_or(0)
}

fn shape(bytes: &AtomicBytes) -> Option<Shape> {
    let mut shape = [0; SHAPE_AT.len()];
    for (value, at) in shape.iter_mut().zip(SHAPE_AT) {
        *value = bytes.load_i32(at, Ordering::Relaxed)?;
    }
    (bytes.len() >= HEADER_BYTES).then_some(shape)
}

fn within(value: i32, least: i32, most: i32, what: &str) -> Result<usize, String> {
    if (least..=most).contains(&value) { Ok(value as usize) } else { Err(format!("it says {value} {what}")) }
}

/// An offset whose `length` bytes lie in the view and behind the header.
fn place(view: usize, at: i32, length: usize, what: &str) -> Result<usize, String> {
    let place = usize::try_from(at).ok().filter(|at| *at >= HEADER_BYTES);
    place
        .filter(|at| at.checked_add(length).is_some_and(|end| end <= view))
        .ok_or_else(|| format!("its {what} of {length} bytes would begin at byte {at} of {view}"))
}

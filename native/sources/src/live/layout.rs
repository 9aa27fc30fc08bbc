//! Where things are in the sim's live memory. Header and variable headers are those of a file ([`crate::ibt`]); a file has one row
//! table entry and a sub-header, the live memory has up to four entries, and its areas have fixed room. Measured on a real dump of 2024.

/// Bytes of the header with its four row table entries.
pub const HEADER_BYTES: usize = 112;
/// Most row buffers that the header has room for; the sim uses 3.
pub const MOST_BUFFERS: usize = 4;
/// Room for session text in builds of 2024 (128 KiB in 2015).
pub const SESSION_ROOM: usize = 512 << 10;
/// Variable headers that the live table has room for.
pub const VARIABLE_SLOTS: usize = 4096;
/// Distance between row buffers, whatever a row's length.
pub const ROW_ROOM: usize = 24_576;

/// Offsets in the header.
pub mod header_at {
    pub use crate::ibt::header_at::{
        BUFFER_COUNT, ROW_BYTES, SESSION_LEN, SESSION_OFFSET, STATUS, TICK_RATE, VARIABLE_COUNT,
        VARIABLE_OFFSET, VERSION,
    };

    /// Counts changes of the session text; 0 in a file.
    pub const SESSION_UPDATE: usize = 12;

    /// Tick of the row in a buffer.
    pub const fn tick(buffer: usize) -> usize {
        48 + 16 * buffer
    }

    /// Where the row in a buffer begins.
    pub const fn row_offset(buffer: usize) -> usize {
        52 + 16 * buffer
    }
}

/// Name of the sim's mapping.
pub const MAP_NAME: &str = "Local\\IRSDKMemMapFileName";
/// Name of the event that says that a row is there.
pub const EVENT_NAME: &str = "Local\\IRSDKDataValidEvent";

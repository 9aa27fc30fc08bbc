//! Where things are in the file, and the two readers of little-endian numbers that everything else uses.

/// Bytes of the header and the sub-header that only files have.
pub const DISK_HEADER_BYTES: usize = 144;
/// Bytes of one variable's header.
pub const VARIABLE_BYTES: usize = 144;

/// Offsets in the header.
pub mod header_at {
    /// Version of the layout, 2.
    pub const VERSION: usize = 0;
    /// Bit 0: connected.
    pub const STATUS: usize = 4;
    /// Ticks a second.
    pub const TICK_RATE: usize = 8;
    /// Bytes of the session text.
    pub const SESSION_LEN: usize = 16;
    /// Where it begins.
    pub const SESSION_OFFSET: usize = 20;
    /// Number of variables.
    pub const VARIABLE_COUNT: usize = 24;
    /// Where their headers begin.
    pub const VARIABLE_OFFSET: usize = 28;
    /// Row buffers in use.
    pub const BUFFER_COUNT: usize = 32;
    /// Bytes of a row.
    pub const ROW_BYTES: usize = 36;
    /// Tick of the last row.
    pub const TICK_COUNT: usize = 48;
    /// Where the rows begin.
    pub const ROWS_OFFSET: usize = 52;
    /// Wall clock at the start, Unix seconds.
    pub const START_DATE: usize = 112;
    /// Session clock at the start, s.
    pub const START_TIME: usize = 120;
    /// Session clock at the end, s.
    pub const END_TIME: usize = 128;
    /// Laps.
    pub const LAP_COUNT: usize = 136;
    /// Rows.
    pub const RECORD_COUNT: usize = 140;
}

/// Offsets in a variable's header, with the room for each text including its closing zero.
pub mod variable_at {
    pub const TYPE: usize = 0;
    pub const OFFSET: usize = 4;
    pub const COUNT: usize = 8;
    pub const COUNT_AS_TIME: usize = 12;
    pub const NAME: usize = 16;
    pub const NAME_BYTES: usize = 32;
    pub const DESCRIPTION: usize = 48;
    pub const DESCRIPTION_BYTES: usize = 64;
    pub const UNIT: usize = 112;
    pub const UNIT_BYTES: usize = 32;
}

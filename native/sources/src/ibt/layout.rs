//! Where things are in the file, and the two readers of little-endian numbers that everything else uses.

/// Bytes of the header and the sub-header that only files have.
pub const DISK_HEADER_BYTES: usize = 144;
/// Bytes of one variable's header.
pub const VARIABLE_BYTES: usize = 144;

/// Offsets in the header.
pub mod header_at {
    pub const VERSION: usize = 0;
    pub const STATUS: usize = 4;
    pub const TICK_RATE: usize = 8;
    pub const SESSION_LEN: usize = 16;
    pub const SESSION_OFFSET: usize = 20;
    pub const VARIABLE_COUNT: usize = 24;
    pub const VARIABLE_OFFSET: usize = 28;
    pub const BUFFER_COUNT: usize = 32;
    pub const ROW_BYTES: usize = 36;
    pub const TICK_COUNT: usize = 48;
    pub const ROWS_OFFSET: usize = 52;
    pub const START_DATE: usize = 112;
    pub const START_TIME: usize = 120;
    pub const END_TIME: usize = 128;
    pub const LAP_COUNT: usize = 136;
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

//! A running sim: its memory, read row by row.

pub mod atomic_bytes;
pub mod file_map;
pub mod layout;
pub mod memory;
pub mod raw;

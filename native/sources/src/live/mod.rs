//! A running sim: its memory, read row by row.

pub mod atomic_bytes;
mod connection;
pub mod decoder;
pub mod dump;
pub mod file_map;
pub mod header;
pub mod held_memory;
pub mod image;
pub mod layout;
pub mod memory;
pub mod options;
mod outbox;
pub mod raw;
pub mod row_reader;
pub mod schedule;
pub mod schema;
pub mod session_parser;
mod session_text_copy;
pub mod source;
pub mod traffic;
#[cfg(windows)]
pub mod windows_map;
#[cfg(windows)]
mod windows_process;
#[cfg(windows)]
mod windows_view;

//! The lap file: one lap as Parquet, encoded once.
//!
//! A file has one row group with one row for each sample of the lap and of a few before and after it. The column `row` counts from the first
//! row after the line (rows before it are negative, missing rows are gaps in the count); every other column is a channel of the table in
//! `contract/tables/channels.json` under its name, and only channels that the source carries are there. Numbers are
//! byte-stream-split (integers: packed differences) and gzipped. The key-value metadata says what the lap is: `racing-coach.format-version`, and
//! `racing-coach.lap` with the [`LapFacts`] as JSON.
//!
//! The official time, validity and anything that depends on the version of the analysis travel beside the file, not in it: the bytes are
//! stored, hashed and shared, and never encoded again. Equal input gives equal bytes on every system.
#![forbid(unsafe_code)]

mod column;
mod decode;
mod encode;
mod facts;
mod page_check;

pub use column::Values;
pub use decode::{LapColumns, LapFile, decode, decode_columns};
pub use encode::{EncodeError, LapFileInput, PADDING_ROWS, encode, rows_around};
pub use facts::{FORMAT_VERSION, LapFacts};

//! CSV files: laps exported by Garage 61, wall-clock recordings of sim sessions, and our own export. Plain or gzipped.
//!
//! Which of them a file is, is told by its columns. Every kind is read into samples at a constant rate with rows numbered by
//! time, so that what follows need not know where they came from.

mod garage61;
mod lattice;
mod official;
mod own;
mod recording;
mod table;
mod ticks;
mod wall_clock;
mod wall_rows;

pub use own::write;
pub use recording::{CsvKind, CsvRecording};

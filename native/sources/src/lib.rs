//! Where samples come from: recordings and live sims, all behind [`source::Source`].

pub mod beside;
pub mod convert;
pub mod csv;
pub mod gt7;
pub mod ibt;
pub mod live;
pub mod memory_source;
pub mod new_file;
pub mod recording;
pub mod session_text;
pub mod source;
pub mod tape;
mod tick_index;

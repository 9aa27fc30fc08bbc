//! Where samples come from: recordings now, live sims later, all behind [`source::Source`].

pub mod ibt;
pub mod new_file;
pub mod session_text;
pub mod source;

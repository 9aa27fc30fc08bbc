//! Where samples come from: recordings now, live sims later, all behind [`source::Source`].

pub mod source;

//! The Node binding: check, convert, call, nothing else.

mod clock;
mod pace;
mod slot;
mod task;

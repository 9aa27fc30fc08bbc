//! The session text: what the sim says about track, car, driver and sessions, as YAML in Windows-1252.

mod build;
mod decode;
mod field;
mod keep;
mod read;
mod repair;
mod tree;

pub use build::build;
pub(crate) use build::encode;
pub(crate) use keep::keep_known;
pub use read::{SessionText, parse};
pub use tree::Node;

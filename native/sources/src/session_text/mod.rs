//! The session text: what the sim says about track, car, driver and sessions, as YAML in Windows-1252.

mod build;

pub use build::build;

//! Laps, corners, comparison and the live coach step: pure functions of samples and configuration.
//!
//! Nothing here reads a clock, a file, a random number or a hash order, and transcendental functions come from `libm`, so
//! the same samples give the same bytes on every system.
#![forbid(unsafe_code)]

mod generated;

pub mod analysis;
pub mod board;
pub mod brake_zones;
pub mod coach;
pub mod compare;
pub mod corner;
pub mod corners;
pub mod curvature;
pub mod delta;
pub mod error;
pub mod grid;
pub mod lap;
pub mod laps;
pub mod metrics;
pub mod plausible;
pub mod reason_set;
pub mod reference;
pub mod rules;
pub mod sample;
pub mod sections;
pub mod session;
pub mod session_watch;
#[cfg(test)]
mod synthetic_lap;
pub mod track_file;

pub use generated::tables::{Cause, CueCode, ErrorCode, Reason, Status};
pub use sample::{Channel, Sample};

/// Stored with every fact that the core computes; a reader with another number computes again from the lap file.
pub const ANALYSIS_VERSION: u32 = 1;

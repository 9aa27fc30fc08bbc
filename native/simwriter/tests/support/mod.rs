//! What the tests of the writing sim share.
#![allow(dead_code, unused_imports, reason = "each test file uses its part")]

mod direct_source;
mod test_map;

pub use direct_source::{DirectSource, variables_of};
pub use test_map::TestMap;

use racing_coach_sources::live::options::LiveOptions;
use std::time::Duration;

pub fn long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

/// Looks for the sim more often than the product does, so that a life takes seconds; how it reads is the product's way.
pub fn quick() -> LiveOptions {
    LiveOptions {
        look_every: Duration::from_millis(20),
        pause_after: Duration::from_millis(100),
        ask_alive_every: Duration::from_millis(200),
        ..LiveOptions::default()
    }
}

//! What the tests of the writing sim share.
#![allow(dead_code, unused_imports, reason = "each test file uses its part")]

mod direct_source;
mod test_map;

pub use direct_source::{DirectSource, variables_of};
pub use test_map::TestMap;

pub fn long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

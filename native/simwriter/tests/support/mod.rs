//! What the tests of the writing sim share.
#![allow(dead_code, reason = "each test file uses its part")]

mod direct_source;

pub use direct_source::DirectSource;

pub fn long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

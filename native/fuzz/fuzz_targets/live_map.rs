//! libFuzzer's entry for the target of this name.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| racing_coach_fuzz::live_map(bytes));

//! Memory that lies: every offset and length of the header set to anything, lists of variables that point out of the row, text without an
//! end. Refused with a reason or read within its bounds, never a panic.

#[path = "../../fuzz/targets.rs"]
#[allow(dead_code, reason = "one target of several")]
mod targets;

use proptest::prelude::*;
use racing_coach_core::ErrorCode;
use racing_coach_sources::live::dump::Dump;
use racing_coach_sources::live::layout::header_at;

fn good() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/corpus/live_map/connected.bin");
    std::fs::read(path).expect("the corpus is there")
}

fn error(patches: &[(usize, i32)]) -> String {
    let mut bytes = good();
    for (at, value) in patches {
        bytes[*at..*at + 4].copy_from_slice(&value.to_le_bytes());
    }
    let error = Dump::of(&bytes, "x").document().expect_err("it lies");
    assert_eq!(error.code, ErrorCode::SimMemoryBad);
    error.to_string()
}

#[test]
fn every_lie_of_the_header_has_its_reason() {
    let document = Dump::of(&good(), "x").document().unwrap();
    assert_eq!((document.newest_tick, document.variables, document.rows), (Some(43), 10, 3));
    let first_variable = i32::from_le_bytes(good()[28..32].try_into().unwrap()) as usize;
    let first_row = i32::from_le_bytes(good()[52..56].try_into().unwrap());
    let cases = [
        (header_at::VERSION, 7, "unknown version 7"),
        (header_at::TICK_RATE, 0, "0 ticks a second"),
        (header_at::TICK_RATE, i32::MAX, "ticks a second"),
        (header_at::BUFFER_COUNT, 1, "1 row buffers"),
        (header_at::BUFFER_COUNT, 5, "5 row buffers"),
        (header_at::VARIABLE_COUNT, 0, "0 variables"),
        (header_at::VARIABLE_COUNT, i32::MAX, "2147483647 variables"),
        (header_at::VARIABLE_COUNT, 1000, "list of variables of 144000 bytes would begin"),
        (header_at::VARIABLE_OFFSET, -1, "begin at byte -1"),
        (header_at::VARIABLE_OFFSET, i32::MAX, "begin at byte 2147483647"),
        (header_at::VARIABLE_OFFSET, 0, "begin at byte 0"),
        (header_at::ROW_BYTES, i32::MIN, "-2147483648 bytes in a row"),
        (header_at::ROW_BYTES, 1 << 20, "row of 1048576 bytes"),
        (header_at::row_offset(1), first_row + 4, "share bytes"),
        (header_at::ROW_BYTES, 20, "of a row of 20 bytes"),
        (header_at::row_offset(1), i32::MAX, "row of"),
        (header_at::row_offset(2), 4, "begin at byte 4"),
        (header_at::SESSION_LEN, -5, "-5 bytes of session text"),
        (header_at::SESSION_OFFSET, 1 << 20, "session text of 1024 bytes"),
        (first_variable, 9, "unknown type 9"),
        (first_variable + 4, -1, "from byte -1"),
        (first_variable + 8, 0, "takes 0 elements"),
    ];
    for (at, value, words) in cases {
        let text = error(&[(at, value)]);
        assert!(text.starts_with("x: this is not the memory of a sim (") && text.contains(words), "{text}");
    }
}

#[test]
fn a_memory_of_any_length_is_refused_or_read() {
    let good = good();
    let int = |at: usize| i32::from_le_bytes(good[at..at + 4].try_into().unwrap()) as usize;
    let end = int(header_at::row_offset(2)) + int(header_at::ROW_BYTES);
    for length in 0..good.len() {
        let result = Dump::of(&good[..length], "x").document();
        assert_eq!(result.is_ok(), length >= end, "{length} of {end}");
    }
}

#[test]
fn text_that_never_ends_is_read_to_the_end_of_its_room() {
    let mut bytes = good();
    bytes[112..112 + 1024].fill(b'x');
    let document = Dump::of(&bytes, "x").document().unwrap();
    assert_eq!((document.track, document.newest_tick), (None, Some(43)));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("RACING_COACH_LONG").is_some() { 20_000 } else { 200 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Three numbers of the header changed to anything.
    #[test]
    fn any_header_is_refused_or_read(
        patches in prop::collection::vec((0_usize..28, prop_oneof![any::<i32>(), 0..2000_i32]), 3),
    ) {
        let mut bytes = good();
        for (place, value) in patches {
            bytes[4 * place..4 * place + 4].copy_from_slice(&value.to_le_bytes());
        }
        targets::live_map(&bytes);
    }

    /// A variable's header changed to anything.
    #[test]
    fn any_list_of_variables_is_refused_or_read(
        variable in 0_usize..10,
        place in 0_usize..12,
        value in prop_oneof![any::<i32>(), -8..200_i32],
    ) {
        let mut bytes = good();
        let at = 112 + 1024 + 144 * variable + 4 * place;
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        targets::live_map(&bytes);
    }
}

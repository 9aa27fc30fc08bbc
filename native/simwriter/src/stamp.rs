//! What a measuring reader needs in a row: when it was published, and a sum by which a torn copy is known.

use crate::feed::Schema;
use racing_coach_sources::ibt::{RowLayout, VariableSpec, VariableType};

/// Nanoseconds of the monotonic clock at which the row was published; a double holds 104 days of them exactly.
pub const WROTE_NS: &str = "RacingCoachWroteNs";
/// [`sum`] of the row's bytes before this one.
pub const ROW_SUM: &str = "RacingCoachRowSum";

/// The variables, which come last in a row.
pub fn variables() -> [VariableSpec; 2] {
    [
        VariableSpec::new(WROTE_NS, VariableType::Double, "ns", "Monotonic clock when the row was written"),
        VariableSpec::new(ROW_SUM, VariableType::BitField, "", "Sum of the row before this"),
    ]
}

/// The schema with the variables behind it.
pub fn with_stamp(schema: &Schema) -> Schema {
    let layout = RowLayout::new(&variables());
    let mut headers = layout.headers();
    for header in headers.as_chunks_mut::<144>().0 {
        let at = i32::from_le_bytes([header[4], header[5], header[6], header[7]]) + schema.row_bytes as i32;
        header[4..8].copy_from_slice(&at.to_le_bytes());
    }
    Schema {
        tick_rate_hz: schema.tick_rate_hz,
        row_bytes: schema.row_bytes + layout.row_bytes(),
        headers: [schema.headers.as_slice(), &headers].concat(),
    }
}

/// The byte at which a variable begins, looked up in a list of variables' headers.
pub fn place_of(headers: &[u8], name: &str) -> Option<usize> {
    let named =
        |header: &&[u8; 144]| header[16..].starts_with(name.as_bytes()) && header[16 + name.len()] == 0;
    let header = headers.as_chunks::<144>().0.iter().find(named)?;
    usize::try_from(i32::from_le_bytes([header[4], header[5], header[6], header[7]])).ok()
}

/// Adds the moment and the sum to a row's end.
pub fn put(row: &mut Vec<u8>, now_ns: u64) {
    row.extend((now_ns as f64).to_le_bytes());
    let sum = sum(row);
    row.extend(sum.to_le_bytes());
}

/// A sum in which every byte and its place count; fast rather than strong, because the sim's rows come at full speed in tests.
pub fn sum(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let (words, rest) = bytes.as_chunks::<8>();
    let mix = |sum: u64, word: u64| (sum.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let sum = words.iter().fold(1, |sum, word| mix(sum, u64::from_le_bytes(*word)));
    let sum = rest.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)));
    (sum >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_row_counts() {
        let row: Vec<u8> = (0..75).collect();
        for at in 0..row.len() {
            let mut other = row.clone();
            other[at] ^= 1;
            assert_ne!(sum(&other), sum(&row), "byte {at}");
        }
    }
}

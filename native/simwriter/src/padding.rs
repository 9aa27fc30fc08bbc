//! Dummy variables, so that a row is as long and as odd as the sim's: 323 variables, 8154 bytes, two thirds of them off alignment.

use racing_coach_sources::ibt::{RowLayout, VariableSpec, VariableType};

/// Bytes of the real row and its number of variables, from the dump of 2024.
const REAL_BYTES: usize = 8154;
const REAL_VARIABLES: usize = 323;
/// Elements of the arrays among them.
const ARRAY: u32 = 64;

/// Dummies that bring a row of `layout` up to `count` variables and, in proportion, to the bytes of the sim's rows.
pub fn dummies(layout: &RowLayout, count: usize) -> Vec<VariableSpec> {
    let missing = count.saturating_sub(layout.len());
    let wanted = (count * REAL_BYTES / REAL_VARIABLES).saturating_sub(layout.row_bytes());
    let mut made = Vec::with_capacity(missing);
    let mut bytes = 0;
    for number in 0..missing {
        let mut dummy = dummy(number);
        // An array wherever single values could not make up for what is missing.
        let left = missing - number;
        if bytes + 4 * left < wanted {
            dummy.variable_type = VariableType::Float;
            dummy.count = ARRAY;
        }
        bytes += dummy.bytes();
        made.push(dummy);
    }
    made
}

fn dummy(number: usize) -> VariableSpec {
    // A byte now and then shifts whatever follows.
    let variable_type = match number % 5 {
        0 => VariableType::Bool,
        1 => VariableType::Int,
        _ => VariableType::Float,
    };
    VariableSpec::new(&format!("RacingCoachDummy{number:03}"), variable_type, "", "Fills the row")
}

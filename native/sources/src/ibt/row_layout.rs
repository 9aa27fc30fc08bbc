//! A row of variables, packed without padding as the sim packs it: where each one stands, and how a value gets there.

use super::layout::{VARIABLE_BYTES, variable_at};
use super::spec::{VariableSpec, VariableType};
use crate::session_text;

/// Variables and their places in a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowLayout {
    variables: Vec<(VariableSpec, usize)>,
    row_bytes: usize,
}

impl RowLayout {
    /// The variables in their order.
    pub fn new(variables: &[VariableSpec]) -> Self {
        let mut layout = RowLayout::default();
        for variable in variables {
            layout.variables.push((variable.clone(), layout.row_bytes));
            layout.row_bytes += variable.bytes();
        }
        layout
    }

    /// Bytes of a row.
    pub fn row_bytes(&self) -> usize {
        self.row_bytes
    }

    /// Number of variables.
    pub fn len(&self) -> usize {
        self.variables.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    /// A variable and the byte at which it begins.
    ///
    /// # Panics
    /// When there is no variable `index`.
    pub fn variable(&self, index: usize) -> (&VariableSpec, usize) {
        let (variable, offset) = &self.variables[index];
        (variable, *offset)
    }

    /// The place of a name in the order; the first, should it stand there twice.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.variables.iter().position(|(variable, _)| variable.name == name)
    }

    /// Puts a value into one element of a row. Integers are rounded towards zero and kept within their range; NaN becomes 0 where the type has
    /// none.
    ///
    /// # Panics
    /// When there is no such variable or element, or the row is shorter than [`row_bytes`](Self::row_bytes).
    pub fn set_element(&self, row: &mut [u8], index: usize, element: usize, value: f64) {
        let (variable, offset) = &self.variables[index];
        assert!(element < variable.count as usize, "{} has {} elements", variable.name, variable.count);
        let at = offset + element * variable.variable_type.bytes();
        match variable.variable_type {
            VariableType::Char => row[at] = value as u8,
            VariableType::Bool => row[at] = u8::from(value != 0.0 && !value.is_nan()),
            VariableType::Int => put(row, at, &(value as i32).to_le_bytes()),
            VariableType::BitField => put(row, at, &(value as i64 as u32).to_le_bytes()),
            VariableType::Float => put(row, at, &(value as f32).to_le_bytes()),
            VariableType::Double => put(row, at, &value.to_le_bytes()),
        }
    }

    /// The headers of all variables, as files and the live memory have them.
    pub fn headers(&self) -> Vec<u8> {
        self.variables
            .iter()
            .flat_map(|(variable, offset)| variable_header(variable, *offset as i32))
            .collect()
    }
}

/// A variable's header as it stands in a file and in the live memory.
pub(crate) fn variable_header(variable: &VariableSpec, offset: i32) -> [u8; VARIABLE_BYTES] {
    let mut bytes = [0; VARIABLE_BYTES];
    put(&mut bytes, variable_at::TYPE, &variable.variable_type.number().to_le_bytes());
    put(&mut bytes, variable_at::OFFSET, &offset.to_le_bytes());
    put(&mut bytes, variable_at::COUNT, &variable.count.to_le_bytes());
    bytes[variable_at::COUNT_AS_TIME] = u8::from(variable.count_as_time);
    let mut text = |at: usize, room: usize, value: &str| {
        let kept = session_text::encode(value);
        put(&mut bytes, at, &kept[..kept.len().min(room - 1)]);
    };
    text(variable_at::NAME, variable_at::NAME_BYTES, &variable.name);
    text(variable_at::DESCRIPTION, variable_at::DESCRIPTION_BYTES, &variable.description);
    text(variable_at::UNIT, variable_at::UNIT_BYTES, &variable.unit);
    bytes
}

pub(super) fn put(target: &mut [u8], at: usize, bytes: &[u8]) {
    target[at..at + bytes.len()].copy_from_slice(bytes);
}

//! What a recording holds: types, variables and the facts of its header.

use super::header::{bytes_at, int_at};

/// The type of a variable, as numbered in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableType {
    /// One byte of text.
    Char,
    /// One byte, 0 or 1.
    Bool,
    /// 32-bit signed integer.
    Int,
    /// 32 flag bits.
    BitField,
    /// 32-bit float.
    Float,
    /// 64-bit float.
    Double,
}

impl VariableType {
    /// Every type, at the index that is its number in the file.
    pub const ALL: [VariableType; 6] = [
        VariableType::Char,
        VariableType::Bool,
        VariableType::Int,
        VariableType::BitField,
        VariableType::Float,
        VariableType::Double,
    ];

    /// The type with this number; `None` for numbers that the sim does not use.
    pub fn from_number(number: i32) -> Option<Self> {
        usize::try_from(number).ok().and_then(|index| Self::ALL.get(index).copied())
    }

    /// The number in the file.
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The first element among these bytes as a number; booleans are 0 or 1.
    ///
    /// # Panics
    /// When there are fewer bytes than an element has.
    pub(super) fn decode(self, bytes: &[u8]) -> f64 {
        match self {
            VariableType::Char => f64::from(bytes[0]),
            VariableType::Bool => f64::from(u8::from(bytes[0] != 0)),
            VariableType::Int => f64::from(int_at(bytes, 0)),
            VariableType::BitField => f64::from(u32::from_le_bytes(bytes_at(bytes, 0))),
            VariableType::Float => f64::from(f32::from_le_bytes(bytes_at(bytes, 0))),
            VariableType::Double => f64::from_le_bytes(bytes_at(bytes, 0)),
        }
    }

    /// Bytes of one element.
    pub fn bytes(self) -> usize {
        match self {
            VariableType::Char | VariableType::Bool => 1,
            VariableType::Int | VariableType::BitField | VariableType::Float => 4,
            VariableType::Double => 8,
        }
    }
}

/// A variable to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariableSpec {
    /// The sim's name; at most 31 bytes are kept.
    pub name: String,
    /// What it is; at most 63 bytes are kept.
    pub description: String,
    /// The sim's unit; at most 31 bytes are kept.
    pub unit: String,
    /// Type of an element.
    pub variable_type: VariableType,
    /// Elements in a row; 1 for most.
    pub count: u32,
    /// Whether the elements are values at successive times inside the tick (360 Hz), oldest first.
    pub count_as_time: bool,
}

impl VariableSpec {
    /// A variable with one element.
    pub fn new(name: &str, variable_type: VariableType, unit: &str, description: &str) -> Self {
        VariableSpec {
            name: name.to_owned(),
            description: description.to_owned(),
            unit: unit.to_owned(),
            variable_type,
            count: 1,
            count_as_time: false,
        }
    }

    /// Bytes in a row.
    pub fn bytes(&self) -> usize {
        self.variable_type.bytes() * self.count as usize
    }
}

/// A recording to write.
#[derive(Debug, Clone, PartialEq)]
pub struct IbtSpec {
    /// Version of the layout: 2 now, 1 in old files.
    pub version: i32,
    /// Rows a second.
    pub tick_rate_hz: i32,
    /// The variables, packed into the row in this order without padding, as the sim does.
    pub variables: Vec<VariableSpec>,
    /// Session text in Windows-1252, see [`crate::session_text::build`].
    pub session_text: Vec<u8>,
    /// Start on the wall clock, in seconds since 1970.
    pub start_unix_s: i64,
}

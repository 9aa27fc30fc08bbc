//! A variable of a recording: name, type and place in the row.

use super::header::{bytes_at, int_at};
use super::layout::{VARIABLE_BYTES, variable_at};
use super::spec::{VariableSpec, VariableType};
use encoding_rs::WINDOWS_1252;

/// Description and unit stand side by side.
const WORDS_BYTES: usize = variable_at::DESCRIPTION_BYTES + variable_at::UNIT_BYTES;

/// A variable, checked: all its elements lie inside the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The sim's name.
    pub name: String,
    /// Type of an element.
    pub variable_type: VariableType,
    /// Elements in a row. Plain names such as `YawRate` have 6 when the user records at 360 Hz.
    pub count: usize,
    /// Whether the elements are values at successive times inside the tick.
    pub count_as_time: bool,
    /// Byte of the row at which the first element begins; seldom aligned.
    pub offset: usize,
    /// Description and unit as they stand in the file: seldom asked for, and two texts for each of 300 variables take as long as a column.
    words: [u8; WORDS_BYTES],
}

impl Variable {
    /// The sim's description.
    pub fn description(&self) -> String {
        text(&self.words, 0, variable_at::DESCRIPTION_BYTES)
    }

    /// The sim's unit; `%` stands for fractions of 1.
    pub fn unit(&self) -> String {
        text(&self.words, variable_at::DESCRIPTION_BYTES, variable_at::UNIT_BYTES)
    }

    /// The variables of a list of headers, each checked against the row's length; else what is wrong, for people.
    pub fn parse_all(list: &[u8], row_bytes: usize) -> Result<Vec<Variable>, String> {
        list.chunks_exact(VARIABLE_BYTES).map(|bytes| Self::parse(bytes, row_bytes)).collect()
    }

    fn parse(bytes: &[u8], row_bytes: usize) -> Result<Variable, String> {
        let name = text(bytes, variable_at::NAME, variable_at::NAME_BYTES);
        let number = int_at(bytes, variable_at::TYPE);
        let variable_type = VariableType::from_number(number)
            .ok_or_else(|| format!("variable {name:?} has the unknown type {number}"))?;
        let (count, offset) = (int_at(bytes, variable_at::COUNT), int_at(bytes, variable_at::OFFSET));
        let end = i64::from(offset) + i64::from(count) * variable_type.bytes() as i64;
        if count < 1 || offset < 0 || end > row_bytes as i64 {
            return Err(format!(
                "variable {name:?} takes {count} elements from byte {offset} of a row of {row_bytes} bytes"
            ));
        }
        Ok(Variable {
            name,
            variable_type,
            count: count as usize,
            count_as_time: bytes_at::<1>(bytes, variable_at::COUNT_AS_TIME)[0] != 0,
            offset: offset as usize,
            words: bytes_at(bytes, variable_at::DESCRIPTION),
        })
    }

    /// As it is written anew.
    pub fn spec(&self) -> VariableSpec {
        VariableSpec {
            name: self.name.clone(),
            description: self.description(),
            unit: self.unit(),
            variable_type: self.variable_type,
            count: self.count as u32,
            count_as_time: self.count_as_time,
        }
    }

    /// Bytes of all elements in a row.
    pub fn bytes(&self) -> usize {
        self.variable_type.bytes() * self.count
    }

    /// Byte of the row at which the newest element begins. Where a tick carries several values they stand oldest first, so the last
    /// one belongs to the tick itself. (The order is an assumption; no public source states it.)
    pub fn newest_at(&self) -> usize {
        self.offset + (self.count - 1) * self.variable_type.bytes()
    }

    /// The newest element of a row as a number; booleans are 0 or 1.
    pub fn decode(&self, row: &[u8]) -> f64 {
        self.value_at(row, self.newest_at())
    }

    /// One element of a row as a number, for arrays that list something else than time; NaN for one that there is not.
    pub fn decode_element(&self, row: &[u8], element: usize) -> f64 {
        if element >= self.count {
            return f64::NAN;
        }
        self.value_at(row, self.offset + element * self.variable_type.bytes())
    }

    fn value_at(&self, row: &[u8], at: usize) -> f64 {
        self.variable_type.decode(&row[at..])
    }
}

fn text(bytes: &[u8], at: usize, room: usize) -> String {
    let field = &bytes[at..at + room];
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(room);
    WINDOWS_1252.decode_without_bom_handling(&field[..end]).0.into_owned()
}

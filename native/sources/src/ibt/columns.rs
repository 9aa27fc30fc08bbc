//! Columns: some variables of all rows, without decoding the others.

use super::file::IbtFile;
use super::spec::VariableType;
use super::variable::Variable;
use racing_coach_core::error::CodedError;
use std::io::{Read, Seek};

/// The values of a column in the width that the file has them in. Wider ones would cost more than the decoding: what takes the time is memory
/// that was not touched before.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnValues {
    /// Characters and booleans; booleans are 0 or 1.
    Byte(Vec<u8>),
    /// Integers.
    Int(Vec<i32>),
    /// Bit fields.
    Bits(Vec<u32>),
    /// Single precision.
    Float(Vec<f32>),
    /// Double precision.
    Double(Vec<f64>),
}

impl ColumnValues {
    fn with_capacity(variable_type: VariableType, rows: usize) -> Self {
        match variable_type {
            VariableType::Char | VariableType::Bool => ColumnValues::Byte(Vec::with_capacity(rows)),
            VariableType::Int => ColumnValues::Int(Vec::with_capacity(rows)),
            VariableType::BitField => ColumnValues::Bits(Vec::with_capacity(rows)),
            VariableType::Float => ColumnValues::Float(Vec::with_capacity(rows)),
            VariableType::Double => ColumnValues::Double(Vec::with_capacity(rows)),
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            ColumnValues::Byte(values) => values.len(),
            ColumnValues::Int(values) => values.len(),
            ColumnValues::Bits(values) => values.len(),
            ColumnValues::Float(values) => values.len(),
            ColumnValues::Double(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values as doubles, which hold each of the types exactly.
    pub fn to_f64(&self) -> Vec<f64> {
        match self {
            ColumnValues::Byte(values) => values.iter().copied().map(f64::from).collect(),
            ColumnValues::Int(values) => values.iter().copied().map(f64::from).collect(),
            ColumnValues::Bits(values) => values.iter().copied().map(f64::from).collect(),
            ColumnValues::Float(values) => values.iter().copied().map(f64::from).collect(),
            ColumnValues::Double(values) => values.clone(),
        }
    }
}

/// One variable of every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The variable.
    pub variable: Variable,
    /// Its newest element in each row, see [`Variable::newest_at`].
    pub values: ColumnValues,
}

impl<R: Read + Seek> IbtFile<R> {
    /// Reads variables by name, in one pass over the file. A name that the file lacks gives `None` in its place: which variables exist
    /// depends on car and build.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn read_columns(&mut self, names: &[&str]) -> Result<Vec<Option<Column>>, CodedError> {
        let row_bytes = self.header().row_bytes;
        let rows = self.row_count();
        let column = |variable: &Variable| Column {
            variable: variable.clone(),
            values: ColumnValues::with_capacity(variable.variable_type, rows),
        };
        let mut columns: Vec<Option<Column>> =
            names.iter().map(|name| self.variable(name).map(column)).collect();
        self.for_each_block(|block| {
            for column in columns.iter_mut().flatten() {
                append(column, block, row_bytes);
            }
        })?;
        Ok(columns)
    }

    /// The bytes of all elements of one variable, row after row, for arrays and for text; `None` when the file lacks it.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn read_raw(&mut self, name: &str) -> Result<Option<Vec<u8>>, CodedError> {
        let Some(variable) = self.variable(name).cloned() else { return Ok(None) };
        let row_bytes = self.header().row_bytes;
        let mut raw = Vec::with_capacity(variable.bytes() * self.row_count());
        self.for_each_block(|block| {
            for row in block.chunks_exact(row_bytes) {
                raw.extend_from_slice(&row[variable.offset..variable.offset + variable.bytes()]);
            }
        })?;
        Ok(Some(raw))
    }
}

/// One loop for each type, so that nothing is decided inside it.
fn append(column: &mut Column, block: &[u8], row_bytes: usize) {
    let at = column.variable.newest_at();
    let is_bool = column.variable.variable_type == VariableType::Bool;
    match &mut column.values {
        ColumnValues::Byte(values) if is_bool => {
            stride(values, block, row_bytes, at, |[byte]| u8::from(byte != 0));
        }
        ColumnValues::Byte(values) => stride(values, block, row_bytes, at, |[byte]| byte),
        ColumnValues::Int(values) => stride(values, block, row_bytes, at, i32::from_le_bytes),
        ColumnValues::Bits(values) => stride(values, block, row_bytes, at, u32::from_le_bytes),
        ColumnValues::Float(values) => stride(values, block, row_bytes, at, f32::from_le_bytes),
        ColumnValues::Double(values) => stride(values, block, row_bytes, at, f64::from_le_bytes),
    }
}

fn stride<T, const N: usize>(
    values: &mut Vec<T>,
    block: &[u8],
    row_bytes: usize,
    at: usize,
    decode: impl Fn([u8; N]) -> T,
) {
    values.extend(block.chunks_exact(row_bytes).map(|row| {
        let mut bytes = [0; N];
        bytes.copy_from_slice(&row[at..at + N]);
        decode(bytes)
    }));
}

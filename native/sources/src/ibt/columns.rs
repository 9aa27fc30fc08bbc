//! Columns: some variables of all rows, without decoding the others.

use super::file::IbtFile;
use super::spec::VariableType;
use super::variable::Variable;
use racing_coach_core::error::CodedError;
use std::io::{Read, Seek};

/// One variable of every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The variable.
    pub variable: Variable,
    /// Its newest element in each row, see [`Variable::newest_at`]; booleans are 0 or 1.
    pub values: Vec<f64>,
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
        let column =
            |variable: &Variable| Column { variable: variable.clone(), values: Vec::with_capacity(rows) };
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
    let values = &mut column.values;
    match column.variable.variable_type {
        VariableType::Char => stride(values, block, row_bytes, at, |[byte]: [u8; 1]| f64::from(byte)),
        VariableType::Bool => {
            stride(values, block, row_bytes, at, |[byte]: [u8; 1]| f64::from(u8::from(byte != 0)));
        }
        VariableType::Int => stride(values, block, row_bytes, at, |b| f64::from(i32::from_le_bytes(b))),
        VariableType::BitField => stride(values, block, row_bytes, at, |b| f64::from(u32::from_le_bytes(b))),
        VariableType::Float => stride(values, block, row_bytes, at, |b| f64::from(f32::from_le_bytes(b))),
        VariableType::Double => stride(values, block, row_bytes, at, f64::from_le_bytes),
    }
}

fn stride<const N: usize>(
    values: &mut Vec<f64>,
    block: &[u8],
    row_bytes: usize,
    at: usize,
    decode: impl Fn([u8; N]) -> f64,
) {
    values.extend(block.chunks_exact(row_bytes).map(|row| {
        let mut bytes = [0; N];
        bytes.copy_from_slice(&row[at..at + N]);
        decode(bytes)
    }));
}

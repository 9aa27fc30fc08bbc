//! Writes a recording, row by row.

use super::layout::{DISK_HEADER_BYTES, VARIABLE_BYTES, header_at, variable_at};
use super::spec::{IbtSpec, VariableSpec, VariableType};
use crate::new_file::NewFile;
use crate::session_text;
use racing_coach_core::error::CodedError;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

/// A recording being written. Set the values of a row by the variable's index in the spec, then [`end_row`](Self::end_row).
/// Values that were not set are zero, as in the sim's own reset rows. The counts in the header are right only after
/// [`finish`](Self::finish); a reader that trusts the file's size can read the file at any time.
pub struct IbtWriter<W: Write + Seek> {
    output: io::BufWriter<W>,
    variables: Vec<(VariableSpec, usize)>,
    row: Vec<u8>,
    row_count: i32,
    time: Option<usize>,
    lap: Option<usize>,
    first_time_s: f64,
    last_time_s: f64,
    last_lap: i32,
    lap_changes: i32,
}

impl IbtWriter<NewFile> {
    /// Begins a file; it appears under its name only when it is [`save`](Self::save)d.
    ///
    /// # Errors
    /// `output-exists` with the cause when the file cannot be made.
    pub fn create(path: &Path, spec: &IbtSpec) -> Result<Self, CodedError> {
        let file = NewFile::create(path)?;
        Self::new(file, spec).map_err(|cause| NewFile::error(path, &cause))
    }

    /// Finishes the file and gives it its name.
    ///
    /// # Errors
    /// `disk-full`, or `output-exists` with the cause.
    pub fn save(self, path: &Path) -> Result<(), CodedError> {
        self.finish().map_err(|cause| NewFile::error(path, &cause))?.commit()
    }
}

impl<W: Write + Seek> IbtWriter<W> {
    /// Begins a recording: writes headers and session text.
    pub fn new(output: W, spec: &IbtSpec) -> io::Result<Self> {
        let mut at = 0;
        let mut variables = Vec::with_capacity(spec.variables.len());
        for variable in &spec.variables {
            variables.push((variable.clone(), at));
            at += variable.bytes();
        }
        let index_of = |name: &str| spec.variables.iter().position(|variable| variable.name == name);
        let mut writer = IbtWriter {
            output: io::BufWriter::with_capacity(1 << 20, output),
            row: vec![0; at],
            row_count: 0,
            time: index_of("SessionTime"),
            lap: index_of("Lap"),
            first_time_s: 0.0,
            last_time_s: 0.0,
            last_lap: -1,
            lap_changes: 0,
            variables,
        };
        writer.write_head(spec)?;
        Ok(writer)
    }

    fn write_head(&mut self, spec: &IbtSpec) -> io::Result<()> {
        let session_at = DISK_HEADER_BYTES + VARIABLE_BYTES * self.variables.len();
        let mut head = [0; DISK_HEADER_BYTES];
        let ints = [
            (header_at::VERSION, spec.version),
            (header_at::STATUS, 1),
            (header_at::TICK_RATE, spec.tick_rate_hz),
            (header_at::SESSION_LEN, int_of(spec.session_text.len())?),
            (header_at::SESSION_OFFSET, int_of(session_at)?),
            (header_at::VARIABLE_COUNT, int_of(self.variables.len())?),
            (header_at::VARIABLE_OFFSET, int_of(DISK_HEADER_BYTES)?),
            (header_at::BUFFER_COUNT, 1),
            (header_at::ROW_BYTES, int_of(self.row.len())?),
            (header_at::ROWS_OFFSET, int_of(session_at + spec.session_text.len())?),
        ];
        for (at, value) in ints {
            put(&mut head, at, &value.to_le_bytes());
        }
        put(&mut head, header_at::START_DATE, &spec.start_unix_s.to_le_bytes());
        self.output.write_all(&head)?;
        for (variable, offset) in &self.variables {
            self.output.write_all(&variable_header(variable, int_of(*offset)?))?;
        }
        self.output.write_all(&spec.session_text)
    }

    /// Sets the first element of a variable in the current row. Integers are rounded towards zero and kept within their range; NaN
    /// becomes 0 where the type has none.
    ///
    /// # Panics
    /// When there is no variable `index`.
    pub fn set(&mut self, index: usize, value: f64) {
        self.set_element(index, 0, value);
    }

    /// Sets one element of a variable.
    ///
    /// # Panics
    /// When there is no such variable or element.
    pub fn set_element(&mut self, index: usize, element: usize, value: f64) {
        let (variable, offset) = &self.variables[index];
        assert!(element < variable.count as usize, "{} has {} elements", variable.name, variable.count);
        let at = offset + element * variable.variable_type.bytes();
        match variable.variable_type {
            VariableType::Char => self.row[at] = value as u8,
            VariableType::Bool => self.row[at] = u8::from(value != 0.0 && !value.is_nan()),
            VariableType::Int => put(&mut self.row, at, &(value as i32).to_le_bytes()),
            VariableType::BitField => put(&mut self.row, at, &(value as i64 as u32).to_le_bytes()),
            VariableType::Float => put(&mut self.row, at, &(value as f32).to_le_bytes()),
            VariableType::Double => put(&mut self.row, at, &value.to_le_bytes()),
        }
        if element == 0 {
            self.note(index, value);
        }
    }

    /// Sets all elements of a variable to the bytes that another recording has for them.
    ///
    /// # Panics
    /// When there is no variable `index` or it has another number of bytes.
    pub fn set_bytes(&mut self, index: usize, bytes: &[u8]) {
        let (variable, offset) = &self.variables[index];
        assert_eq!(bytes.len(), variable.bytes(), "{} has {} bytes", variable.name, variable.bytes());
        let variable_type = variable.variable_type;
        put(&mut self.row, *offset, bytes);
        if Some(index) == self.time || Some(index) == self.lap {
            self.note(index, variable_type.decode(bytes));
        }
    }

    /// Keeps what the header says about the rows.
    fn note(&mut self, index: usize, value: f64) {
        if Some(index) == self.time {
            self.last_time_s = value;
        }
        if Some(index) == self.lap && value as i32 != self.last_lap {
            self.last_lap = value as i32;
            self.lap_changes += 1;
        }
    }

    /// Writes the current row and begins the next with zeros.
    pub fn end_row(&mut self) -> io::Result<()> {
        self.output.write_all(&self.row)?;
        self.row.fill(0);
        if self.row_count == 0 {
            self.first_time_s = self.last_time_s;
        }
        self.row_count = self.row_count.checked_add(1).ok_or_else(too_large)?;
        Ok(())
    }

    /// Fills in the counts and times of the header and hands back what was written to.
    pub fn finish(self) -> io::Result<W> {
        let mut output = self.output.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut patch = |at: usize, bytes: &[u8]| {
            output.seek(SeekFrom::Start(at as u64))?;
            output.write_all(bytes)
        };
        patch(header_at::TICK_COUNT, &self.row_count.to_le_bytes())?;
        patch(header_at::START_TIME, &self.first_time_s.to_le_bytes())?;
        patch(header_at::END_TIME, &self.last_time_s.to_le_bytes())?;
        patch(header_at::LAP_COUNT, &self.lap_changes.to_le_bytes())?;
        patch(header_at::RECORD_COUNT, &self.row_count.to_le_bytes())?;
        output.seek(SeekFrom::End(0))?;
        output.flush()?;
        Ok(output)
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

fn put(target: &mut [u8], at: usize, bytes: &[u8]) {
    target[at..at + bytes.len()].copy_from_slice(bytes);
}

fn int_of(value: usize) -> io::Result<i32> {
    i32::try_from(value).map_err(|_| too_large())
}

fn too_large() -> io::Error {
    io::Error::other("more than an .ibt file can count")
}

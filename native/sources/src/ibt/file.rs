//! An open recording.

use super::header::IbtHeader;
use super::layout::{DISK_HEADER_BYTES, VARIABLE_BYTES};
use super::trouble::Trouble;
use super::variable::Variable;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Bytes read at a time: few calls, and the block stays in the processor's cache while columns are taken from it. The file is never
/// mapped: cut short while mapped it would kill the process, and on Windows a mapping locks the user's file.
const BLOCK_BYTES: usize = 256 << 10;

/// A recording whose header and variables have been read and checked. Rows are read when asked for. A last row that is cut off is
/// not part of it.
#[derive(Debug)]
pub struct IbtFile<R = File> {
    input: R,
    name: String,
    header: IbtHeader,
    variables: Vec<Variable>,
    session_text: Vec<u8>,
}

impl IbtFile<File> {
    /// Opens a recording.
    ///
    /// # Errors
    /// `file-not-found`, `file-unreadable`, or one of the `ibt-` codes; the text names the file as `path` has it.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        Self::read(crate::recording::open_file(path)?, &path.display().to_string())
    }
}

impl<R: Read + Seek> IbtFile<R> {
    /// Reads a recording from anything seekable; `name` is for error texts.
    ///
    /// # Errors
    /// `file-unreadable` or one of the `ibt-` codes.
    pub fn read(input: R, name: &str) -> Result<Self, CodedError> {
        Self::parse(input, name).map_err(|trouble| trouble.of(name))
    }

    fn parse(mut input: R, name: &str) -> Result<Self, Trouble> {
        let file_bytes = input.seek(SeekFrom::End(0))?;
        let head = read_at(&mut input, 0, file_bytes.min(DISK_HEADER_BYTES as u64) as usize)?;
        let header = IbtHeader::parse(&head, file_bytes)?;
        // Both lengths have been checked against the file's size and against fixed limits.
        let list = read_at(&mut input, header.variables_at, header.variable_count * VARIABLE_BYTES)?;
        let variables = Variable::parse_all(&list, header.row_bytes).map_err(Trouble::Bad)?;
        let mut session_text = read_at(&mut input, header.session_at, header.session_bytes)?;
        if let Some(end) = session_text.iter().position(|byte| *byte == 0) {
            session_text.truncate(end);
        }
        Ok(IbtFile { input, name: name.to_owned(), header, variables, session_text })
    }

    /// The header.
    pub fn header(&self) -> &IbtHeader {
        &self.header
    }

    /// The file's name as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The variables, in the file's order.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variable of this name; the first, should a file list it twice.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The variables' headers as they stand in the file, 144 bytes each.
    ///
    /// # Errors
    /// `file-unreadable`.
    pub fn variable_headers(&mut self) -> Result<Vec<u8>, CodedError> {
        let (at, bytes) = (self.header.variables_at, self.header.variable_count * VARIABLE_BYTES);
        read_at(&mut self.input, at, bytes).map_err(|cause| Trouble::from(cause).of(&self.name))
    }

    /// The session text as it stands in the file, without closing zeros: Windows-1252, often not valid YAML.
    pub fn session_text(&self) -> &[u8] {
        &self.session_text
    }

    /// The session as far as its text can be read; parts that are damaged are empty.
    pub fn session(&self) -> SessionInfo {
        crate::session_text::parse(&self.session_text)
    }

    /// Number of whole rows; at least 1.
    pub fn row_count(&self) -> usize {
        self.header.row_count as usize
    }

    /// Rows a second.
    pub fn rate_hz(&self) -> f64 {
        f64::from(self.header.tick_rate_hz)
    }

    /// Rows in a block of [`BLOCK_BYTES`].
    pub(super) fn block_rows(&self) -> usize {
        (BLOCK_BYTES / self.header.row_bytes).max(1)
    }

    /// Reads up to [`block_rows`](Self::block_rows) whole rows from `first_row` on into `block`; none after the last. A file that
    /// has shrunk since it was opened ends early.
    pub(super) fn read_block(&mut self, first_row: usize, block: &mut Vec<u8>) -> Result<(), CodedError> {
        let rows = self.block_rows().min(self.row_count().saturating_sub(first_row));
        let row_bytes = self.header.row_bytes;
        block.resize(rows * row_bytes, 0);
        let at = self.header.rows_at + first_row as u64 * row_bytes as u64;
        let filled =
            fill_at(&mut self.input, at, block).map_err(|cause| Trouble::from(cause).of(&self.name))?;
        block.truncate(filled - filled % row_bytes);
        Ok(())
    }

    /// Calls `each` with successive blocks of whole rows.
    pub(crate) fn for_each_block(&mut self, mut each: impl FnMut(&[u8])) -> Result<(), CodedError> {
        let mut block = Vec::new();
        let mut row = 0;
        loop {
            self.read_block(row, &mut block)?;
            if block.is_empty() {
                return Ok(());
            }
            each(&block);
            row += block.len() / self.header.row_bytes;
        }
    }
}

fn read_at<R: Read + Seek>(input: &mut R, at: u64, bytes: usize) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; bytes];
    input.seek(SeekFrom::Start(at))?;
    input.read_exact(&mut buffer)?;
    Ok(buffer)
}

fn fill_at<R: Read + Seek>(input: &mut R, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
    input.seek(SeekFrom::Start(at))?;
    let mut filled = 0;
    while filled < buffer.len() {
        match input.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(filled)
}

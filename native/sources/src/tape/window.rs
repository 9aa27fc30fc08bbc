//! Bytes of a file at any place, through one small buffer: whoever walks forward in small steps reads the file once.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes that are read at a time.
const WINDOW_BYTES: u64 = 16 << 10;

/// The buffer.
#[derive(Debug)]
pub struct Window {
    at: u64,
    bytes: Vec<u8>,
    file_bytes: u64,
}

impl Window {
    /// Over a file of this size.
    pub fn new(file_bytes: u64) -> Self {
        Window { at: 0, bytes: Vec::new(), file_bytes }
    }

    /// At least `least` bytes (a few) from `at` on, and what else is at hand; fewer only at the file's end.
    pub fn from<R: Read + Seek>(&mut self, input: &mut R, at: u64, least: usize) -> io::Result<&[u8]> {
        let wanted_end = at.saturating_add(least as u64).min(self.file_bytes);
        if at < self.at || wanted_end > self.at + self.bytes.len() as u64 {
            let bytes = self.file_bytes.saturating_sub(at).min(WINDOW_BYTES) as usize;
            self.bytes.resize(bytes, 0);
            self.at = at;
            input.seek(SeekFrom::Start(at))?;
            input.read_exact(&mut self.bytes)?;
        }
        Ok(&self.bytes[((at - self.at) as usize).min(self.bytes.len())..])
    }
}

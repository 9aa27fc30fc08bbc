//! What the bytes of a row mean: the header with the list of variables that belongs to it.

use super::atomic_bytes::AtomicBytes;
use super::header::LiveHeader;
use crate::ibt::{VARIABLE_BYTES, Variable};
use std::sync::atomic::{Ordering, fence};

/// Header and variables, read together.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The header.
    pub header: LiveHeader,
    /// The variables' headers as the sim has them, 144 bytes each.
    pub list: Vec<u8>,
    /// The variables, each checked against the row.
    pub variables: Vec<Variable>,
}

impl Schema {
    /// Reads both; else what is wrong, for people. A list that the sim is writing at this moment may come out mixed: it is either refused here
    /// or found out by [`is_unchanged`](Self::is_unchanged) later.
    pub fn read(bytes: &AtomicBytes) -> Result<Self, String> {
        let header = LiveHeader::read(bytes)?;
        let mut list = vec![0; header.variable_count * VARIABLE_BYTES];
        let copied = bytes.copy(header.variables_at, &mut list);
        // As in `row_reader`: what is compared next is read after the copy.
        fence(Ordering::Acquire);
        if !copied || !header.is_unchanged(bytes) {
            return Err("its header is being changed".to_owned());
        }
        let variables = Variable::parse_all(&list, header.row_bytes)?;
        Ok(Schema { header, list, variables })
    }

    /// Whether the memory still has this header and this list. `scratch` is room to copy into, kept between calls.
    pub fn is_unchanged(&self, bytes: &AtomicBytes, scratch: &mut Vec<u8>) -> bool {
        scratch.resize(self.list.len(), 0);
        let same = bytes.copy(self.header.variables_at, scratch) && *scratch == self.list;
        fence(Ordering::Acquire);
        same && self.header.is_unchanged(bytes)
    }
}

//! Errors that a user sees: a code from one table, and what fills the places in its sentence.

use crate::ErrorCode;
use std::fmt;

/// A coded error. `Display` gives the whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedError {
    /// Which error.
    pub code: ErrorCode,
    /// What fills the `{name}` places of its text.
    pub data: Vec<(&'static str, String)>,
}

impl CodedError {
    /// An error without data yet.
    pub fn new(code: ErrorCode) -> Self {
        CodedError { code, data: Vec::new() }
    }

    /// Fills a place.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.data.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for CodedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.code.text();
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}').map_or(rest.len() - 1, |at| open + at);
            f.write_str(&rest[..open])?;
            let name = &rest[open + 1..close];
            match self.data.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => f.write_str(value)?,
                None => f.write_str(&rest[open..=close])?,
            }
            rest = &rest[close + 1..];
        }
        f.write_str(rest)
    }
}

impl std::error::Error for CodedError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_the_places_of_the_sentence_and_leaves_unknown_ones() {
        let error = CodedError::new(ErrorCode::FileUnreadable).with("file", "a.ibt");
        assert_eq!(error.to_string(), "a.ibt: cannot be read ({cause}).");
        assert_eq!(error.with("cause", "denied").to_string(), "a.ibt: cannot be read (denied).");
    }
}

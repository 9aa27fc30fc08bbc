//! What can be wrong with a recording, before the file's name is known.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::fmt;

/// A part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Header,
    Variables,
    Session,
    Row,
    Rows,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Header => "header",
            Part::Variables => "list of variables",
            Part::Session => "session text",
            Part::Row => "row",
            Part::Rows => "list of rows",
        })
    }
}

/// What is wrong.
#[derive(Debug)]
pub(super) enum Trouble {
    Empty,
    NotIbt,
    Truncated(Part),
    Bad(String),
    TooLarge(Part, String),
    NoSamples,
    Unreadable(std::io::Error),
}

impl Trouble {
    /// The coded error, with the file's name as the user gave it.
    pub(super) fn of(self, file: &str) -> CodedError {
        let error = |code| CodedError::new(code).with("file", file);
        match self {
            Trouble::Empty => error(ErrorCode::IbtEmpty),
            Trouble::NotIbt => error(ErrorCode::IbtNotIbt),
            Trouble::Truncated(part) => error(ErrorCode::IbtTruncated).with("part", part),
            Trouble::Bad(cause) => error(ErrorCode::IbtBadHeader).with("cause", cause),
            Trouble::TooLarge(part, cause) => {
                error(ErrorCode::IbtTooLarge).with("part", part).with("cause", cause)
            }
            Trouble::NoSamples => error(ErrorCode::IbtNoSamples),
            Trouble::Unreadable(cause) => error(ErrorCode::FileUnreadable).with("cause", cause),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(cause: std::io::Error) -> Self {
        Trouble::Unreadable(cause)
    }
}

//! What of the board has changed.

/// What is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct News {
    /// See [`super::Board::fuel`].
    pub fuel: bool,
    /// See [`super::Board::tyres`].
    pub tyres: bool,
    /// See [`super::Board::relative`].
    pub relative: bool,
    /// See [`super::Board::laps`].
    pub laps: bool,
    /// See [`super::Board::corners`].
    pub corners: bool,
}

impl News {
    /// Whether there is none.
    pub fn is_none(self) -> bool {
        self == News::default()
    }
}

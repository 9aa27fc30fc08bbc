//! Where the board gets what is no channel of a sample.

use super::cars::CarStates;
use super::tyres::RawTyres;

/// What a source tells beside its samples, looked at only when it is due.
pub trait Beside {
    /// Fills in where every car is; false, and nothing is filled, when the source does not tell.
    fn cars(&self, states: &mut CarStates) -> bool;
    /// The tyres of the last stop; `None` when the source does not tell.
    fn tyres(&self) -> Option<RawTyres>;
}

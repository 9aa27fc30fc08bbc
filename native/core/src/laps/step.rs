//! What the tracker knows after a row.

use crate::Status;
use crate::lap::{Lap, LapId};
use crate::reason_set::ReasonSet;

/// What the tracker knows after a row.
#[derive(Debug, Clone, Copy)]
pub struct TrackerStep {
    /// Stint and lap of the row.
    pub id: LapId,
    /// Metres from the line, normalised to 0 up to the length; NaN when the car is nowhere (reset row, missing).
    pub lap_distance_m: f64,
    /// Rows since the (fractional) line crossing; NaN when this lap did not begin at the line.
    pub rows_in_lap: f64,
    /// The line was crossed since the previous row.
    pub crossed: bool,
    /// Position jumped, wrapped or a new segment began at this row: do not extrapolate.
    pub snapped: bool,
    /// The lap that ended at this row; its official time is still open.
    pub closed: Option<Lap>,
    /// Laps whose official time was matched, or given up after 3 s; incomplete ones at once.
    pub settled: [Option<Lap>; 2],
    /// Why nothing may be coached right now; `None` when the car is driven normally.
    pub blocked: Option<Status>,
    /// The running lap goes on from where the sim put the car on the road: not at the line, and not in the pits. It blocks ([`Status::Reset`]).
    pub moved: bool,
    /// Another car is close, whatever else blocks.
    pub near_others: bool,
    /// Reasons of the running lap so far.
    pub reasons: ReasonSet,
}

/// What happened at one row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Events {
    pub(super) crossed: bool,
    pub(super) snapped: bool,
    pub(super) closed: Option<Lap>,
    pub(super) settled: [Option<Lap>; 2],
}

impl Events {
    /// Adds a lap that needs to wait no longer. There are never more than two in one row: one that waited and one that closed.
    pub(super) fn settle(&mut self, lap: Option<Lap>) {
        if lap.is_some()
            && let Some(free) = self.settled.iter_mut().find(|slot| slot.is_none())
        {
            *free = lap;
        }
    }
}

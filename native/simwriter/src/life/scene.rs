//! What lives are made of.

use super::take::Take;
use racing_coach_core::Sample;
use std::sync::Arc;

/// How the rows of a connection are made.
#[derive(Debug, Clone)]
pub struct Fittings {
    /// Whose session text and field.
    pub take: Arc<Take>,
    /// Other cars.
    pub cars: usize,
    /// Six values a tick.
    pub full_rate: bool,
    /// Variables up to which dummies are added; 0 for none. Another car has other ones.
    pub padding: usize,
    /// Seed of the field.
    pub seed: u64,
}

/// Where in the weekend, and from which lap on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// `SessionNum`.
    pub session_num: u32,
    /// Added to the laps of a take.
    pub laps: u32,
    /// Added to its incident points.
    pub incidents: u32,
}

/// One scene of a life.
#[derive(Debug, Clone)]
pub enum Scene {
    /// The sim's memory appears, or gets other rows. Ticks begin at this number.
    Begin {
        /// What the rows are like.
        fittings: Fittings,
        /// The tick of the next row.
        tick: i32,
    },
    /// The session text, again or changed: the sim counts it as a change.
    Text,
    /// Nobody is in the car and nothing is anywhere.
    Menus {
        /// How long; of an odd number of rows none is all zeros, because the sim counts a lap already.
        rows: u32,
        /// `SessionNum`.
        session_num: u32,
    },
    /// The car is in the garage. The timing of what was driven before goes on.
    Garage {
        /// How long.
        rows: u32,
        /// How to count.
        count: Count,
        /// What was driven before, and up to which row.
        after: Option<(Arc<Take>, usize)>,
        /// Where the car stands, as metres from the line and fraction of the lap.
        stands: (f64, f64),
    },
    /// Rows of a take.
    Drive {
        /// The take.
        take: Arc<Take>,
        /// Its rows.
        rows: std::ops::Range<usize>,
        /// How to count.
        count: Count,
    },
    /// Rows that were made up: the way into the pits.
    MadeUp {
        /// The rows.
        rows: Vec<Sample>,
        /// How to count.
        count: Count,
    },
    /// Rows of a take, watched again.
    Replay {
        /// The take.
        take: Arc<Take>,
        /// Its rows.
        rows: std::ops::Range<usize>,
        /// How to count.
        count: Count,
        /// The sim says that the driver is in the car.
        in_car: bool,
    },
    /// Nothing new.
    Pause {
        /// Ticks of the wall clock.
        ticks: u32,
    },
    /// The status bit goes.
    Disconnect,
    /// The memory goes.
    Close,
    /// The sim dies.
    Crash,
}

//! From packet ids to rows: what is next, missing, late or new.
//!
//! UDP may lose, repeat and reorder. A packet that comes after a later one is thrown away: waiting for it would delay every row of a connection
//! that loses some. Ids go on while the game is paused; those rows do not exist for us.

/// An id this far behind the newest is late; further behind it belongs to a console that began again.
const LATE_TICKS: i32 = 120;
/// An id further ahead than this (an hour) belongs to a console that began again.
const FURTHEST_TICKS: i32 = 3600 * 60;

/// What a packet is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The next row; so many before it are missing.
    Next(u64),
    /// A row of a simulation that stands still; so many rows were lost before it stood.
    Paused(u64),
    /// Seen already.
    Repeated,
    /// A later one was seen already.
    Late,
    /// The ids begin anew; it is the next row.
    Restarted,
}

/// Follows the ids.
#[derive(Debug, Clone, Copy, Default)]
pub struct Order {
    newest: Option<i32>,
    was_paused: bool,
    /// Index of the newest row; the next is one more.
    rows: u64,
}

impl Order {
    /// Takes a packet's id.
    pub fn take(&mut self, id: i32, paused: bool) -> Turn {
        let step = self.newest.map_or(1, |newest| id.wrapping_sub(newest));
        let restarted = !(-LATE_TICKS..=FURTHEST_TICKS).contains(&step);
        match step {
            _ if restarted => {}
            0 => return Turn::Repeated,
            ..0 => return Turn::Late,
            _ => {}
        }
        // What is missing after a paused row was paused as well.
        let missing = if self.was_paused || restarted { 0 } else { (step - 1) as u64 };
        self.newest = Some(id);
        self.was_paused = paused;
        self.rows += missing + u64::from(!paused);
        match (restarted, paused) {
            (true, _) => Turn::Restarted,
            (false, true) => Turn::Paused(missing),
            (false, false) => Turn::Next(missing),
        }
    }

    /// Index of the newest row: [`Sample::index`](racing_coach_core::Sample::index).
    pub fn index(&self) -> u64 {
        self.rows.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_repeated_and_late_packets() {
        let mut order = Order::default();
        let turns: Vec<_> = [10, 11, 14, 12, 14, 15].map(|id| order.take(id, false)).to_vec();
        use Turn::{Late, Next, Repeated};
        assert_eq!(turns, [Next(0), Next(0), Next(2), Late, Repeated, Next(0)]);
        assert_eq!(order.index(), 5);
    }

    #[test]
    fn a_pause_is_no_time() {
        let mut order = Order::default();
        order.take(10, false);
        assert_eq!(
            [11, 14, 20].map(|id| order.take(id, true)),
            [Turn::Paused(0), Turn::Paused(0), Turn::Paused(0)]
        );
        assert_eq!(order.take(30, false), Turn::Next(0));
        assert_eq!(order.index(), 1);
        assert_eq!(order.take(33, true), Turn::Paused(2), "two were lost before the pause");
        assert_eq!((order.take(34, false), order.index()), (Turn::Next(0), 4));
    }

    #[test]
    fn ids_that_begin_anew_and_run_over() {
        let mut order = Order::default();
        order.take(1_000_000, false);
        assert_eq!(order.take(3, false), Turn::Restarted);
        assert_eq!(order.take(4, false), Turn::Next(0));
        assert_eq!(order.take(2_000_000, false), Turn::Restarted);
        let mut order = Order::default();
        order.take(i32::MAX, false);
        assert_eq!(order.take(i32::MIN, false), Turn::Next(0));
    }
}

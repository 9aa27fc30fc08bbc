//! Deltas of a section's phases.

use crate::compare::document::PhaseDeltas;
use crate::compare::pair::Pair;
use crate::corner::Section;

/// A section's cuts in unrolled metres, never running backwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cuts {
    /// Where braking begins.
    pub start_m: f64,
    /// Where entry begins.
    pub turn_in_m: f64,
    /// Where middle begins.
    pub min_speed_m: f64,
    /// Where exit begins.
    pub pick_up_m: f64,
    /// Where the straight begins.
    pub exit_m: f64,
    /// Where it ends.
    pub end_m: f64,
}

impl Cuts {
    /// Unrolls a section from its start, cut by cut. One that ends where it starts is the whole lap.
    pub fn of(section: &Section, length_m: f64) -> Self {
        let start_m = section.start_m;
        let mut floor_m = start_m;
        let mut unroll = |place_m: f64| {
            floor_m = if place_m < floor_m { place_m + length_m } else { place_m };
            floor_m
        };
        Cuts {
            start_m,
            turn_in_m: unroll(section.turn_in_m),
            min_speed_m: unroll(section.min_speed_m),
            pick_up_m: unroll(section.pick_up_m),
            exit_m: unroll(section.exit_m),
            end_m: if section.end_m <= start_m { section.end_m + length_m } else { section.end_m },
        }
    }

    /// Seconds lost in each phase.
    pub fn deltas(&self, pair: &Pair) -> PhaseDeltas {
        PhaseDeltas {
            braking: pair.delta_s(self.start_m, self.turn_in_m),
            entry: pair.delta_s(self.turn_in_m, self.min_speed_m),
            middle: pair.delta_s(self.min_speed_m, self.pick_up_m),
            exit: pair.delta_s(self.pick_up_m, self.exit_m),
            straight: pair.delta_s(self.exit_m, self.end_m),
        }
    }
}

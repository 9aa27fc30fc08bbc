//! A car that left the track spoils its section and the next straight.
//!
//! The straight is part of the section of the corner before it; the run from the line belongs to the last one. So it is quiet until a
//! section with a coached corner begins. Missing rows and a penalty that is being served do the same, and so does turning round: what the
//! driver does next comes from there. A reference without such sections has nothing to wait for. Another reference changes
//! nothing about it; another stint does, because the car was moved.

use super::plan::Plan;
use super::road::Movement;
use crate::Status;
use crate::laps::{GAP_S, TrackerStep};

/// Whether the section that the car is in is spoiled.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SpoiledSection {
    spoiled: bool,
    stint: u32,
}

impl SpoiledSection {
    /// Takes a row that came after `missing_s` without rows.
    pub fn step(
        &mut self,
        step: &TrackerStep,
        missing_s: f64,
        movement: &Movement,
        plan: Option<&Plan>,
    ) -> bool {
        let Some(plan) = plan.filter(|plan| !plan.cuts.is_empty()) else {
            self.spoiled = false;
            return false;
        };
        let over = match movement {
            Movement::Moved { before, now } => plan.section_begins(before, now),
            _ => false,
        };
        let moved = std::mem::replace(&mut self.stint, step.id.stint) != step.id.stint;
        let spoils = matches!(
            step.blocked,
            Some(
                Status::OffTrack
                    | Status::WrongWay
                    | Status::Penalty
                    | Status::BlackFlag
                    | Status::Disqualified
            )
        );
        self.spoiled = spoils || missing_s > GAP_S && !moved || self.spoiled && !over && !moved;
        self.spoiled
    }
}

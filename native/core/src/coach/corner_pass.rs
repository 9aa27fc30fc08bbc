//! One pass through a section with a coached corner, from its start to its exit, measured as it happens.
//!
//! A pass that does not begin at the section's start (the car was placed inside of it) or is broken by a jump gives nothing. Time is
//! taken between the two cuts, interpolated between rows, and so does not depend on the line.

use super::cut::Cut;
use super::pedals::Pedals;
use super::plan::Plan;
use super::road::{Movement, Spot};
use super::row::Row;
use super::time_curve::wrapped_m;
use crate::Reason;
use crate::laps::{GAP_S, TrackerStep};
use crate::reason_set::ReasonSet;
use crate::{Sample, Status};

/// What a finished pass was like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PassResult {
    /// Index of the plan's cut.
    pub cut: usize,
    /// Seconds against the reference between the cuts; positive is slower.
    pub delta_s: f64,
    pub min_speed_mps: f64,
    pub brake_onset_m: Option<f64>,
    /// Why the pass is not usable.
    pub reasons: ReasonSet,
}

#[derive(Debug, Clone, Copy)]
struct Pass {
    cut: usize,
    start: Spot,
    exit_progress_m: f64,
    min_speed_mps: f64,
    onset_progress_m: Option<f64>,
    reasons: ReasonSet,
}

/// Measures one pass after the other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CornerPasses {
    pass: Option<Pass>,
}

impl CornerPasses {
    /// Forgets the running pass.
    pub fn leave(&mut self) {
        self.pass = None;
    }

    /// Takes a row. `spoils` are the reasons why this row is not fit to judge the driver by.
    pub fn step(
        &mut self,
        movement: &Movement,
        plan: &Plan,
        pedals: &Pedals,
        speed_mps: f64,
        spoils: ReasonSet,
    ) -> Option<PassResult> {
        let Movement::Moved { before, now } = movement else {
            self.leave();
            return None;
        };
        if let Some(pass) = &mut self.pass {
            pass.min_speed_mps = pass.min_speed_mps.min(speed_mps);
            pass.onset_progress_m =
                pass.onset_progress_m.or(pedals.meant_onset().map(|onset| onset.progress_m));
            pass.reasons = pass.reasons.union(spoils);
        }
        let result = self.finish(before, now, plan);
        if let Some(cut) = plan.cut_at(now.place_m) {
            self.begin(cut, before, now, plan, speed_mps, spoils);
        }
        result
    }

    fn finish(&mut self, before: &Spot, now: &Spot, plan: &Plan) -> Option<PassResult> {
        let pass = self.pass.filter(|pass| now.progress_m >= pass.exit_progress_m)?;
        self.pass = None;
        let exit = now.at_progress(before, pass.exit_progress_m);
        let place_of =
            |progress_m: f64| wrapped_m(now.place_m - (now.progress_m - progress_m), plan.curve.length_m);
        Some(PassResult {
            cut: pass.cut,
            delta_s: exit.lag_s - pass.start.lag_s,
            min_speed_mps: pass.min_speed_mps,
            brake_onset_m: pass.onset_progress_m.map(place_of),
            reasons: pass.reasons,
        })
    }

    /// Begins a pass when the section's start lies between the two rows; `now` lies in the section.
    fn begin(
        &mut self,
        cut: usize,
        before: &Spot,
        now: &Spot,
        plan: &Plan,
        speed_mps: f64,
        spoils: ReasonSet,
    ) {
        /// A row on the very start of a section must not fall between "before it" and "after it".
        const ROUNDING_M: f64 = 1e-6;
        let Cut { start_m, start_to_exit_m, .. } = plan.cuts[cut];
        let start_progress_m = now.progress_m - plan.curve.ahead_m(start_m, now.place_m);
        let crossed = before.progress_m - ROUNDING_M < start_progress_m;
        if crossed && start_to_exit_m > 0.0 {
            let start = now.at_progress(before, start_progress_m);
            self.pass = Some(Pass {
                cut,
                start,
                exit_progress_m: start_progress_m + start_to_exit_m,
                min_speed_mps: speed_mps,
                onset_progress_m: None,
                reasons: spoils,
            });
        }
    }
}

/// Why a row is not fit to judge the driver by. An off-track spoils the passes that it touches, a penalty or damage every pass while
/// it lasts, a contact without a penalty nothing.
pub(super) fn row_spoils(row: &Row) -> ReasonSet {
    /// Slower is standing.
    const STANDING_MPS: f64 = 1.0;
    let mut reasons = lap_spoils(&row.step, row.run_in);
    reasons = reasons.union(row.step.blocked.and_then(reason_of).into_iter().collect());
    if Sample::flag(row.sample.on_pit_road) == Some(true) {
        reasons.insert(Reason::PitLane);
    }
    if row.tick.missing_s > GAP_S {
        reasons.insert(Reason::Gap);
    }
    if row.speed_mps < STANDING_MPS {
        reasons.insert(Reason::Stopped);
    }
    reasons
}

/// A lap without a beginning at the line is an out-lap, or what is left of one, unless it has a run-in instead; the lap from the grid is for
/// timing only.
fn lap_spoils(step: &TrackerStep, run_in: bool) -> ReasonSet {
    const WITHOUT_BEGINNING: [Reason; 6] =
        [Reason::StartsMidLap, Reason::OutLap, Reason::Tow, Reason::Reset, Reason::Jump, Reason::NotDriving];
    let mut reasons = ReasonSet::EMPTY;
    if step.reasons.contains(Reason::GridStart) {
        reasons.insert(Reason::GridStart);
    }
    if step.rows_in_lap.is_nan() && !run_in {
        WITHOUT_BEGINNING
            .into_iter()
            .filter(|reason| step.reasons.contains(*reason))
            .for_each(|reason| reasons.insert(reason));
        if reasons.is_empty() {
            reasons.insert(Reason::StartsMidLap);
        }
    }
    reasons
}

/// The reason that belongs to what blocks coaching; `None` for statuses that are about the coach, not the driving.
fn reason_of(status: Status) -> Option<Reason> {
    match status {
        Status::NotDriving => Some(Reason::NotDriving),
        Status::InPits => Some(Reason::PitLane),
        Status::OutLap => Some(Reason::OutLap),
        Status::OffTrack => Some(Reason::OffTrack),
        Status::WrongWay => Some(Reason::WrongWay),
        Status::Reset => Some(Reason::Reset),
        Status::Caution => Some(Reason::Caution),
        Status::Penalty => Some(Reason::SlowDownPenalty),
        Status::BlackFlag | Status::Disqualified => Some(Reason::Penalty),
        Status::Damage => Some(Reason::Damage),
        Status::Pacing => Some(Reason::PaceLap),
        Status::SessionOver => Some(Reason::CoolDown),
        Status::Replay => Some(Reason::Replay),
        Status::Traffic => Some(Reason::Traffic),
        Status::InMenus | Status::InGarage => Some(Reason::NotDriving),
        Status::NoSource
        | Status::Loading
        | Status::Learning
        | Status::LearningLap
        | Status::LearningTrack
        | Status::Paused
        | Status::ConnectionLost
        | Status::SpoiledSection
        | Status::NoReference
        | Status::Coaching
        | Status::Wet
        | Status::Dry
        | Status::MissingChannels
        | Status::ReferenceMismatch
        | Status::RaceRules
        | Status::Ended => None,
    }
}

//! The laps of this session, and how evenly the clean ones were driven.

use super::consistency::{CleanLaps, Consistency};
use super::passes::Passes;
use crate::lap::{Lap, LapId};
use crate::reason_set::ReasonSet;
use serde::Serialize;

/// Laps that are listed.
pub const MOST_LAPS: usize = 20;
/// Shorter parts are no laps to list: what lies between two resets, or between the menus and the stall.
const LEAST_S: f64 = 10.0;

/// A finished lap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListedLap {
    /// Stint and number.
    pub id: LapId,
    /// Official where known, else our own; `None` of an incomplete lap.
    pub lap_time_s: Option<f64>,
    /// Complete, valid and without a reason against it.
    pub clean: bool,
    /// It counts for the sim.
    pub valid: bool,
    /// From line to line.
    pub complete: bool,
    /// Why not.
    pub reasons: ReasonSet,
}

/// `lapsMessage` of the contract, ready to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Laps {
    laps: [Option<ListedLap>; MOST_LAPS],
    best_s: Option<f64>,
    /// `None` before three clean laps.
    pub consistency: Option<Consistency>,
}

impl Laps {
    /// The newest last.
    pub fn listed(&self) -> impl Iterator<Item = &ListedLap> {
        self.laps.iter().flatten()
    }

    /// As the pages get it; `corner_id` names a corner of the reference.
    pub fn document<'a>(&'a self, corner_id: impl Fn(u16) -> Option<&'a str>) -> impl Serialize + 'a {
        LapsDocument {
            laps: self.listed().map(|lap| LapDocument::new(lap, self.best_s)).collect(),
            consistency: self.consistency.as_ref().map(|all| all.document(corner_id)),
        }
    }
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct LapBook {
    shown: Laps,
    clean: CleanLaps,
    waiting: [Option<(LapId, Passes)>; 2],
}

impl LapBook {
    /// A lap has ended whose time is still open: what its corners cost belongs to it.
    pub fn opened(&mut self, id: LapId, passes: &Passes) {
        self.waiting = [Some((id, *passes)), self.waiting[0]];
    }

    /// A lap is settled. True when the list changed.
    pub fn settled(&mut self, lap: &Lap, rate_hz: f64) -> bool {
        let of_lap = |waiting: &Option<(LapId, Passes)>| waiting.filter(|(id, _)| *id == lap.id);
        let passes = self.waiting.iter().find_map(of_lap).map_or(Passes::NONE, |(_, passes)| passes);
        let rows = lap.end_sample.saturating_sub(lap.start_sample) as f64;
        if !lap.complete() && rows < LEAST_S * rate_hz {
            return false;
        }
        let listed = ListedLap {
            id: lap.id,
            lap_time_s: lap.lap_time_s(),
            clean: lap.reference_grade(),
            valid: lap.valid(),
            complete: lap.complete(),
            reasons: lap.reasons,
        };
        self.list(listed);
        if let Some(time_s) = listed.lap_time_s.filter(|_| listed.clean) {
            self.clean.add(time_s, &passes);
            self.shown.consistency = self.clean.consistency();
        }
        true
    }

    /// Another reference: its corners are other ones, and so are their costs.
    pub fn forget_corners(&mut self) {
        self.waiting = [None; 2];
        self.clean.forget_corners();
        self.shown.consistency = self.clean.consistency();
    }

    /// The list.
    pub fn now(&self) -> &Laps {
        &self.shown
    }

    fn list(&mut self, lap: ListedLap) {
        let shown = &mut self.shown;
        if shown.laps.iter().all(Option::is_some) {
            shown.laps.rotate_left(1);
            shown.laps[MOST_LAPS - 1] = None;
        }
        if let Some(free) = shown.laps.iter_mut().find(|place| place.is_none()) {
            *free = Some(lap);
        }
        if let Some(time_s) = lap.lap_time_s.filter(|_| lap.valid) {
            shown.best_s = Some(shown.best_s.map_or(time_s, |best_s| best_s.min(time_s)));
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LapsDocument<C> {
    laps: Vec<LapDocument>,
    consistency: Option<C>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LapDocument {
    lap: i32,
    stint: u32,
    lap_time_s: Option<f64>,
    clean: bool,
    valid: bool,
    complete: bool,
    best: bool,
    to_best_s: Option<f64>,
    reasons: ReasonSet,
}

impl LapDocument {
    fn new(listed: &ListedLap, best_s: Option<f64>) -> Self {
        let ListedLap { id, lap_time_s, clean, valid, complete, reasons } = *listed;
        LapDocument {
            lap: id.lap,
            stint: id.stint,
            lap_time_s: lap_time_s.map(thousandths),
            clean,
            valid,
            complete,
            best: valid && lap_time_s.is_some() && lap_time_s == best_s,
            to_best_s: lap_time_s.zip(best_s).map(|(time_s, best_s)| thousandths(time_s - best_s)),
            reasons,
        }
    }
}

/// Lap times are told to a thousandth.
pub(super) fn thousandths(value_s: f64) -> f64 {
    libm::round(value_s * 1000.0) / 1000.0 + 0.0
}

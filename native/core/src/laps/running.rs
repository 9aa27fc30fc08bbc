//! The lap being driven: what was noticed on it so far.

use crate::Reason;
use crate::lap::{Lap, LapId, Spoil, Spoils};
use crate::reason_set::ReasonSet;

/// Slower than this the car stands.
pub(super) const STANDING_MPS: f64 = 1.0;
/// Standing this long on the track means that the car stopped.
const STOPPED_S: f64 = 1.0;
/// Backing up further than this is driving the wrong way, and driving forward half as far ends it.
const WRONG_WAY_M: f64 = 10.0;
/// A stretch shorter than this is no lap, unless it is a complete one.
const SHORTEST_S: f64 = 1.0;

/// The lap being driven.
#[derive(Debug, Clone, Copy)]
pub(super) struct Running {
    pub(super) id: LapId,
    pub(super) start_sample: u64,
    /// The fractional row of the crossing that began the lap.
    pub(super) start_row: Option<f64>,
    /// Metres since the line, not wrapped: negative after rolling back over it.
    pub(super) since_line_m: f64,
    /// Metres driven forward.
    pub(super) driven_m: f64,
    pub(super) reasons: ReasonSet,
    pub(super) spoils: Spoils,
    /// Began after the chequered flag.
    pub(super) cool_down: bool,
    /// Where the car last stood on the track.
    pub(super) stood_at_m: Option<f64>,
    /// The car has been out of the pits on this lap.
    pub(super) left_pits: bool,
    pub(super) wrong_way: bool,
    /// The field was being led round before a race on a part of this lap.
    pub(super) paraded: bool,
    backward_m: f64,
    forward_m: f64,
    standing_rows: f64,
}

impl Running {
    pub(super) fn new(id: LapId, start_sample: u64, start_row: Option<f64>, since_line_m: f64) -> Self {
        Running {
            id,
            start_sample,
            start_row,
            since_line_m,
            driven_m: 0.0,
            reasons: ReasonSet::EMPTY,
            spoils: Spoils::EMPTY,
            cool_down: false,
            stood_at_m: None,
            left_pits: false,
            wrong_way: false,
            paraded: false,
            backward_m: 0.0,
            forward_m: 0.0,
            standing_rows: 0.0,
        }
    }

    /// Notes the movement of one row. `rows` is how many passed, `speed_mps` the speed after them.
    pub(super) fn advance(&mut self, to_m: f64, rows: f64, speed_mps: f64, rate_hz: f64, in_pits: bool) {
        let moved_m = to_m - self.since_line_m;
        self.turn_round(moved_m);
        self.driven_m += moved_m.max(0.0);
        self.left_pits |= !in_pits;
        self.standing_rows = if speed_mps < STANDING_MPS { self.standing_rows + rows } else { 0.0 };
        if speed_mps < STANDING_MPS && !in_pits {
            self.stood_at_m = Some(to_m);
            if self.standing_rows >= STOPPED_S * rate_hz {
                self.spoil(Reason::Stopped, self.since_line_m, to_m);
            }
        }
        if self.wrong_way {
            self.spoil(Reason::WrongWay, self.since_line_m, to_m);
        }
        self.since_line_m = to_m;
    }

    fn turn_round(&mut self, moved_m: f64) {
        if moved_m < 0.0 {
            self.backward_m -= moved_m;
            self.forward_m = 0.0;
        } else {
            self.forward_m += moved_m;
        }
        if self.forward_m > WRONG_WAY_M / 2.0 {
            self.backward_m = 0.0;
        }
        self.wrong_way = self.backward_m > WRONG_WAY_M;
    }

    /// Adds a reason and the stretch that it spoils.
    pub(super) fn spoil(&mut self, reason: Reason, from_m: f64, to_m: f64) {
        self.reasons.insert(reason);
        let start_m = from_m.min(to_m).max(0.0);
        self.spoils.add(Spoil { start_m, end_m: from_m.max(to_m).max(start_m), reason });
    }

    /// Spoils a stretch for everything that is the matter at its end.
    pub(super) fn spoil_all(&mut self, active: ReasonSet, from_m: f64, to_m: f64) {
        if !active.is_empty() {
            active.iter().for_each(|reason| self.spoil(reason, from_m, to_m));
        }
    }

    /// The lap as it stands, ending with `end_sample`. `None` when it is too short to be one.
    pub(super) fn close(&self, end_sample: u64, end_row: Option<f64>, rate_hz: f64) -> Option<Lap> {
        let mut reasons = self.reasons;
        if self.start_row.is_none() {
            reasons.insert(Reason::StartsMidLap);
        }
        if end_row.is_none() {
            reasons.insert(Reason::EndsMidLap);
        }
        let own_time_s =
            self.start_row.zip(end_row).map(|(start_row, end_row)| (end_row - start_row) / rate_hz);
        let rows = end_sample.saturating_sub(self.start_sample) as f64;
        (own_time_s.is_some() || rows >= SHORTEST_S * rate_hz).then_some(Lap {
            id: self.id,
            start_sample: self.start_sample,
            end_sample: end_sample.max(self.start_sample),
            start_row: self.start_row,
            end_row,
            official_time_s: None,
            own_time_s,
            reasons,
            spoils: self.spoils,
        })
    }
}

//! What is the matter with the car right now, row by row, apart from where it is.

use super::traffic::Traffic;
use crate::reason_set::ReasonSet;
use crate::sample::session_flags as flags;
use crate::{Reason, Sample, Status};

/// Needed repairs in `EngineWarnings`: mandatory and optional.
const REPAIR_NEEDED: u32 = 0x80 | 0x100;
/// A slow-down penalty spoils until this long after its flag went.
const PENALTY_AFTER_S: f64 = 2.0;
/// A replay that is further than this from its end is watched; nearer, the picture behind the menus is the live one. One second.
const WATCHED_FRAMES: f64 = 60.0;
/// An incident is counted up to this long after what caused it.
const INCIDENT_LATE_S: f64 = 3.0;

/// What lasts from row to row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    /// Reasons that hold at this row and spoil the road under it.
    pub(super) active: ReasonSet,
    /// On pit road, in the stall or on the way there.
    pub(super) in_pits: bool,
    /// The session is over for a lap that begins now.
    pub(super) checkered: bool,
    /// The field is being led round before a race.
    pub(super) parade: bool,
    /// Of the two flags that are a penalty it is this one.
    disqualified: bool,
    /// What an incident that was counted at this row was: contact, or incident when the car had been off the track.
    pub(super) incident: Option<Reason>,
    /// Reasons that this row gives its lap without a stretch of road.
    pub(super) unplaced: Option<Reason>,
    traffic: Traffic,
    absence: Option<Status>,
    penalty_until_row: f64,
    off_track_row: Option<f64>,
    incidents: Option<f64>,
}

impl Condition {
    /// Nothing is the matter. `others_possible`: the car may not be alone.
    pub(super) fn new(others_possible: bool) -> Self {
        Condition {
            active: ReasonSet::EMPTY,
            in_pits: false,
            checkered: false,
            parade: false,
            disqualified: false,
            incident: None,
            unplaced: None,
            traffic: Traffic::new(others_possible),
            absence: None,
            penalty_until_row: 0.0,
            off_track_row: None,
            incidents: None,
        }
    }

    /// Others joined, or left.
    pub(super) fn set_others_possible(&mut self, others_possible: bool) {
        self.traffic.set_others_possible(others_possible);
    }

    /// Another session: everything but who takes part is new.
    pub(super) fn begin_anew(&mut self) {
        self.traffic.restart();
        *self = Condition { traffic: self.traffic, ..Condition::new(false) };
    }

    /// Takes a row. `cool_down` says that the running lap began after the chequered flag.
    pub(super) fn step(&mut self, sample: &Sample, rate_hz: f64, cool_down: bool) {
        let row = sample.index as f64;
        let session_flags = Sample::bits(sample.session_flags);
        let is = |value: f64| Sample::flag(value) == Some(true);
        self.in_pits = is(sample.on_pit_road) || sample.track_surface == 1.0 || sample.track_surface == 2.0;
        self.checkered = sample.session_state >= 5.0 && sample.session_state <= 6.0;
        if session_flags & flags::FURLED != 0 {
            self.penalty_until_row = row + PENALTY_AFTER_S * rate_hz;
        }
        if sample.track_surface == 0.0 {
            self.off_track_row = Some(row);
        }
        self.note_absence(sample);
        self.unplaced = self.traffic.unknown(sample);
        let not_in_car = Sample::flag(sample.is_on_track) == Some(false);
        let repair = Sample::bits(sample.engine_warnings) & REPAIR_NEEDED != 0;
        self.disqualified = session_flags & flags::DISQUALIFIED != 0;
        self.parade = sample.session_state == 3.0;
        let pacing = self.parade || sample.pace_mode == 2.0 || sample.pace_mode == 3.0;
        let holds = [
            (Reason::Replay, is(sample.is_replay_playing)),
            (Reason::NotDriving, not_in_car),
            (Reason::Tow, sample.tow_time_s > 0.0),
            (Reason::PitLane, self.in_pits),
            (Reason::CoolDown, sample.session_state == 6.0 || cool_down),
            (Reason::OffTrack, sample.track_surface == 0.0),
            (Reason::Caution, session_flags & (flags::CAUTION | flags::CAUTION_WAVING) != 0),
            (Reason::PaceLap, pacing),
            (Reason::SlowDownPenalty, row < self.penalty_until_row),
            (Reason::Penalty, session_flags & (flags::BLACK | flags::DISQUALIFIED) != 0),
            (Reason::Damage, repair || session_flags & flags::REPAIR != 0),
            (Reason::Traffic, self.traffic.is_close(sample, rate_hz)),
        ];
        self.active = holds.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect();
        self.count_incidents(sample.incident_count, row, rate_hz);
    }

    /// Takes of a row only where the driver is; the rest of a row of zeros says nothing.
    pub(super) fn note_absence(&mut self, sample: &Sample) {
        self.absence = absence(sample);
    }

    /// Nobody is in the car, or it is a replay.
    pub(super) fn is_absent(&self) -> bool {
        self.absence.is_some()
    }

    /// Where the driver is instead.
    pub(super) fn absence(&self) -> Option<Status> {
        self.absence
    }

    fn count_incidents(&mut self, count: f64, row: f64, rate_hz: f64) {
        self.incident = None;
        if !count.is_finite() {
            return;
        }
        if self.incidents.is_some_and(|before| count > before) {
            self.incident = Some(match self.rows_since_off_track(row) {
                Some(rows) if rows <= INCIDENT_LATE_S * rate_hz => Reason::Incident,
                _ => Reason::Contact,
            });
        }
        self.incidents = Some(count);
    }

    /// Rows since the car was last off the track.
    pub(super) fn rows_since_off_track(&self, row: f64) -> Option<f64> {
        self.off_track_row.map(|off_row| row - off_row)
    }

    /// Forgets what a reset or a tow ends. Damage and flags are read anew at every row.
    pub(super) fn restart(&mut self) {
        self.penalty_until_row = 0.0;
        self.off_track_row = None;
        self.traffic.restart();
    }

    /// Another car is close.
    pub(super) fn in_traffic(&self) -> bool {
        self.active.contains(Reason::Traffic)
    }

    /// Why nothing may be coached at this row, whatever the lap. Traffic is no such reason: what the lap is comes before it.
    pub(super) fn blocked(&self) -> Option<Status> {
        let order = [
            (Reason::Tow, Status::Reset),
            (Reason::CoolDown, Status::SessionOver),
            (Reason::PitLane, Status::InPits),
            (Reason::OffTrack, Status::OffTrack),
            (Reason::Caution, Status::Caution),
            (Reason::PaceLap, Status::Pacing),
            (Reason::SlowDownPenalty, Status::Penalty),
            (Reason::Penalty, if self.disqualified { Status::Disqualified } else { Status::BlackFlag }),
            (Reason::Damage, Status::Damage),
        ];
        let by_reason = order.into_iter().find(|(reason, _)| self.active.contains(*reason));
        self.absence.or(by_reason.map(|(_, status)| status))
    }
}

/// Where the driver is when he is not in the car. The sim shows its live picture as a replay that has come to its end: that is no
/// replay being watched. A source that has neither channel says only that he is not driving.
fn absence(sample: &Sample) -> Option<Status> {
    let in_car = Sample::flag(sample.is_on_track);
    let (garage, replay) = (Sample::flag(sample.is_in_garage), Sample::flag(sample.is_replay_playing));
    let near_end = sample.replay_frames_to_end <= WATCHED_FRAMES;
    match (in_car, replay) {
        (Some(false), _) if garage == Some(true) => Some(Status::InGarage),
        (_, Some(true)) if !near_end => Some(Status::Replay),
        (_, Some(true)) => Some(Status::InMenus),
        (Some(false), Some(false)) => Some(Status::InMenus),
        (Some(false), None) if garage.is_some() => Some(Status::InMenus),
        (Some(false), None) => Some(Status::NotDriving),
        _ => None,
    }
}

//! Matching the sim's lap time, which arrives 6 to 111 ticks after the line, to the lap it belongs to.

use crate::lap::Lap;
use crate::{Reason, Sample};

/// How long after the line the sim's time may arrive.
const WINDOW_S: f64 = 3.0;
/// A value further than this from our own time belongs to something else.
const PLAUSIBLE_S: f64 = 0.5;
/// Our own time is within 3 ms of the sim's on real laps: an unchanged value this near is the same time driven again.
const SAME_S: f64 = 0.003;
/// More than this and the recording does not show the lap that the sim timed.
const DIFFERS_S: f64 = 0.020;

#[derive(Debug, Clone, Copy)]
struct Pending {
    lap: Lap,
    closed_at_row: f64,
    shown_before_s: f64,
}

/// The lap that waits for its time; there is never more than one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OfficialTimes {
    pending: Option<Pending>,
    shown_s: Option<f64>,
    /// What was shown at the row before, so that a time that comes with the line itself is a change.
    shown_before_s: Option<f64>,
    /// The sim has shown a time before: only then does showing none say something about a lap.
    publishes: bool,
}

impl OfficialTimes {
    /// Takes a row; gives the pending lap when its time came or may not come any more.
    pub(super) fn step(&mut self, sample: &Sample, rate_hz: f64) -> Option<Lap> {
        let shown_s = sample.lap_last_time_s;
        self.shown_before_s = self.shown_s;
        if shown_s.is_finite() && shown_s != 0.0 {
            self.shown_s = Some(shown_s);
        }
        let settled = self.pending.as_ref().and_then(|pending| {
            let late = sample.index as f64 - pending.closed_at_row > WINDOW_S * rate_hz;
            self.judge(pending, late)
        });
        self.publishes |= self.shown_s.is_some_and(|shown_s| shown_s > 0.0);
        if settled.is_some() {
            self.pending = None;
        }
        settled
    }

    fn judge(&self, pending: &Pending, late: bool) -> Option<Lap> {
        let mut lap = pending.lap;
        let own_s = lap.own_time_s.unwrap_or(f64::NAN);
        let shown_s = self.shown_s.unwrap_or(f64::NAN);
        let changed = self.shown_s.is_some() && shown_s != pending.shown_before_s;
        let near_s = (shown_s - own_s).abs();
        if changed && shown_s > 0.0 && near_s <= PLAUSIBLE_S || late && shown_s > 0.0 && near_s <= SAME_S {
            lap.official_time_s = Some(shown_s);
            if near_s > DIFFERS_S {
                lap.reasons.insert(Reason::OfficialTimeDiffers);
            }
            return Some(lap);
        }
        if changed && shown_s < 0.0 {
            lap.reasons.insert(Reason::InvalidBySim);
            return Some(lap);
        }
        late.then(|| self.give_up(lap, shown_s))
    }

    /// No time came. -1 that stays -1 means an invalid lap where the sim is known to show times, or the lap shows why.
    fn give_up(&self, mut lap: Lap, shown_s: f64) -> Lap {
        let suspect = lap.reasons.contains(Reason::OffTrack) || lap.reasons.contains(Reason::Incident);
        if shown_s < 0.0 && (self.publishes || suspect) {
            lap.reasons.insert(Reason::InvalidBySim);
        } else {
            lap.reasons.insert(Reason::NoOfficialTime);
        }
        lap
    }

    /// Lets a complete lap wait. The one that waited is given up.
    pub(super) fn wait(&mut self, lap: Lap, closed_at_row: f64) -> Option<Lap> {
        let shown_before_s = self.shown_before_s.unwrap_or(f64::NAN);
        let given_up = self.finish();
        self.pending = Some(Pending { lap, closed_at_row, shown_before_s });
        given_up
    }

    /// Adds to the lap that waits what arrived late.
    pub(super) fn amend(&mut self, change: impl FnOnce(&mut Lap)) {
        if let Some(pending) = &mut self.pending {
            change(&mut pending.lap);
        }
    }

    /// The recording or session ends: the lap that waits goes without. A time that cannot be known yet says nothing about it.
    pub(super) fn finish(&mut self) -> Option<Lap> {
        self.pending.take().map(|pending| {
            let mut lap = pending.lap;
            lap.reasons.insert(Reason::NoOfficialTime);
            lap
        })
    }
}

//! A lap, and what it is good for.

use crate::Reason;
use crate::reason_set::ReasonSet;

/// A lap's identity: the sim's number alone repeats after a reset, so the stint goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LapId {
    /// Grows with every segment: reset, tow, pit exit, jump, new session. Counted from 0.
    pub stint: u32,
    /// The lap as the sim counts it.
    pub lap: i32,
}

/// A stretch of a lap that is not usable for coaching.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spoil {
    /// Where it begins, in metres from the line.
    pub start_m: f64,
    /// Where it ends; never before `start_m`, never past the lap's end (a spoil that runs over the line continues as
    /// one of the next lap). The rule "and the next straight" is applied where sections are known.
    pub end_m: f64,
    /// Why.
    pub reason: Reason,
}

/// The spoiled stretches of one lap, in order of their beginning. Fixed size, so that the live path does not allocate; when it is full,
/// the last stretch grows instead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spoils {
    items: [Spoil; Spoils::CAPACITY],
    len: usize,
}

impl Spoils {
    const CAPACITY: usize = 24;
    /// No spoil.
    pub const EMPTY: Spoils = Spoils {
        items: [Spoil { start_m: 0.0, end_m: 0.0, reason: Reason::OffTrack }; Self::CAPACITY],
        len: 0,
    };

    /// The spoils.
    pub fn as_slice(&self) -> &[Spoil] {
        &self.items[..self.len]
    }

    /// Adds a stretch; one that touches the last of the same reason extends it. Where there is no room the last stretch is
    /// extended whatever its reason: too much is spoiled then, never too little.
    pub fn add(&mut self, spoil: Spoil) {
        let full = self.len == Self::CAPACITY;
        if let Some(last) = self.items[..self.len].iter_mut().rev().find(|s| full || s.reason == spoil.reason)
            && (full || spoil.start_m <= last.end_m + 5.0)
        {
            last.start_m = last.start_m.min(spoil.start_m);
            last.end_m = last.end_m.max(spoil.end_m);
            return;
        }
        self.items[self.len] = spoil;
        self.len += 1;
    }
}

/// One lap, or part of one, of a stint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lap {
    /// Stint and number.
    pub id: LapId,
    /// First row of the lap: an index into the source, `Sample::index`.
    pub start_sample: u64,
    /// Last row of the lap, inclusive.
    pub end_sample: u64,
    /// The fractional row at which the car crossed the line at the beginning; `None` when it did not.
    pub start_row: Option<f64>,
    /// The fractional row at which it crossed at the end; `None` when it did not.
    pub end_row: Option<f64>,
    /// The sim's time, matched to this lap.
    pub official_time_s: Option<f64>,
    /// Our own time: rows between the crossings over the sample rate. The sim times the first lap of a race from the green light; there it
    /// is the sim's running clock at the line, and longer than what lies between `start_row` and `end_row`.
    pub own_time_s: Option<f64>,
    /// Why the lap is not complete, valid or reference-grade, and what else is to know.
    pub reasons: ReasonSet,
    /// Stretches that are spoiled.
    pub spoils: Spoils,
}

impl Lap {
    /// From line to line without a jump, tow or reset: it has a time.
    pub fn complete(&self) -> bool {
        self.own_time_s.is_some() && self.reasons.allows(Reason::spoils_complete)
    }

    /// It counts for the sim.
    pub fn valid(&self) -> bool {
        self.complete() && self.reasons.allows(Reason::spoils_valid)
    }

    /// Good enough to coach from.
    pub fn reference_grade(&self) -> bool {
        self.valid() && self.reasons.allows(Reason::spoils_reference)
    }

    /// Good enough for a rough reference: driven from line to line at the driver's own pace, with every row. Whether it counts does not
    /// matter: a wheel on the grass costs a tenth somewhere, and a delta against that is better than none.
    pub fn rough_grade(&self) -> bool {
        self.complete() && tolerable(self.reasons)
    }

    /// The official time when it was matched, else our own; `None` when the lap is not complete.
    pub fn lap_time_s(&self) -> Option<f64> {
        if self.complete() { self.official_time_s.or(self.own_time_s) } else { None }
    }
}

/// Whether a running lap with these reasons can still become a rough reference. Not one that stood or crawled somewhere (a spin,
/// a penalty, the pits, a caution, a start from the grid): its delta would be seconds off from there on. Not one with missing rows:
/// nobody knows what was driven there.
pub(crate) fn tolerable(reasons: ReasonSet) -> bool {
    const TOLERABLE: [Reason; 8] = [
        Reason::OffTrack,
        Reason::Incident,
        Reason::Contact,
        Reason::InvalidBySim,
        Reason::NoOfficialTime,
        Reason::OfficialTimeDiffers,
        Reason::Traffic,
        Reason::TrafficUnknown,
    ];
    reasons.iter().all(|reason| TOLERABLE.contains(&reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lap(reasons: &[Reason]) -> Lap {
        Lap {
            id: LapId::default(),
            start_sample: 0,
            end_sample: 5400,
            start_row: Some(0.0),
            end_row: Some(5400.0),
            official_time_s: None,
            own_time_s: Some(90.0),
            reasons: reasons.iter().copied().collect(),
            spoils: Spoils::EMPTY,
        }
    }

    #[test]
    fn a_rough_lap_may_have_left_the_track_but_not_stood_nor_lost_rows() {
        assert!(lap(&[]).rough_grade());
        assert!(lap(&[Reason::OffTrack, Reason::Incident, Reason::InvalidBySim]).rough_grade());
        let refused =
            [Reason::Gap, Reason::Jump, Reason::Reset, Reason::Tow, Reason::PitLane, Reason::OutLap];
        let slow = [Reason::Stopped, Reason::WrongWay, Reason::GridStart, Reason::Caution, Reason::Damage];
        for reason in refused.into_iter().chain(slow) {
            assert!(!lap(&[reason]).rough_grade(), "{reason:?}");
        }
        assert!(!Lap { end_row: None, own_time_s: None, ..lap(&[]) }.rough_grade());
    }
}

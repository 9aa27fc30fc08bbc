//! The streaming lap tracker: segments, laps and their reasons.
//!
//! Time is counted in rows (`Sample::index`, which counts missing rows as well), never by the session clock. A car's place is
//! followed without wrapping, so that rolling back over the line and forward again is no lap. Awkward values: a repeated row
//! changes nothing; an index that goes back or leaps by more than an hour, a reset row, another session and a movement that speed does
//! not allow end the segment; rows without a place count as missing. Who left the car was not moved: what comes next is an out-lap.

mod identity;
mod line;
mod movement;
mod segment;

pub(crate) use movement::GAP_S;

use super::condition::Condition;
use super::lost_channels::LostChannels;
use super::official::OfficialTimes;
use super::place::Placer;
use super::running::{Running, STANDING_MPS};
use super::step::{Events, TrackerStep};
use crate::lap::LapId;
use crate::{Reason, Sample, Status};

/// Sources count missing rows up to an hour ([`Sample::index`]): a longer leap means that their connection was lost in between.
const LONGEST_GAP_S: f64 = 3600.0;

/// The row before.
#[derive(Debug, Clone, Copy)]
struct Previous {
    index: u64,
    speed_mps: f64,
    clock_s: f64,
}

/// Follows one car through its samples. Its state is small and copied, it never allocates, and the live coach and the
/// offline analysis both use it.
#[derive(Debug, Clone, Copy)]
pub struct LapTracker {
    rate_hz: f64,
    placer: Placer,
    condition: Condition,
    lost_channels: LostChannels,
    official: OfficialTimes,
    running: Option<Running>,
    previous: Option<Previous>,
    last_index: Option<u64>,
    session_num: f64,
    /// The sim's lap number at the row before.
    sim_lap: f64,
    /// The next segment's stint and, where the sim tells no lap, its number.
    next: LapId,
    /// The newest lap that was handed on.
    emitted: Option<LapId>,
    /// The running lap got another stint only because its number had been used.
    made_unique: bool,
    /// Why the running segment began away from the line.
    cause: Option<Reason>,
    /// Nothing was driven yet, or the source held the distance at 0: a first place just after the line means it was crossed.
    fresh: bool,
    /// The newest row at which the source held the distance at 0, and whether the car stood at one of them.
    held_index: Option<u64>,
    stood_held: bool,
    /// The pits were entered since the stint began.
    pitted: bool,
    was_in_pits: bool,
    /// Nobody was in the car at the row before.
    was_absent: bool,
    /// Usual distance between rows in rows: 2 for 30 Hz rows that are counted at 60 Hz.
    spacing: f64,
}

impl LapTracker {
    /// A tracker for a source of `rate_hz` rows a second.
    pub fn new(rate_hz: f64) -> Self {
        LapTracker::with_length(rate_hz, None)
    }

    /// As `new`, with the rounded length of the session text for sources without `LapDistPct`.
    pub fn with_length(rate_hz: f64, length_m: Option<f64>) -> Self {
        LapTracker::with_placer(rate_hz, Placer::new(length_m))
    }

    /// As `new`, when an earlier pass found the exact length.
    pub(super) fn with_exact_length(rate_hz: f64, length_m: f64) -> Self {
        LapTracker::with_placer(rate_hz, Placer::with_exact(length_m))
    }

    /// Others may be on the track: where the source does not tell where they are, the laps say so. A new tracker takes the car to be
    /// alone.
    pub fn among_others(mut self, others_possible: bool) -> Self {
        self.condition = Condition::new(others_possible);
        self
    }

    /// Others joined, or left, while the laps go on.
    pub fn set_among_others(&mut self, others_possible: bool) {
        self.condition.set_others_possible(others_possible);
    }

    fn with_placer(rate_hz: f64, placer: Placer) -> Self {
        LapTracker {
            rate_hz: if rate_hz.is_finite() && rate_hz > 0.0 { rate_hz } else { 60.0 },
            placer,
            condition: Condition::new(false),
            lost_channels: LostChannels::default(),
            official: OfficialTimes::default(),
            running: None,
            previous: None,
            last_index: None,
            session_num: f64::NAN,
            sim_lap: f64::NAN,
            next: LapId::default(),
            emitted: None,
            made_unique: false,
            cause: None,
            fresh: true,
            held_index: None,
            stood_held: false,
            pitted: false,
            was_in_pits: true,
            was_absent: false,
            spacing: 1.0,
        }
    }

    /// Exact length of the lap: `LapDist / LapDistPct`, from the sample that determines it best. The rounded length that was
    /// given, until the line was crossed, for sources without `LapDistPct`.
    pub fn length_m(&self) -> Option<f64> {
        self.placer.length_m()
    }

    /// As `length_m`, but never the rounded length.
    pub(super) fn exact_length_m(&self) -> Option<f64> {
        self.placer.exact_length_m()
    }

    /// Takes the next row.
    pub fn step(&mut self, sample: &Sample) -> TrackerStep {
        let mut events = Events::default();
        if self.last_index == Some(sample.index) {
            let distance_m = self.placer.distance_m(sample, self.rate_hz);
            return self.report(sample, distance_m, events);
        }
        self.end_session(sample, &mut events);
        self.last_index = Some(sample.index);
        if sample.is_reset_row() {
            self.lose_place(sample, &mut events);
            return self.report(sample, f64::NAN, events);
        }
        events.settle(self.official.step(sample, self.rate_hz));
        let cool_down = self.running.as_ref().is_some_and(|running| running.cool_down);
        self.condition.step(sample, self.rate_hz, cool_down);
        if let Some(running) = &mut self.running {
            running.paraded |= self.condition.parade;
        }
        let distance_m = self.placer.distance_m(sample, self.rate_hz);
        if distance_m.is_nan() {
            self.hold(sample);
        } else if self.running.is_some() && self.previous.is_some() {
            self.advance(sample, distance_m, &mut events);
        } else {
            self.begin(sample, distance_m, &mut events);
        }
        self.note_row(sample, distance_m);
        self.report(sample, distance_m, events)
    }

    /// The source lost its connection: what follows is of another one, and nothing goes on. Closes the running lap and settles what waits for its
    /// official time; a second call changes nothing.
    pub fn begin_anew(&mut self) -> TrackerStep {
        let mut events = Events::default();
        let index = self.last_index.unwrap_or(0);
        if self.last_index.is_some() {
            self.leave_session(&mut events);
            self.session_num = f64::NAN;
        }
        self.report(&Sample { index, ..Sample::EMPTY }, f64::NAN, events)
    }

    /// End of the recording: closes the running lap and settles what waits for its official time.
    pub fn finish(&mut self) -> TrackerStep {
        let mut events = Events::default();
        events.settle(self.official.finish());
        self.finish_at_line(&mut events);
        self.break_segment(None, &mut events);
        let nothing = Sample { index: self.last_index.unwrap_or(0), ..Sample::EMPTY };
        TrackerStep { blocked: Some(Status::Ended), ..self.report(&nothing, f64::NAN, events) }
    }

    /// Another session, or rows that begin anew: nothing goes on.
    fn end_session(&mut self, sample: &Sample, events: &mut Events) {
        let other = sample.session_num.is_finite()
            && self.session_num.is_finite()
            && sample.session_num != self.session_num;
        if sample.session_num.is_finite() {
            self.session_num = sample.session_num;
        }
        let longest_rows = (LONGEST_GAP_S * self.rate_hz) as u64;
        let elsewhen = |last: u64| {
            sample.index.checked_sub(last).is_none_or(|rows| rows.saturating_sub(1) > longest_rows)
        };
        if other || self.last_index.is_some_and(elsewhen) {
            self.leave_session(events);
        }
    }

    fn leave_session(&mut self, events: &mut Events) {
        events.settle(self.official.finish());
        self.break_segment(None, events);
        *self = LapTracker {
            session_num: self.session_num,
            placer: self.placer,
            condition: self.condition,
            emitted: self.emitted,
            next: LapId { stint: self.next.stint.saturating_add(1), ..self.next },
            spacing: self.spacing,
            ..LapTracker::with_placer(self.rate_hz, self.placer)
        };
        self.condition.begin_anew();
    }

    /// A row of zeros: the sim moves the car, or nobody is in it. Where nothing was being driven there is nothing that was moved.
    fn lose_place(&mut self, sample: &Sample, events: &mut Events) {
        self.condition.note_absence(sample);
        let was_absent = std::mem::replace(&mut self.was_absent, self.condition.is_absent());
        let absent = was_absent || self.was_absent;
        let moved = !absent && self.running.is_some();
        self.break_segment(moved.then_some(Reason::Reset), events);
        if absent {
            self.cause = None;
        }
    }

    /// A row without a place. A source that holds the distance at 0 says whether the car stands there.
    fn hold(&mut self, sample: &Sample) {
        if sample.lap_distance_m == 0.0 && self.running.is_none() {
            self.fresh = true;
            self.held_index = Some(sample.index);
            self.stood_held |= sample.speed_mps < STANDING_MPS;
        }
    }

    /// Keeps what the next row is compared with, and what is the matter at this one.
    fn note_row(&mut self, sample: &Sample, distance_m: f64) {
        if let (Some(reason), Some(running)) = (self.condition.unplaced, &mut self.running) {
            running.reasons.insert(reason);
        }
        if let Some(reason) = self.condition.incident {
            self.place_incident(reason, sample.index as f64);
        }
        self.pitted |= self.condition.in_pits && !self.was_in_pits;
        self.was_in_pits = self.condition.in_pits;
        self.was_absent = self.condition.is_absent();
        if sample.lap.is_finite() {
            self.sim_lap = sample.lap;
        }
        if !distance_m.is_nan() {
            self.previous = Some(Previous {
                index: sample.index,
                speed_mps: sample.speed_mps,
                clock_s: sample.lap_current_time_s,
            });
            self.fresh = false;
        }
    }

    /// An incident belongs to the lap in which the car was off the track.
    fn place_incident(&mut self, reason: Reason, row: f64) {
        let happened_row = row - self.condition.rows_since_off_track(row).unwrap_or(0.0);
        let before =
            |running: &Running| reason == Reason::Incident && happened_row < running.start_sample as f64;
        match &mut self.running {
            Some(running) if !before(running) => running.reasons.insert(reason),
            _ => self.official.amend(|lap| lap.reasons.insert(reason)),
        }
    }

    fn report(&self, sample: &Sample, distance_m: f64, events: Events) -> TrackerStep {
        let Events { crossed, snapped, closed, settled } = events;
        let running = self.running.as_ref();
        let start_row = running.and_then(|running| running.start_row);
        TrackerStep {
            id: running.map_or(self.next, |running| running.id),
            lap_distance_m: distance_m,
            rows_in_lap: start_row.map_or(f64::NAN, |row| sample.index as f64 - row),
            crossed,
            snapped,
            closed,
            settled,
            blocked: self.blocked(sample, distance_m),
            moved: self.is_moved(distance_m),
            near_others: self.condition.in_traffic(),
            reasons: running.map_or(Default::default(), |running| running.reasons),
        }
    }

    fn blocked(&self, sample: &Sample, distance_m: f64) -> Option<Status> {
        if sample.is_reset_row() {
            return self.condition.absence().or(Some(Status::Reset));
        }
        let nowhere = || {
            let silent = sample.lap_distance_m.is_nan() && sample.lap_fraction.is_nan();
            Some(if silent { Status::MissingChannels } else { Status::NotDriving })
        };
        self.condition.blocked().or_else(|| match &self.running {
            _ if distance_m.is_nan() => nowhere(),
            Some(running) if running.wrong_way => Some(Status::WrongWay),
            Some(running) if running.reasons.contains(Reason::OutLap) => Some(Status::OutLap),
            Some(running) if running.start_row.is_some() => {
                self.condition.in_traffic().then_some(Status::Traffic)
            }
            _ if self.cause.is_some() => Some(Status::Reset),
            _ => Some(Status::OutLap),
        })
    }

    /// Whether that the car was moved is all that blocks.
    fn is_moved(&self, distance_m: f64) -> bool {
        let on_the_road = |running: &Running| {
            running.start_row.is_none() && !running.wrong_way && !running.reasons.contains(Reason::OutLap)
        };
        let cause = self.cause.is_some() && self.condition.blocked().is_none();
        cause && !distance_m.is_nan() && self.running.as_ref().is_some_and(on_the_road)
    }
}

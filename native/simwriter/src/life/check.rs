//! Reads a source as the product does, keeps what it would store and say, and compares that with the truth.

use super::scene::Scene;
use super::statuses;
use super::truth::{LifeTruth, TrueLap};
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events};
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_core::session_watch::SessionWatch;
use racing_coach_core::{Reason, Sample, Status};
use racing_coach_sources::source::{Presence, Source, SourceStep};

/// The sim's time is exact; our own is within 3 ms of it.
const TIME_TOLERANCE_S: f64 = 0.004;

/// A lap or a part of one, and with what it was driven.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLap {
    /// The track's key.
    pub track_key: String,
    /// The car's key.
    pub car_key: String,
    /// The session that was running when it ended, counted from 1.
    pub session: u32,
    /// The lap; as it was at its end until its time is settled.
    pub lap: Lap,
    settled: bool,
}

/// Follows a source from its first row to its end, step by step as the runner does.
#[derive(Default)]
pub struct LapCheck {
    coach: Option<Coach>,
    keys: (String, String),
    watch: SessionWatch,
    events: Events,
    /// In the order in which they ended.
    ended: Vec<StoredLap>,
    /// Those of this coach begin here.
    of_coach: usize,
    /// Places in `ended` in the order in which they were settled.
    settled: Vec<usize>,
    told: Vec<(u64, Status)>,
    /// Rows that were read.
    pub rows: u64,
    /// Times that the sim went away.
    pub disconnections: u64,
}

impl LapCheck {
    /// Reads until the source ends, or says that nothing came while `over()` says that nothing will.
    ///
    /// # Errors
    /// What the source says.
    pub fn read(&mut self, source: &mut dyn Source, over: &dyn Fn() -> bool) -> Result<(), CodedError> {
        let mut sample = Sample::EMPTY;
        loop {
            match source.next(&mut sample)? {
                SourceStep::Sample => self.sample(&sample, source),
                SourceStep::Session => self.session(source),
                SourceStep::Gap(_) => {}
                SourceStep::Disconnected => self.disconnected(source),
                SourceStep::Idle if over() => break,
                SourceStep::Idle if source.presence() == Presence::Paused => self.interrupt(Status::Paused),
                SourceStep::Idle => {}
                SourceStep::End => break,
            }
        }
        self.finish();
        Ok(())
    }

    fn sample(&mut self, sample: &Sample, source: &dyn Source) {
        self.rows += 1;
        self.watch.begins(sample);
        self.coach.get_or_insert_with(|| coach_of(source)).step(sample, &mut self.events);
        self.keep();
        self.watch.changed(sample);
    }

    /// Another track or car ends what was driven.
    fn session(&mut self, source: &dyn Source) {
        let session = source.session();
        let keys = (session.track_key(), session.car_key());
        if keys != self.keys {
            self.finish();
            self.keys = keys;
        }
    }

    fn disconnected(&mut self, source: &dyn Source) {
        self.disconnections += 1;
        if let Some(coach) = &mut self.coach {
            coach.begin_anew(&mut self.events);
        }
        self.keep();
        self.watch.restart();
        let absent = source.presence() == Presence::Absent;
        self.interrupt(if absent { Status::NoSource } else { Status::ConnectionLost });
    }

    fn interrupt(&mut self, status: Status) {
        if let Some(coach) = &mut self.coach {
            coach.interrupt(status, &mut self.events);
        }
        self.keep();
    }

    fn finish(&mut self) {
        if let Some(mut coach) = self.coach.take() {
            coach.finish(&mut self.events);
            self.keep();
            self.of_coach = self.ended.len();
            self.watch.restart();
        }
    }

    fn keep(&mut self) {
        let events = std::mem::take(&mut self.events);
        for event in events.iter() {
            match event {
                Event::LapOpened(opened) => self.ended.push(self.part(opened.lap)),
                Event::Lap(settled) => self.settle(settled.lap),
                Event::Status(event) => self.told.push((self.rows, event.status)),
                Event::Cue(_) | Event::Corner(_) => {}
            }
        }
        self.events = events;
        self.events.clear();
    }

    fn part(&self, lap: Lap) -> StoredLap {
        let (track_key, car_key) = self.keys.clone();
        StoredLap { track_key, car_key, session: self.watch.number(), lap, settled: false }
    }

    fn settle(&mut self, lap: Lap) {
        let of_coach = &self.ended[self.of_coach..];
        let place = of_coach.iter().rposition(|stored| stored.lap.id == lap.id && !stored.settled);
        if let Some(place) = place.map(|place| self.of_coach + place) {
            (self.ended[place].lap, self.ended[place].settled) = (lap, true);
            self.settled.push(place);
        }
    }

    /// The complete laps in the order in which they were settled.
    pub fn stored(&self) -> Vec<&StoredLap> {
        self.settled.iter().map(|place| &self.ended[*place]).filter(|stored| stored.lap.complete()).collect()
    }

    /// Every difference to the truth, in words; none when the right laps were stored and no other, each part with its session, and the driver read
    /// what every scene is.
    pub fn differences(&self, truth: &LifeTruth, scenes: &[Scene]) -> Vec<String> {
        let stored = self.stored();
        let mut differences: Vec<String> = stored
            .iter()
            .zip(&truth.laps)
            .enumerate()
            .filter_map(|(number, (stored, lap))| Some(format!("lap {number}: {}", difference(stored, lap)?)))
            .collect();
        if stored.len() != truth.laps.len() {
            let (stored, laps) = (stored.len(), truth.laps.len());
            differences.push(format!("{stored} complete laps were stored and {laps} were driven"));
        }
        differences.extend(self.misplaced(truth));
        differences.extend(
            self.ended.iter().filter(|lap| !lap.settled).map(|lap| format!("never settled: {lap:?}")),
        );
        differences.extend(statuses::differences(scenes, &self.told));
        differences
    }

    /// Parts of laps that are stored with another session than theirs. Of what is no lap the truth knows numbers only, and none of the laps that a
    /// replay of the sim shows.
    fn misplaced(&self, truth: &LifeTruth) -> Vec<String> {
        let driven = |part: &&StoredLap| {
            let lap = part.lap.id.lap;
            let of_lap = truth.laps.iter().map(|driven| (driven.session, driven.lap as i32));
            let of_part = truth.no_laps.iter().map(|driven| (driven.session, driven.lap as i32));
            of_lap.chain(of_part).any(|driven| driven == (part.session, lap))
        };
        let shown = |part: &&StoredLap| part.lap.reasons.contains(Reason::Replay);
        let misplaced = self.ended.iter().filter(|part| !shown(part) && !driven(part));
        misplaced.map(|part| format!("not of session {}: lap {:?}", part.session, part.lap)).collect()
    }
}

/// As the runner makes it for a driver without a reference.
fn coach_of(source: &dyn Source) -> Coach {
    let config = CoachConfig::for_session(source.session(), source.rate_hz());
    Coach::new(CoachConfig { learn: true, ..config }, None)
}

fn difference(stored: &StoredLap, truth: &TrueLap) -> Option<String> {
    let lap = &stored.lap;
    let time_s = lap.lap_time_s().unwrap_or(f64::NAN);
    let keys = (&stored.track_key, &stored.car_key) == (&truth.track_key, &truth.car_key);
    // Compared so that NaN is a difference.
    let near = (time_s - truth.lap_time_s).abs() <= TIME_TOLERANCE_S;
    let agrees = keys
        && stored.session == truth.session
        && lap.id.lap == truth.lap as i32
        && near
        && truth.official.allows(lap.official_time_s.is_some())
        && truth.valid.allows(lap.valid())
        && truth.reference_grade.allows(lap.reference_grade());
    (!agrees).then(|| {
        let reasons: Vec<&str> = lap.reasons.iter().map(|reason| reason.code()).collect();
        format!(
            "stored {} {} in session {} as lap {} in {time_s:.3} s (official {:?}, valid {}, reference {}, {}), driven {truth:?}",
            stored.track_key,
            stored.car_key,
            stored.session,
            lap.id.lap,
            lap.official_time_s,
            lap.valid(),
            lap.reference_grade(),
            reasons.join(" ")
        )
    })
}

//! Reads a source as the product does, keeps what it would store, and compares that with the truth.

use super::truth::{LifeTruth, TrueLap};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTracker, TrackerStep};
use racing_coach_sources::source::{Source, SourceStep};

/// The sim's time is exact; our own is within 3 ms of it.
const TIME_TOLERANCE_S: f64 = 0.004;

/// A lap that was driven from line to line, and with what.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredLap {
    /// The track's key when it was settled.
    pub track_key: String,
    /// The car's key.
    pub car_key: String,
    /// The lap.
    pub lap: Lap,
}

/// Follows a source from its first row to its end.
#[derive(Default)]
pub struct LapCheck {
    tracker: Option<LapTracker>,
    keys: (String, String),
    stored: Vec<StoredLap>,
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
                SourceStep::Sample => self.sample(&sample, source.rate_hz()),
                SourceStep::Session => self.session(source),
                SourceStep::Gap(_) => {}
                SourceStep::Disconnected => {
                    self.disconnections += 1;
                    self.finish();
                }
                SourceStep::Idle if over() => break,
                SourceStep::Idle => {}
                SourceStep::End => break,
            }
        }
        self.finish();
        Ok(())
    }

    fn sample(&mut self, sample: &Sample, rate_hz: f64) {
        self.rows += 1;
        let step = self.tracker.get_or_insert_with(|| LapTracker::new(rate_hz)).step(sample);
        self.keep(&step);
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

    fn finish(&mut self) {
        if let Some(mut tracker) = self.tracker.take() {
            self.keep(&tracker.finish());
        }
    }

    fn keep(&mut self, step: &TrackerStep) {
        let (track_key, car_key) = &self.keys;
        let complete = step.settled.iter().flatten().filter(|lap| lap.complete());
        self.stored.extend(complete.map(|lap| StoredLap {
            track_key: track_key.clone(),
            car_key: car_key.clone(),
            lap: *lap,
        }));
    }

    /// The complete laps in the order in which they were settled.
    pub fn stored(&self) -> &[StoredLap] {
        &self.stored
    }

    /// Every difference to the truth, in words; none when the right laps were stored and no other.
    pub fn differences(&self, truth: &LifeTruth) -> Vec<String> {
        let mut differences: Vec<String> = self
            .stored
            .iter()
            .zip(&truth.laps)
            .enumerate()
            .filter_map(|(number, (stored, lap))| Some(format!("lap {number}: {}", difference(stored, lap)?)))
            .collect();
        if self.stored.len() != truth.laps.len() {
            let (stored, laps) = (self.stored.len(), truth.laps.len());
            differences.push(format!("{stored} complete laps were stored and {laps} were driven"));
        }
        differences
    }
}

fn difference(stored: &StoredLap, truth: &TrueLap) -> Option<String> {
    let lap = &stored.lap;
    let time_s = lap.lap_time_s().unwrap_or(f64::NAN);
    let keys = (&stored.track_key, &stored.car_key) == (&truth.track_key, &truth.car_key);
    // Compared so that NaN is a difference.
    let near = (time_s - truth.lap_time_s).abs() <= TIME_TOLERANCE_S;
    let agrees = keys
        && lap.id.lap == truth.lap as i32
        && near
        && truth.official.allows(lap.official_time_s.is_some())
        && truth.valid.allows(lap.valid())
        && truth.reference_grade.allows(lap.reference_grade());
    (!agrees).then(|| {
        let reasons: Vec<&str> = lap.reasons.iter().map(|reason| reason.code()).collect();
        format!(
            "stored {} {} as lap {} in {time_s:.3} s (official {:?}, valid {}, reference {}, {}), driven {truth:?}",
            stored.track_key,
            stored.car_key,
            lap.id.lap,
            lap.official_time_s,
            lap.valid(),
            lap.reference_grade(),
            reasons.join(" ")
        )
    })
}

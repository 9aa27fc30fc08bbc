//! Other cars: the one rule by which the tracker, and with it analysis, import, replay and the live coach, tells where they were.
//!
//! A car alongside, or ahead by less than a second, decides what the driver does; one behind does not. Awkward values: a source that
//! does not tell who is alongside (`carLeftRight` missing) leaves it unknown where others could have been, and says so of every
//! lap, but what it does tell of the car ahead counts; a distance of exactly 0 is a build that has nothing to tell; a car that was close
//! counts for another second, because who has just been passed or let by still drives a line for two.

use crate::lap::{Lap, Spoil};
use crate::session::SessionInfo;
use crate::{Reason, Sample};

/// A car ahead by less is close, in seconds at the driver's own speed.
const CLOSE_S: f64 = 1.0;
/// Slower than this a second of road is less than a car's length: the field stands on the grid or queues.
const SLOWEST_MPS: f64 = 8.0;
/// A car stays close for this long, in seconds.
const HELD_S: f64 = 1.0;
/// `CarLeftRight` from "left" up to "two right".
const ALONGSIDE: std::ops::RangeInclusive<f64> = 2.0..=6.0;

/// Whether others can have been on the track: only a session that is known to be a lone one says no.
pub fn others_possible(session: &SessionInfo) -> bool {
    session.alone() != Some(true)
}

/// Tells a lap what its rows say of other cars, for a lap that did not come from the tracker: one out of a lap file.
pub fn note_traffic(lap: &mut Lap, samples: &[Sample], length_m: f64, rate_hz: f64, session: &SessionInfo) {
    let mut traffic = Traffic::new(others_possible(session));
    let mut before_m = 0.0;
    let rows = samples.iter().filter(|row| (lap.start_sample..=lap.end_sample).contains(&row.index));
    for row in rows {
        let by_fraction_m = row.lap_fraction * length_m;
        let place_m = if by_fraction_m.is_nan() { row.lap_distance_m } else { by_fraction_m };
        traffic.unknown(row).into_iter().for_each(|reason| lap.reasons.insert(reason));
        if traffic.is_close(row, rate_hz) && place_m.is_finite() {
            lap.reasons.insert(Reason::Traffic);
            let (start_m, end_m) = (place_m.min(before_m).max(0.0), place_m.max(before_m).max(0.0));
            lap.spoils.add(Spoil { start_m, end_m, reason: Reason::Traffic });
        }
        if place_m.is_finite() {
            before_m = place_m;
        }
    }
}

/// Follows the cars around.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traffic {
    others_possible: bool,
    close_until_row: f64,
}

impl Traffic {
    /// `others_possible`: the session does not say that the car was alone.
    pub(super) fn new(others_possible: bool) -> Self {
        Traffic { others_possible, close_until_row: f64::NEG_INFINITY }
    }

    /// Others joined, or left: for the rows from here on.
    pub(super) fn set_others_possible(&mut self, others_possible: bool) {
        self.others_possible = others_possible;
    }

    /// Takes a row; whether another car is close there.
    pub(super) fn is_close(&mut self, sample: &Sample, rate_hz: f64) -> bool {
        let row = sample.index as f64;
        if close_now(sample) {
            self.close_until_row = row + HELD_S * rate_hz;
        }
        row < self.close_until_row
    }

    /// Whether the row leaves open where the others were; a reason for its lap.
    pub(super) fn unknown(&self, sample: &Sample) -> Option<Reason> {
        (self.others_possible && sample.car_left_right.is_nan()).then_some(Reason::TrafficUnknown)
    }

    /// Forgets the cars around: the car was moved.
    pub(super) fn restart(&mut self) {
        *self = Traffic::new(self.others_possible);
    }
}

fn close_now(sample: &Sample) -> bool {
    let ahead_m = sample.car_ahead_m;
    let follows = sample.speed_mps >= SLOWEST_MPS && ahead_m > 0.0 && ahead_m < CLOSE_S * sample.speed_mps;
    follows || ALONGSIDE.contains(&sample.car_left_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(index: u64, car_left_right: f64, car_ahead_m: f64, speed_mps: f64) -> Sample {
        Sample { index, car_left_right, car_ahead_m, speed_mps, ..Sample::EMPTY }
    }

    #[test]
    fn a_car_alongside_or_within_a_second_ahead_is_close() {
        let close = |left_right: f64, ahead_m: f64, speed_mps: f64| {
            Traffic::new(true).is_close(&row(0, left_right, ahead_m, speed_mps), 60.0)
        };
        assert!((2..=6).all(|side| close(f64::from(side), 5000.0, 50.0)));
        assert!(![0.0, 1.0, 7.0, f64::NAN].into_iter().any(|side| close(side, 5000.0, 50.0)));
        assert!(close(1.0, 49.9, 50.0) && !close(1.0, 50.0, 50.0) && close(f64::NAN, 30.0, 50.0));
        assert!(!close(1.0, 4.0, 5.0), "a queue");
        assert!(!close(1.0, 0.0, 50.0) && !close(1.0, f64::NAN, 50.0) && !close(1.0, -3.0, 50.0));
        assert!(!close(1.0, 10.0, f64::NAN));
    }

    #[test]
    fn a_car_that_was_close_counts_for_a_second_and_not_after_a_reset() {
        let mut traffic = Traffic::new(true);
        let mut close = |index: u64, side: f64| traffic.is_close(&row(index, side, f64::NAN, 50.0), 60.0);
        assert_eq!(
            [close(0, 1.0), close(1, 2.0), close(60, 1.0), close(61, 1.0)],
            [false, true, true, false]
        );
        assert!(close(70, 3.0));
        traffic.restart();
        assert!(!traffic.is_close(&row(71, 1.0, f64::NAN, 50.0), 60.0));
    }

    #[test]
    fn it_is_unknown_only_where_others_can_be_and_nothing_tells() {
        let unknown = |others: bool, side: f64| Traffic::new(others).unknown(&row(0, side, 5000.0, 50.0));
        assert_eq!(unknown(true, f64::NAN), Some(Reason::TrafficUnknown));
        assert_eq!([unknown(true, 0.0), unknown(false, f64::NAN)], [None, None]);
        let session = |other_cars| SessionInfo { other_cars, ..SessionInfo::default() };
        assert!(others_possible(&session(None)) && others_possible(&session(Some(3))));
        assert!(!others_possible(&session(Some(0))));
        assert!(!others_possible(&SessionInfo { sim: "simcar".into(), ..session(None) }));
    }
}

//! When a simulated session ends, as the sim tells it: a race by its laps, any session by its time where one was asked for.

use racing_coach_core::Sample;
use racing_coach_simcar::Simulated;

/// What the sim says of a session without an end: a week, and the most laps that it counts.
const NO_TIME_S: f64 = 604_800.0;
const NO_LAPS: f64 = 32_767.0;

/// See the file's header.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SessionEnd {
    laps: Option<u32>,
    length_s: Option<f64>,
}

impl SessionEnd {
    /// A session without an end.
    pub const NEVER: SessionEnd = SessionEnd { laps: None, length_s: None };

    /// Of a simulated session that lasts so long.
    pub fn of(simulated: &Simulated, length_s: Option<f64>) -> Self {
        let race = simulated.session.session_types.iter().any(|kind| kind == "Race");
        let laps = simulated.truth.laps.iter().map(|lap| lap.lap).max().filter(|_| race);
        SessionEnd { laps, length_s }
    }

    /// Fills in what is left.
    pub fn put(&self, sample: &mut Sample) {
        let left = |laps: u32| (f64::from(laps) + 1.0 - sample.lap.max(1.0)).max(0.0);
        sample.session_laps_remain = self.laps.map_or(NO_LAPS, left);
        sample.session_time_remain_s =
            self.length_s.map_or(NO_TIME_S, |length_s| (length_s - sample.session_time_s).max(0.0));
    }
}

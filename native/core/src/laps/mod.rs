//! Laps: which one is being driven, where it begins and ends, what it is good for.

mod condition;
mod crossing;
mod lost_channels;
mod official;
mod place;
mod running;
mod step;
mod tracker;
mod traffic;

pub use step::TrackerStep;
pub(crate) use tracker::GAP_S;
pub use tracker::LapTracker;
pub use traffic::{note_traffic, others_possible};

use crate::Sample;
use crate::lap::Lap;
use crate::session::SessionInfo;

/// The laps of a recording.
#[derive(Debug, Clone, Default)]
pub struct LapTable {
    /// Laps and parts of laps in order of their beginning.
    pub laps: Vec<Lap>,
    /// Exact length of the lap in metres, where the source tells it or the line was crossed; else the hint; NaN without one.
    pub length_m: f64,
}

/// Finds the laps of a recording with the tracker that also runs live. A second pass is made when the exact length became known
/// only on the way, so that the first lap is measured with it as well. The car is taken to be alone; where a session is known,
/// [`find_session_laps`] asks it.
pub fn find_laps(samples: &[Sample], rate_hz: f64, length_hint_m: Option<f64>) -> LapTable {
    find(samples, rate_hz, length_hint_m, false)
}

/// The laps of a recording of this session.
pub fn find_session_laps(samples: &[Sample], rate_hz: f64, session: &SessionInfo) -> LapTable {
    find(samples, rate_hz, session.track_length_m, others_possible(session))
}

fn find(samples: &[Sample], rate_hz: f64, length_hint_m: Option<f64>, others_possible: bool) -> LapTable {
    let pass = |tracker: LapTracker| pass(samples, tracker.among_others(others_possible));
    if let Some(length_m) = length_by_ratio(samples) {
        return pass(LapTracker::with_exact_length(rate_hz, length_m)).0;
    }
    let (table, exact_length_m) = pass(LapTracker::with_length(rate_hz, length_hint_m));
    match exact_length_m {
        Some(length_m) => pass(LapTracker::with_exact_length(rate_hz, length_m)).0,
        None => table,
    }
}

fn pass(samples: &[Sample], mut tracker: LapTracker) -> (LapTable, Option<f64>) {
    let mut laps: Vec<Lap> = Vec::new();
    for sample in samples {
        laps.extend(tracker.step(sample).settled.into_iter().flatten());
    }
    laps.extend(tracker.finish().settled.into_iter().flatten());
    // A lap that waited for its time settles after a part that was broken off in the meantime.
    laps.sort_by_key(|lap| (lap.start_sample, lap.id));
    let length_m = tracker.length_m().unwrap_or(f64::NAN);
    (LapTable { laps, length_m }, tracker.exact_length_m())
}

/// `LapDist / LapDistPct` where the fraction is largest, and the ratio of two 32-bit values most exact. Rows that are further than a
/// thousandth from the median are garbage.
fn length_by_ratio(samples: &[Sample]) -> Option<f64> {
    let mut ratios: Vec<(f64, f64)> = samples
        .iter()
        .filter(|sample| (0.02..=1.0).contains(&sample.lap_fraction))
        .map(|sample| (sample.lap_fraction, sample.lap_distance_m / sample.lap_fraction))
        .filter(|(_, length_m)| (100.0..=100_000.0).contains(length_m))
        .collect();
    let middle = ratios.len() / 2;
    if ratios.is_empty() {
        return None;
    }
    let (_, (_, median_m), _) = ratios.select_nth_unstable_by(middle, |a, b| a.1.total_cmp(&b.1));
    let median_m = *median_m;
    ratios
        .into_iter()
        .filter(|(_, length_m)| (length_m / median_m - 1.0).abs() < 1e-3)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)))
        .map(|(_, length_m)| length_m)
}

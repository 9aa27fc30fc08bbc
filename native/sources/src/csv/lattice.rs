//! Ticks without a row: a recorder at 30 Hz takes every second tick, and any recorder drops some.
//!
//! Short holes are filled by straight lines between the rows either side, which at 60 Hz is within millimetres of distance (10 m/s² over
//! 1/15 s: 6 mm). Longer holes stay holes: gaps in the index.

use racing_coach_core::{Channel, Sample};

/// Longest step that is filled, in ticks: 0.13 s.
const MAX_STEP: u64 = 8;
/// Most samples that filling may lead to, as for an .ibt: beyond, holes stay.
const MAX_SAMPLES: usize = 6_000_000;

/// Channels that vary smoothly; the others keep the value of the row before.
const SMOOTH: [Channel; 8] = [
    Channel::SessionTimeS,
    Channel::SpeedMps,
    Channel::Rpm,
    Channel::Throttle,
    Channel::Brake,
    Channel::Clutch,
    Channel::SteeringRad,
    Channel::LapCurrentTimeS,
];

/// The samples with the holes between them filled; those given stay as they are.
pub fn fill(samples: &[Sample], length_m: Option<f64>) -> Vec<Sample> {
    let mut filled = Vec::with_capacity(samples.len());
    for pair in samples.windows(2) {
        filled.push(pair[0]);
        let step = pair[1].index - pair[0].index;
        if step <= MAX_STEP && filled.len() < MAX_SAMPLES && continuous(&pair[0], &pair[1], length_m) {
            filled.extend((1..step).map(|tick| between(&pair[0], &pair[1], tick, step, length_m)));
        }
    }
    filled.extend(samples.last());
    filled
}

/// Whether the car drove from one row to the other: nothing is drawn through a jump, nor to where the place is unknown.
fn continuous(from: &Sample, to: &Sample, length_m: Option<f64>) -> bool {
    let ticks = (to.index - from.index) as f64;
    let reach_m = f64::max(from.speed_mps, to.speed_mps) / super::ticks::TICK_HZ * ticks * 1.3 + 1.0;
    let both_nowhere = from.lap_distance_m.is_nan() && to.lap_distance_m.is_nan();
    both_nowhere || way_m(from, to, length_m).abs() <= reach_m
}

fn way_m(from: &Sample, to: &Sample, length_m: Option<f64>) -> f64 {
    let way_m = to.lap_distance_m - from.lap_distance_m;
    match length_m {
        Some(length_m) if way_m < -length_m / 2.0 => way_m + length_m,
        _ => way_m,
    }
}

fn between(from: &Sample, to: &Sample, tick: u64, step: u64, length_m: Option<f64>) -> Sample {
    let part = tick as f64 / step as f64;
    let mut sample = Sample { index: from.index + tick, ..*from };
    for channel in SMOOTH {
        let (start, end) = (from.get(channel), to.get(channel));
        let reset = channel == Channel::LapCurrentTimeS && end < start;
        if !reset {
            sample.set(channel, start + (end - start) * part);
        }
    }
    let Some(length_m) = length_m else {
        sample.lap_distance_m = from.lap_distance_m + way_m(from, to, None) * part;
        return sample;
    };
    let distance_m = from.lap_distance_m + way_m(from, to, Some(length_m)) * part;
    let over = distance_m >= length_m;
    sample.lap = if over { to.lap } else { from.lap };
    sample.lap_distance_m = if over { distance_m - length_m } else { distance_m };
    sample.lap_fraction = sample.lap_distance_m / length_m;
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(index: u64, lap: f64, lap_distance_m: f64, gear: f64) -> Sample {
        Sample { index, lap, lap_distance_m, gear, speed_mps: 60.0, ..Sample::EMPTY }
    }

    #[test]
    fn fills_short_holes_over_the_line_and_leaves_long_ones() {
        let rows = [at(0, 1.0, 998.5, 3.0), at(3, 2.0, 1.5, 4.0), at(40, 2.0, 38.0, 4.0)];
        let filled = fill(&rows, Some(1000.0));
        let seen: Vec<_> = filled.iter().map(|s| (s.index, s.lap, s.lap_distance_m, s.gear)).collect();
        let want = [
            (0, 1.0, 998.5, 3.0),
            (1, 1.0, 999.5, 3.0),
            (2, 2.0, 0.5, 3.0),
            (3, 2.0, 1.5, 4.0),
            (40, 2.0, 38.0, 4.0),
        ];
        assert_eq!(seen, want);
    }

    #[test]
    fn draws_nothing_through_a_jump_or_from_nowhere() {
        let rows = [at(0, 1.0, 100.0, 1.0), at(2, 1.0, 900.0, 1.0), at(4, 1.0, f64::NAN, 1.0)];
        assert_eq!(fill(&rows, Some(1000.0)).len(), 3);
    }
}

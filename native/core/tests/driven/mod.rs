//! Rows of a car that drives laps of 2 km between 30 and 70 m/s, with a lap time that is known exactly.
#![allow(dead_code, reason = "each test file uses its own part")]

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;
use racing_coach_core::Sample;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTracker, TrackerStep};

pub const LENGTH_M: f64 = 2000.0;
const SUBSTEPS: usize = 8;

/// A random test with a fixed seed; many cases only when long tests are asked for.
pub fn seeded(short: u32, long: u32, seed: u64) -> ProptestConfig {
    let is_long = std::env::var("RACING_COACH_LONG").is_ok_and(|value| value == "1");
    ProptestConfig {
        cases: if is_long { long } else { short },
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

pub fn speed_mps(place_m: f64) -> f64 {
    50.0 + 20.0 * libm::sin(place_m / LENGTH_M * 2.0 * std::f64::consts::PI)
}

/// The integral of distance over speed around the lap: L / sqrt(a^2 - b^2) for a speed of a + b sin.
pub fn lap_time_s() -> f64 {
    LENGTH_M / libm::sqrt(50.0 * 50.0 - 20.0 * 20.0)
}

fn advance(place_m: f64, step_s: f64) -> f64 {
    // Runge and Kutta's midpoint rule, in steps so small that a lap is exact to a microsecond.
    let step_s = step_s / SUBSTEPS as f64;
    (0..SUBSTEPS).fold(place_m, |at_m, _| at_m + speed_mps(at_m + speed_mps(at_m) * step_s / 2.0) * step_s)
}

/// `count` rows at `rate_hz` that begin `from_m` after the line (before it when negative), in lap 1 (0).
pub fn rows(rate_hz: f64, from_m: f64, count: usize) -> Vec<Sample> {
    let mut total_m = from_m;
    (0..count)
        .map(|row| {
            let sample = row_at(row as u64, total_m);
            total_m = advance(total_m, 1.0 / rate_hz);
            sample
        })
        .collect()
}

/// A row at metres since the first line, with the rounding of the sim's 32-bit values.
pub fn row_at(index: u64, total_m: f64) -> Sample {
    let turns = libm::floor(total_m / LENGTH_M);
    let place_m = total_m - turns * LENGTH_M;
    Sample {
        index,
        session_state: 4.0,
        session_flags: 0.0,
        lap: turns + 1.0,
        lap_distance_m: f64::from(place_m as f32),
        lap_fraction: f64::from((place_m / LENGTH_M) as f32),
        lap_last_time_s: -1.0,
        speed_mps: speed_mps(place_m),
        brake: 0.0,
        throttle: 1.0,
        gear: 4.0,
        on_pit_road: 0.0,
        track_surface: 3.0,
        is_on_track: 1.0,
        incident_count: 0.0,
        engine_warnings: 0.0,
        tow_time_s: 0.0,
        ..Sample::EMPTY
    }
}

/// The row that a reset leaves.
pub fn reset_row(index: u64) -> Sample {
    Sample {
        lap: 0.0,
        lap_distance_m: 0.0,
        lap_fraction: 0.0,
        lap_last_time_s: 0.0,
        speed_mps: 0.0,
        track_surface: -1.0,
        ..row_at(index, 0.0)
    }
}

/// A row in the pit stall 30 m after the line.
pub fn stall_row(index: u64, lap: f64) -> Sample {
    Sample {
        lap,
        lap_distance_m: 30.0,
        lap_fraction: 30.0 / LENGTH_M,
        speed_mps: 0.0,
        on_pit_road: 1.0,
        track_surface: 1.0,
        ..row_at(index, 30.0)
    }
}

/// Shows `time_s` as the last lap's time from `delay` rows after each crossing of the line that ends a complete lap.
pub fn show_time(samples: &mut [Sample], delay: usize, time_s: f64) {
    let crossings: Vec<usize> =
        (1..samples.len()).filter(|at| samples[*at].lap > samples[at - 1].lap).collect();
    for at in crossings.into_iter().skip(1) {
        samples.iter_mut().skip(at + delay).for_each(|sample| sample.lap_last_time_s = time_s);
    }
}

/// Everything that happened over the rows, with the step of each.
pub struct Followed {
    pub steps: Vec<TrackerStep>,
    pub settled: Vec<Lap>,
}

pub fn follow(mut tracker: LapTracker, samples: &[Sample]) -> Followed {
    let mut steps: Vec<TrackerStep> = samples.iter().map(|sample| tracker.step(sample)).collect();
    steps.push(tracker.finish());
    let mut settled: Vec<Lap> = steps.iter().flat_map(|step| step.settled.into_iter().flatten()).collect();
    settled.sort_by_key(|lap| lap.start_sample);
    Followed { steps, settled }
}

/// Follows 60 Hz rows.
pub fn laps(samples: &[Sample]) -> Vec<Lap> {
    follow(LapTracker::new(60.0), samples).settled
}

/// Lap numbers with stint and whether each is complete.
pub fn table(laps: &[Lap]) -> Vec<(u32, i32, bool)> {
    laps.iter().map(|lap| (lap.id.stint, lap.id.lap, lap.complete())).collect()
}

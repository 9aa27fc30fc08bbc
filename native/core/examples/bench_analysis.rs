//! Times the analysis of one lap of 5,400 rows, step by step, and prints one JSON line.
//!
//! The lap is a made-up circuit of twelve corners, 90 s long, with every channel that analysis reads. Times are medians over many runs, in
//! microseconds. `total` is grid, brake zones, corners and metrics of one lap; `reference` and `compare` are extra.

use racing_coach_core::brake_zones::brake_zones_of_rows;
use racing_coach_core::compare::{ComparedLap, LapTraffic, compare};
use racing_coach_core::corners::detect_corners;
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::metrics::corner_metrics;
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::reference::{ReferenceLap, ReferenceMeta};
use racing_coach_core::sample::Sample;
use std::f64::consts::PI;
use std::hint::black_box;

const ROWS: usize = 5400;
const RATE_HZ: f64 = 60.0;
const CORNERS: f64 = 12.0;
const RUNS: usize = 301;

fn main() {
    let (samples, length_m) = drive();
    let lap = whole_lap();
    let resample = || LapGrid::resample(&samples, &lap, length_m, RATE_HZ).expect("the lap is complete");
    let grid = resample();
    let zones_of_rows = || brake_zones_of_rows(&samples, &lap, length_m, RATE_HZ);
    let zones = zones_of_rows();
    let corners = detect_corners(&grid, &zones);
    let build = || ReferenceLap::build(grid.clone(), zones.clone(), meta(grid.lap_time_s()), None);
    let reference = build();
    let compared = ComparedLap {
        grid: &grid,
        brake_zones: &zones,
        lap_time_s: grid.lap_time_s(),
        traffic: LapTraffic::NONE,
    };
    let total = || {
        let (grid, zones) = (resample(), zones_of_rows());
        let corners = detect_corners(&grid, &zones);
        corner_metrics(&grid, &corners, &zones)
    };
    let times = [
        ("resampleUs", median_us(|| drop(black_box(resample())))),
        ("brakeZonesUs", median_us(|| drop(black_box(zones_of_rows())))),
        ("cornersUs", median_us(|| drop(black_box(detect_corners(&grid, &zones))))),
        ("metricsUs", median_us(|| drop(black_box(corner_metrics(&grid, &corners, &zones))))),
        ("totalUs", median_us(|| drop(black_box(total())))),
        ("referenceUs", median_us(|| drop(black_box(build())))),
        ("compareUs", median_us(|| drop(black_box(compare(&reference, &compared))))),
    ];
    let fields: Vec<String> = times.iter().map(|(name, us)| format!("\"{name}\":{us:.1}")).collect();
    println!("{{\"rows\":{ROWS},\"corners\":{},{}}}", corners.len(), fields.join(","));
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median_us(mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let begun = std::time::Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// Rows of one lap and 15 on either side, whose speed falls and rises once for each corner.
fn drive() -> (Vec<Sample>, f64) {
    let speed_at = |row: f64| 45.0 + 20.0 * libm::cos(2.0 * PI * CORNERS * row / ROWS as f64);
    let length_m: f64 = (0..ROWS).map(|row| speed_at(row as f64 + 0.5) / RATE_HZ).sum();
    let mut place_m = -(0..15).map(|row| speed_at(f64::from(row) - 14.5) / RATE_HZ).sum::<f64>();
    let mut samples = Vec::new();
    for index in 0..ROWS + 30 {
        let row = index as f64 - 15.0;
        let phase = (CORNERS * row / ROWS as f64).rem_euclid(1.0);
        let speed_mps = speed_at(row);
        let (x_m, y_m) = circle(place_m / length_m);
        samples.push(Sample {
            index: index as u64,
            lap_distance_m: place_m.rem_euclid(length_m),
            lap_fraction: (place_m / length_m).rem_euclid(1.0),
            speed_mps,
            throttle: if phase > 0.15 && phase < 0.55 { 0.0 } else { 1.0 },
            brake: ((phase - 0.15) * (0.45 - phase) * 40.0).clamp(0.0, 1.0),
            gear: libm::floor(speed_mps / 12.0) + 1.0,
            steering_rad: bump(phase),
            yaw_rate_radps: 0.02 * bump(phase) * speed_mps,
            lateral_accel_mps2: 0.02 * bump(phase) * speed_mps * speed_mps,
            velocity_x_mps: speed_mps,
            latitude_deg: 45.0 + y_m / 111_000.0,
            longitude_deg: 10.0 + x_m / 78_500.0,
            ..Sample::EMPTY
        });
        place_m += speed_at(row + 0.5) / RATE_HZ;
    }
    (samples, length_m)
}

fn circle(part: f64) -> (f64, f64) {
    let (sine, cosine) = libm::sincos(2.0 * PI * part);
    (600.0 * sine, 600.0 * cosine)
}

/// Steering of one corner around the slowest point.
fn bump(phase: f64) -> f64 {
    (1.0 - ((phase - 0.5) / 0.15) * ((phase - 0.5) / 0.15)).max(0.0)
}

fn whole_lap() -> Lap {
    Lap {
        id: LapId { stint: 0, lap: 1 },
        start_sample: 15,
        end_sample: (ROWS + 14) as u64,
        start_row: Some(15.0),
        end_row: Some((ROWS + 15) as f64),
        official_time_s: None,
        own_time_s: Some(ROWS as f64 / RATE_HZ),
        reasons: ReasonSet::EMPTY,
        spoils: Spoils::EMPTY,
    }
}

fn meta(lap_time_s: f64) -> ReferenceMeta {
    let (track_key, car_key) = ("bench".to_owned(), "bench".to_owned());
    ReferenceMeta { track_key, car_key, own: true, wet: false, lap_time_s }
}

//! A pit stop between two takes: the simulated driver does not know the way in, so the way from the road to the stall is made up. The car slows
//! down evenly from where it was and stops at the very place where the next take begins.

use super::take::Take;
use racing_coach_core::Sample;

/// How hard it slows down.
const DECELERATION_MPS2: f64 = 6.0;
/// Rows in the stall.
const STANDS_ROWS: usize = 150;

/// A pit stop.
#[derive(Debug, Clone)]
pub struct PitStop {
    /// The row of the first take at which the car turns in.
    pub entry_row: usize,
    /// The lap on which it does.
    pub lap: u32,
    /// The rows up to where the second take stands in its stall.
    pub rows: Vec<Sample>,
}

/// Plans a stop on lap `lap` of `first`, after which `second` goes on; `None` when the stall is too near for the speed.
pub fn pit_stop(first: &Take, lap: u32, second: &Take) -> Option<PitStop> {
    let length_m = first.simulated.truth.length_m;
    let stall_m = second.stands_at_m();
    // A stall after the line is reached on the next lap.
    let stall_m = if stall_m < length_m / 3.0 { stall_m + length_m } else { stall_m };
    let on_lap = |sample: &Sample| sample.lap == f64::from(lap) && sample.lap_distance_m > 100.0;
    let near = |sample: &Sample| {
        let braking_m = sample.speed_mps * sample.speed_mps / (2.0 * DECELERATION_MPS2);
        on_lap(sample) && sample.lap_distance_m >= stall_m - braking_m
    };
    let entry_row = first.samples().iter().position(near)?;
    let entry = &first.samples()[entry_row];
    let way_m = stall_m - entry.lap_distance_m;
    (way_m > 20.0).then(|| PitStop { entry_row, lap, rows: rows(entry, lap, way_m, length_m, second) })
}

fn rows(entry: &Sample, lap: u32, way_m: f64, length_m: f64, second: &Take) -> Vec<Sample> {
    let stops_s = 2.0 * way_m / entry.speed_mps;
    let count = (stops_s * 60.0).ceil() as usize;
    let mut rows: Vec<Sample> = (1..=count)
        .map(|row| {
            let part = (row as f64 / 60.0 / stops_s).min(1.0);
            let distance_m = entry.lap_distance_m + way_m * part * (2.0 - part);
            let over = distance_m >= length_m;
            let distance_m = if over { distance_m - length_m } else { distance_m };
            slowing(entry, lap + u32::from(over), distance_m, length_m, entry.speed_mps * (1.0 - part))
        })
        .collect();
    let stands = second.samples()[1];
    let last = rows.last().copied().unwrap_or(*entry);
    let stands = Sample {
        lap: last.lap,
        lap_completed: last.lap_completed,
        lap_last_time_s: last.lap_last_time_s,
        lap_best_time_s: last.lap_best_time_s,
        incident_count: last.incident_count,
        ..stands
    };
    // The tank is filled evenly to what the next take begins with.
    rows.extend((1..=STANDS_ROWS).map(|row| {
        let part = row as f64 / STANDS_ROWS as f64;
        Sample { fuel_l: entry.fuel_l + part * (stands.fuel_l - entry.fuel_l), ..stands }
    }));
    rows
}

fn slowing(entry: &Sample, lap: u32, distance_m: f64, length_m: f64, speed_mps: f64) -> Sample {
    Sample {
        lap: f64::from(lap),
        lap_distance_m: f64::from(distance_m as f32),
        lap_fraction: f64::from((distance_m / length_m) as f32),
        speed_mps,
        velocity_x_mps: speed_mps,
        velocity_y_mps: 0.0,
        yaw_rate_radps: 0.0,
        lateral_accel_mps2: 0.0,
        longitudinal_accel_mps2: -DECELERATION_MPS2,
        throttle: 0.0,
        throttle_pedal: 0.0,
        brake: 0.7,
        brake_pedal: 0.7,
        gear: 2.0,
        on_pit_road: 1.0,
        track_surface: 2.0,
        engine_warnings: f64::from(0x10),
        ..*entry
    }
}

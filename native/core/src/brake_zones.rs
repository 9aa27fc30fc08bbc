//! Brake zones: applications of the brake that slow the car.
//!
//! A zone begins where the pedal passes 5 % and ends where it falls under 2 %, both between rows; zones with a gap of less than 15 m
//! are one; what loses less than 10 km/h is no zone. On real laps that leaves 5 to 5 and 7 to 7 zones a lap where the threshold
//! alone finds 5 to 7 and 8 to 18. A zone belongs to the lap in which it begins, and is whole when it runs over the line.

mod pedal;

use crate::Sample;
use crate::corner::BrakeZone;
use crate::grid::LapGrid;
use crate::lap::Lap;
use pedal::{Applications, Point};

/// Applications nearer to each other are one zone.
const MERGE_M: f64 = 15.0;
/// A zone loses at least this much speed: 10 km/h.
const LEAST_LOSS_MPS: f64 = 10.0 / 3.6;

/// The brake zones of a lap on a grid, in order of their beginning. The grid is a ring: the zone that runs over the line goes on
/// at the beginning of the same lap. None when the brake or speed is missing, or the brake is never released.
pub fn brake_zones(grid: &LapGrid) -> Vec<BrakeZone> {
    let steps = grid.steps();
    if grid.brake.len() <= steps || grid.speed_mps.len() <= steps || steps == 0 {
        return Vec::new();
    }
    let Some(released) = (0..steps).find(|at| grid.brake[*at] < pedal::OFF) else { return Vec::new() };
    let points = (released..=released + steps).map(|at| {
        let (turns, at) = ((at / steps) as f64, at % steps);
        Point {
            place_m: at as f64 * grid.step_m + turns * grid.length_m,
            time_s: grid.time_s[at] + turns * grid.lap_time_s(),
            speed_mps: grid.speed_mps[at],
            brake: grid.brake[at],
        }
    });
    let mut zones = zones(points, grid.length_m, f64::INFINITY);
    zones.sort_by(|a, b| a.start_m.total_cmp(&b.start_m));
    zones
}

/// The brake zones of a lap from its rows, whose onset lies between rows: more exact than from the grid. `samples` are the rows of
/// the lap and, where they exist, some before it (a brake that is on at the first row began before the lap) and as many after it as the
/// last zone needs; without them it ends with the last row.
pub fn brake_zones_of_rows(samples: &[Sample], lap: &Lap, length_m: f64, rate_hz: f64) -> Vec<BrakeZone> {
    let (Some(start_row), Some(end_row)) = (lap.start_row, lap.end_row) else { return Vec::new() };
    let Some(points) = pedal::points_of_rows(samples, start_row, end_row, length_m, rate_hz) else {
        return Vec::new();
    };
    zones(points.into_iter(), length_m, length_m)
}

/// Zones that begin from 0 up to `before_m`, with their places wrapped into the lap.
fn zones(points: impl Iterator<Item = Point>, length_m: f64, before_m: f64) -> Vec<BrakeZone> {
    let mut merged: Vec<(BrakeZone, f64)> = Vec::new();
    for (zone, start_s) in Applications::new(points) {
        match merged.last_mut() {
            Some((last, last_start_s)) if zone.start_m - last.end_m < MERGE_M => {
                last.end_m = zone.end_m;
                last.min_speed_mps = last.min_speed_mps.min(zone.min_speed_mps);
                last.peak_brake = last.peak_brake.max(zone.peak_brake);
                last.duration_s = start_s + zone.duration_s - *last_start_s;
            }
            _ => merged.push((zone, start_s)),
        }
    }
    merged
        .into_iter()
        .map(|(zone, _)| zone)
        .filter(|zone| zone.start_speed_mps - zone.min_speed_mps >= LEAST_LOSS_MPS)
        .filter(|zone| zone.start_m >= 0.0 && zone.start_m < before_m)
        .map(|zone| BrakeZone {
            start_m: zone.start_m.rem_euclid(length_m),
            end_m: zone.end_m.rem_euclid(length_m),
            ..zone
        })
        .collect()
}

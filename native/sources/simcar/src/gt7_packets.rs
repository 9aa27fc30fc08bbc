//! The simulated car's sessions as a Gran Turismo 7 console would send them.

use crate::Simulated;
use racing_coach_core::Sample;
use racing_coach_sources::gt7::layout::{PacketKind, flag};
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use std::f64::consts::{FRAC_PI_2, PI};

/// Metres of a degree at the simulation's origin, and the origin: its places are rounded to a centimetre, which stands for noise of the sim.
const ORIGIN_DEG: (f64, f64) = (46.9, 8.4);
const NORTH_M_PER_DEG: f64 = 111_170.0;
const EAST_M_PER_DEG: f64 = 76_190.0;

/// A course with a bridge and slopes, so that heights matter.
fn height_m(x_m: f64, y_m: f64) -> f64 {
    20.0 + 0.01 * x_m - 0.015 * y_m
}

/// Packets of a session, one a row, with ids from `first_id` on; of kind A, for whoever sends them to choose another. Lap and last lap's time
/// change with the line, as the sim's do; a row of zeros is a screen that loads.
pub fn packets(simulated: &Simulated, first_id: i32, car_code: i32) -> Vec<PacketSpec> {
    let packet = |sample: &Sample| packet(simulated, sample, first_id, car_code);
    simulated.samples.iter().map(packet).collect()
}

fn packet(simulated: &Simulated, sample: &Sample, first_id: i32, car_code: i32) -> PacketSpec {
    let id = first_id + sample.index as i32;
    if sample.track_surface == -1.0 {
        return PacketSpec { flags: flag::ON_TRACK | flag::LOADING, ..PacketSpec::menu(PacketKind::A, id) };
    }
    // The simulation's counter runs ahead of the line at times; the sim's does not.
    let lap = sample.lap - f64::from(u8::from(sample.lap_distance_m < 0.0));
    let x_m = (sample.longitude_deg - ORIGIN_DEG.1) * EAST_M_PER_DEG;
    let y_m = (sample.latitude_deg - ORIGIN_DEG.0) * NORTH_M_PER_DEG;
    let heading_rad = FRAC_PI_2 - sample.yaw_north_rad;
    let (sine, cosine) = libm::sincos(heading_rad);
    let (ahead_mps, left_mps) = (sample.velocity_x_mps, sample.velocity_y_mps);
    PacketSpec {
        last_lap_ms: last_lap_ms(simulated, lap),
        position_m: [x_m, y_m, height_m(x_m, y_m)],
        velocity_mps: [ahead_mps * cosine - left_mps * sine, ahead_mps * sine + left_mps * cosine, 0.0],
        heading_rad: Some((heading_rad + PI).rem_euclid(2.0 * PI) - PI),
        yaw_rate_radps: sample.yaw_rate_radps,
        speed_mps: sample.speed_mps,
        rpm: sample.rpm,
        fuel_l: sample.fuel_l,
        throttle: sample.throttle,
        brake: sample.brake,
        gear: sample.gear as i8,
        steering_rad: sample.steering_rad,
        surface: if sample.track_surface == 0.0 { *b"DDDD" } else { *b"TTCT" },
        car_code,
        ..PacketSpec::standing(PacketKind::A, id, lap as i16)
    }
}

fn last_lap_ms(simulated: &Simulated, lap: f64) -> i32 {
    let last = simulated.truth.laps.iter().find(|truth| f64::from(truth.lap) == lap - 1.0);
    last.map_or(-1, |truth| (truth.lap_time_s * 1000.0).round() as i32)
}

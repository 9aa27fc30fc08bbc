//! The simulated car's sessions as a console would send them.

use racing_coach_core::Sample;
use racing_coach_simcar::Simulated;
use racing_coach_simcar::prng::Prng;
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

/// Packets of a session. Lap and last lap's time change with the line, as the sim's do; a row of zeros is a screen that loads.
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

/// The car stands still for so many rows after a row, as in a pit box; what follows comes later.
pub fn with_stop(packets: &[PacketSpec], at: usize, rows: i32) -> Vec<PacketSpec> {
    let (before, after) = packets.split_at(at);
    let last = before[before.len() - 1];
    let standing = |row: i32| PacketSpec {
        id: last.id + row,
        speed_mps: 0.0,
        velocity_mps: [0.0; 3],
        yaw_rate_radps: 0.0,
        ..last
    };
    let later = after.iter().map(|packet| PacketSpec { id: packet.id + rows, ..*packet });
    before.iter().copied().chain((1..=rows).map(standing)).chain(later).collect()
}

/// The simulation stands still for so many rows after a row: ids go on.
pub fn with_pause(packets: &[PacketSpec], at: usize, rows: i32) -> Vec<PacketSpec> {
    let (before, after) = packets.split_at(at);
    let last = before[before.len() - 1];
    let paused = |row: i32| PacketSpec { id: last.id + row, flags: last.flags | flag::PAUSED, ..last };
    let later = after.iter().map(|packet| PacketSpec { id: packet.id + rows, ..*packet });
    before.iter().copied().chain((1..=rows).map(paused)).chain(later).collect()
}

/// The same session elsewhere: another track.
pub fn moved(packets: &[PacketSpec], first_id: i32, by_m: f64) -> Vec<PacketSpec> {
    let offset = first_id - packets[0].id;
    // Turned by a quarter, so that it does not lie along the first where they cross.
    let turn = |[x, y, z]: [f64; 3]| [-y, x, z];
    let elsewhere = |packet: &PacketSpec| {
        let [x, y, z] = turn(packet.position_m);
        PacketSpec {
            id: packet.id + offset,
            position_m: [x + by_m, y - by_m, z],
            velocity_mps: turn(packet.velocity_mps),
            heading_rad: packet.heading_rad.map(|heading_rad| heading_rad + FRAC_PI_2),
            ..*packet
        }
    };
    packets.iter().map(elsewhere).collect()
}

/// Menus for so many rows.
pub fn menus(first_id: i32, rows: i32) -> Vec<PacketSpec> {
    (0..rows).map(|row| PacketSpec::menu(PacketKind::A, first_id + row)).collect()
}

/// Every position is off by up to so much, each axis on its own.
pub fn noisy(packets: &[PacketSpec], noise_m: f64, seed: u64) -> Vec<PacketSpec> {
    let mut prng = Prng::stream(seed, &[78]);
    let mut noise = move |value: f64| value + noise_m * (2.0 * prng.uniform() - 1.0);
    packets
        .iter()
        .map(|packet| PacketSpec { position_m: packet.position_m.map(&mut noise), ..*packet })
        .collect()
}

/// The car leaves the road to its left from a row on, as far as a pit lane across the paddock is, and comes back.
pub fn with_detour(packets: &[PacketSpec], at: usize, aside_m: f64) -> Vec<PacketSpec> {
    const RAMP: f64 = 200.0;
    const ROWS: f64 = 700.0;
    let detour = |(row, packet): (usize, &PacketSpec)| {
        let since = row as f64 - at as f64;
        let share = (since / RAMP).min((ROWS - since) / RAMP).clamp(0.0, 1.0);
        let (sine, cosine) = libm::sincos(packet.heading_rad.unwrap_or(0.0));
        let [x, y, z] = packet.position_m;
        let position_m = [x - share * aside_m * sine, y + share * aside_m * cosine, z];
        PacketSpec { position_m, ..*packet }
    };
    packets.iter().enumerate().map(detour).collect()
}

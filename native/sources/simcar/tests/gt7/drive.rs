//! Changes to what a console sends.

use racing_coach_simcar::prng::Prng;
use racing_coach_sources::gt7::layout::{PacketKind, flag};
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use std::f64::consts::FRAC_PI_2;

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

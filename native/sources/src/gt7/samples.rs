//! From a packet and its place to a sample.
//!
//! What the sim does not tell stays missing: pit road, incidents, flags, other cars. Lateral acceleration is the change of velocity towards the car's
//! left, without gravity.

use super::layout::{PacketKind, TICK_HZ, flag};
use super::packet::Packet;
use super::road::Placed;
use super::vector::{Vector, between, dot};
use racing_coach_core::Sample;

/// Slower than this a car that nobody drives is not a replay but a picture of a garage.
const REPLAY_MPS: f64 = 1.0;
/// `SessionState` of a race, and of the laps after its end.
const RACING: f64 = 4.0;
const COOL_DOWN: f64 = 6.0;

/// A sample of a packet whose car nobody drives: menus, loading, a replay.
pub fn not_driven(packet: &Packet, index: u64) -> Sample {
    let replay = packet.attitude.is_some()
        && !packet.has(flag::ON_TRACK)
        && !packet.has(flag::LOADING)
        && packet.speed_mps > REPLAY_MPS;
    let mut sample = begun(packet, index);
    sample.is_on_track = 0.0;
    sample.is_on_track_car = 0.0;
    sample.is_replay_playing = f64::from(u8::from(replay));
    if replay {
        fill_motion(&mut sample, packet);
        fill_controls(&mut sample, packet);
    }
    sample
}

/// A sample of a driven car.
pub fn driven(packet: &Packet, index: u64, placed: &Placed, length_m: f64) -> Sample {
    let mut sample = begun(packet, index);
    sample.is_on_track = 1.0;
    sample.is_on_track_car = 1.0;
    sample.is_replay_playing = 0.0;
    sample.lap = placed.lap.map_or(f64::NAN, f64::from);
    sample.lap_last_time_s = seconds(placed.last_lap_ms);
    sample.lap_best_time_s = seconds(packet.best_lap_ms);
    sample.lap_current_time_s = seconds(packet.current_lap_ms);
    sample.session_state = if is_over(packet) { COOL_DOWN } else { RACING };
    if let Some(foot) = &placed.foot {
        // Exactly 0 stands for no place.
        sample.lap_distance_m = foot.lap_distance_m.max(1e-6);
        sample.lap_fraction = sample.lap_distance_m / length_m;
    }
    fill_motion(&mut sample, packet);
    fill_controls(&mut sample, packet);
    sample
}

fn begun(packet: &Packet, index: u64) -> Sample {
    Sample {
        index,
        session_time_s: index as f64 / TICK_HZ,
        session_tick: index as f64,
        fuel_l: packet.fuel_l,
        ..Sample::EMPTY
    }
}

/// The race is over: its laps are driven.
fn is_over(packet: &Packet) -> bool {
    packet.laps_in_race > 0 && packet.lap.is_some_and(|lap| lap > packet.laps_in_race)
}

fn seconds(time_ms: Option<i32>) -> f64 {
    // -1 says that there is no time yet, not that the lap does not count.
    time_ms.filter(|time_ms| *time_ms > 0).map_or(f64::NAN, |time_ms| f64::from(time_ms) / 1000.0)
}

fn fill_motion(sample: &mut Sample, packet: &Packet) {
    sample.speed_mps = packet.speed_mps;
    [sample.world_x_m, sample.world_y_m, sample.world_z_m] = packet.position_m;
    sample.yaw_rate_radps = packet.angular_velocity_radps[2];
    if let Some(attitude) = &packet.attitude {
        sample.yaw_rad = libm::atan2(attitude.forward[1], attitude.forward[0]);
        sample.velocity_x_mps = dot(packet.velocity_mps, attitude.forward);
        sample.velocity_y_mps = dot(packet.velocity_mps, attitude.left);
    }
}

fn fill_controls(sample: &mut Sample, packet: &Packet) {
    sample.rpm = packet.rpm;
    sample.gear = f64::from(packet.gear);
    sample.throttle = packet.throttle;
    sample.throttle_pedal = packet.throttle_pedal;
    sample.brake = packet.brake;
    sample.brake_pedal = packet.brake;
    sample.clutch = packet.clutch_engaged;
    sample.steering_rad = packet.steering_rad;
}

/// The change of velocity over one row towards the car's left.
pub fn lateral_accel_mps2(before_mps: Vector, packet: &Packet) -> f64 {
    let change = between(before_mps, packet.velocity_mps);
    packet.attitude.map_or(f64::NAN, |attitude| dot(change, attitude.left) * TICK_HZ)
}

/// What the wheels stand on, told by packet C. Off the track is where no wheel is on tarmac or kerb, on a course that is mostly tarmac: a
/// rally stage is dirt all the way.
#[derive(Debug, Clone, Copy, Default)]
pub struct Surface {
    tarmac_rows: u32,
    other_rows: u32,
}

impl Surface {
    /// `TrackSurface` of a row: 3 on track, 0 off track, NaN when it is not told or not known.
    pub fn step(&mut self, packet: &Packet) -> f64 {
        let Some(letters) = packet.surface.filter(|_| packet.kind == PacketKind::C) else { return f64::NAN };
        let on_road = letters.iter().any(|letter| matches!(letter, b'T' | b'C'));
        let rows = if on_road { &mut self.tarmac_rows } else { &mut self.other_rows };
        *rows = rows.saturating_add(1);
        match on_road {
            true => 3.0,
            false if self.tarmac_rows / 2 > self.other_rows => 0.0,
            false => f64::NAN,
        }
    }
}

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;

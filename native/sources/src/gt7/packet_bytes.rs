//! Writes packets as the console does: for tests, trials and what fuzzing starts from.

use super::cipher;
use super::layout::{MAGIC, PacketKind, at, flag};
use super::vector::{Vector, to_sim};

/// What a packet is to say. Units and frame are ours; what is not here is zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PacketSpec {
    /// Which.
    pub kind: PacketKind,
    /// Counts ticks.
    pub id: i32,
    /// -1 in menus.
    pub lap: i16,
    /// 0 where there is no end.
    pub laps_in_race: i16,
    /// -1 when there is none.
    pub best_lap_ms: i32,
    /// -1 when there is none.
    pub last_lap_ms: i32,
    /// C only.
    pub current_lap_ms: i32,
    /// See [`flag`].
    pub flags: u16,
    /// Metres.
    pub position_m: Vector,
    /// Metres a second.
    pub velocity_mps: Vector,
    /// Heading, counter-clockwise from our x; the car is level. `None`: no car.
    pub heading_rad: Option<f64>,
    /// Positive to the left.
    pub yaw_rate_radps: f64,
    /// Metres a second.
    pub speed_mps: f64,
    /// Revolutions a minute.
    pub rpm: f64,
    /// Litres.
    pub fuel_l: f64,
    /// 0 to 1.
    pub throttle: f64,
    /// 0 to 1.
    pub brake: f64,
    /// -1 reverse, 0 neutral, 1 and more.
    pub gear: i8,
    /// From B on.
    pub steering_rad: f64,
    /// C only.
    pub surface: [u8; 4],
    /// The car.
    pub car_code: i32,
}

impl PacketSpec {
    /// What the console sends in its menus.
    pub fn menu(kind: PacketKind, id: i32) -> Self {
        PacketSpec {
            kind,
            id,
            lap: -1,
            laps_in_race: -1,
            best_lap_ms: 0,
            last_lap_ms: 0,
            current_lap_ms: 0,
            flags: 0,
            position_m: [0.0; 3],
            velocity_mps: [0.0; 3],
            heading_rad: None,
            yaw_rate_radps: 0.0,
            speed_mps: 0.0,
            rpm: 0.0,
            fuel_l: 0.0,
            throttle: 0.0,
            brake: 0.0,
            gear: -1,
            steering_rad: 0.0,
            surface: [0; 4],
            car_code: 0,
        }
    }

    /// A car that stands on the track.
    pub fn standing(kind: PacketKind, id: i32, lap: i16) -> Self {
        PacketSpec {
            lap,
            laps_in_race: 0,
            best_lap_ms: -1,
            last_lap_ms: -1,
            flags: flag::ON_TRACK,
            heading_rad: Some(0.0),
            rpm: 900.0,
            fuel_l: 40.0,
            gear: 1,
            surface: *b"TTTT",
            car_code: 1234,
            ..PacketSpec::menu(kind, id)
        }
    }

    /// The packet before it is encrypted.
    pub fn plain(&self) -> Vec<u8> {
        let mut writer = Writer(vec![0; self.kind.bytes()]);
        writer.put(at::MAGIC, &MAGIC.to_le_bytes());
        writer.floats(at::POSITION, &to_sim(self.position_m));
        writer.floats(at::VELOCITY, &to_sim(self.velocity_mps));
        if let Some(heading_rad) = self.heading_rad {
            writer.floats(at::ROTATION, &level_rotation(heading_rad));
        }
        writer.floats(at::ANGULAR_VELOCITY, &to_sim([0.0, 0.0, self.yaw_rate_radps]));
        writer.floats(at::RPM, &[self.rpm]);
        let capacity_l = if self.heading_rad.is_some() { 100.0 } else { 0.0 };
        writer.floats(at::FUEL, &[self.fuel_l, capacity_l, self.speed_mps]);
        writer.put(at::PACKET_ID, &self.id.to_le_bytes());
        writer.put(at::LAP, &self.lap.to_le_bytes());
        writer.put(at::LAPS_IN_RACE, &self.laps_in_race.to_le_bytes());
        writer.put(at::BEST_LAP, &self.best_lap_ms.to_le_bytes());
        writer.put(at::LAST_LAP, &self.last_lap_ms.to_le_bytes());
        writer.put(at::FLAGS, &self.flags.to_le_bytes());
        let gear = match self.gear {
            0 => 15,
            gear => gear.clamp(0, 14) as u8,
        };
        // No gear is suggested.
        writer.put(at::GEARS, &[0xF0 | gear, byte(self.throttle), byte(self.brake)]);
        writer.floats(at::CLUTCH_ENGAGED, &[1.0]);
        writer.put(at::CAR_CODE, &self.car_code.to_le_bytes());
        writer.floats(at::STEERING, &[self.steering_rad]);
        writer.put(at::THROTTLE_PEDAL, &[byte(self.throttle), byte(self.brake)]);
        writer.put(at::SURFACE, &self.surface);
        writer.put(at::CURRENT_LAP, &self.current_lap_ms.to_le_bytes());
        writer.0
    }

    /// The packet as it travels.
    pub fn sealed(&self, seed: u32) -> Vec<u8> {
        let mut bytes = self.plain();
        let sealed = cipher::encrypt(&mut bytes, seed);
        debug_assert!(sealed, "a kind has a packet's length");
        bytes
    }
}

/// The quaternion of a level car: about the sim's Y, from -Z, which is our y.
fn level_rotation(heading_rad: f64) -> [f64; 4] {
    let (sine, cosine) = libm::sincos((heading_rad - std::f64::consts::FRAC_PI_2) / 2.0);
    [0.0, sine, 0.0, cosine]
}

fn byte(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

struct Writer(Vec<u8>);

impl Writer {
    /// Fields that the kind does not have are left out.
    fn put(&mut self, at: usize, bytes: &[u8]) {
        if let Some(place) = self.0.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }

    fn floats(&mut self, at: usize, values: &[f64]) {
        for (index, value) in values.iter().enumerate() {
            self.put(at + 4 * index, &(*value as f32).to_le_bytes());
        }
    }
}

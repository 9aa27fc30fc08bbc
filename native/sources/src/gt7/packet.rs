//! A decrypted packet as numbers: SI units, our frame.
//!
//! Motion that is no car's (not finite, beyond any car) makes the whole packet unusable; any other value that is absurd is missing (NaN or
//! `None`), and the rest is used.

use super::layout::{MAGIC, PacketKind, at, flag};
use super::vector::{Vector, from_sim, length};
use std::ops::RangeInclusive;

/// No track of the sim reaches this far from its origin.
const FURTHEST_M: f64 = 100_000.0;
/// No car of the sim is this fast (the fastest reach 160 m/s).
const FASTEST_MPS: f64 = 250.0;
/// A spinning car turns about three times a second.
const FASTEST_SPIN_RADPS: f64 = 100.0;
/// A quaternion of 32-bit floats is of length 1 to a few 1e-7; in the menus it is 0.
const UNIT: RangeInclusive<f64> = 0.99..=1.01;
/// Car codes are four digits so far; what is larger is a gear's ratio.
const CAR_CODES: RangeInclusive<i32> = 1..=99_999;
/// A day.
const LONGEST_MS: i32 = 24 * 3_600_000;

/// Where the car points. Unit vectors in our frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Attitude {
    /// Out of its nose.
    pub forward: Vector,
    /// Out of its left side.
    pub left: Vector,
}

/// A packet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Packet {
    /// Which it is.
    pub kind: PacketKind,
    /// Counts ticks.
    pub id: i32,
    /// Lap being driven; `None` in menus.
    pub lap: Option<i16>,
    /// Laps of the race; 0 where there is no end, -1 in menus.
    pub laps_in_race: i16,
    /// Best lap time in milliseconds.
    pub best_lap_ms: Option<i32>,
    /// Time of the last lap in milliseconds.
    pub last_lap_ms: Option<i32>,
    /// Time of the running lap in milliseconds; C only.
    pub current_lap_ms: Option<i32>,
    /// See [`flag`].
    pub flags: u16,
    /// Metres.
    pub position_m: Vector,
    /// Metres a second.
    pub velocity_mps: Vector,
    /// Where the car points; `None` when there is no car.
    pub attitude: Option<Attitude>,
    /// Radians a second about our axes: the third is the yaw rate, positive to the left.
    pub angular_velocity_radps: Vector,
    /// Never negative.
    pub speed_mps: f64,
    /// Revolutions a minute.
    pub rpm: f64,
    /// Litres; NaN for electric cars.
    pub fuel_l: f64,
    /// 0 to 1, as the car gets it.
    pub throttle: f64,
    /// 0 to 1, the pedal.
    pub brake: f64,
    /// 0 to 1, before traction control; from ~ on.
    pub throttle_pedal: f64,
    /// 0 to 1, as it acts; from ~ on.
    pub brake_output: f64,
    /// 0 disengaged to 1 engaged.
    pub clutch_engaged: f64,
    /// -1 reverse, 0 neutral, 1 and more. The sim's 0 is reverse and its 15 neutral.
    pub gear: i8,
    /// Radians, positive to the left; from B on.
    pub steering_rad: f64,
    /// Radians a second. Four are always front left, front right, rear left, rear right.
    pub wheel_speed_radps: [f64; 4],
    /// Metres.
    pub tyre_radius_m: [f64; 4],
    /// Degrees Celsius.
    pub tyre_temperature_c: [f64; 4],
    /// Metres.
    pub suspension_m: [f64; 4],
    /// Letters; C only.
    pub surface: Option<[u8; 4]>,
    /// Code of the car; `None` when there is none or it was written over.
    pub car_code: Option<i32>,
}

impl Packet {
    /// Reads a decrypted packet. `None` when its length, its beginning or its motion is none of a packet.
    pub fn parse(plain: &[u8]) -> Option<Packet> {
        let kind = PacketKind::of_length(plain.len())?;
        let read = Reader(plain);
        if read.i32(at::MAGIC)? as u32 != MAGIC {
            return None;
        }
        let packet = Packet {
            kind,
            id: read.i32(at::PACKET_ID)?,
            lap: Some(read.i16(at::LAP)?).filter(|lap| *lap >= 0),
            laps_in_race: read.i16(at::LAPS_IN_RACE)?,
            best_lap_ms: read.time_ms(at::BEST_LAP),
            last_lap_ms: read.time_ms(at::LAST_LAP),
            current_lap_ms: read.time_ms(at::CURRENT_LAP),
            flags: read.i16(at::FLAGS)? as u16,
            position_m: from_sim(read.vector(at::POSITION, FURTHEST_M)?),
            velocity_mps: from_sim(read.vector(at::VELOCITY, FASTEST_MPS)?),
            attitude: read.attitude(),
            angular_velocity_radps: from_sim(read.vector(at::ANGULAR_VELOCITY, FASTEST_SPIN_RADPS)?),
            speed_mps: Some(read.number(at::SPEED, 0.0..=FASTEST_MPS)).filter(|speed| speed.is_finite())?,
            rpm: read.number(at::RPM, 0.0..=100_000.0),
            fuel_l: read.fuel_l(),
            throttle: read.share(at::THROTTLE),
            brake: read.share(at::BRAKE),
            throttle_pedal: read.share(at::THROTTLE_PEDAL),
            brake_output: read.share(at::BRAKE_OUTPUT),
            clutch_engaged: read.number(at::CLUTCH_ENGAGED, 0.0..=1.0),
            gear: gear(*plain.get(at::GEARS)?),
            steering_rad: read.number(at::STEERING, -50.0..=50.0),
            wheel_speed_radps: read.four(at::WHEEL_SPEED, 2000.0),
            tyre_radius_m: read.four(at::TYRE_RADIUS, 5.0),
            tyre_temperature_c: read.four(at::TYRE_TEMPERATURE, 2000.0),
            suspension_m: read.four(at::SUSPENSION, 10.0),
            surface: read.surface(),
            car_code: read.i32(at::CAR_CODE).filter(|code| CAR_CODES.contains(code)),
        };
        Some(packet)
    }

    /// Whether a flag is set.
    pub fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// A car is driven by the player, now.
    pub fn is_driven(&self) -> bool {
        self.has(flag::ON_TRACK) && !self.has(flag::LOADING) && self.attitude.is_some()
    }
}

fn gear(byte: u8) -> i8 {
    match byte & 0x0F {
        0 => -1,
        15 => 0,
        gear => gear as i8,
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at + N)?.try_into().ok()
    }

    fn i32(&self, at: usize) -> Option<i32> {
        self.bytes(at).map(i32::from_le_bytes)
    }

    fn i16(&self, at: usize) -> Option<i16> {
        self.bytes(at).map(i16::from_le_bytes)
    }

    /// NaN when it is not there or not in the range.
    fn number(&self, at: usize, range: RangeInclusive<f64>) -> f64 {
        let value = self.bytes(at).map_or(f64::NAN, |bytes| f64::from(f32::from_le_bytes(bytes)));
        if range.contains(&value) { value } else { f64::NAN }
    }

    fn four(&self, at: usize, most: f64) -> [f64; 4] {
        [0, 4, 8, 12].map(|more| self.number(at + more, -most..=most))
    }

    /// `None` when a part is not finite or the whole is too long.
    fn vector(&self, at: usize, longest: f64) -> Option<Vector> {
        let vector = [0, 4, 8].map(|more| self.number(at + more, -longest..=longest));
        (length(vector) <= longest).then_some(vector)
    }

    fn share(&self, at: usize) -> f64 {
        self.bytes::<1>(at).map_or(f64::NAN, |[byte]| f64::from(byte) / 255.0)
    }

    fn time_ms(&self, at: usize) -> Option<i32> {
        self.i32(at).filter(|time| (0..=LONGEST_MS).contains(time))
    }

    fn fuel_l(&self) -> f64 {
        let capacity_l = self.number(at::FUEL_CAPACITY, 0.5..=10_000.0);
        if capacity_l.is_nan() { f64::NAN } else { self.number(at::FUEL, 0.0..=capacity_l + 1.0) }
    }

    fn surface(&self) -> Option<[u8; 4]> {
        self.bytes(at::SURFACE).filter(|letters: &[u8; 4]| letters.iter().all(u8::is_ascii_uppercase))
    }

    fn attitude(&self) -> Option<Attitude> {
        let [x, y, z, w] = self.four(at::ROTATION, 1.01);
        if !UNIT.contains(&(x * x + y * y + z * z + w * w)) {
            return None;
        }
        // The columns of the rotation matrix are the car's right, up and backward.
        let right = [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + w * z), 2.0 * (x * z - w * y)];
        let backward = [2.0 * (x * z + w * y), 2.0 * (y * z - w * x), 1.0 - 2.0 * (x * x + y * y)];
        let turned = |v: Vector| from_sim(v.map(|part| -part));
        Some(Attitude { forward: turned(backward), left: turned(right) })
    }
}

#[cfg(test)]
#[path = "packet_tests.rs"]
mod tests;

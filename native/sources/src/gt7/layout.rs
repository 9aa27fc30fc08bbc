//! Where things are in a packet. Little-endian; every longer packet begins with all of the shorter ones.
//!
//! Sources: see [`super`]. Unless another is named a field is from PDTools and gt7-udp, which agree.

/// What the console was asked for, and sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PacketKind {
    /// 296 bytes; known to every version of the sim and sent in every mode.
    A,
    /// 316 bytes, since update 1.42: steering wheel and body acceleration. Not sent in Sport mode (gt7-udp).
    B,
    /// 344 bytes, since update 1.42: pedals either side of the assists. Not sent in replays (gt7-udp).
    Tilde,
    /// 368 bytes, since about update 1.68: what the wheels stand on, the running lap time (PDTools issue 18, gt7-udp).
    C,
}

impl PacketKind {
    /// From the one that tells least to the one that tells most.
    pub const ALL: [PacketKind; 4] = [PacketKind::A, PacketKind::B, PacketKind::Tilde, PacketKind::C];

    /// Bytes of the packet.
    pub const fn bytes(self) -> usize {
        match self {
            PacketKind::A => 296,
            PacketKind::B => 316,
            PacketKind::Tilde => 344,
            PacketKind::C => 368,
        }
    }

    /// The kind of a packet that is this long.
    pub fn of_length(bytes: usize) -> Option<Self> {
        PacketKind::ALL.into_iter().find(|kind| kind.bytes() == bytes)
    }

    /// The byte that asks for it.
    pub const fn letter(self) -> u8 {
        match self {
            PacketKind::A => b'A',
            PacketKind::B => b'B',
            PacketKind::Tilde => b'~',
            PacketKind::C => b'C',
        }
    }

    /// What the cipher's nonce is made with (gt7-udp; PDTools issue 18 for C).
    pub const fn nonce_mask(self) -> u32 {
        match self {
            PacketKind::A => 0xDEAD_BEAF,
            PacketKind::B | PacketKind::C => 0xDEAD_BEEF,
            PacketKind::Tilde => 0x55FA_BB4F,
        }
    }
}

/// Bytes of the longest packet.
pub const LONGEST: usize = PacketKind::C.bytes();
/// What a decrypted packet begins with: `0S7G`.
pub const MAGIC: u32 = 0x4737_5330;
/// Packets a second while the sim runs.
pub const TICK_HZ: f64 = 60.0;

/// Offsets. `f` is a 32-bit float, `i` and `u` are integers with their bits.
pub mod at {
    /// `u32`, [`MAGIC`](super::MAGIC).
    pub const MAGIC: usize = 0x00;
    /// `3 f`, metres: X, Y up, Z; the origin varies by track (gtplanet).
    pub const POSITION: usize = 0x04;
    /// `3 f`, m/s, in the same frame.
    pub const VELOCITY: usize = 0x10;
    /// `4 f`, a unit quaternion x, y, z, w from the car's frame (X right, Y up, Z backward) to the track's (gtplanet, gt7_tool; measured). PDTools
    /// calls it pitch, yaw, roll and "orientation to north".
    pub const ROTATION: usize = 0x1C;
    /// `3 f`, rad/s, right-handed about X, Y, Z (measured for Y).
    pub const ANGULAR_VELOCITY: usize = 0x2C;
    /// `f`, metres.
    pub const BODY_HEIGHT: usize = 0x38;
    /// `f`, revolutions a minute.
    pub const RPM: usize = 0x3C;
    /// `u32`, as it was sent: the cipher's nonce is made from it.
    pub const NONCE: usize = 0x40;
    /// `f`, litres.
    pub const FUEL: usize = 0x44;
    /// `f`, litres: 100 for most cars, 5 for karts, 0 for electric cars.
    pub const FUEL_CAPACITY: usize = 0x48;
    /// `f`, m/s, positive when going backward too (gtplanet).
    pub const SPEED: usize = 0x4C;
    /// `4 f`, degrees Celsius: front left, front right, rear left, rear right, as all that is four.
    pub const TYRE_TEMPERATURE: usize = 0x60;
    /// `i32`, counts ticks; goes on in menus and while paused.
    pub const PACKET_ID: usize = 0x70;
    /// `i16`, lap being driven: -1 in menus, 0 before the first, 1 and more; laps in race + 1 after the end (gt7-datalogger).
    pub const LAP: usize = 0x74;
    /// `i16`, laps to drive; 0 where there is no end, -1 in menus.
    pub const LAPS_IN_RACE: usize = 0x76;
    /// `i32`, milliseconds; -1 when there is none.
    pub const BEST_LAP: usize = 0x78;
    /// `i32`, milliseconds; -1 when there is none; changes with the lap (measured).
    pub const LAST_LAP: usize = 0x7C;
    /// `i32`, milliseconds of the track's day.
    pub const TIME_OF_DAY: usize = 0x80;
    /// `u16`, see [`flag`](super::flag).
    pub const FLAGS: usize = 0x8E;
    /// `u8`: gear in the lower four bits, suggested gear in the upper.
    pub const GEARS: usize = 0x90;
    /// `u8`, 0 to 255, with traction control in it (PDTools issue 14).
    pub const THROTTLE: usize = 0x91;
    /// `u8`, 0 to 255, the pedal.
    pub const BRAKE: usize = 0x92;
    /// `4 f`, rad/s; negative when driving forward, positive in replays (sim-to-motec; measured).
    pub const WHEEL_SPEED: usize = 0xA4;
    /// `4 f`, metres.
    pub const TYRE_RADIUS: usize = 0xB4;
    /// `4 f`, metres.
    pub const SUSPENSION: usize = 0xC4;
    /// `f`, 0 to 1: pressed.
    pub const CLUTCH_PEDAL: usize = 0xF4;
    /// `f`, 0 to 1: engaged.
    pub const CLUTCH_ENGAGED: usize = 0xF8;
    /// `i32`; the ninth gear's ratio and the following are written over it (PDTools).
    pub const CAR_CODE: usize = 0x124;
    /// B. `f`, radians of the steering wheel, its sign that of the yaw rate (gt7_tool).
    pub const STEERING: usize = 0x128;
    /// ~. `u8`, the throttle pedal before traction control (PDTools issue 14; gt7-udp has it the other way about and calls it filtered).
    pub const THROTTLE_PEDAL: usize = 0x13C;
    /// ~. `u8`, the brake as it acts, with ABS in it (PDTools issue 14). In live sessions only.
    pub const BRAKE_OUTPUT: usize = 0x13D;
    /// C. `4 u8`, letters: T tarmac, C kerb, D dirt (PDTools issue 18).
    pub const SURFACE: usize = 0x158;
    /// C. `i32`, milliseconds of the running lap.
    pub const CURRENT_LAP: usize = 0x15C;
}

/// Bits of the flags.
pub mod flag {
    /// A car is on the track or in its paddock, driven live: clear in menus and replays.
    pub const ON_TRACK: u16 = 1;
    /// The simulation stands still.
    pub const PAUSED: u16 = 1 << 1;
    /// A track or a car is being loaded.
    pub const LOADING: u16 = 1 << 2;
}

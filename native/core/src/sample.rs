//! One row of telemetry.

pub use crate::generated::channels::{Channel, Sample};
pub use crate::generated::snapshot::{Snapshot, snapshot_flags};

/// Bits of [`Sample::session_flags`], from iRacing's SDK.
pub mod session_flags {
    /// The checkered flag is out.
    pub const CHECKERED: u32 = 0x1;
    /// Full-course caution.
    pub const CAUTION: u32 = 0x4000;
    /// Full-course caution, waving.
    pub const CAUTION_WAVING: u32 = 0x8000;
    /// Black flag.
    pub const BLACK: u32 = 0x1_0000;
    /// Disqualified.
    pub const DISQUALIFIED: u32 = 0x2_0000;
    /// Furled black flag: a slow-down penalty is being served.
    pub const FURLED: u32 = 0x8_0000;
    /// Meatball: repair needed.
    pub const REPAIR: u32 = 0x10_0000;
}

/// Standard gravity.
const GRAVITY_MPS2: f64 = 9.806_65;

impl Sample {
    /// Acceleration to the left over the ground. The sim's channel holds the share of gravity that its roll turns to the side; measured on a real lap of the Red Bull
    /// Ring against velocity and yaw rate: 9.77 times the sine of the roll, correlation 0.996, 0.01 m/s^2 left over. A source that does not tell the roll holds none.
    pub fn own_lateral_accel_mps2(&self) -> f64 {
        self.lateral_accel_mps2 - gravity_share_mps2(self.roll_rad)
    }

    /// Acceleration forward over the ground; as [`own_lateral_accel_mps2`](Self::own_lateral_accel_mps2), with -9.80 times the sine of the pitch, correlation 0.999.
    pub fn own_longitudinal_accel_mps2(&self) -> f64 {
        self.longitudinal_accel_mps2 + gravity_share_mps2(self.pitch_rad)
    }

    /// The bits of a bit-field channel; none when it is missing.
    pub fn bits(value: f64) -> u32 {
        if value.is_finite() { value as i64 as u32 } else { 0 }
    }

    /// A boolean channel; `None` when it is missing.
    pub fn flag(value: f64) -> Option<bool> {
        if value.is_nan() { None } else { Some(value != 0.0) }
    }

    /// The all-zero row that a reset, a tow or the beginning of a file leaves: lap 0, nowhere, no speed.
    pub fn is_reset_row(&self) -> bool {
        let zero_or_missing = |value: f64| value.is_nan() || value == 0.0;
        self.lap == 0.0
            && zero_or_missing(self.lap_fraction)
            && zero_or_missing(self.lap_distance_m)
            && zero_or_missing(self.latitude_deg)
            && zero_or_missing(self.speed_mps)
            && (self.track_surface.is_nan() || self.track_surface == -1.0)
    }
}

fn gravity_share_mps2(angle_rad: f64) -> f64 {
    if angle_rad.is_finite() { GRAVITY_MPS2 * libm::sin(angle_rad) } else { 0.0 }
}

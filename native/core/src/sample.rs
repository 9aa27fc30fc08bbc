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

impl Sample {
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

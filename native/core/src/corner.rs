//! Corners, brake zones and sections: places on the road in metres from the line, and what one lap did there.
//!
//! A stretch whose `end_m` is smaller than its `start_m` runs across the line.

use serde::{Deserialize, Serialize};

/// Which way the road turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Counter-clockwise.
    Left,
    /// Clockwise.
    Right,
}

/// What the reference driver has to do for the corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CornerKind {
    /// He brakes.
    Brake,
    /// He lifts.
    Lift,
    /// Flat in this car: drawn, never coached.
    Flat,
}

/// A corner of a lap: its place, by the reference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Corner {
    /// Stable id: survives a change of reference.
    pub id: String,
    /// Name from a track file.
    pub name: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// What the reference does.
    pub kind: CornerKind,
    /// Corners with the same number are driven and coached as one complex; `None` when it stands alone.
    pub complex: Option<u32>,
    /// Turn-in: curvature rises over 20 % of its peak.
    pub start_m: f64,
    /// Nearest the inside edge where position is known, else peak curvature; `None` when neither is known.
    pub apex_m: Option<f64>,
    /// Place of the minimum speed.
    pub min_speed_m: f64,
    /// Place of the second minimum of a double apex.
    pub second_min_speed_m: Option<f64>,
    /// Exit: curvature falls under 20 % of its peak.
    pub end_m: f64,
    /// Peak curvature in 1/m, absolute, of the reference's path; NaN-free; 0 when curvature is not known.
    pub peak_curvature_per_m: f64,
}

/// One application of the brake.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrakeZone {
    /// Where the pedal passes 5 %, between samples.
    pub start_m: f64,
    /// Where it falls under 2 %.
    pub end_m: f64,
    /// Speed at the start.
    pub start_speed_mps: f64,
    /// Lowest speed in the zone.
    pub min_speed_mps: f64,
    /// Highest brake, 0 to 1.
    pub peak_brake: f64,
    /// Seconds from start to end.
    pub duration_s: f64,
    /// Metres from turn-in to the brake's release; 0 when it was released before; `None` while no corner is known.
    pub trail_brake_m: Option<f64>,
}

/// What one lap did in one corner. Every place is in metres from the line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CornerMetrics {
    /// The corner's id.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Which way.
    pub direction: Direction,
    /// Turn-in of the reference.
    pub start_m: f64,
    /// See [`Corner::apex_m`], of this lap.
    pub apex_m: Option<f64>,
    /// Place of this lap's minimum speed.
    pub min_speed_m: f64,
    /// Exit of the reference.
    pub end_m: f64,
    /// Speed at `start_m`.
    pub entry_speed_mps: f64,
    /// Minimum speed.
    pub min_speed_mps: f64,
    /// Speed at `end_m`.
    pub exit_speed_mps: f64,
    /// First place after minimum speed with at least 10 % throttle held for 0.2 s, blips excluded.
    pub throttle_on_m: Option<f64>,
    /// First place after it with at least 95 % held for 0.2 s.
    pub full_throttle_m: Option<f64>,
    /// Seconds from `start_m` to `end_m`.
    pub time_s: f64,
    /// Where the brake for this corner began.
    pub brake_onset_m: Option<f64>,
    /// Highest brake, 0 to 1.
    pub peak_brake: f64,
    /// Metres from turn-in to brake below 2 %.
    pub trail_brake_m: f64,
    /// Seconds with both pedals off for at least 0.15 s outside shifts.
    pub coasting_s: f64,
    /// Times the throttle fell under 90 % after full throttle was reached, shifts excluded.
    pub lifts: u32,
    /// Gear at minimum speed; `None` when the source has no gear.
    pub min_gear: Option<i8>,
    /// What the reference does here.
    pub kind: CornerKind,
    /// See [`Corner::complex`].
    pub complex: Option<u32>,
    /// See [`Corner::second_min_speed_m`].
    pub second_min_speed_m: Option<f64>,
}

/// A piece of the lap, cut at metres fixed by the reference and the same for every lap. Sections cover the lap once: the first begins at
/// the line and the last ends there, unless a corner lies across the line; then one section runs across it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// The (first) corner; `None` for the run from the line to the first corner.
    pub corner_id: Option<String>,
    /// All corners coached as one here.
    pub corner_ids: Vec<String>,
    /// Where the section, and its braking phase, begins.
    pub start_m: f64,
    /// End of braking: turn-in.
    pub turn_in_m: f64,
    /// End of entry: the reference's minimum speed.
    pub min_speed_m: f64,
    /// End of middle: the reference's throttle pick-up.
    pub pick_up_m: f64,
    /// End of exit: 20 % curvature.
    pub exit_m: f64,
    /// End of the straight, and of the section.
    pub end_m: f64,
}

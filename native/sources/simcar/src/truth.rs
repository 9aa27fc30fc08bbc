//! The truth file: what is known about a simulated session because it was made that way.

use racing_coach_core::corner::{CornerKind, Direction};
use serde::{Deserialize, Serialize};

/// The truth about a simulated session. Distances are metres along the centre line from the start/finish line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Truth {
    /// Name of the circuit.
    pub track: String,
    /// Key of the car.
    pub car: String,
    /// Name of the driver preset.
    pub driver: String,
    /// Seed.
    pub seed: u64,
    /// Length of the centre line.
    pub length_m: f64,
    /// Corners by geometry, in order along the lap.
    pub corners: Vec<CornerTruth>,
    /// Complete laps, in order.
    pub laps: Vec<LapTruth>,
    /// Laps that have no time: the out-lap, interrupted laps and the last, unfinished one.
    pub incomplete_laps: Vec<u32>,
}

/// A corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CornerTruth {
    /// Id.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// Where the racing line's curvature passes a fifth of its peak.
    pub start_m: f64,
    /// Where the racing line is nearest the inside edge.
    pub apex_m: f64,
    /// Where curvature falls under a fifth of its peak; smaller than `start_m` across the line.
    pub end_m: f64,
    /// This driver neither brakes nor lifts for it in this car.
    pub flat_out: bool,
    /// What this driver does without scatter and mistakes: brakes, lifts, or neither.
    pub kind: CornerKind,
    /// Where the driver is slowest in it without scatter and mistakes; `None` when flat out.
    pub min_speed_m: Option<f64>,
    /// Radians turned, left positive.
    pub turn_rad: f64,
}

/// A complete lap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LapTruth {
    /// As the sim counts it.
    pub lap: u32,
    /// Between the exact crossings of the line.
    pub lap_time_s: f64,
    /// All on the road.
    pub valid: bool,
    /// Each brake zone's beginning: where the pedal passes 5 %.
    pub brake_onsets: Vec<BrakeOnset>,
    /// Slowest places.
    pub min_speeds: Vec<MinSpeed>,
    /// What the driver was told to do wrong.
    pub mistakes: Vec<MistakeTruth>,
}

/// The beginning of a brake zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BrakeOnset {
    /// The corner braked for.
    pub corner_id: String,
    /// Where.
    pub lap_distance_m: f64,
    /// Highest pedal in the zone.
    pub peak_brake: f64,
}

/// The slowest place in a corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MinSpeed {
    /// The corner.
    pub corner_id: String,
    /// Where.
    pub lap_distance_m: f64,
    /// How slow.
    pub speed_mps: f64,
}

/// A mistake and its price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MistakeTruth {
    /// The corner.
    pub corner_id: String,
    /// Code of the mistake.
    pub code: String,
    /// Size.
    pub size: f64,
    /// Its unit.
    pub unit: String,
    /// Lap time minus that of the same lap, same seed, without this one mistake.
    pub cost_s: f64,
}

//! A reference lap: a lap on a grid with everything that the coach needs to know about it.

use crate::corner::{BrakeZone, Corner, CornerMetrics, Section};
use crate::grid::LapGrid;
use serde::{Deserialize, Serialize};

/// A lap to compare with and to coach from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceLap {
    /// See [`crate::session::SessionInfo::track_key`].
    pub track_key: String,
    /// See [`crate::session::SessionInfo::car_key`].
    pub car_key: String,
    /// Driven by this driver: only then may GO be commanded at its brake points.
    pub own: bool,
    /// Driven on a wet track.
    pub wet: bool,
    /// The lap time in seconds: official when known.
    pub lap_time_s: f64,
    /// The lap by distance.
    pub grid: LapGrid,
    /// Corners in order along the lap.
    pub corners: Vec<Corner>,
    /// What the reference did in each of them, in the same order.
    pub metrics: Vec<CornerMetrics>,
    /// Sections in order along the lap.
    pub sections: Vec<Section>,
    /// Brake zones in order along the lap.
    pub brake_zones: Vec<BrakeZone>,
}

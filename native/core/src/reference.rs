//! A reference lap: a lap on a grid with everything that the coach needs to know about it.

use crate::corner::{BrakeZone, Corner, CornerMetrics, Section};
use crate::corners::{TrackModel, detect_corners, place_apexes};
use crate::grid::LapGrid;
use crate::metrics::{corner_metrics, fill_trail_brake};
use crate::sections::sections_of;
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
    /// A lap of the running session that need not be a good one: the coach shows it while it learns, judges nobody by it, and commands
    /// only the brake points that the driver's own clean passes have taught. See [`crate::lap::Lap::rough_grade`].
    #[serde(default)]
    pub rough: bool,
    /// Of a rough reference: ids of the corners whose section was clean on it, so that its pass is the first that counts there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clean_corners: Vec<String>,
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

/// What [`ReferenceLap::build`] cannot see on the lap itself; see the fields of the same names there.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceMeta {
    /// Track and layout.
    pub track_key: String,
    /// Car.
    pub car_key: String,
    /// Driven by this driver.
    pub own: bool,
    /// Driven on a wet track.
    pub wet: bool,
    /// Seconds; official when known.
    pub lap_time_s: f64,
}

impl ReferenceLap {
    /// A reference from a lap: its corners, sections and metrics. With a track model the corners get their lasting ids and
    /// the model learns corners that it did not know.
    pub fn build(
        grid: LapGrid,
        mut brake_zones: Vec<BrakeZone>,
        meta: ReferenceMeta,
        model: Option<&mut TrackModel>,
    ) -> ReferenceLap {
        let mut corners = detect_corners(&grid, &brake_zones);
        if let Some(model) = model {
            model.assign(&mut corners);
            place_apexes(&mut corners, &grid, &model.centre_line);
        }
        fill_trail_brake(&grid, &corners, &mut brake_zones);
        let metrics = corner_metrics(&grid, &corners, &brake_zones);
        let sections = sections_of(&grid, &corners, &metrics);
        let ReferenceMeta { track_key, car_key, own, wet, lap_time_s } = meta;
        ReferenceLap {
            track_key,
            car_key,
            own,
            wet,
            rough: false,
            clean_corners: Vec::new(),
            lap_time_s,
            grid,
            corners,
            metrics,
            sections,
            brake_zones,
        }
    }
}

//! The reference as the pages need it: `hubReference` of the contract.

use racing_coach_core::corner::Corner;
use racing_coach_core::reference::ReferenceLap;
use serde::Serialize;

/// Every how many grid points the traces are sent: 2 m is finer than a pixel of the pedal trace.
const TRACE_STRIDE: usize = 2;

/// See the contract's `hubReference`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HubReference<'a> {
    label: &'a str,
    own: bool,
    lap_time_s: f64,
    length_m: f64,
    corners: Vec<HubCorner<'a>>,
    brake_zones: Vec<HubZone>,
    trace: Trace,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HubCorner<'a> {
    #[serde(flatten)]
    corner: &'a Corner,
    min_speed_mps: f64,
    min_gear: Option<i8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HubZone {
    start_m: f64,
    end_m: f64,
    peak_brake: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Trace {
    step_m: f64,
    throttle: Vec<f64>,
    brake: Vec<f64>,
    speed_mps: Vec<f64>,
}

/// Describes a reference for the pages.
pub fn describe<'a>(lap: &'a ReferenceLap, label: &'a str) -> HubReference<'a> {
    let corners = lap.corners.iter().zip(&lap.metrics).map(|(corner, metrics)| HubCorner {
        corner,
        min_speed_mps: metrics.min_speed_mps,
        min_gear: metrics.min_gear,
    });
    let zones = lap.brake_zones.iter().map(|zone| HubZone {
        start_m: zone.start_m,
        end_m: zone.end_m,
        peak_brake: zone.peak_brake,
    });
    HubReference {
        label,
        own: lap.own,
        lap_time_s: lap.lap_time_s,
        length_m: lap.grid.length_m,
        corners: corners.collect(),
        brake_zones: zones.collect(),
        trace: Trace {
            step_m: lap.grid.step_m * TRACE_STRIDE as f64,
            throttle: thinned(&lap.grid.throttle),
            brake: thinned(&lap.grid.brake),
            speed_mps: thinned(&lap.grid.speed_mps),
        },
    }
}

/// Every second point, rounded to a thousandth: it is only drawn.
fn thinned(column: &[f64]) -> Vec<f64> {
    column.iter().step_by(TRACE_STRIDE).map(|value| (value * 1e3).round() / 1e3).collect()
}

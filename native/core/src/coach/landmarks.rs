//! The places of a reference lap that the driver is led to: where to brake, how slow to be.

use super::time_curve::TimeCurve;
use crate::corner::{Corner, CornerKind, CornerMetrics};
use crate::reference::ReferenceLap;

/// A place to brake for a corner: where the reference begins to, or where the driver was learned to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct BrakePoint {
    pub place_m: f64,
    pub corner: u16,
    /// How much faster than the reference here the speed is that the point is right for, in m/s.
    pub faster_mps: f64,
    /// Clean passes that taught it, up to 3.
    pub passes: i32,
    /// It may be shown: not before it was learned, where it has to be.
    pub ready: bool,
}

impl BrakePoint {
    fn of_reference(place_m: f64, corner: u16) -> Self {
        BrakePoint { place_m, corner, faster_mps: 0.0, passes: 0, ready: true }
    }
}

/// The slowest point of a coached corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Target {
    pub place_m: f64,
    pub corner: u16,
    pub speed_mps: f64,
    /// 0 when the reference's gear is not known.
    pub gear: i8,
}

/// Corners with their metrics, where both are there.
pub(super) fn coached(reference: &ReferenceLap) -> impl Iterator<Item = (u16, &Corner, &CornerMetrics)> {
    (0..u16::MAX)
        .zip(reference.corners.iter().zip(&reference.metrics))
        .filter(|(_, (corner, _))| corner.kind != CornerKind::Flat)
        .map(|(index, (corner, metrics))| (index, corner, metrics))
}

pub(super) fn on_lap(place_m: f64, length_m: f64) -> bool {
    (0.0..length_m).contains(&place_m)
}

/// One point for each corner that the reference brakes for. Of points closer than 30 m the first stands for both: nobody can act on two.
pub(super) fn brake_points(reference: &ReferenceLap, curve: &TimeCurve) -> Vec<BrakePoint> {
    const APART_M: f64 = 30.0;
    let mut points: Vec<BrakePoint> = coached(reference)
        .filter(|(_, corner, _)| corner.kind == CornerKind::Brake)
        .filter_map(|(corner, _, metrics)| Some(BrakePoint::of_reference(metrics.brake_onset_m?, corner)))
        .filter(|point| on_lap(point.place_m, curve.length_m))
        .collect();
    points.sort_by(|a, b| a.place_m.total_cmp(&b.place_m));
    let mut kept: Vec<BrakePoint> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last().is_none_or(|last| point.place_m - last.place_m >= APART_M) {
            kept.push(point);
        }
    }
    kept
}

/// The slowest points of all coached corners.
pub(super) fn targets(reference: &ReferenceLap, curve: &TimeCurve) -> Vec<Target> {
    let mut targets: Vec<Target> = coached(reference)
        .map(|(index, corner, metrics)| Target {
            place_m: corner.min_speed_m,
            corner: index,
            speed_mps: metrics.min_speed_mps,
            gear: metrics.min_gear.unwrap_or(0),
        })
        .filter(|target| on_lap(target.place_m, curve.length_m))
        .collect();
    targets.sort_by(|a, b| a.place_m.total_cmp(&b.place_m));
    targets
}

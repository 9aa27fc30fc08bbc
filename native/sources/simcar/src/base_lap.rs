//! The lap that a driver drives without scatter and mistakes: tells which corners need brake or lift in this car.

use crate::lap_plan::LapPlan;
use crate::road_corners::RoadCorner;
use crate::session::{Row, SessionRun, SessionSpec, Start, drive};
use crate::stage::Stage;
use crate::truth::CornerTruth;
use racing_coach_core::corner::CornerKind;
use std::sync::Arc;

/// Throttle under which a corner is not flat out.
const FLAT_THROTTLE: f64 = 0.9;
/// Metres around a corner in which its slowest place is looked for.
pub const AROUND_M: f64 = 15.0;

/// The corners with what this driver does in them.
pub fn corner_truths(stage: &Stage) -> Vec<CornerTruth> {
    let even = Stage { driver: stage.driver.without_spread(), ..stage.clone() };
    let laps: Vec<Arc<LapPlan>> = (0..4).map(|lap| Arc::new(LapPlan::new(&even, 0, lap, &[]))).collect();
    let spec = SessionSpec { start: Start::Pits, laps: 2, interruptions: vec![] };
    let run = drive(&even, &laps, &spec);
    stage.corners.iter().enumerate().map(|(index, corner)| truth(&even, &run, index, corner)).collect()
}

fn truth(stage: &Stage, run: &SessionRun<'_>, index: usize, corner: &RoadCorner) -> CornerTruth {
    let kind = kind(stage, run, index, corner);
    let min_speed_m = if kind == CornerKind::Flat {
        None
    } else {
        slowest(stage, &run.rows, 2, corner).map(|(distance_m, _)| distance_m)
    };
    CornerTruth {
        id: corner.id.clone(),
        direction: corner.direction,
        start_m: corner.start_m,
        apex_m: corner.apex_m,
        end_m: corner.end_m,
        flat_out: kind == CornerKind::Flat,
        kind,
        min_speed_m,
        turn_rad: corner.turn_rad,
    }
}

fn kind(stage: &Stage, run: &SessionRun<'_>, index: usize, corner: &RoadCorner) -> CornerKind {
    let length_m = stage.track.length_m;
    let braked = run
        .last
        .brakes()
        .zones()
        .filter(|zone| (2.0 * length_m..3.0 * length_m).contains(&zone.onset_m))
        .any(|zone| corner_of_zone(stage, zone.onset_m) == Some(index));
    if braked {
        return CornerKind::Brake;
    }
    let span_m = stage.track.ahead_m(corner.start_m, corner.apex_m);
    let inside =
        |row: &&Row| row.lap == 2 && stage.track.ahead_m(corner.start_m, row.place.distance_m) <= span_m;
    let driven = run.rows.iter().filter(inside).filter_map(|row| row.car).filter(|car| car.gear > 0);
    let least = driven.map(|car| car.throttle_pedal).fold(1.0, f64::min);
    if least < FLAT_THROTTLE { CornerKind::Lift } else { CornerKind::Flat }
}

/// The corner that a brake zone which begins here (not wrapped) is for: that of the next slow point.
pub fn corner_of_zone(stage: &Stage, onset_m: f64) -> Option<usize> {
    let ahead_m = |slow: &usize| stage.track.ahead_m(onset_m, stage.plan.slow_points[*slow].min_m);
    let slow = (0..stage.plan.slow_points.len()).min_by(|a, b| ahead_m(a).total_cmp(&ahead_m(b)))?;
    Some(stage.corner_of_slow_point[slow])
}

/// Place and speed of a corner's slowest row on a lap.
pub fn slowest(stage: &Stage, rows: &[Row], lap: u32, corner: &RoadCorner) -> Option<(f64, f64)> {
    let track = &stage.track;
    let from_m = corner.start_m - AROUND_M;
    let span_m = track.ahead_m(from_m, corner.end_m) + AROUND_M;
    rows.iter()
        .filter(|row| row.lap == lap && track.ahead_m(from_m, row.place.distance_m) <= span_m)
        .filter_map(|row| row.car.map(|car| (track.wrapped_m(row.place.distance_m), car.speed_mps)))
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

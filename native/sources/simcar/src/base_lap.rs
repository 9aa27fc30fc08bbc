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
/// The minimum of speed may lie this far outside its corner, as in the analysis.
const AROUND_M: f64 = 20.0;

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

/// Place and speed of a corner's slowest row on a lap. Where speed falls on beyond an end of the corner, the minimum that it falls to,
/// if that is at most [`AROUND_M`] away: a car that is only passing by slower places is slowest at the end itself.
pub fn slowest(stage: &Stage, rows: &[Row], lap: u32, corner: &RoadCorner) -> Option<(f64, f64)> {
    let track = &stage.track;
    let span_m = track.ahead_m(corner.start_m, corner.end_m);
    let speed_mps = |index: usize| rows.get(index).filter(|row| row.lap == lap)?.car.map(|car| car.speed_mps);
    let inside = |index: &usize| {
        let place_m = rows[*index].place.distance_m;
        speed_mps(*index).is_some() && track.ahead_m(corner.start_m, place_m) <= span_m
    };
    let found = (0..rows.len())
        .filter(inside)
        .filter_map(|index| Some((index, speed_mps(index)?)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?
        .0;
    let before = fallen_to(found, |index| index.checked_sub(1), speed_mps);
    let fallen =
        if before == found { fallen_to(found, |index| index.checked_add(1), speed_mps) } else { before };
    let apart_m = (rows[fallen].place.distance_m - rows[found].place.distance_m).abs();
    let index = if apart_m <= AROUND_M { fallen } else { found };
    Some((track.wrapped_m(rows[index].place.distance_m), speed_mps(index)?))
}

/// The row that speed falls to, from row to row.
fn fallen_to(
    from: usize,
    next: impl Fn(usize) -> Option<usize>,
    speed_mps: impl Fn(usize) -> Option<f64>,
) -> usize {
    let mut here = from;
    while let Some(beyond) = next(here)
        && speed_mps(beyond) < speed_mps(here)
        && speed_mps(beyond).is_some()
    {
        here = beyond;
    }
    here
}

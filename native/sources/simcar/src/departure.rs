//! Where a car stands before it drives off: a pit stall beside a straight, or a grid slot.

use crate::pilot::Departure;
use crate::session::Start;
use crate::stage::Stage;

/// Metres from the stall to the end of the pit road, and at least from there to the line.
const PIT_ROAD_M: [f64; 2] = [180.0, 320.0];
/// Metres from the edge of the road to the pit road.
const PIT_ASIDE_M: f64 = 7.0;
/// 60 km/h.
const PIT_LIMIT_MPS: f64 = 60.0 / 3.6;
/// Metres from the grid slot to the line.
const GRID_M: f64 = 64.0;

/// Where the car stands before it departs on a lap.
pub fn departure(stage: &Stage, start: Start, lap: u32) -> (f64, Departure) {
    let track = &stage.track;
    let line_m = f64::from(lap + 1) * track.length_m;
    if start == Start::Grid {
        let departure = Departure { until_m: line_m - GRID_M + 8.0, offset_m: 2.5, limit_mps: f64::INFINITY };
        return (line_m - GRID_M, departure);
    }
    let after_line = start == Start::PitsAfterLine && lap == 0;
    let until_m = if after_line { PIT_ROAD_M[1] } else { line_m - exit_before_line_m(stage) };
    let from_m = until_m - PIT_ROAD_M[0];
    // On the side of the road where it bends away: the pit lane must not lie in the middle of a bend.
    let along = |share: f64| track.at(&track.curvature_per_m, from_m + share * (until_m - from_m));
    let bends: Vec<f64> = (0..=20).map(|part| along(f64::from(part) / 20.0)).collect();
    let most_left = bends.iter().copied().fold(0.0, f64::max);
    let most_right = bends.iter().copied().fold(0.0, |most: f64, bend| most.max(-bend));
    let right_m = -(track.at(&track.width_right_m, from_m) + PIT_ASIDE_M);
    let left_m = track.at(&track.width_left_m, from_m) + PIT_ASIDE_M;
    let offset_m = if most_right > most_left + 0.005 { left_m } else { right_m };
    (from_m, Departure { until_m, offset_m, limit_mps: PIT_LIMIT_MPS })
}

/// Metres from the end of the pit road to the line: the nearest place where pit road and merging lie beside a straight.
fn exit_before_line_m(stage: &Stage) -> f64 {
    let track = &stage.track;
    let straight = |before_m: f64| {
        let spans = (0..40).map(|part| 10.0 * f64::from(part) - PIT_ROAD_M[0]);
        spans
            .into_iter()
            .all(|along_m| track.at(&stage.line.curvature_per_m, along_m - before_m).abs() < 1.0 / 500.0)
    };
    let places = (0..).map(|step| PIT_ROAD_M[1] + 20.0 * f64::from(step));
    places.take_while(|&m| m < 0.7 * track.length_m).find(|&m| straight(m)).unwrap_or(PIT_ROAD_M[1])
}

//! Everything about a simulation that stays the same from lap to lap.

use crate::car_spec::CarSpec;
use crate::driver_spec::DriverSpec;
use crate::racing_line::RacingLine;
use crate::road_corners::RoadCorner;
use crate::speed_plan::SpeedPlan;
use crate::track::Track;

/// Half of a car's width and a little.
const HALF_CAR_M: f64 = 1.0;
/// Metres from the middle of the car to the edge on the line on which corners are found.
pub const CORNER_EDGE_M: f64 = 1.0;

/// Track, car and driver with what follows from them.
#[derive(Debug, Clone)]
pub struct Stage {
    /// The road.
    pub track: Track,
    /// The line that this driver aims for.
    pub line: RacingLine,
    /// The car.
    pub car: CarSpec,
    /// The driver.
    pub driver: DriverSpec,
    /// Speeds of this driver in this car.
    pub plan: SpeedPlan,
    /// Corners by geometry.
    pub corners: Vec<RoadCorner>,
    /// For each slow point of the plan the index of its corner.
    pub corner_of_slow_point: Vec<usize>,
}

impl Stage {
    /// Sets a stage. Corners are found on the line of a driver who uses the whole road, so that they do not depend on the driver.
    pub fn new(track: Track, car: CarSpec, driver: DriverSpec) -> Self {
        let line = RacingLine::new(&track, HALF_CAR_M + driver.edge_margin_m);
        let plan = SpeedPlan::new(&track, &line, &car, &driver);
        let corners = crate::road_corners::road_corners(&track, &RacingLine::new(&track, CORNER_EDGE_M));
        let nearest = |min_m: f64| {
            let away = |corner: &RoadCorner| {
                let half_m = track.ahead_m(corner.start_m, corner.end_m) / 2.0;
                let middle_m = corner.start_m + half_m;
                let gap_m = track.ahead_m(middle_m, min_m).min(track.ahead_m(min_m, middle_m));
                (gap_m - half_m).max(0.0) + 0.01 * gap_m
            };
            (0..corners.len()).min_by(|&a, &b| away(&corners[a]).total_cmp(&away(&corners[b]))).unwrap_or(0)
        };
        let corner_of_slow_point = plan.slow_points.iter().map(|slow| nearest(slow.min_m)).collect();
        Stage { track, line, car, driver, plan, corners, corner_of_slow_point }
    }

    /// Slow points of a corner, in order of driving.
    pub fn slow_points_of(&self, corner: usize) -> Vec<usize> {
        let from_m = self.corners.get(corner).map_or(0.0, |corner| corner.start_m - 100.0);
        let mut points: Vec<usize> = (0..self.plan.slow_points.len())
            .filter(|&slow| self.corner_of_slow_point[slow] == corner)
            .collect();
        let along_m = |slow: usize| self.track.ahead_m(from_m, self.plan.slow_points[slow].min_m);
        points.sort_by(|&a, &b| along_m(a).total_cmp(&along_m(b)));
        points
    }
}

//! The apex where the road's edges are known: the place nearest the inside edge.

use crate::corner::{Corner, Direction};
use crate::grid::LapGrid;
use crate::track_file::CentreLinePoint;

/// A lap that fits the centre line worse than this (root mean square) was driven somewhere else, or its position is broken.
const WORST_FIT_M: f64 = 15.0;

/// Moves each corner's `apex_m` to the place nearest its inside edge. The lap's own frame (east and north of the line's point, or dead
/// reckoning) is laid over the centre line by the turn and shift that fit the whole lap best. Corners stay as they are when the lap has no
/// position or does not fit the centre line.
pub fn place_apexes(corners: &mut [Corner], grid: &LapGrid, centre_line: &[CentreLinePoint]) {
    let steps = grid.steps();
    if steps == 0 || grid.x_m.len() <= steps || grid.y_m.len() <= steps || centre_line.len() < 3 {
        return;
    }
    let road = Road::along(grid, centre_line);
    let Some(fit) = Fit::of(grid, &road) else { return };
    for corner in corners {
        let inside = |index: usize| road.inside_m(index, fit.place(grid, index), corner.direction);
        let from = (corner.start_m / grid.step_m) as usize;
        let span = (grid.ahead_m(corner.start_m, corner.end_m) / grid.step_m) as usize;
        let nearest =
            (from..=from + span).map(|index| index % steps).min_by(|a, b| inside(*a).total_cmp(&inside(*b)));
        if let Some(index) = nearest {
            corner.apex_m = Some(index as f64 * grid.step_m);
        }
    }
}

/// The centre line at the grid's steps.
struct Road {
    points: Vec<CentreLinePoint>,
}

impl Road {
    /// The centre line's own length is stretched to the lap's, which is the same road measured by the sim.
    fn along(grid: &LapGrid, centre_line: &[CentreLinePoint]) -> Road {
        let count = centre_line.len();
        let gap_m = |i: usize| {
            let (a, b) = (&centre_line[i], &centre_line[(i + 1) % count]);
            libm::hypot(b.x_m - a.x_m, b.y_m - a.y_m)
        };
        let own_m: f64 = (0..count).map(gap_m).sum();
        let mut points = Vec::with_capacity(grid.steps());
        let (mut index, mut passed_m) = (0, 0.0);
        for step in 0..grid.steps() {
            let place_m = step as f64 * grid.step_m * own_m / grid.length_m;
            while index + 1 < count && passed_m + gap_m(index) <= place_m {
                passed_m += gap_m(index);
                index += 1;
            }
            let part = ((place_m - passed_m) / gap_m(index).max(1e-9)).clamp(0.0, 1.0);
            points.push(between(&centre_line[index], &centre_line[(index + 1) % count], part));
        }
        Road { points }
    }

    /// Metres from a position to the inside edge, across the road.
    fn inside_m(&self, index: usize, position: (f64, f64), direction: Direction) -> f64 {
        let count = self.points.len();
        let here = &self.points[index];
        let (behind, ahead) = (&self.points[(index + count - 3) % count], &self.points[(index + 3) % count]);
        let (tx, ty) = (ahead.x_m - behind.x_m, ahead.y_m - behind.y_m);
        let along = libm::hypot(tx, ty).max(1e-9);
        let to_left_m = (tx * (position.1 - here.y_m) - ty * (position.0 - here.x_m)) / along;
        match direction {
            Direction::Left => here.width_left_m - to_left_m,
            Direction::Right => here.width_right_m + to_left_m,
        }
    }
}

fn between(a: &CentreLinePoint, b: &CentreLinePoint, part: f64) -> CentreLinePoint {
    let mix = |from: f64, to: f64| from + (to - from) * part;
    CentreLinePoint {
        x_m: mix(a.x_m, b.x_m),
        y_m: mix(a.y_m, b.y_m),
        width_right_m: mix(a.width_right_m, b.width_right_m),
        width_left_m: mix(a.width_left_m, b.width_left_m),
    }
}

/// The turn and shift from the lap's frame to the centre line's: the least-squares rigid motion between points at equal distances.
struct Fit {
    cos: f64,
    sin: f64,
    lap: (f64, f64),
    road: (f64, f64),
}

impl Fit {
    fn of(grid: &LapGrid, road: &Road) -> Option<Fit> {
        let steps = grid.steps();
        let count = steps as f64;
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / count;
        let lap =
            (mean(&mut grid.x_m[..steps].iter().copied()), mean(&mut grid.y_m[..steps].iter().copied()));
        let centre =
            (mean(&mut road.points.iter().map(|p| p.x_m)), mean(&mut road.points.iter().map(|p| p.y_m)));
        let (mut dot, mut cross) = (0.0, 0.0);
        for (index, point) in road.points.iter().enumerate() {
            let (ax, ay) = (grid.x_m[index] - lap.0, grid.y_m[index] - lap.1);
            let (bx, by) = (point.x_m - centre.0, point.y_m - centre.1);
            dot += ax * bx + ay * by;
            cross += ax * by - ay * bx;
        }
        let size = libm::hypot(dot, cross);
        let fit = Fit { cos: dot / size, sin: cross / size, lap, road: centre };
        let squares = road.points.iter().enumerate().map(|(index, point)| {
            let (x, y) = fit.place(grid, index);
            (x - point.x_m) * (x - point.x_m) + (y - point.y_m) * (y - point.y_m)
        });
        (squares.sum::<f64>() / count <= WORST_FIT_M * WORST_FIT_M).then_some(fit)
    }

    /// Where the lap was at a step, in the centre line's frame.
    fn place(&self, grid: &LapGrid, index: usize) -> (f64, f64) {
        let (x, y) = (grid.x_m[index] - self.lap.0, grid.y_m[index] - self.lap.1);
        (self.road.0 + x * self.cos - y * self.sin, self.road.1 + x * self.sin + y * self.cos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corner::CornerKind;

    const RADIUS_M: f64 = 100.0;

    /// A circle, anticlockwise, 12 m wide.
    fn circle() -> Vec<CentreLinePoint> {
        let at = |i: u32| f64::from(i) / 120.0 * core::f64::consts::TAU;
        let point = |i| CentreLinePoint {
            x_m: RADIUS_M * libm::cos(at(i)),
            y_m: RADIUS_M * libm::sin(at(i)),
            width_right_m: 6.0,
            width_left_m: 6.0,
        };
        (0..120).map(point).collect()
    }

    /// A lap of that circle that runs 4 m inside at a fifth and 4 m outside at the opposite side, in a turned and shifted frame.
    fn lap() -> LapGrid {
        let length_m = core::f64::consts::TAU * RADIUS_M;
        let steps = 628;
        let step_m = length_m / f64::from(steps);
        let mut grid = LapGrid { length_m, step_m, ..LapGrid::default() };
        for i in 0..=steps {
            let part = f64::from(i) / f64::from(steps);
            let angle = part * core::f64::consts::TAU;
            let radius_m = RADIUS_M - 4.0 * libm::cos(angle - 0.2 * core::f64::consts::TAU);
            let (x, y) = (radius_m * libm::cos(angle + 0.7), radius_m * libm::sin(angle + 0.7));
            grid.x_m.push(x + 3000.0);
            grid.y_m.push(y - 500.0);
            grid.time_s.push(f64::from(i));
            grid.speed_mps.push(1.0);
        }
        grid
    }

    fn whole_lap(direction: Direction) -> Corner {
        Corner {
            id: "T1".to_owned(),
            name: None,
            direction,
            kind: CornerKind::Brake,
            complex: None,
            start_m: 1.0,
            apex_m: Some(50.0),
            min_speed_m: 60.0,
            second_min_speed_m: None,
            end_m: 620.0,
            peak_curvature_per_m: 0.01,
        }
    }

    #[test]
    fn the_apex_is_where_the_lap_is_nearest_the_inside_edge_whatever_the_frame() {
        for (direction, share) in [(Direction::Left, 0.2), (Direction::Right, 0.7)] {
            let mut corners = [whole_lap(direction)];
            let lap = lap();
            place_apexes(&mut corners, &lap, &circle());
            let apex_m = corners[0].apex_m.expect("an apex");
            assert!((apex_m - share * lap.length_m).abs() < 12.0, "{direction:?}: {apex_m}");
        }
    }

    #[test]
    fn a_lap_without_position_or_of_another_track_keeps_its_apex() {
        let mut corners = [whole_lap(Direction::Left)];
        let none = LapGrid { x_m: vec![], ..lap() };
        place_apexes(&mut corners, &none, &circle());
        let mut elsewhere = lap();
        elsewhere.x_m.iter_mut().enumerate().for_each(|(i, x)| *x += i as f64);
        place_apexes(&mut corners, &elsewhere, &circle());
        assert_eq!(corners[0].apex_m, Some(50.0));
    }
}

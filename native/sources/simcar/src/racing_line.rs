//! The line a driver takes: the path of least squared curvature inside the road's edges.
//!
//! Curvature is linear in the sideways offset as long as the direction of the path is known, so each round fixes the directions, solves a
//! closed least-squares problem with bounds (ADMM, Boyd et al. 2011), and takes the directions anew.

use crate::line_problem::{Knots, Path};
use crate::spline::ClosedSpline;
use crate::track::Track;

/// A closed path beside the centre line, in tables with the track's points.
#[derive(Debug, Clone)]
pub struct RacingLine {
    /// Metres to the left of the centre line.
    pub offset_m: Vec<f64>,
    /// Direction relative to the road, radians, left positive.
    pub lean_rad: Vec<f64>,
    /// Curvature of the path, left positive.
    pub curvature_per_m: Vec<f64>,
    /// Metres of path for each metre of centre line.
    pub stretch: Vec<f64>,
}

/// Distances between the unknowns, rounds and steps a round: the coarse levels find the shape, the fine one the detail.
const LEVELS: [(f64, usize, usize); 2] = [(9.0, 6, 120), (4.0, 4, 70)];
/// Curvature is the mean over this many metres on either side: no driver's hands are quicker.
const SMOOTH_M: f64 = 3.0;
impl RacingLine {
    /// The line that leaves `margin_m` between the car's middle and the edges.
    pub fn new(track: &Track, margin_m: f64) -> Self {
        let mut path = Path { offset_m: vec![0.0], pull_m: vec![0.0], smooth_m: vec![0.0] };
        let mut points = Vec::new();
        for (knot_m, rounds, steps) in LEVELS {
            let count = ((track.length_m / knot_m).round() as usize).max(16);
            let knots = Knots::new(track, count, margin_m);
            path = path.resampled(count);
            for _ in 0..rounds {
                let before = path.clone();
                knots.improve(&mut path, steps);
                path = knots.better(before, path);
            }
            points = (0..count).map(|i| knots.point(i, path.smooth_m[i])).collect();
        }
        RacingLine::through(track, &points)
    }

    /// Tables of the closed path through points which lie abreast of evenly spaced places of the centre line. The spline runs over the path's
    /// own length: over the centre line's, points that crowd on the inside of a bend would make its curvature ripple.
    fn through(track: &Track, points: &[(f64, f64)]) -> Self {
        let count = points.len();
        let mut knots = vec![0.0];
        for i in 0..count {
            let (here, next) = (points[i], points[(i + 1) % count]);
            knots.push(knots[i] + libm::hypot(next.0 - here.0, next.1 - here.1));
        }
        let period = knots[count];
        let spline = |values: Vec<f64>| ClosedSpline::new(&knots[..count], period, &values);
        let x = spline(points.iter().map(|p| p.0).collect());
        let y = spline(points.iter().map(|p| p.1).collect());
        let mut line =
            RacingLine { offset_m: vec![], lean_rad: vec![], curvature_per_m: vec![], stretch: vec![] };
        for i in 0..track.count() {
            let place = i as f64 * count as f64 / track.count() as f64;
            let (knot, part) = (place as usize, place - (place as usize) as f64);
            let guess = knots[knot] + part * (knots[knot + 1] - knots[knot]);
            line.push_abreast(track, i, &x, &y, guess);
        }
        line.curvature_per_m = smoothed(&line.curvature_per_m, (SMOOTH_M / track.step_m).round() as usize);
        line
    }

    /// The path where it crosses the normal of a table point; a few Newton steps from a near place.
    fn push_abreast(&mut self, track: &Track, i: usize, x: &ClosedSpline, y: &ClosedSpline, guess: f64) {
        let (along_x, along_y) = (track.along_x[i], track.along_y[i]);
        let mut parameter = guess;
        for _ in 0..4 {
            let (px, py) = (x.at(parameter), y.at(parameter));
            let ahead_m = (px.value - track.x_m[i]) * along_x + (py.value - track.y_m[i]) * along_y;
            parameter -= (ahead_m / (px.slope * along_x + py.slope * along_y).max(0.3)).clamp(-3.0, 3.0);
        }
        let (px, py) = (x.at(parameter), y.at(parameter));
        let speed = libm::hypot(px.slope, py.slope);
        let offset_m = (py.value - track.y_m[i]) * along_x - (px.value - track.x_m[i]) * along_y;
        let lean =
            libm::atan2(px.slope * -along_y + py.slope * along_x, px.slope * along_x + py.slope * along_y);
        self.offset_m.push(offset_m);
        self.lean_rad.push(lean);
        self.stretch.push(((1.0 - offset_m * track.curvature_per_m[i]) / libm::cos(lean)).clamp(0.2, 3.0));
        self.curvature_per_m.push((px.slope * py.second - py.slope * px.second) / (speed * speed * speed));
    }
}

/// Mean over a window of `half` points on either side, around the ring.
pub fn smoothed(values: &[f64], half: usize) -> Vec<f64> {
    let count = values.len();
    let width = (2 * half + 1) as f64;
    (0..count)
        .map(|i| (0..=2 * half).map(|j| values[(i + count + j - half) % count]).sum::<f64>() / width)
        .collect()
}

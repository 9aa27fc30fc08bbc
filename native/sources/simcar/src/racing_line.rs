//! The line a driver takes: the path of least squared curvature inside the road's edges.
//!
//! Curvature is linear in the sideways offset as long as the direction of the path is known, so each round fixes the directions, solves a
//! closed least-squares problem with bounds (ADMM, Boyd et al. 2011), and takes the directions anew.

use crate::bordered_band::RingMatrix;
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

/// Distance between the unknowns: finer adds work, not speed.
const KNOT_M: f64 = 4.0;
const ROUNDS: usize = 30;
const STEPS_PER_ROUND: usize = 600;
/// Weight of path length against curvature: keeps the path from wandering where curvature costs nothing.
const LENGTH_WEIGHT: f64 = 2e-6;

impl RacingLine {
    /// The line that leaves `margin_m` between the car's middle and the edges.
    pub fn new(track: &Track, margin_m: f64) -> Self {
        let count = ((track.length_m / KNOT_M).round() as usize).max(16);
        let knots = Knots::new(track, count, margin_m);
        let mut offset_m =
            knots.low.iter().zip(&knots.high).map(|(low, high)| 0.5 * (low + high)).collect::<Vec<_>>();
        let mut pull = vec![0.0; count];
        for _ in 0..ROUNDS {
            knots.improve(&mut offset_m, &mut pull);
        }
        let points: Vec<(f64, f64)> = (0..count).map(|i| knots.point(i, offset_m[i])).collect();
        RacingLine::through(track, &points)
    }

    /// Tables of the closed path through points that lie abreast of evenly spaced places of the centre line.
    fn through(track: &Track, points: &[(f64, f64)]) -> Self {
        let step_m = track.length_m / points.len() as f64;
        let knots: Vec<f64> = (0..points.len()).map(|i| i as f64 * step_m).collect();
        let spline = |values: Vec<f64>| ClosedSpline::new(&knots, track.length_m, &values);
        let x = spline(points.iter().map(|p| p.0).collect());
        let y = spline(points.iter().map(|p| p.1).collect());
        let mut line =
            RacingLine { offset_m: vec![], lean_rad: vec![], curvature_per_m: vec![], stretch: vec![] };
        for i in 0..track.count() {
            let (px, py) = (x.at(i as f64 * track.step_m), y.at(i as f64 * track.step_m));
            let (along_x, along_y) = (track.along_x[i], track.along_y[i]);
            let speed = libm::hypot(px.slope, py.slope);
            line.offset_m.push((py.value - track.y_m[i]) * along_x - (px.value - track.x_m[i]) * along_y);
            let (ahead, aside) =
                (px.slope * along_x + py.slope * along_y, py.slope * along_x - px.slope * along_y);
            line.lean_rad.push(libm::atan2(aside, ahead));
            line.stretch.push(speed);
            line.curvature_per_m
                .push((px.slope * py.second - py.slope * px.second) / (speed * speed * speed));
        }
        line
    }
}

/// Evenly spaced places of the centre line with the room beside them.
struct Knots {
    x_m: Vec<f64>,
    y_m: Vec<f64>,
    /// Unit vector to the left.
    left_x: Vec<f64>,
    left_y: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Knots {
    fn new(track: &Track, count: usize, margin_m: f64) -> Self {
        let mut knots =
            Knots { x_m: vec![], y_m: vec![], left_x: vec![], left_y: vec![], low: vec![], high: vec![] };
        for i in 0..count {
            let (index, _, _) = track.cell(i as f64 * track.length_m / count as f64);
            knots.x_m.push(track.x_m[index]);
            knots.y_m.push(track.y_m[index]);
            knots.left_x.push(-track.along_y[index]);
            knots.left_y.push(track.along_x[index]);
            let (mut low, mut high) =
                (margin_m - track.width_right_m[index], track.width_left_m[index] - margin_m);
            if low > high {
                (low, high) = (0.5 * (low + high), 0.5 * (low + high));
            }
            // Never nearer to the centre of a bend than a third of its radius: the path would fold.
            let curvature = track.curvature_per_m[index];
            if curvature.abs() > 1e-6 {
                let most = 0.67 / curvature.abs();
                (low, high) = if curvature > 0.0 {
                    (low.min(most), high.min(most))
                } else {
                    (low.max(-most), high.max(-most))
                };
            }
            knots.low.push(low);
            knots.high.push(high);
        }
        knots
    }

    fn point(&self, i: usize, offset_m: f64) -> (f64, f64) {
        (self.x_m[i] + self.left_x[i] * offset_m, self.y_m[i] + self.left_y[i] * offset_m)
    }

    /// One round: directions fixed at the present path, then steps towards the best offsets for them.
    fn improve(&self, offset_m: &mut [f64], pull: &mut [f64]) {
        let (matrix, gradient) = self.problem(offset_m);
        let count = offset_m.len();
        let stiffness = 3e-3;
        let mut stiff = matrix;
        for value in &mut stiff.diagonal {
            *value += stiffness;
        }
        let factors = stiff.factor();
        let mut right = vec![0.0; count];
        for _ in 0..STEPS_PER_ROUND {
            for i in 0..count {
                right[i] = stiffness * (offset_m[i] - pull[i]) - gradient[i];
            }
            let free = factors.solve(&right);
            for i in 0..count {
                // Over-relaxed by 1.6, which about halves the steps needed.
                let relaxed = 1.6 * free[i] - 0.6 * offset_m[i];
                offset_m[i] = (relaxed + pull[i]).clamp(self.low[i], self.high[i]);
                pull[i] += relaxed - offset_m[i];
            }
        }
    }

    /// Half the matrix and half the gradient at offset 0 of the squared curvature, with directions and spacings of the present path.
    fn problem(&self, offset_m: &[f64]) -> (RingMatrix, Vec<f64>) {
        let count = offset_m.len();
        let mut matrix =
            RingMatrix { diagonal: vec![0.0; count], next: vec![0.0; count], second: vec![0.0; count] };
        let mut gradient = vec![0.0; count];
        let spacing_m = libm::hypot(self.x_m[1] - self.x_m[0], self.y_m[1] - self.y_m[0]).max(0.1);
        for i in 0..count {
            let (before, after) = ((i + count - 1) % count, (i + 1) % count);
            let (bx, by) = self.point(before, offset_m[before]);
            let (ax, ay) = self.point(after, offset_m[after]);
            let span_m = libm::hypot(ax - bx, ay - by).max(0.2 * spacing_m);
            let (aside_x, aside_y) = ((by - ay) / span_m, (ax - bx) / span_m);
            let ratio = 2.0 * spacing_m / span_m;
            let weight = ratio * ratio * ratio;
            let side = |j: usize| self.left_x[j] * aside_x + self.left_y[j] * aside_y;
            let bend = (self.x_m[before] - 2.0 * self.x_m[i] + self.x_m[after]) * aside_x
                + (self.y_m[before] - 2.0 * self.y_m[i] + self.y_m[after]) * aside_y;
            let (cb, ci, ca) = (side(before), -2.0 * side(i), side(after));
            matrix.diagonal[before] += weight * cb * cb;
            matrix.diagonal[i] += weight * ci * ci;
            matrix.diagonal[after] += weight * ca * ca;
            matrix.next[before] += weight * cb * ci;
            matrix.next[i] += weight * ci * ca;
            matrix.second[before] += weight * cb * ca;
            gradient[before] += weight * cb * bend;
            gradient[i] += weight * ci * bend;
            gradient[after] += weight * ca * bend;
            self.add_length(&mut matrix, &mut gradient, i, after);
        }
        (matrix, gradient)
    }

    /// Squared distance between neighbours.
    fn add_length(&self, matrix: &mut RingMatrix, gradient: &mut [f64], i: usize, after: usize) {
        let (dx, dy) = (self.x_m[after] - self.x_m[i], self.y_m[after] - self.y_m[i]);
        matrix.diagonal[i] += LENGTH_WEIGHT;
        matrix.diagonal[after] += LENGTH_WEIGHT;
        matrix.next[i] -=
            LENGTH_WEIGHT * (self.left_x[i] * self.left_x[after] + self.left_y[i] * self.left_y[after]);
        gradient[i] -= LENGTH_WEIGHT * (dx * self.left_x[i] + dy * self.left_y[i]);
        gradient[after] += LENGTH_WEIGHT * (dx * self.left_x[after] + dy * self.left_y[after]);
    }
}

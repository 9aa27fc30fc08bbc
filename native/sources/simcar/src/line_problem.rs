//! The least-squares problem behind the racing line: offsets at evenly spaced places, bounds, and steps towards the least curvature.

use crate::bordered_band::RingMatrix;
use crate::track::Track;

/// Weight of path length against curvature: keeps the path from wandering where curvature costs nothing.
const LENGTH_WEIGHT: f64 = 2e-6;
/// Of the bounds, against curvature.
const STIFFNESS: f64 = 3e-3;

/// The present path: offsets inside the bounds, the pull of the bounds on them, and the smooth offsets that overstep the bounds by some
/// millimetres and have no ripple from touching them.
#[derive(Clone)]
pub struct Path {
    /// Inside the bounds.
    pub offset_m: Vec<f64>,
    /// Pull of the bounds.
    pub pull_m: Vec<f64>,
    /// Without ripple.
    pub smooth_m: Vec<f64>,
}

impl Path {
    /// The same path with another number of knots, linear between them.
    pub fn resampled(&self, count: usize) -> Self {
        let resample = |values: &[f64]| {
            let value = |i: usize| {
                let place = i as f64 * values.len() as f64 / count as f64;
                let (left, part) = (place as usize, place - (place as usize) as f64);
                values[left] * (1.0 - part) + values[(left + 1) % values.len()] * part
            };
            (0..count).map(value).collect::<Vec<f64>>()
        };
        let offset_m = resample(&self.offset_m);
        Path { smooth_m: offset_m.clone(), pull_m: vec![0.0; count], offset_m }
    }
}

/// Evenly spaced places of the centre line with the room beside them.
pub struct Knots {
    x_m: Vec<f64>,
    y_m: Vec<f64>,
    /// Unit vector to the left.
    left_x: Vec<f64>,
    left_y: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Knots {
    /// Places of a track with a margin at either edge.
    pub fn new(track: &Track, count: usize, margin_m: f64) -> Self {
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

    /// Position of a knot moved to the left.
    pub fn point(&self, i: usize, offset_m: f64) -> (f64, f64) {
        (self.x_m[i] + self.left_x[i] * offset_m, self.y_m[i] + self.left_y[i] * offset_m)
    }

    /// One round: directions fixed at the present path, then steps towards the best offsets for them.
    pub fn improve(&self, path: &mut Path, steps: usize) {
        let (matrix, gradient) = self.problem(&path.offset_m);
        let count = path.offset_m.len();
        let mut stiff = matrix;
        for value in &mut stiff.diagonal {
            *value += STIFFNESS;
        }
        let factors = stiff.factor();
        let mut right = vec![0.0; count];
        for _ in 0..steps {
            for i in 0..count {
                right[i] = STIFFNESS * (path.offset_m[i] - path.pull_m[i]) - gradient[i];
            }
            path.smooth_m = factors.solve(&right);
            for i in 0..count {
                // Over-relaxed by 1.6, which about halves the steps needed.
                let relaxed = 1.6 * path.smooth_m[i] - 0.6 * path.offset_m[i];
                path.offset_m[i] = (relaxed + path.pull_m[i]).clamp(self.low[i], self.high[i]);
                path.pull_m[i] += relaxed - path.offset_m[i];
            }
        }
    }

    /// The best of some ways between two paths: a whole step can overshoot where directions change much.
    pub fn better(&self, before: Path, after: Path) -> Path {
        let blend = |a: &[f64], b: &[f64], share: f64| {
            a.iter().zip(b).map(|(a, b)| a + (b - a) * share).collect::<Vec<f64>>()
        };
        let mut best: Option<(f64, f64)> = None;
        for share in [1.0, 0.6, 0.3, 0.1, 0.0] {
            let cost = self.bending(&blend(&before.smooth_m, &after.smooth_m, share));
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, share));
            }
        }
        match best {
            Some((_, share)) if share < 1.0 => Path {
                offset_m: blend(&before.offset_m, &after.offset_m, share),
                smooth_m: blend(&before.smooth_m, &after.smooth_m, share),
                pull_m: blend(&before.pull_m, &after.pull_m, share),
            },
            _ => after,
        }
    }

    /// Squared curvature summed over length.
    fn bending(&self, offset_m: &[f64]) -> f64 {
        let count = offset_m.len();
        let bending = |i: usize| {
            let (before, after) = ((i + count - 1) % count, (i + 1) % count);
            let (a, b, c) = (
                self.point(before, offset_m[before]),
                self.point(i, offset_m[i]),
                self.point(after, offset_m[after]),
            );
            let cross = (b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0);
            let half_m = 0.5 * libm::hypot(c.0 - a.0, c.1 - a.1).max(0.1);
            let curvature = cross / (half_m * half_m * half_m);
            curvature * curvature * half_m
        };
        (0..count).map(bending).sum()
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
            let (along_x, along_y) = (aside_y, -aside_x);
            let side = |j: usize| self.left_x[j] * aside_x + self.left_y[j] * aside_y;
            let ahead = |j: usize| self.left_x[j] * along_x + self.left_y[j] * along_y;
            let (x, y) = self.point(i, offset_m[i]);
            let bend = (bx - 2.0 * x + ax) * aside_x + (by - 2.0 * y + ay) * aside_y;
            // Curvature is the bend over the squared spacing, and the sum is taken over length: the spacing enters with power -3/2.
            let spread = 1.5 * bend / span_m;
            let (cb, ci, ca) =
                (side(before) + spread * ahead(before), -2.0 * side(i), side(after) - spread * ahead(after));
            let bend = bend - cb * offset_m[before] - ci * offset_m[i] - ca * offset_m[after];
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

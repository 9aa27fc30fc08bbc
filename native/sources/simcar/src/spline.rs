//! A closed cubic spline through points: curvature without steps.

/// A periodic cubic spline of one coordinate over uneven knots. C2: value, slope and second derivative are continuous.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedSpline {
    knots: Vec<f64>,
    period: f64,
    values: Vec<f64>,
    second: Vec<f64>,
}

/// Value, slope and second derivative at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplinePoint {
    /// The value.
    pub value: f64,
    /// First derivative by the parameter.
    pub slope: f64,
    /// Second derivative by the parameter.
    pub second: f64,
}

impl ClosedSpline {
    /// Through `values` at strictly increasing `knots` (the first is 0); after `period` it repeats. At least three points.
    pub fn new(knots: &[f64], period: f64, values: &[f64]) -> Self {
        let second = second_derivatives(knots, period, values);
        ClosedSpline { knots: knots.to_vec(), period, values: values.to_vec(), second }
    }

    /// At a parameter, wrapped into the period.
    pub fn at(&self, parameter: f64) -> SplinePoint {
        let place = parameter.rem_euclid(self.period);
        let right = self.knots.partition_point(|&knot| knot <= place).max(1);
        let left = right - 1;
        let next = right % self.knots.len();
        let width = self.knots.get(right).copied().unwrap_or(self.period) - self.knots[left];
        let b = (place - self.knots[left]) / width;
        let a = 1.0 - b;
        let (m0, m1) = (self.second[left], self.second[next]);
        let (y0, y1) = (self.values[left], self.values[next]);
        SplinePoint {
            value: a * y0 + b * y1 + ((a * a * a - a) * m0 + (b * b * b - b) * m1) * width * width / 6.0,
            slope: (y1 - y0) / width + ((3.0 * b * b - 1.0) * m1 - (3.0 * a * a - 1.0) * m0) * width / 6.0,
            second: a * m0 + b * m1,
        }
    }
}

/// Solves the cyclic tridiagonal system of the spline (Sherman-Morrison).
fn second_derivatives(knots: &[f64], period: f64, values: &[f64]) -> Vec<f64> {
    let count = knots.len();
    let width = |i: usize| if i + 1 < count { knots[i + 1] - knots[i] } else { period - knots[count - 1] };
    let rise = |i: usize| (values[(i + 1) % count] - values[i]) / width(i);
    let mut below = vec![0.0; count];
    let mut middle = vec![0.0; count];
    let mut above = vec![0.0; count];
    let mut right = vec![0.0; count];
    for i in 0..count {
        let before = (i + count - 1) % count;
        below[i] = width(before);
        above[i] = width(i);
        middle[i] = 2.0 * (width(before) + width(i));
        right[i] = 6.0 * (rise(i) - rise(before));
    }
    solve_cyclic_tridiagonal(&below, &middle, &above, &right)
}

fn solve_cyclic_tridiagonal(below: &[f64], middle: &[f64], above: &[f64], right: &[f64]) -> Vec<f64> {
    let count = middle.len();
    let (corner_top, corner_bottom) = (below[0], above[count - 1]);
    let gamma = -middle[0];
    let mut diagonal = middle.to_vec();
    diagonal[0] -= gamma;
    diagonal[count - 1] -= corner_top * corner_bottom / gamma;
    let mut fold = vec![0.0; count];
    fold[0] = gamma;
    fold[count - 1] = corner_bottom;
    let plain = solve_tridiagonal(below, &diagonal, above, right);
    let folded = solve_tridiagonal(below, &diagonal, above, &fold);
    let factor = (plain[0] + corner_top * plain[count - 1] / gamma)
        / (1.0 + folded[0] + corner_top * folded[count - 1] / gamma);
    plain.iter().zip(&folded).map(|(p, f)| p - factor * f).collect()
}

fn solve_tridiagonal(below: &[f64], middle: &[f64], above: &[f64], right: &[f64]) -> Vec<f64> {
    let count = middle.len();
    let mut upper = vec![0.0; count];
    let mut solution = vec![0.0; count];
    let mut pivot = middle[0];
    solution[0] = right[0] / pivot;
    for i in 1..count {
        upper[i] = above[i - 1] / pivot;
        pivot = middle[i] - below[i] * upper[i];
        solution[i] = (right[i] - below[i] * solution[i - 1]) / pivot;
    }
    for i in (0..count - 1).rev() {
        solution[i] -= upper[i + 1] * solution[i + 1];
    }
    solution
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_a_circle_with_uneven_points() {
        let count = 40;
        let knots: Vec<f64> = (0..count)
            .map(|i| 2.0 * std::f64::consts::PI * (i as f64 + 0.3 * f64::from(i % 3)) / count as f64)
            .collect();
        let period = 2.0 * std::f64::consts::PI;
        let spline =
            ClosedSpline::new(&knots, period, &knots.iter().map(|&t| libm::sin(t)).collect::<Vec<_>>());
        for step in 0..500 {
            let t = f64::from(step) * 0.02 - 1.0;
            let point = spline.at(t);
            assert!((point.value - libm::sin(t)).abs() < 1e-4);
            assert!((point.slope - libm::cos(t)).abs() < 2e-3);
            assert!((point.second + libm::sin(t)).abs() < 3e-2);
        }
    }
}

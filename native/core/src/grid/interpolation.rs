//! Interpolation at the points of a grid.
//!
//! Monotone: Fritsch and Butland's harmonic mean of the neighbouring slopes ("A method for constructing local monotone piecewise
//! cubic interpolants", 1984), which never overshoots. Pedals are linear: their corners are real.

/// Where the points of a grid lie between knots: for each point the knot before it and the part of the way to the next.
pub(super) struct Places {
    knot: Vec<u32>,
    part: Vec<f64>,
}

impl Places {
    /// `knots_m` grows strictly, begins at or before 0 and ends at or after `steps * step_m`.
    pub(super) fn new(knots_m: &[f64], steps: usize, step_m: f64) -> Self {
        let mut places = Places { knot: Vec::with_capacity(steps + 1), part: Vec::with_capacity(steps + 1) };
        let mut at = 0;
        for point in 0..=steps {
            let place_m = point as f64 * step_m;
            while at + 2 < knots_m.len() && knots_m[at + 1] <= place_m {
                at += 1;
            }
            let width_m = knots_m[at + 1] - knots_m[at];
            places.knot.push(at as u32);
            places.part.push(((place_m - knots_m[at]) / width_m).clamp(0.0, 1.0));
        }
        places
    }

    fn iter(&self) -> impl Iterator<Item = (usize, f64)> {
        self.knot.iter().zip(&self.part).map(|(knot, part)| (*knot as usize, *part))
    }

    /// Straight lines between knots.
    pub(super) fn linear(&self, values: &[f64]) -> Vec<f64> {
        self.iter().map(|(knot, part)| values[knot] + (values[knot + 1] - values[knot]) * part).collect()
    }

    /// The value of the knot before.
    pub(super) fn held(&self, values: &[f64]) -> Vec<f64> {
        self.iter().map(|(knot, part)| values[if part >= 1.0 { knot + 1 } else { knot }]).collect()
    }

    /// Monotone cubic between knots.
    pub(super) fn monotone(&self, knots_m: &[f64], values: &[f64]) -> Vec<f64> {
        let slopes = slopes(knots_m, values);
        self.iter()
            .map(|(knot, part)| {
                let width_m = knots_m[knot + 1] - knots_m[knot];
                let rise = values[knot + 1] - values[knot];
                let (from, to) = (slopes[knot] * width_m, slopes[knot + 1] * width_m);
                // Hermite form: value and slope at both ends.
                let square = part * part;
                values[knot]
                    + part * from
                    + square * (3.0 * rise - 2.0 * from - to)
                    + square * part * (from + to - 2.0 * rise)
            })
            .collect()
    }
}

fn slopes(knots_m: &[f64], values: &[f64]) -> Vec<f64> {
    let last = knots_m.len() - 1;
    let secant = |at: usize| (values[at + 1] - values[at]) / (knots_m[at + 1] - knots_m[at]);
    let mut slopes = Vec::with_capacity(knots_m.len());
    let mut before = secant(0);
    slopes.push(before);
    for at in 1..last {
        let after = secant(at);
        let (left_m, right_m) = (knots_m[at] - knots_m[at - 1], knots_m[at + 1] - knots_m[at]);
        let near = (left_m + 2.0 * right_m) / (3.0 * (left_m + right_m));
        slopes.push(if before * after > 0.0 {
            before * after / (near * after + (1.0 - near) * before)
        } else {
            0.0
        });
        before = after;
    }
    slopes.push(before);
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monotone_keeps_knots_and_never_overshoots() {
        let knots_m = [0.0, 1.0, 1.2, 3.0, 6.0];
        let values = [0.0, 0.0, 5.0, 5.1, 9.0];
        let places = Places::new(&knots_m, 60, 0.1);
        let points = places.monotone(&knots_m, &values);
        assert!(points.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12));
        assert!((points[10] - 0.0).abs() < 1e-12 && (points[12] - 5.0).abs() < 1e-9);
        assert_eq!((points[0], points[60]), (0.0, 9.0));
    }

    #[test]
    fn monotone_follows_a_smooth_curve_better_than_lines() {
        let knots_m: Vec<f64> = (0..=20).map(f64::from).collect();
        let values: Vec<f64> = knots_m.iter().map(|x| x * x).collect();
        let places = Places::new(&knots_m, 200, 0.1);
        let error = |points: Vec<f64>| {
            let away = |(at, y): (usize, f64)| (y - at as f64 * at as f64 * 0.01).abs();
            points.into_iter().enumerate().skip(20).take(150).map(away).fold(0.0, f64::max)
        };
        assert!(error(places.monotone(&knots_m, &values)) < 0.05);
        assert!(error(places.linear(&values)) > 0.2);
    }
}

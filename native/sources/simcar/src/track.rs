//! A road as tables of about one metre: place to position and back.
//!
//! Distance is measured along the centre line from the start/finish line, as the sim does. `offset` is metres to the left of it.

use crate::centre_line::CentreLine;
use crate::spline::ClosedSpline;

/// A closed road.
#[derive(Debug, Clone)]
pub struct Track {
    /// What to call it.
    pub name: String,
    /// Length of the centre line in metres.
    pub length_m: f64,
    /// Distance between table points; `step_m * count == length_m`.
    pub step_m: f64,
    /// Metres east.
    pub x_m: Vec<f64>,
    /// Metres north.
    pub y_m: Vec<f64>,
    /// East part of the unit vector along the road.
    pub along_x: Vec<f64>,
    /// North part of it.
    pub along_y: Vec<f64>,
    /// Curvature of the centre line, left positive.
    pub curvature_per_m: Vec<f64>,
    /// Metres to the right edge.
    pub width_right_m: Vec<f64>,
    /// Metres to the left edge.
    pub width_left_m: Vec<f64>,
}

/// A place relative to the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoadPlace {
    /// Metres along the centre line from the line; not wrapped: it goes on growing lap after lap.
    pub distance_m: f64,
    /// Metres to the left of the centre line.
    pub offset_m: f64,
}

impl Track {
    /// Tables of a centre line.
    pub fn new(line: &CentreLine) -> Self {
        let curve = Curve::new(line);
        let count = curve.length_m.round() as usize;
        let step_m = curve.length_m / count as f64;
        let mut track = Track {
            name: line.name.clone(),
            length_m: curve.length_m,
            step_m,
            x_m: Vec::with_capacity(count),
            y_m: Vec::with_capacity(count),
            along_x: Vec::with_capacity(count),
            along_y: Vec::with_capacity(count),
            curvature_per_m: Vec::with_capacity(count),
            width_right_m: Vec::with_capacity(count),
            width_left_m: Vec::with_capacity(count),
        };
        for index in 0..count {
            track.push_point(&curve, line, index as f64 * step_m);
        }
        track
    }

    fn push_point(&mut self, curve: &Curve, line: &CentreLine, distance_m: f64) {
        let parameter = curve.parameter_at(distance_m);
        let (x, y) = (curve.x.at(parameter), curve.y.at(parameter));
        let speed = libm::hypot(x.slope, y.slope);
        self.x_m.push(x.value);
        self.y_m.push(y.value);
        self.along_x.push(x.slope / speed);
        self.along_y.push(y.slope / speed);
        self.curvature_per_m.push((x.slope * y.second - y.slope * x.second) / (speed * speed * speed));
        let (right_m, left_m) = curve.widths_at(line, parameter);
        self.width_right_m.push(right_m);
        self.width_left_m.push(left_m);
    }

    /// Number of table points.
    pub fn count(&self) -> usize {
        self.x_m.len()
    }

    /// A distance wrapped into the lap.
    pub fn wrapped_m(&self, distance_m: f64) -> f64 {
        let wrapped = distance_m.rem_euclid(self.length_m);
        if wrapped >= self.length_m { 0.0 } else { wrapped }
    }

    /// Metres from one distance forward to another: 0 up to, not including, the length.
    pub fn ahead_m(&self, from_m: f64, to_m: f64) -> f64 {
        self.wrapped_m(to_m - from_m)
    }

    /// Table index before a distance, the one after it, and the share of the way between them.
    pub fn cell(&self, distance_m: f64) -> (usize, usize, f64) {
        let place = self.wrapped_m(distance_m) / self.step_m;
        let index = (place as usize).min(self.count() - 1);
        (index, (index + 1) % self.count(), place - index as f64)
    }

    /// A table's value at a distance, linear between points.
    pub fn at(&self, table: &[f64], distance_m: f64) -> f64 {
        let (left, right, part) = self.cell(distance_m);
        table[left] + (table[right] - table[left]) * part
    }

    /// Position and direction of the centre line at a distance: x, y, and the (not quite unit) vector along it. Cubic between points.
    fn centre(&self, distance_m: f64) -> (f64, f64, f64, f64) {
        let (left, right, t) = self.cell(distance_m);
        let step = self.step_m;
        let hermite = |p0: f64, m0: f64, p1: f64, m1: f64| {
            let (t2, t3) = (t * t, t * t * t);
            let value = (2.0 * t3 - 3.0 * t2 + 1.0) * p0
                + (t3 - 2.0 * t2 + t) * step * m0
                + (3.0 * t2 - 2.0 * t3) * p1
                + (t3 - t2) * step * m1;
            let slope = (6.0 * t2 - 6.0 * t) * (p0 - p1) / step
                + (3.0 * t2 - 4.0 * t + 1.0) * m0
                + (3.0 * t2 - 2.0 * t) * m1;
            (value, slope)
        };
        let (x, along_x) = hermite(self.x_m[left], self.along_x[left], self.x_m[right], self.along_x[right]);
        let (y, along_y) = hermite(self.y_m[left], self.along_y[left], self.y_m[right], self.along_y[right]);
        (x, y, along_x, along_y)
    }

    /// Position of a place.
    pub fn position(&self, place: RoadPlace) -> (f64, f64) {
        let (x, y, along_x, along_y) = self.centre(place.distance_m);
        let size = (along_x * along_x + along_y * along_y).sqrt();
        (x - along_y / size * place.offset_m, y + along_x / size * place.offset_m)
    }

    /// Place of a position near a distance that is known to within some metres.
    pub fn project(&self, x_m: f64, y_m: f64, near_m: f64) -> RoadPlace {
        let mut distance_m = near_m;
        let mut offset_m = 0.0;
        for _ in 0..3 {
            let (x, y, along_x, along_y) = self.centre(distance_m);
            let size = (along_x * along_x + along_y * along_y).sqrt();
            let (right_x, right_y) = (x_m - x, y_m - y);
            let ahead_m = (right_x * along_x + right_y * along_y) / size;
            offset_m = (right_y * along_x - right_x * along_y) / size;
            // Beside a bend the road is longer outside and shorter inside; far inside a tight one nothing is certain, so the step is bounded.
            let stretch = (1.0 - offset_m * self.at(&self.curvature_per_m, distance_m)).max(0.2);
            distance_m += (ahead_m / stretch).clamp(-5.0, 5.0);
            if ahead_m.abs() < 1e-6 {
                break;
            }
        }
        RoadPlace { distance_m, offset_m }
    }

    /// Heading of the road in radians counter-clockwise from east.
    pub fn heading_rad(&self, distance_m: f64) -> f64 {
        let (_, _, along_x, along_y) = self.centre(distance_m);
        libm::atan2(along_y, along_x)
    }
}

/// The spline through the points, with its arc length.
struct Curve {
    x: ClosedSpline,
    y: ClosedSpline,
    knots: Vec<f64>,
    period: f64,
    /// Parameter and arc length in fine steps, for looking up.
    fine_step: f64,
    arc_m: Vec<f64>,
    length_m: f64,
}

impl Curve {
    fn new(line: &CentreLine) -> Self {
        let points = &line.points;
        let mut knots = Vec::with_capacity(points.len());
        let mut period = 0.0;
        for (index, point) in points.iter().enumerate() {
            knots.push(period);
            let next = &points[(index + 1) % points.len()];
            period += libm::hypot(next.x_m - point.x_m, next.y_m - point.y_m);
        }
        let coordinate = |of: fn(&crate::centre_line::RoadPoint) -> f64| {
            ClosedSpline::new(&knots, period, &points.iter().map(of).collect::<Vec<_>>())
        };
        let (x, y) = (coordinate(|p| p.x_m), coordinate(|p| p.y_m));
        let pieces = (period / 0.5).ceil() as usize;
        let fine_step = period / pieces as f64;
        let speed = |t: f64| libm::hypot(x.at(t).slope, y.at(t).slope);
        let mut arc_m = vec![0.0];
        for piece in 0..pieces {
            let t = piece as f64 * fine_step;
            let simpson = speed(t) + 4.0 * speed(t + fine_step / 2.0) + speed(t + fine_step);
            arc_m.push(arc_m[piece] + simpson * fine_step / 6.0);
        }
        let length_m = arc_m[pieces];
        Curve { x, y, knots, period, fine_step, arc_m, length_m }
    }

    fn parameter_at(&self, distance_m: f64) -> f64 {
        let right = self.arc_m.partition_point(|&arc| arc <= distance_m).clamp(1, self.arc_m.len() - 1);
        let (before_m, after_m) = (self.arc_m[right - 1], self.arc_m[right]);
        let part = if after_m > before_m { (distance_m - before_m) / (after_m - before_m) } else { 0.0 };
        (right as f64 - 1.0 + part) * self.fine_step
    }

    /// Widths at a parameter, linear between the file's points.
    fn widths_at(&self, line: &CentreLine, parameter: f64) -> (f64, f64) {
        let right = self.knots.partition_point(|&knot| knot <= parameter).max(1);
        let end = self.knots.get(right).copied().unwrap_or(self.period);
        let part = (parameter - self.knots[right - 1]) / (end - self.knots[right - 1]);
        let (a, b) = (&line.points[right - 1], &line.points[right % line.points.len()]);
        let blend = |from: f64, to: f64| from + (to - from) * part;
        (blend(a.width_right_m, b.width_right_m), blend(a.width_left_m, b.width_left_m))
    }
}

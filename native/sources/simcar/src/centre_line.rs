//! A circuit as a closed centre line with widths: `x_m,y_m,w_tr_right_m,w_tr_left_m`, one point a line, `#` begins a comment.
//!
//! What is not a circuit a car can drive on is refused with a reason; nothing in a file can make the reader panic or take more memory
//! than the file's own size allows.

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;

/// One point of a centre line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoadPoint {
    /// Metres east.
    pub x_m: f64,
    /// Metres north.
    pub y_m: f64,
    /// Metres from the centre line to the right edge.
    pub width_right_m: f64,
    /// Metres from the centre line to the left edge.
    pub width_left_m: f64,
}

/// A closed centre line in driving direction. The first point is the start/finish line; the last is not the first again.
#[derive(Debug, Clone, PartialEq)]
pub struct CentreLine {
    /// What to call the circuit.
    pub name: String,
    /// In driving direction.
    pub points: Vec<RoadPoint>,
}

/// Points closer than this are one.
const LEAST_SPACING_M: f64 = 0.05;
/// A larger step between two points is a hole in the file.
const MOST_SPACING_M: f64 = 250.0;
/// Shortest and longest circuit: kart tracks to the Nordschleife, and some air.
const LENGTH_RANGE_M: [f64; 2] = [300.0, 60_000.0];
/// The narrowest road that a car two metres wide can follow.
const LEAST_ROAD_WIDTH_M: f64 = 4.0;
const MOST_HALF_WIDTH_M: f64 = 60.0;
const MOST_PLACE_M: f64 = 1e6;
/// More points than a 60 km circuit has at 0.3 m.
const MOST_POINTS: usize = 200_000;

impl CentreLine {
    /// Reads the text of a file; `file` is its name in errors.
    pub fn parse(name: &str, file: &str, text: &str) -> Result<Self, CodedError> {
        let bad =
            |cause: String| CodedError::new(ErrorCode::TrackBad).with("file", file).with("cause", cause);
        let mut points = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim().trim_start_matches('\u{feff}');
            let is_header = points.is_empty() && line.starts_with(|c: char| c.is_ascii_alphabetic());
            if line.is_empty() || line.starts_with('#') || is_header {
                continue;
            }
            points.push(point(line).map_err(|cause| bad(format!("line {}: {cause}", index + 1)))?);
            if points.len() > MOST_POINTS {
                return Err(bad(format!("more than {MOST_POINTS} points")));
            }
        }
        CentreLine::from_points(name, points).map_err(bad)
    }

    /// From points in driving direction; the reason when they are no circuit.
    pub fn from_points(name: &str, mut points: Vec<RoadPoint>) -> Result<Self, String> {
        points.dedup_by(|later, earlier| distance_m(earlier, later) < LEAST_SPACING_M);
        while points.len() > 1 && distance_m(&points[0], &points[points.len() - 1]) < LEAST_SPACING_M {
            points.pop();
        }
        if points.len() < 8 {
            return Err(format!("{} points; a circuit needs at least 8", points.len()));
        }
        let mut length_m = 0.0;
        for (index, point) in points.iter().enumerate() {
            let step_m = distance_m(point, &points[(index + 1) % points.len()]);
            if step_m > MOST_SPACING_M {
                return Err(format!("a hole of {step_m:.0} m after point {}", index + 1));
            }
            length_m += step_m;
        }
        if !(LENGTH_RANGE_M[0]..=LENGTH_RANGE_M[1]).contains(&length_m) {
            return Err(format!("{length_m:.0} m long; it must be 300 m to 60 km"));
        }
        Ok(CentreLine { name: name.to_owned(), points })
    }
}

fn point(line: &str) -> Result<RoadPoint, String> {
    let mut values = [0.0; 4];
    let mut fields = line.split([',', ';']);
    for value in &mut values {
        let field = fields.next().ok_or("fewer than four numbers")?.trim();
        *value = field.parse::<f64>().map_err(|_| format!("not a number: {}", shortened(field)))?;
        if !value.is_finite() {
            return Err(format!("not a number: {}", shortened(field)));
        }
    }
    let [x_m, y_m, width_right_m, width_left_m] = values;
    RoadPoint { x_m, y_m, width_right_m, width_left_m }.checked()
}

impl RoadPoint {
    /// The point itself when a car fits on the road there, else the reason.
    pub fn checked(self) -> Result<Self, String> {
        let in_range = |width: f64| (0.0..=MOST_HALF_WIDTH_M).contains(&width);
        if !(self.x_m.abs() <= MOST_PLACE_M && self.y_m.abs() <= MOST_PLACE_M) {
            return Err("a place is more than 1000 km away".to_owned());
        }
        if !in_range(self.width_right_m) || !in_range(self.width_left_m) {
            return Err("a width is below 0 or above 60 m".to_owned());
        }
        if self.width_right_m + self.width_left_m < LEAST_ROAD_WIDTH_M {
            return Err("the road is narrower than 4 m".to_owned());
        }
        Ok(self)
    }
}

fn shortened(field: &str) -> String {
    field.chars().filter(|c| !c.is_control()).take(24).collect()
}

fn distance_m(a: &RoadPoint, b: &RoadPoint) -> f64 {
    libm::hypot(b.x_m - a.x_m, b.y_m - a.y_m)
}

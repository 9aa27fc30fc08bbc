//! The circuit that comes with the product: Larkmoor Ring, drawn for it, on no map.
//!
//! It is written as straights and bends with eased ends; the lengths of two straights follow from the lap having to close.

use crate::centre_line::{CentreLine, RoadPoint};
use crate::racing_line::RacingLine;
use crate::road_corners::road_corners;
use crate::stage::CORNER_EDGE_M;
use crate::track::Track;
use racing_coach_core::track_file::{CentreLinePoint, Landmark, TrackFile, TrackFileCorner, TrackFileStatus};

/// Names by which the circuit can be asked for.
pub const NAMES: [&str; 2] = ["demo", "larkmoor"];
/// Name for people.
pub const NAME: &str = "Larkmoor Ring";

/// A piece of road.
#[derive(Clone, Copy)]
enum Piece {
    /// Metres.
    Straight(f64),
    /// Degrees to the left, radius in metres, metres over which curvature rises and falls.
    Bend(f64, f64, f64),
}

use Piece::{Bend, Straight};

/// Half of the road's width.
const HALF_WIDTH_M: f64 = 6.0;
const POINT_M: f64 = 5.0;
const FINE_M: f64 = 0.25;

/// Names of the corners in order, and the complex that each belongs to.
const CORNERS: [(&str, Option<u32>); 11] = [
    ("Toll Bar", None),
    ("First Weir", Some(1)),
    ("Second Weir", Some(1)),
    ("Third Weir", Some(1)),
    ("Long Furrow", None),
    ("Crook", None),
    ("Mill Left", Some(2)),
    ("Mill Right", Some(2)),
    ("Lapwing", None),
    ("Gate", None),
    ("Homeward", None),
];

/// Corners with boards before them.
const BOARDS_BEFORE: [&str; 3] = ["T1", "T6", "T7"];

/// The lap with the lengths of the two straights that close it.
fn pieces(long_straight_m: f64, last_straight_m: f64) -> Vec<Piece> {
    vec![
        Straight(250.0),
        Bend(-82.0, 42.0, 22.0),
        Straight(80.0),
        Bend(58.0, 62.0, 20.0),
        Straight(14.0),
        Bend(-72.0, 52.0, 20.0),
        Straight(14.0),
        Bend(70.0, 64.0, 20.0),
        Straight(270.0),
        Bend(-40.0, 150.0, 35.0),
        Straight(430.0),
        Bend(-138.0, 19.0, 13.0),
        Straight(long_straight_m),
        Bend(72.0, 21.0, 10.0),
        Straight(5.0),
        Bend(-72.0, 21.0, 10.0),
        Straight(330.0),
        Bend(-52.0, 52.0, 16.0),
        Straight(52.0),
        Bend(-50.0, 42.0, 14.0),
        Straight(170.0),
        Bend(44.0, 75.0, 22.0),
        Straight(70.0),
        Bend(-98.0, 55.0, 20.0),
        Straight(last_straight_m),
    ]
}

/// The centre line; the first point is the start/finish line.
pub fn centre_line() -> CentreLine {
    let (long_m, last_m) = closing_lengths();
    let road = trace(&pieces(long_m, last_m));
    let length_m = road.len() as f64 * FINE_M;
    let count = (length_m / POINT_M).round() as usize;
    let points = (0..count).map(|i| {
        let (x_m, y_m) = road[i * road.len() / count];
        RoadPoint {
            x_m: in_mm(x_m),
            y_m: in_mm(y_m),
            width_right_m: HALF_WIDTH_M,
            width_left_m: HALF_WIDTH_M,
        }
    });
    CentreLine { name: NAME.to_owned(), points: points.collect() }
}

/// The track file that is shipped.
pub fn track_file() -> TrackFile {
    let line = centre_line();
    let track = Track::new(&line);
    let corners = road_corners(&track, &RacingLine::new(&track, CORNER_EDGE_M));
    let place = |metres: f64| (metres * 10.0).round() / 10.0;
    let corners: Vec<TrackFileCorner> = corners
        .iter()
        .zip(CORNERS)
        .enumerate()
        .map(|(index, (corner, (name, complex)))| TrackFileCorner {
            id: corner.id.clone(),
            number: Some((index + 1).to_string()),
            name: Some(name.to_owned()),
            direction: corner.direction,
            start_m: place(corner.start_m),
            apex_m: Some(place(corner.apex_m)),
            end_m: place(corner.end_m),
            complex,
        })
        .collect();
    TrackFile {
        format_version: TrackFile::FORMAT_VERSION,
        track_key: format!("simcar/{}/", NAME.to_lowercase()),
        name: NAME.to_owned(),
        config: String::new(),
        length_m: (track.length_m * 1000.0).round() / 1000.0,
        landmarks: landmarks(&corners),
        corners,
        centre_line: Some(line.points.iter().map(file_point).collect()),
        provenance:
            "A fictional circuit drawn for Racing Coach (native/sources/simcar/src/demo_circuit.rs). MIT."
                .to_owned(),
        status: TrackFileStatus::Verified,
    }
}

fn file_point(point: &RoadPoint) -> CentreLinePoint {
    CentreLinePoint {
        x_m: point.x_m,
        y_m: point.y_m,
        width_right_m: point.width_right_m,
        width_left_m: point.width_left_m,
    }
}

fn landmarks(corners: &[TrackFileCorner]) -> Vec<Landmark> {
    let board = |corner: &TrackFileCorner, metres: f64| Landmark {
        lap_distance_m: ((corner.start_m - metres) * 10.0).round() / 10.0,
        words: format!("{metres:.0} board"),
        corner_id: Some(corner.id.clone()),
    };
    let mut landmarks: Vec<Landmark> = corners
        .iter()
        .filter(|corner| BOARDS_BEFORE.contains(&corner.id.as_str()))
        .flat_map(|corner| [150.0, 100.0, 50.0].map(|metres| board(corner, metres)))
        .collect();
    let kerbs = corners.iter().filter(|corner| corner.id == "T9" || corner.id == "T11");
    landmarks.extend(kerbs.map(|corner| Landmark {
        lap_distance_m: corner.start_m,
        words: "start of the kerb".to_owned(),
        corner_id: Some(corner.id.clone()),
    }));
    landmarks.sort_by(|a, b| a.lap_distance_m.total_cmp(&b.lap_distance_m));
    landmarks
}

/// The end of the lap moves in proportion to the length of a straight: two lengths, two equations.
fn closing_lengths() -> (f64, f64) {
    let end = |long_m: f64, last_m: f64| end_of(&pieces(long_m, last_m));
    let (x, y) = end(0.0, 0.0);
    let (long_x, long_y) = end(1.0, 0.0);
    let (last_x, last_y) = end(0.0, 1.0);
    let (ax, ay, bx, by) = (long_x - x, long_y - y, last_x - x, last_y - y);
    let determinant = ax * by - ay * bx;
    ((bx * y - by * x) / determinant, (ay * x - ax * y) / determinant)
}

fn end_of(pieces: &[Piece]) -> (f64, f64) {
    let mut pen = Pen::default();
    for piece in pieces {
        pen.draw(*piece, |_, _| {});
    }
    (pen.x_m, pen.y_m)
}

/// Positions about [`FINE_M`] apart.
fn trace(pieces: &[Piece]) -> Vec<(f64, f64)> {
    let mut road = Vec::new();
    let mut pen = Pen::default();
    for piece in pieces {
        pen.draw(*piece, |x_m, y_m| road.push((x_m, y_m)));
    }
    road
}

#[derive(Default)]
struct Pen {
    x_m: f64,
    y_m: f64,
    heading_rad: f64,
}

impl Pen {
    fn draw(&mut self, piece: Piece, mut point: impl FnMut(f64, f64)) {
        match piece {
            Straight(length_m) => self.curve(length_m, 0.0, 0.0, &mut point),
            Bend(degrees, radius_m, ease_m) => {
                let angle = degrees.abs() * std::f64::consts::PI / 180.0;
                let bend = degrees.signum() / radius_m;
                self.curve(ease_m, 0.0, bend, &mut point);
                self.curve(angle * radius_m - ease_m, bend, bend, &mut point);
                self.curve(ease_m, bend, 0.0, &mut point);
            }
        }
    }

    fn curve(&mut self, length_m: f64, from: f64, to: f64, point: &mut impl FnMut(f64, f64)) {
        let steps = (length_m / FINE_M).round().max(1.0);
        let step_m = length_m / steps;
        for step in 0..steps as u32 {
            point(self.x_m, self.y_m);
            let turn = (from + (to - from) * (f64::from(step) + 0.5) / steps) * step_m;
            let (sin, cos) = libm::sincos(self.heading_rad + turn / 2.0);
            self.x_m += step_m * cos;
            self.y_m += step_m * sin;
            self.heading_rad += turn;
        }
    }
}

fn in_mm(metres: f64) -> f64 {
    (metres * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use racing_coach_core::corner::Direction::{Left, Right};

    #[test]
    fn the_lap_closes_and_turns_as_drawn() {
        let (long_m, last_m) = closing_lengths();
        let (x_m, y_m) = end_of(&pieces(long_m, last_m));
        assert!(libm::hypot(x_m, y_m) < 0.01, "gap {x_m} {y_m}");
        assert!(long_m > 600.0 && last_m > 100.0, "{long_m} {last_m}");
        let track = Track::new(&centre_line());
        let corners = road_corners(&track, &RacingLine::new(&track, CORNER_EDGE_M));
        let directions: Vec<_> = corners.iter().map(|corner| corner.direction).collect();
        let drawn = [Right, Left, Right, Left, Right, Right, Left, Right, Right, Left, Right];
        assert_eq!(directions, drawn);
    }

    #[test]
    fn the_track_file_is_valid() {
        assert_eq!(track_file().problems(), Vec::<String>::new());
    }
}

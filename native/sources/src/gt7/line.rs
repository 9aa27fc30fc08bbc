//! The reference line of a track: a driven lap as a closed polyline, against which every position gets its distance.
//!
//! Distances are measured in the level plane, along the line from the place where the lap counter changes. The line is what one driver drove, not the
//! track's middle: another line's car covers a little more or less ground between two distances, as it does with a centre line.

use super::vector::{Vector, along, between, level_direction, level_length};

/// Distance of neighbouring points. A chord of 2 m is within 2 cm of an arc of 25 m radius.
pub const SPACING_M: f64 = 2.0;
/// Nothing that is driven round is shorter or longer.
pub const LENGTHS_M: std::ops::RangeInclusive<f64> = 200.0..=60_000.0;
/// Neighbouring points are this far apart; a corner cut by smoothing is a little less.
const STEPS_M: std::ops::RangeInclusive<f64> = 0.2..=6.0;
/// Segments that share a box when places are searched.
const BLOCK: usize = 32;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Stable key: see [`super::identity`].
    pub id: String,
    /// Name for people; empty until somebody gives it one.
    pub name: String,
    points: Vec<Vector>,
    /// Distance of each point from the line.
    distances_m: Vec<f64>,
    /// Direction of the line at each point.
    directions: Vec<Vector>,
    length_m: f64,
    blocks: Vec<Block>,
}

/// The level box around some segments.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Block {
    low: [f64; 2],
    high: [f64; 2],
}

impl Line {
    /// A line from its points in order, the first at the place where the lap begins; the last is not the first again. They are rounded to
    /// millimetres, so that a line that is stored gives the same distances as the one that was learned.
    ///
    /// # Errors
    /// What is wrong, in words: too few, not finite, not a line that can be driven round.
    pub fn new(id: &str, name: &str, points: &[Vector]) -> Result<Line, String> {
        let points: Vec<Vector> = points.iter().map(|point| point.map(rounded)).collect();
        if points.iter().flatten().any(|value| value.is_nan() || value.abs() > 1e6) {
            return Err("a point is no place".to_owned());
        }
        if points.len() < 16 {
            return Err(format!("{} points are no lap", points.len()));
        }
        let next = |index: usize| points[(index + 1) % points.len()];
        let steps_m: Vec<f64> = points
            .iter()
            .enumerate()
            .map(|(index, point)| level_length(between(*point, next(index))))
            .collect();
        if let Some(step_m) = steps_m.iter().find(|step_m| !STEPS_M.contains(step_m)) {
            return Err(format!("its points are {step_m:.2} m apart"));
        }
        let length_m: f64 = steps_m.iter().sum();
        if !LENGTHS_M.contains(&length_m) {
            return Err(format!("{length_m:.0} m are no lap"));
        }
        let distances_m =
            steps_m.iter().scan(0.0, |way_m, step_m| Some(std::mem::replace(way_m, *way_m + step_m)));
        let distances_m = distances_m.collect();
        let directions = directions(&points)?;
        let blocks = blocks(&points);
        Ok(Line {
            id: id.to_owned(),
            name: name.to_owned(),
            points,
            distances_m,
            directions,
            length_m,
            blocks,
        })
    }

    /// Length of the lap in metres.
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// Metres from a place to the line's beginning, either way.
    pub(super) fn to_start_m(&self, lap_distance_m: f64) -> f64 {
        lap_distance_m.min(self.length_m - lap_distance_m)
    }

    /// The points.
    pub fn points(&self) -> &[Vector] {
        &self.points
    }

    /// Segments, as many as points: each goes from its point to the next.
    pub(super) fn segments(&self) -> usize {
        self.points.len()
    }

    pub(super) fn next(&self, segment: usize) -> usize {
        if segment + 1 == self.points.len() { 0 } else { segment + 1 }
    }

    pub(super) fn previous(&self, segment: usize) -> usize {
        segment.checked_sub(1).unwrap_or(self.points.len() - 1)
    }

    /// Both ends of a segment with the line's directions there.
    pub(super) fn ends(&self, segment: usize) -> [(Vector, Vector); 2] {
        let next = self.next(segment);
        [(self.points[segment], self.directions[segment]), (self.points[next], self.directions[next])]
    }

    /// Length of a segment.
    pub(super) fn step_m(&self, segment: usize) -> f64 {
        let end_m =
            if segment + 1 == self.points.len() { self.length_m } else { self.distances_m[segment + 1] };
        end_m - self.distances_m[segment]
    }

    /// Distance of a place on a segment, 0 up to the length without it.
    pub(super) fn distance_m(&self, segment: usize, part: f64) -> f64 {
        let distance_m = self.distances_m[segment] + part * self.step_m(segment);
        if distance_m < self.length_m { distance_m } else { 0.0 }
    }

    /// Segments whose surroundings, `within_m` wide, hold a place.
    pub(super) fn segments_near(&self, place: Vector, within_m: f64) -> impl Iterator<Item = usize> + '_ {
        let near = move |block: &Block| {
            (0..2).all(|axis| {
                place[axis] >= block.low[axis] - within_m && place[axis] <= block.high[axis] + within_m
            })
        };
        let count = self.segments();
        let indices = move |index: usize| index * BLOCK..((index + 1) * BLOCK).min(count);
        self.blocks
            .iter()
            .enumerate()
            .filter(move |(_, block)| near(block))
            .flat_map(move |(index, _)| indices(index))
    }

    /// The place at a distance from the line; for tests and drawings.
    pub fn place_at(&self, distance_m: f64) -> Vector {
        let distance_m = distance_m.rem_euclid(self.length_m);
        let segment = self.distances_m.partition_point(|start_m| *start_m <= distance_m).saturating_sub(1);
        let [(start, _), (end, _)] = self.ends(segment);
        along(start, end, (distance_m - self.distances_m[segment]) / self.step_m(segment))
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn directions(points: &[Vector]) -> Result<Vec<Vector>, String> {
    let count = points.len();
    let direction = |index: usize| {
        let way = between(points[(index + count - 1) % count], points[(index + 1) % count]);
        level_direction(way).ok_or_else(|| "it turns back on itself".to_owned())
    };
    (0..count).map(direction).collect()
}

fn blocks(points: &[Vector]) -> Vec<Block> {
    let around = |start: usize| {
        let mut block = Block { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };
        for index in start..=(start + BLOCK).min(points.len()) {
            let point = points[index % points.len()];
            block.low = [block.low[0].min(point[0]), block.low[1].min(point[1])];
            block.high = [block.high[0].max(point[0]), block.high[1].max(point[1])];
        }
        block
    };
    (0..points.len()).step_by(BLOCK).map(around).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::f64::consts::TAU;

    /// A circle, counter-clockwise, with points 2 m apart.
    pub(in crate::gt7) fn circle(radius_m: f64, centre: Vector) -> Vec<Vector> {
        let count = (TAU * radius_m / SPACING_M).round();
        let at = |index: usize| {
            let (sine, cosine) = libm::sincos(TAU * index as f64 / count);
            [centre[0] + radius_m * cosine, centre[1] + radius_m * sine, centre[2]]
        };
        (0..count as usize).map(at).collect()
    }

    #[test]
    fn a_circle_has_its_length_and_its_places() {
        let line = Line::new("c", "", &circle(100.0, [0.0; 3])).unwrap();
        assert!((line.length_m() - TAU * 100.0).abs() < 0.05, "{}", line.length_m());
        let quarter = line.place_at(line.length_m() / 4.0);
        assert!(quarter[0].abs() < 0.02 && (quarter[1] - 100.0).abs() < 0.02);
        assert_eq!(line.place_at(-1.0), line.place_at(line.length_m() - 1.0));
    }

    #[test]
    fn what_is_no_lap_is_refused() {
        let circle = circle(100.0, [0.0; 3]);
        let mut nowhere = circle.clone();
        nowhere[5][1] = f64::NAN;
        let mut torn = circle.clone();
        torn[5][1] += 50.0;
        let back: Vec<Vector> =
            (0..200).map(|index| [f64::from(100 - (index - 100_i32).abs()) * 2.0, 0.0, 0.0]).collect();
        for bad in
            [&nowhere, &torn, &circle[..4].to_vec(), &circle[..200].to_vec(), &back, &vec![[1.0; 3]; 900]]
        {
            assert!(Line::new("b", "", bad).is_err());
        }
    }
}

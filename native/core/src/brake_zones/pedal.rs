//! Single applications of the brake pedal, with hysteresis.

use crate::Sample;
use crate::corner::BrakeZone;

/// The pedal is on above this.
const ON: f64 = 0.05;
/// And off below this.
pub(super) const OFF: f64 = 0.02;
/// The longest stretch of rows after the lap that a zone over the line is followed.
const AFTER_S: f64 = 20.0;

/// The pedal at one place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// Metres, not wrapped.
    pub(super) place_m: f64,
    pub(super) time_s: f64,
    pub(super) speed_mps: f64,
    pub(super) brake: f64,
}

impl Point {
    /// The point on the way to `next` at which the brake is at `level`.
    fn towards(self, next: Point, level: f64) -> Point {
        let part = ((level - self.brake) / (next.brake - self.brake)).clamp(0.0, 1.0);
        let mix = |from: f64, to: f64| from + (to - from) * part;
        Point {
            place_m: mix(self.place_m, next.place_m),
            time_s: mix(self.time_s, next.time_s),
            speed_mps: mix(self.speed_mps, next.speed_mps),
            brake: level,
        }
    }
}

/// The rows with a place, a speed and a brake, in metres and seconds from the line that began the lap. Rows that do not move on
/// are left out. `None` when the source has no brake.
pub(super) fn points_of_rows(
    samples: &[Sample],
    start_row: f64,
    end_row: f64,
    length_m: f64,
    rate_hz: f64,
) -> Option<Vec<Point>> {
    if !(length_m > 0.0 && rate_hz > 0.0 && end_row > start_row) {
        return None;
    }
    let mut points: Vec<Point> = Vec::with_capacity(samples.len());
    for sample in samples {
        let row = sample.index as f64;
        let brake = if sample.brake.is_finite() { sample.brake } else { sample.brake_pedal };
        let distance_m = place_of(sample, length_m);
        if row > end_row + AFTER_S * rate_hz {
            break;
        }
        if !(brake.is_finite() && distance_m.is_finite() && sample.speed_mps.is_finite()) {
            continue;
        }
        // The first row is within half a lap of the line; each other one within half a lap of the one before.
        let near_m =
            points.last().map_or((row - start_row) / (end_row - start_row) * length_m, |p| p.place_m);
        let place_m = distance_m + length_m * libm::round((near_m - distance_m) / length_m);
        let time_s = (row - start_row) / rate_hz;
        points.push(Point { place_m, time_s, speed_mps: sample.speed_mps, brake });
    }
    (!points.is_empty()).then_some(points)
}

fn place_of(sample: &Sample, length_m: f64) -> f64 {
    if sample.is_reset_row() {
        f64::NAN
    } else if sample.lap_distance_m.is_finite() {
        sample.lap_distance_m
    } else {
        sample.lap_fraction * length_m
    }
}

/// Walks along points and gives each application with the time at which it began. One that was on at the first point is not given:
/// where it began is not known.
pub(super) struct Applications<I: Iterator<Item = Point>> {
    points: I,
    before: Option<Point>,
    skipping: bool,
}

impl<I: Iterator<Item = Point>> Applications<I> {
    pub(super) fn new(mut points: I) -> Self {
        let before = points.next();
        Applications { points, before, skipping: before.is_some_and(|point| point.brake > ON) }
    }

    /// Follows an application to its release, or to the last point.
    fn follow(&mut self, start: Point, first: Point) -> (BrakeZone, f64) {
        let mut min_speed_mps = start.speed_mps.min(first.speed_mps);
        let mut peak_brake = first.brake;
        let mut last = first;
        let mut end = None;
        for point in self.points.by_ref() {
            if point.brake < OFF {
                let release = last.towards(point, OFF);
                min_speed_mps = min_speed_mps.min(release.speed_mps);
                end = Some(release);
                last = point;
                break;
            }
            min_speed_mps = min_speed_mps.min(point.speed_mps);
            peak_brake = peak_brake.max(point.brake);
            last = point;
        }
        self.before = Some(last);
        let end = end.unwrap_or(last);
        let zone = BrakeZone {
            start_m: start.place_m,
            end_m: end.place_m,
            start_speed_mps: start.speed_mps,
            min_speed_mps,
            peak_brake: peak_brake.min(1.0),
            duration_s: end.time_s - start.time_s,
            trail_brake_m: None,
        };
        (zone, start.time_s)
    }
}

impl<I: Iterator<Item = Point>> Iterator for Applications<I> {
    type Item = (BrakeZone, f64);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let before = self.before?;
            let Some(point) = self.points.next() else {
                self.before = None;
                return None;
            };
            if self.skipping {
                self.skipping = point.brake >= OFF;
            } else if point.brake > ON {
                let start = if before.brake <= ON { before.towards(point, ON) } else { before };
                return Some(self.follow(start, point));
            }
            self.before = Some(point);
        }
    }
}

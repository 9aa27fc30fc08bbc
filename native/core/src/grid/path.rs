//! The driven path in metres: from latitude and longitude or the sim's own frame, else by dead reckoning.

use crate::Sample;
use std::f64::consts::{FRAC_PI_2, PI};

/// WGS84: half the longest axis, and the square of the eccentricity.
const SEMI_MAJOR_M: f64 = 6_378_137.0;
const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_14e-3;

/// The plane that touches the ellipsoid at one point. Within a few kilometres it is true to a centimetre.
#[derive(Debug, Clone, Copy)]
struct Tangent {
    latitude_deg: f64,
    longitude_deg: f64,
    east_m_per_deg: f64,
    north_m_per_deg: f64,
}

impl Tangent {
    fn at(latitude_deg: f64, longitude_deg: f64) -> Self {
        let (sine, cosine) = libm::sincos(latitude_deg * PI / 180.0);
        let flat = 1.0 - ECCENTRICITY_SQUARED * sine * sine;
        let across_m = SEMI_MAJOR_M / libm::sqrt(flat);
        let along_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_SQUARED) / (flat * libm::sqrt(flat));
        Tangent {
            latitude_deg,
            longitude_deg,
            east_m_per_deg: across_m * cosine * PI / 180.0,
            north_m_per_deg: along_m * PI / 180.0,
        }
    }

    /// Longitudes are compared the short way round, for tracks on the date line.
    fn project(self, latitude_deg: f64, longitude_deg: f64) -> (f64, f64) {
        let east_deg = (longitude_deg - self.longitude_deg + 180.0).rem_euclid(360.0) - 180.0;
        (east_deg * self.east_m_per_deg, (latitude_deg - self.latitude_deg) * self.north_m_per_deg)
    }
}

/// Velocity over the ground in a fixed frame.
#[derive(Debug, Clone, Copy)]
struct Velocity {
    row: f64,
    x_mps: f64,
    y_mps: f64,
}

/// Follows the car row by row.
#[derive(Debug, Default)]
pub(super) struct Path {
    tangent: Option<Tangent>,
    velocity: Option<Velocity>,
    reckoned_m: (f64, f64),
}

impl Path {
    /// Position as recorded, and position by dead reckoning; NaN where the row does not have it.
    pub(super) fn step(&mut self, sample: &Sample, rate_hz: f64) -> ((f64, f64), (f64, f64)) {
        (self.recorded(sample), self.by_reckoning(sample, rate_hz))
    }

    /// A source tells one of the two, never both.
    fn recorded(&mut self, sample: &Sample) -> (f64, f64) {
        let (latitude_deg, longitude_deg) = (sample.latitude_deg, sample.longitude_deg);
        let known = latitude_deg.abs() <= 89.0 && longitude_deg.abs() <= 360.0 && latitude_deg != 0.0;
        if !known {
            return (sample.world_x_m, sample.world_y_m);
        }
        let tangent = *self.tangent.get_or_insert_with(|| Tangent::at(latitude_deg, longitude_deg));
        tangent.project(latitude_deg, longitude_deg)
    }

    /// Trapezia of the velocity between rows, so missing rows are bridged.
    fn by_reckoning(&mut self, sample: &Sample, rate_hz: f64) -> (f64, f64) {
        let Some(velocity) = ground_velocity(sample) else { return (f64::NAN, f64::NAN) };
        if let Some(before) = self.velocity {
            let half_s = (velocity.row - before.row) / rate_hz / 2.0;
            self.reckoned_m.0 += (before.x_mps + velocity.x_mps) * half_s;
            self.reckoned_m.1 += (before.y_mps + velocity.y_mps) * half_s;
        }
        self.velocity = Some(velocity);
        self.reckoned_m
    }
}

/// Heading by the compass, which turns the other way, so that x is east; without it the sim's own heading, whose zero is the track's.
fn ground_velocity(sample: &Sample) -> Option<Velocity> {
    let by_compass_rad = FRAC_PI_2 - sample.yaw_north_rad;
    let heading_rad = if by_compass_rad.is_finite() { by_compass_rad } else { sample.yaw_rad };
    let forward_mps =
        if sample.velocity_x_mps.is_finite() { sample.velocity_x_mps } else { sample.speed_mps };
    let left_mps = if sample.velocity_y_mps.is_finite() { sample.velocity_y_mps } else { 0.0 };
    let (sine, cosine) = libm::sincos(heading_rad);
    let x_mps = forward_mps * cosine - left_mps * sine;
    let y_mps = forward_mps * sine + left_mps * cosine;
    (x_mps.is_finite() && y_mps.is_finite()).then_some(Velocity { row: sample.index as f64, x_mps, y_mps })
}

/// Brings the end of a dead-reckoned lap back to its beginning: the gap (0.3 to 2 m of drift on real laps, and the difference in where
/// on the road the line was crossed) is spread evenly over the distance.
pub(super) fn close_loop(values_m: &mut [f64]) {
    let (Some(first_m), Some(last_m)) = (values_m.first().copied(), values_m.last().copied()) else { return };
    let steps = (values_m.len() - 1).max(1) as f64;
    for (at, value_m) in values_m.iter_mut().enumerate() {
        *value_m -= (last_m - first_m) * at as f64 / steps;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_is_as_long_as_the_tables_say() {
        // Lengths of one degree at 45 degrees on WGS84: 111 131.8 m north, 78 846.8 m east.
        let tangent = Tangent::at(45.0, 10.0);
        assert!((tangent.north_m_per_deg - 111_131.8).abs() < 0.5, "{}", tangent.north_m_per_deg);
        assert!((tangent.east_m_per_deg - 78_846.8).abs() < 0.5, "{}", tangent.east_m_per_deg);
    }

    #[test]
    fn the_date_line_is_crossed_the_short_way() {
        let (east_m, _) = Tangent::at(10.0, 179.999).project(10.0, -179.999);
        assert!((east_m - 219.3).abs() < 0.5, "{east_m}");
    }

    #[test]
    fn sliding_left_moves_left_of_the_heading() {
        let mut path = Path::default();
        let sample = |index| Sample {
            index,
            yaw_rad: FRAC_PI_2,
            velocity_x_mps: 30.0,
            velocity_y_mps: 3.0,
            ..Sample::EMPTY
        };
        path.step(&sample(0), 60.0);
        let (_, (x_m, y_m)) = path.step(&sample(60), 60.0);
        assert!((x_m + 3.0).abs() < 1e-9 && (y_m - 30.0).abs() < 1e-9, "{x_m} {y_m}");
    }
}

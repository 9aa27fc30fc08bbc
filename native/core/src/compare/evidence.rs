//! What a lap did differently from its reference in one corner's piece of road. Differences are lap minus reference; NaN where
//! one of the two does not have it, so that no threshold is passed.

use crate::Cause;
use crate::compare::pair::Pair;
use crate::compare::sideways::outward_m;
use crate::compare::stretches::Stretch;
use crate::corner::{BrakeZone, CornerMetrics, Direction};
use crate::metrics::ring::{Ring, unroll_near_m};
use crate::metrics::shifts::Shifts;
use crate::metrics::throttle::{PICK_UP, coasting_s};
use std::collections::BTreeMap;

/// Differences of one lap in one corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Speed at the piece's start, m/s.
    pub start_speed_mps: f64,
    /// Brake onset, m; negative is earlier.
    pub onset_m: f64,
    /// Peak brake, 0 to 1.
    pub peak_brake: f64,
    /// Mean brake from the lap's own onset to turn-in, divided by the reference's from its own.
    pub pressure_ratio: f64,
    /// Mean brake from turn-in to the reference's minimum speed, 0 to 1.
    pub entry_brake: f64,
    /// Place of the brake's release, m; negative is earlier.
    pub release_m: f64,
    /// Place by which nine tenths of the braking is done, m: unlike the release it does not see a foot that rests on the pedal.
    pub brake_done_m: f64,
    /// Metres trailed into the corner.
    pub trail_m: f64,
    /// Speed at turn-in, m/s.
    pub turn_in_speed_mps: f64,
    /// Minimum speed, m/s.
    pub min_speed_mps: f64,
    /// Speed at the reference's second minimum, m/s.
    pub second_speed_mps: f64,
    /// Place of the minimum speed, m.
    pub min_speed_m: f64,
    /// Place of the throttle pick-up, m; positive is later.
    pub pick_up_m: f64,
    /// Where the press of the pick-up began, which may be before the minimum speed, m.
    pub press_m: f64,
    /// Place of full throttle, m.
    pub full_throttle_m: f64,
    /// Coasting before the minimum speed of the reference, s.
    pub coasting_before_s: f64,
    /// Coasting after it, s.
    pub coasting_after_s: f64,
    /// Gears at the minimum speed.
    pub gears: f64,
    /// Lifts.
    pub lifts: f64,
    /// Speed at the corner's end, m/s.
    pub exit_speed_mps: f64,
    /// Most speed lost again between the minimum and the corner's end, m/s; 0 or negative.
    pub exit_dip_mps: f64,
    /// Mean brake between the minimum and the corner's end, 0 to 1.
    pub exit_brake: f64,
    /// Furthest outward at the exit against the reference's path, compared with the difference at minimum speed, m.
    pub outward_m: f64,
}

/// Everything that the evidence of one corner is taken from.
pub struct Witnesses<'a> {
    /// Both laps.
    pub pair: &'a Pair<'a>,
    /// Shifts of the reference and of the lap.
    pub shifts: (&'a Shifts, &'a Shifts),
    /// Metrics of the reference and of the lap.
    pub metrics: (&'a CornerMetrics, &'a CornerMetrics),
    /// Brake zones of the reference and of the lap.
    pub zones: (&'a [BrakeZone], &'a [BrakeZone]),
}

impl Evidence {
    /// Takes the evidence of one corner.
    pub fn take(witnesses: &Witnesses, stretch: &Stretch) -> Self {
        let (reference, lap) = witnesses.metrics;
        let (reference_ring, lap_ring) = (&witnesses.pair.reference, &witnesses.pair.lap);
        let cuts = &stretch.cuts;
        let length_m = reference_ring.grid.length_m;
        let apart_m = |lap_m: Option<f64>, reference_m: Option<f64>| match (lap_m, reference_m) {
            (Some(lap_m), Some(reference_m)) => unroll_near_m(lap_m, reference_m, length_m) - reference_m,
            _ => f64::NAN,
        };
        let speed = |place_m: f64| lap_ring.speed_at_mps(place_m) - reference_ring.speed_at_mps(place_m);
        let coasting = |from_m: f64, to_m: f64| {
            coasting_s(lap_ring, witnesses.shifts.1, from_m, to_m)
                - coasting_s(reference_ring, witnesses.shifts.0, from_m, to_m)
        };
        let braking = |ring: &Ring, onset_m: Option<f64>| {
            let onset_m = onset_m.map(|onset_m| unroll_near_m(onset_m, cuts.turn_in_m, length_m));
            onset_m.map_or(f64::NAN, |onset_m| {
                mean(ring, &ring.grid.brake, onset_m, cuts.turn_in_m.max(onset_m + 20.0))
            })
        };
        let done = |ring: &Ring, metrics: &CornerMetrics| {
            let unroll = |place_m: f64| unroll_near_m(place_m, cuts.turn_in_m, length_m);
            let onset_m = metrics.brake_onset_m.map_or(f64::NAN, unroll);
            brake_done_m(ring, onset_m, unroll(metrics.min_speed_m))
        };
        let entry = |ring: &Ring| mean(ring, &ring.grid.brake, cuts.turn_in_m, cuts.min_speed_m);
        Evidence {
            start_speed_mps: speed(cuts.start_m),
            onset_m: apart_m(lap.brake_onset_m, reference.brake_onset_m),
            peak_brake: lap.peak_brake - reference.peak_brake,
            pressure_ratio: braking(lap_ring, lap.brake_onset_m)
                / braking(reference_ring, reference.brake_onset_m),
            entry_brake: entry(lap_ring) - entry(reference_ring),
            release_m: apart_m(release_m(lap, witnesses.zones.1), release_m(reference, witnesses.zones.0)),
            brake_done_m: done(lap_ring, lap) - done(reference_ring, reference),
            trail_m: lap.trail_brake_m - reference.trail_brake_m,
            turn_in_speed_mps: speed(cuts.turn_in_m),
            min_speed_mps: lap.min_speed_mps - reference.min_speed_mps,
            second_speed_mps: reference.second_min_speed_m.map_or(f64::NAN, speed),
            min_speed_m: apart_m(Some(lap.min_speed_m), Some(reference.min_speed_m)),
            pick_up_m: apart_m(lap.throttle_on_m, reference.throttle_on_m),
            press_m: press_m(lap_ring, lap, cuts.turn_in_m)
                - press_m(reference_ring, reference, cuts.turn_in_m),
            full_throttle_m: apart_m(lap.full_throttle_m, reference.full_throttle_m),
            coasting_before_s: coasting(cuts.start_m, cuts.min_speed_m),
            coasting_after_s: coasting(cuts.min_speed_m, cuts.exit_m),
            gears: match (lap.min_gear, reference.min_gear) {
                (Some(lap), Some(reference)) => f64::from(lap) - f64::from(reference),
                _ => f64::NAN,
            },
            lifts: f64::from(lap.lifts) - f64::from(reference.lifts),
            exit_speed_mps: speed(cuts.exit_m),
            exit_dip_mps: exit_dip_mps(witnesses.pair, cuts.min_speed_m, cuts.exit_m),
            exit_brake: mean(lap_ring, &lap_ring.grid.brake, cuts.min_speed_m, cuts.exit_m)
                - mean(reference_ring, &reference_ring.grid.brake, cuts.min_speed_m, cuts.exit_m),
            outward_m: outward_m(witnesses.pair, cuts, reference.direction == Direction::Left),
        }
    }
}

impl Evidence {
    /// The numbers behind a cause, by names with units; those that are missing are left out.
    pub fn of(&self, cause: Cause) -> BTreeMap<&'static str, f64> {
        let rows: &[(&'static str, f64)] = match cause {
            Cause::BrakesEarly | Cause::BrakesLate => &[
                ("onsetDifferenceM", self.onset_m),
                ("turnInSpeedDifferenceMps", self.turn_in_speed_mps),
                ("minSpeedDifferenceMps", self.min_speed_mps),
            ],
            Cause::BrakesSoft => &[
                ("peakBrakeDifference", self.peak_brake),
                ("meanBrakeRatio", self.pressure_ratio),
                ("onsetDifferenceM", self.onset_m),
            ],
            Cause::TrailsTooLittle => &[
                ("releaseDifferenceM", self.release_m),
                ("brakingDoneDifferenceM", self.brake_done_m),
                ("trailBrakeDifferenceM", self.trail_m),
                ("entryBrakeDifference", self.entry_brake),
            ],
            Cause::OverSlows => &[
                ("minSpeedDifferenceMps", self.min_speed_mps),
                ("minSpeedPlaceDifferenceM", self.min_speed_m),
                ("exitDipMps", self.exit_dip_mps),
                ("exitSpeedDifferenceMps", self.exit_speed_mps),
            ],
            Cause::LateThrottle => &[
                ("pickUpDifferenceM", self.pick_up_m),
                ("throttlePressDifferenceM", self.press_m),
                ("fullThrottleDifferenceM", self.full_throttle_m),
                ("exitDipMps", self.exit_dip_mps),
                ("exitSpeedDifferenceMps", self.exit_speed_mps),
            ],
            Cause::Coasts => &[
                ("coastingBeforeMinSpeedDifferenceS", self.coasting_before_s),
                ("coastingAfterMinSpeedDifferenceS", self.coasting_after_s),
            ],
            Cause::WrongGear => {
                &[("gearDifference", self.gears), ("exitSpeedDifferenceMps", self.exit_speed_mps)]
            }
            Cause::RunsWide => {
                &[("outwardDifferenceM", self.outward_m), ("exitSpeedDifferenceMps", self.exit_speed_mps)]
            }
            Cause::Lifts => &[("liftsDifference", self.lifts)],
            Cause::CarryOver => &[("startSpeedDifferenceMps", self.start_speed_mps)],
            Cause::Unexplained => &[
                ("minSpeedDifferenceMps", self.min_speed_mps),
                ("exitSpeedDifferenceMps", self.exit_speed_mps),
            ],
        };
        rows.iter().copied().filter(|(_, value)| value.is_finite()).collect()
    }
}

fn release_m(metrics: &CornerMetrics, zones: &[BrakeZone]) -> Option<f64> {
    let onset_m = metrics.brake_onset_m?;
    zones.iter().find(|zone| zone.start_m == onset_m).map(|zone| zone.end_m)
}

/// The lowest that the lap's speed against the reference falls under what it is at the first place.
fn exit_dip_mps(pair: &Pair, from_m: f64, to_m: f64) -> f64 {
    let apart = |place_m: f64| pair.lap.speed_at_mps(place_m) - pair.reference.speed_at_mps(place_m);
    let base_mps = apart(from_m);
    let (first, last) = (pair.reference.index(from_m), pair.reference.index(to_m));
    (first..=last).map(|index| apart(pair.reference.place_m(index)) - base_mps).fold(0.0, f64::min)
}

/// Where the press of the throttle that the pick-up belongs to began, not looked for before `from_m`; NaN without a pick-up.
fn press_m(ring: &Ring, metrics: &CornerMetrics, from_m: f64) -> f64 {
    let Some(pick_up_m) = metrics.throttle_on_m else { return f64::NAN };
    let pick_up_m = unroll_near_m(pick_up_m, from_m, ring.grid.length_m);
    if pick_up_m <= from_m {
        return pick_up_m;
    }
    let (first, last) = (ring.index(from_m), ring.index(pick_up_m));
    let open = |index: i64| ring.value(&ring.grid.throttle, index) < PICK_UP;
    (first..last)
        .rev()
        .find(|&index| open(index))
        .map_or(from_m, |index| ring.place_m(index + 1).min(pick_up_m))
}

/// Where the integral of the brake over distance reaches [`BRAKE_DONE`] of its value at `to_m`; NaN without an onset.
fn brake_done_m(ring: &Ring, onset_m: f64, to_m: f64) -> f64 {
    if onset_m.is_nan() {
        return f64::NAN;
    }
    let brake = |index: i64| ring.value(&ring.grid.brake, index);
    let (first, last) = (ring.index(onset_m), ring.index(to_m));
    let whole: f64 = (first..=last).map(brake).sum();
    let mut sum = 0.0;
    for index in first..=last {
        let before = sum;
        sum += brake(index);
        if sum >= BRAKE_DONE * whole && sum > before {
            return ring.place_m(index) - ring.grid.step_m * (sum - BRAKE_DONE * whole) / (sum - before);
        }
    }
    f64::NAN
}

/// Share of the braking after which a driver is as good as off the brake.
const BRAKE_DONE: f64 = 0.9;

/// Mean of a column over the grid points between two places; NaN when the column is missing or the interval empty.
fn mean(ring: &Ring, column: &[f64], from_m: f64, to_m: f64) -> f64 {
    let (first, last) = (ring.index(from_m), ring.index(to_m));
    let sum: f64 = (first..=last).map(|index| ring.value(column, index)).sum();
    if last >= first { sum / (last - first + 1) as f64 } else { f64::NAN }
}

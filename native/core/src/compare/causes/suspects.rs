//! How strongly each possible mistake shows in the evidence, in multiples of a steady driver's own spread (1 is usual, 2 stands
//! out). Spreads are those measured on real laps of steady drivers: onset 3 to 9 m, minimum speed 1.5 to 4.5 km/h; the others are of
//! the same drivers' pedals.

use crate::Cause;
use crate::compare::evidence::Evidence;

const ONSET_SPREAD_M: f64 = 4.5;
const PRESSURE_SPREAD: f64 = 0.05;
const RELEASE_SPREAD_M: f64 = 5.0;
const MIN_SPEED_SPREAD_MPS: f64 = 0.6;
const PICK_UP_SPREAD_M: f64 = 5.0;
const COASTING_SPREAD_S: f64 = 0.12;
const OUTWARD_SPREAD_M: f64 = 0.6;
/// A gear is chosen, not scattered: one gear off always stands out.
const GEAR_STRENGTH: f64 = 2.5;
const LIFT_STRENGTH: f64 = 2.5;
/// From here on a mistake stands out.
pub const STANDS_OUT: f64 = 2.0;

/// Which part of the corner a mistake is made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// On the brake or off it too soon: owns the loss from the beginning.
    Entry,
    /// After the slowest point: owns the loss from there on.
    Exit,
}

/// A possible mistake.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspect {
    /// Which.
    pub cause: Cause,
    /// Where in the corner.
    pub part: Part,
    /// Multiples of the usual spread.
    pub strength: f64,
}

/// How hard the reference brakes here and for how long, to tell what one change of plan does to the onset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Braking {
    /// Metres from onset to minimum speed.
    pub distance_m: f64,
    /// Mean deceleration there in m/s2.
    pub deceleration_mps2: f64,
    /// Minimum speed in m/s.
    pub min_speed_mps: f64,
    /// Peak brake, 0 to 1.
    pub peak_brake: f64,
}

/// All suspects in order of the chain, whether they stand out or not.
pub fn suspects(evidence: &Evidence, braking: Option<&Braking>) -> Vec<Suspect> {
    let coasting_s = evidence.coasting_before_s.max(0.0) + evidence.coasting_after_s.max(0.0);
    let softness = braking.map_or(f64::NAN, |braking| -evidence.peak_brake / braking.peak_brake);
    let earlier_m = -evidence.onset_m - explained_earlier_m(evidence, braking, softness);
    let released_m = -evidence.release_m - (-evidence.onset_m).max(0.0);
    let entry = |cause, strength| Suspect { cause, part: Part::Entry, strength };
    let exit = |cause, strength| Suspect { cause, part: Part::Exit, strength };
    let mut suspects = vec![
        entry(Cause::Coasts, coasting_s / COASTING_SPREAD_S),
        entry(Cause::BrakesLate, evidence.onset_m / ONSET_SPREAD_M),
        entry(Cause::BrakesSoft, softness / PRESSURE_SPREAD),
        entry(Cause::BrakesEarly, earlier_m / ONSET_SPREAD_M),
        entry(Cause::TrailsTooLittle, released_m / RELEASE_SPREAD_M),
        entry(Cause::OverSlows, -evidence.min_speed_mps / MIN_SPEED_SPREAD_MPS),
        exit(Cause::WrongGear, evidence.gears.abs() * GEAR_STRENGTH),
        exit(Cause::RunsWide, evidence.outward_m / OUTWARD_SPREAD_M),
        exit(Cause::LateThrottle, evidence.pick_up_m / PICK_UP_SPREAD_M),
        exit(Cause::Lifts, evidence.lifts * LIFT_STRENGTH),
    ];
    suspects.retain(|suspect| suspect.strength.is_finite() && suspect.strength > 0.0);
    suspects
}

/// How much earlier the onset has to be for less pressure and for a lower minimum speed.
fn explained_earlier_m(evidence: &Evidence, braking: Option<&Braking>, softness: f64) -> f64 {
    let Some(braking) = braking else { return 0.0 };
    let softer = if softness > PRESSURE_SPREAD { softness.min(0.7) } else { 0.0 };
    let for_pressure_m = braking.distance_m * softer / (1.0 - softer);
    let lap_mps = braking.min_speed_mps + evidence.min_speed_mps.min(0.0);
    let energy = braking.min_speed_mps * braking.min_speed_mps - lap_mps * lap_mps;
    for_pressure_m + energy / (2.0 * braking.deceleration_mps2.max(1.0))
}

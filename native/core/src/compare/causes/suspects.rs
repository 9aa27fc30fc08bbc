//! How strongly each possible mistake shows in the evidence, in multiples of a steady driver's own spread (1 is usual).
//!
//! Where the spreads come from: brake onset 3 to 9 m and minimum speed 1.5 to 4.5 km/h were measured on real laps of steady drivers
//! (one MX-5 driver at Okayama, one GT3 driver at Fuji); the others are of the same order and were checked on simulated drivers whose
//! mistakes are known. A difference of 1 to 3 m in the onset is noise and must stay far below [`STANDS_OUT`].

use crate::Cause;
use crate::compare::evidence::Evidence;

const ONSET_SPREAD_M: f64 = 4.5;
const PRESSURE_SPREAD: f64 = 0.06;
const BRAKE_DONE_SPREAD_M: f64 = 2.6;
const LATE_SHIFT_SPREAD_M: f64 = 6.0;
const MIN_SPEED_SPREAD_MPS: f64 = 0.6;
const PICK_UP_SPREAD_M: f64 = 4.5;
const COASTING_SPREAD_S: f64 = 0.12;
const OUTWARD_SPREAD_M: f64 = 0.7;
const EXIT_DIP_SPREAD_MPS: f64 = 0.7;
/// Mean brake after the slowest point that is more than a foot resting on the pedal.
const EXIT_BRAKE: f64 = 0.01;
/// A gear is chosen, not scattered: one gear off always stands out. So does a lift.
const GEAR_STRENGTH: f64 = 2.5;
const LIFT_STRENGTH: f64 = 2.5;
/// A car this much faster or slower at its slowest point is in another gear for that.
const GEAR_SPEED_MPS: f64 = 1.0;
/// From here on a mistake stands out.
pub const STANDS_OUT: f64 = 1.7;

/// Which part of the corner a mistake is made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// On the brake, or off it too soon: owns the loss from the beginning.
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

/// How the reference brakes for a corner, to tell what one change of plan does to the onset.
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
    let mut suspects = entry_suspects(evidence, braking);
    suspects.extend(exit_suspects(evidence));
    if !suspects.iter().any(|suspect| suspect.strength >= STANDS_OUT) {
        suspects.push(exit_dip_suspect(evidence));
    }
    suspects.retain(|suspect| suspect.strength > 0.0);
    suspects
}

fn entry_suspects(evidence: &Evidence, braking: Option<&Braking>) -> Vec<Suspect> {
    let softness = softness(evidence, braking);
    let (onset_m, done_m) = (known(evidence.onset_m), known(evidence.brake_done_m));
    let explained_m = explained_earlier_m(evidence, braking, softness);
    let earlier_m = -onset_m - explained_m;
    // Onset and the end of braking scatter apart from each other; a driver who brakes early moves both.
    let early = if earlier_m > 0.0 {
        (0.6 * earlier_m + 0.4 * (-done_m - explained_m).max(0.0)) / ONSET_SPREAD_M
    } else {
        0.0
    };
    let late = if onset_m > 2.0 && done_m > 3.0 {
        onset_m / ONSET_SPREAD_M + done_m.min(later_press_m(evidence)).max(0.0) / LATE_SHIFT_SPREAD_M
    } else {
        0.0
    };
    // Who brakes early or softly is off the brake at another place for that.
    let trails = if early < STANDS_OUT && softness < 2.0 * PRESSURE_SPREAD {
        (0.8 * onset_m.min(3.0) - done_m) / BRAKE_DONE_SPREAD_M
    } else {
        0.0
    };
    let suspect = |cause, strength| Suspect { cause, part: Part::Entry, strength };
    vec![
        suspect(Cause::Coasts, unexplained_coasting_s(evidence, braking, earlier_m) / COASTING_SPREAD_S),
        suspect(Cause::BrakesLate, late),
        suspect(Cause::BrakesSoft, softness / PRESSURE_SPREAD),
        suspect(Cause::BrakesEarly, early),
        suspect(Cause::TrailsTooLittle, trails),
        suspect(Cause::OverSlows, unexplained_slowness_mps(evidence) / MIN_SPEED_SPREAD_MPS),
    ]
}

fn exit_suspects(evidence: &Evidence) -> Vec<Suspect> {
    let (gears, lifts, outward_m) = (known(evidence.gears), known(evidence.lifts), known(evidence.outward_m));
    let speed_mps = known(evidence.min_speed_mps);
    // A faster car is in a higher gear and a slower one in a lower.
    let explained = if gears > 0.0 { speed_mps >= GEAR_SPEED_MPS } else { speed_mps <= -GEAR_SPEED_MPS };
    let gear = if explained { 0.0 } else { gears.abs() * GEAR_STRENGTH };
    let wide = outward_m / OUTWARD_SPREAD_M;
    // A lift where the car runs wide is made because of that.
    let for_width = lifts > 0.0 && outward_m > OUTWARD_SPREAD_M;
    let lift = if outward_m < 1.0 { lifts * LIFT_STRENGTH } else { 0.0 };
    let suspect = |cause, strength| Suspect { cause, part: Part::Exit, strength };
    vec![
        suspect(Cause::WrongGear, gear),
        suspect(Cause::RunsWide, if for_width { wide + 1.0 } else { wide }),
        suspect(Cause::LateThrottle, later_press_m(evidence) / PICK_UP_SPREAD_M),
        suspect(Cause::Lifts, lift),
    ]
}

/// In a long corner speed can be lost again after its slowest point, in a second slow place: on the brake that is slowing too much,
/// without it the throttle waited. Asked only where nothing else stands out, because every mistake costs speed at the exit.
fn exit_dip_suspect(evidence: &Evidence) -> Suspect {
    let braked = known(evidence.exit_brake) > EXIT_BRAKE;
    let cause = if braked { Cause::OverSlows } else { Cause::LateThrottle };
    Suspect { cause, part: Part::Exit, strength: -known(evidence.exit_dip_mps) / EXIT_DIP_SPREAD_MPS }
}

/// Evidence that is missing accuses nobody.
fn known(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value }
}

/// Metres by which the throttle comes later: the pick-up, or the press that it belongs to when that begins before minimum speed.
pub fn later_press_m(evidence: &Evidence) -> f64 {
    known(evidence.pick_up_m).max(known(evidence.press_m))
}

/// Share of the reference's peak brake that is missing. A driver who does not brake at all has arrived slower: that is not soft.
fn softness(evidence: &Evidence, braking: Option<&Braking>) -> f64 {
    match braking {
        Some(braking) if !evidence.onset_m.is_nan() => (-evidence.peak_brake / braking.peak_brake).max(0.0),
        _ => 0.0,
    }
}

/// How much earlier the onset has to be for less pressure and for a lower minimum speed.
fn explained_earlier_m(evidence: &Evidence, braking: Option<&Braking>, softness: f64) -> f64 {
    let Some(braking) = braking.filter(|_| !evidence.onset_m.is_nan()) else { return 0.0 };
    let softer = if softness > PRESSURE_SPREAD { softness.min(0.7) } else { 0.0 };
    let for_pressure_m = braking.distance_m * softer / (1.0 - softer);
    let lap_mps = braking.min_speed_mps + slowest_difference_mps(evidence).min(0.0);
    let energy = braking.min_speed_mps * braking.min_speed_mps - lap_mps * lap_mps;
    for_pressure_m + energy / (2.0 * braking.deceleration_mps2.max(1.0))
}

/// Speed lacking at the slowest point, without what letting go of the brake early (a metre costs about 0.1 m/s by drag until the
/// throttle) and a late throttle bring about.
fn unexplained_slowness_mps(evidence: &Evidence) -> f64 {
    let released_m = (-known(evidence.brake_done_m)).max(0.0);
    -slowest_difference_mps(evidence) - 0.1 * released_m - 0.06 * later_press_m(evidence).max(0.0)
}

/// At the slower, against the reference, of a double apex' two minima.
fn slowest_difference_mps(evidence: &Evidence) -> f64 {
    known(evidence.min_speed_mps).min(evidence.second_speed_mps)
}

/// Coasting without that of a driver who braked early and has metres to spare before the corner: he rolls through them, slowly.
fn unexplained_coasting_s(evidence: &Evidence, braking: Option<&Braking>, earlier_m: f64) -> f64 {
    let speed_mps = braking.map_or(20.0, |braking| braking.min_speed_mps.max(10.0));
    let rolling_s = 2.0 * earlier_m.max(0.0) / speed_mps;
    (evidence.coasting_before_s - rolling_s).max(0.0) + evidence.coasting_after_s.max(0.0)
}

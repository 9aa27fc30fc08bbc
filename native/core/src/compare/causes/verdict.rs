//! From suspects to causes with costs.

use super::UNEXPLAINED_MIN_S;
use super::suspects::{Braking, Part, STANDS_OUT, Suspect, later_press_m, suspects};
use crate::Cause;
use crate::compare::document::PhaseDeltas;
use crate::compare::evidence::Evidence;

/// What one corner's piece is ruled by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// Which cause.
    pub cause: Cause,
    /// Seconds, positive.
    pub cost_s: f64,
}

/// What is known about the loss in one corner's piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// By phase.
    pub phases: PhaseDeltas,
    /// Seconds of the braking phase that the speed at the start explains.
    pub carried_in_s: f64,
    /// Seconds after the minimum speed that the speed there explains.
    pub slow_middle_s: f64,
}

/// Names the causes of a loss with their costs, largest first. Costs never add up to more than the loss; gains have no causes.
pub fn rule(loss: &Loss, evidence: &Evidence, braking: Option<&Braking>) -> Vec<Ruling> {
    let total_s = loss.phases.sum();
    let mut rulings = Vec::new();
    let mut add = |cause: Cause, cost_s: f64| {
        if cost_s > 0.0 {
            rulings.push(Ruling { cause, cost_s });
        }
    };
    add(Cause::CarryOver, loss.carried_in_s);
    let entry_s = loss.phases.braking - loss.carried_in_s + loss.phases.entry;
    let exit_s = loss.phases.middle + loss.phases.exit + loss.phases.straight;
    let standing: Vec<Suspect> =
        suspects(evidence, braking).into_iter().filter(|suspect| suspect.strength >= STANDS_OUT).collect();
    let entry = strongest(&standing, Part::Entry);
    let exit = strongest(&standing, Part::Exit)
        .filter(|exit| !entry.is_some_and(|entry| brings_about(entry.cause, exit.cause, evidence)));
    // What the speed lacking at the minimum still costs later.
    let dragged_s = if exit_s > 0.0 { loss.slow_middle_s.clamp(0.0, exit_s) } else { exit_s };
    match (entry, exit) {
        (Some(entry), None) if lasts(entry.cause) => add(entry.cause, entry_s + exit_s),
        (Some(entry), None) => add(entry.cause, entry_s + dragged_s),
        (None, Some(exit)) => add(exit.cause, exit_s),
        (Some(entry), Some(exit)) => {
            let dragged_s = dragged_s.max(0.0);
            add(entry.cause, entry_s + dragged_s);
            add(exit.cause, exit_s - dragged_s);
        }
        (None, None) => {}
    }
    settle(rulings, total_s)
}

/// The strongest of a part; of equals the first in the chain.
fn strongest(standing: &[Suspect], part: Part) -> Option<&Suspect> {
    standing
        .iter()
        .filter(|suspect| suspect.part == part)
        .reduce(|best, next| if next.strength > best.strength { next } else { best })
}

/// Whether a mistake at the entry changes the rest of the corner as well. The others leave the minimum speed alone.
fn lasts(cause: Cause) -> bool {
    matches!(cause, Cause::OverSlows | Cause::BrakesLate | Cause::Coasts)
}

/// Metres of later throttle that show that the car arrived too fast.
const WAITED_M: f64 = 5.0;

/// Whether a mistake at the entry brings the one at the exit with it.
fn brings_about(entry: Cause, exit: Cause, evidence: &Evidence) -> bool {
    match (entry, exit) {
        (Cause::Coasts | Cause::BrakesLate | Cause::TrailsTooLittle, Cause::LateThrottle) => true,
        (Cause::BrakesLate, Cause::RunsWide) => later_press_m(evidence) > WAITED_M,
        _ => false,
    }
}

/// Holds the costs under the loss, and names what is left.
fn settle(mut rulings: Vec<Ruling>, total_s: f64) -> Vec<Ruling> {
    if total_s <= 0.0 {
        return Vec::new();
    }
    let named_s: f64 = rulings.iter().map(|ruling| ruling.cost_s).sum();
    if named_s > total_s {
        rulings.iter_mut().for_each(|ruling| ruling.cost_s *= total_s / named_s);
    } else if total_s - named_s > UNEXPLAINED_MIN_S {
        rulings.push(Ruling { cause: Cause::Unexplained, cost_s: total_s - named_s });
    }
    rulings.retain(|ruling| ruling.cost_s >= COST_MIN_S);
    rulings.sort_by(|a, b| b.cost_s.total_cmp(&a.cost_s));
    rulings
}

/// Causes that cost less are not listed.
const COST_MIN_S: f64 = 0.005;

//! One section of a comparison: its deltas and its causes.

use crate::Cause;
use crate::compare::carry_over::{PowerModel, carry_over_s};
use crate::compare::causes::{Braking, Loss, rule};
use crate::compare::document::{CauseCost, SectionComparison};
use crate::compare::evidence::{Evidence, Witnesses};
use crate::compare::pair::Pair;
use crate::compare::phases::Cuts;
use crate::compare::stretches::{Stretch, stretches};
use crate::corner::{BrakeZone, CornerMetrics, Section};
use crate::metrics::ring::unroll_near_m;
use crate::metrics::shifts::Shifts;
use crate::reason_set::ReasonSet;
use crate::reference::ReferenceLap;

/// Both laps with everything that is the same for all sections.
pub struct Bench<'a> {
    /// The reference.
    pub reference: &'a ReferenceLap,
    /// Both laps.
    pub pair: &'a Pair<'a>,
    /// The reference's car.
    pub power: PowerModel,
    /// Shifts of the reference and the lap.
    pub shifts: (Shifts, Shifts),
    /// What the lap did in the reference's corners.
    pub metrics: Vec<CornerMetrics>,
    /// The lap's brake zones.
    pub zones: &'a [BrakeZone],
}

impl Bench<'_> {
    /// Compares one section.
    pub fn section(&self, section: &Section) -> SectionComparison {
        let pair = self.pair;
        let cuts = Cuts::of(section, pair.reference.grid.length_m);
        let phases = cuts.deltas(pair);
        SectionComparison {
            corner_id: section.corner_id.clone(),
            start_m: section.start_m,
            end_m: section.end_m,
            delta_s: phases.sum(),
            carry_over_s: self.carried_s(cuts.exit_m, cuts.end_m),
            phases,
            causes: self.causes(section, phases.sum()),
            reasons: ReasonSet::EMPTY,
        }
    }

    /// Seconds that the lap's speed at the first place explains up to the second.
    fn carried_s(&self, from_m: f64, to_m: f64) -> f64 {
        carry_over_s(&self.power, &self.pair.reference, self.pair.lap.speed_at_mps(from_m), from_m, to_m)
    }

    fn causes(&self, section: &Section, delta_s: f64) -> Vec<CauseCost> {
        let mut causes: Vec<CauseCost> = Vec::new();
        // In a complex, what nothing in one corner explains follows from the corner before it.
        let mut blamed: Option<Cause> = None;
        for stretch in stretches(self.reference, section) {
            let found = self.stretch_causes(&stretch);
            let own = found.iter().map(|cause| cause.code).find(|&code| is_mistake(code));
            for mut cause in found {
                if let Some(before) = blamed
                    && (cause.code == Cause::CarryOver || (cause.code == Cause::Unexplained && own.is_none()))
                {
                    cause.code = before;
                }
                match causes.iter_mut().find(|known| known.code == cause.code) {
                    Some(known) => known.cost_s += cause.cost_s,
                    None => causes.push(cause),
                }
            }
            blamed = own.or(blamed);
        }
        // One corner's gain pays for another's loss.
        let named_s: f64 = causes.iter().map(|cause| cause.cost_s).sum();
        if named_s > delta_s {
            causes.iter_mut().for_each(|cause| cause.cost_s *= (delta_s / named_s).max(0.0));
            causes.retain(|cause| cause.cost_s > 0.0);
        }
        causes.sort_by(|a, b| b.cost_s.total_cmp(&a.cost_s));
        causes
    }

    fn stretch_causes(&self, stretch: &Stretch) -> Vec<CauseCost> {
        let cuts = &stretch.cuts;
        let witnesses = Witnesses {
            pair: self.pair,
            shifts: (&self.shifts.0, &self.shifts.1),
            metrics: (&self.reference.metrics[stretch.corner], &self.metrics[stretch.corner]),
            zones: (&self.reference.brake_zones, self.zones),
        };
        let evidence = Evidence::take(&witnesses, stretch);
        let braking = self.braking(stretch);
        let onset_m = braking.map_or(cuts.turn_in_m, |braking| cuts.min_speed_m - braking.distance_m);
        let loss = Loss {
            phases: cuts.deltas(self.pair),
            carried_in_s: self.carried_s(cuts.start_m, onset_m.clamp(cuts.start_m, cuts.turn_in_m)),
            slow_middle_s: self.carried_s(cuts.min_speed_m, cuts.end_m),
        };
        let rulings = rule(&loss, &evidence, braking.as_ref());
        let cost =
            |cause: Cause, cost_s: f64| CauseCost { code: cause, cost_s, evidence: evidence.of(cause) };
        rulings.into_iter().map(|ruling| cost(ruling.cause, ruling.cost_s)).collect()
    }

    /// How the reference brakes for a corner; `None` where it does not.
    fn braking(&self, stretch: &Stretch) -> Option<Braking> {
        let metrics = &self.reference.metrics[stretch.corner];
        let min_speed_m = stretch.cuts.min_speed_m;
        let onset_m = unroll_near_m(metrics.brake_onset_m?, min_speed_m, self.reference.grid.length_m);
        let distance_m = (min_speed_m - onset_m).max(5.0);
        let onset_mps = self.pair.reference.speed_at_mps(onset_m);
        let energy = onset_mps * onset_mps - metrics.min_speed_mps * metrics.min_speed_mps;
        Some(Braking {
            distance_m,
            deceleration_mps2: energy / 2.0 / distance_m,
            min_speed_mps: metrics.min_speed_mps,
            peak_brake: metrics.peak_brake.max(0.05),
        })
    }
}

/// Whether a cause is something that the driver did in the corner itself.
pub fn is_mistake(cause: Cause) -> bool {
    !matches!(cause, Cause::CarryOver | Cause::Unexplained)
}

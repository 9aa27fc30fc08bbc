//! From a pass to a verdict: is the loss more than the driver's own scatter?

use super::config::CoachConfig;
use super::corner_pass::PassResult;
use super::event::{CornerEvent, CueEvent, CueEvidence, Place};
use super::plan::Plan;
use crate::CueCode;

/// Without a straight of this length after the exit there is no cue: the driver is at the next corner before he could take it in.
const SHORTEST_STRAIGHT_S: f64 = 0.5;

/// Judges a pass and remembers it. Everything is reported; shown are only clear losses of usable passes while the coach is not
/// silent. A gain is reported and never shown: the driver knows, and the delta bar says it. Not shown either is a loss against a rough
/// reference, which is no standard, and one that other cars may explain where nobody knows where they were: a cue would be blame, and on
/// the recording of a race it would mostly be blame for the traffic. The delta, which is a time and no verdict, stays.
pub(super) fn judge(
    result: &PassResult,
    plan: &mut Plan,
    place: Place,
    may_blame: bool,
    config: &CoachConfig,
) -> (CornerEvent, Option<CueEvent>) {
    let cut = &mut plan.cuts[result.cut];
    let usable = result.reasons.is_empty();
    let spread_s = cut.spread.deviation_s();
    let assumed_s = spread_s.unwrap_or(config.default_spread_s);
    let clear = result.delta_s >= config.show_loss_s && result.delta_s >= config.show_spreads * assumed_s;
    if usable {
        cut.spread.add(result.delta_s);
    }
    let corner = CornerEvent {
        place,
        corner: cut.corner(),
        delta_s: result.delta_s,
        spread_s,
        usable,
        show: usable && clear && may_blame,
        min_speed_mps: result.min_speed_mps,
        reference_min_speed_mps: cut.reference_min_speed_mps,
        brake_onset_m: result.brake_onset_m,
        reference_brake_onset_m: cut.reference_brake_onset_m,
        reasons: result.reasons,
    };
    let has_room = cut.straight_s >= SHORTEST_STRAIGHT_S;
    let cue = (corner.show && has_room).then(|| CueEvent {
        place,
        code: CueCode::CornerVerdict,
        corner: corner.corner,
        target_m: cut.exit_m,
        lead_m: -plan.curve.ahead_m(cut.exit_m, place.lap_distance_m),
        evidence: CueEvidence::Verdict {
            delta_s: corner.delta_s,
            spread_s: assumed_s,
            min_speed_mps: corner.min_speed_mps,
            reference_min_speed_mps: corner.reference_min_speed_mps,
        },
    });
    (corner, cue)
}

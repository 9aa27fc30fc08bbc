//! Which mistakes a session gets: those that were asked for, where they can be made, or some by the seed.

use crate::mistakes::{self, KINDS, Mistake, MistakeSpec, kind_of};
use crate::prng::Prng;
use crate::request::SimulateRequest;
use crate::stage::Stage;
use crate::truth::CornerTruth;
use racing_coach_core::corner::CornerKind;
use racing_coach_core::error::CodedError;

/// Checks listed mistakes against the corners, or makes some up.
pub fn resolve_mistakes(
    request: &SimulateRequest,
    stage: &Stage,
    corners: &[CornerTruth],
) -> Result<Vec<Mistake>, CodedError> {
    let listed = match MistakeSpec::parse(&request.mistakes)? {
        MistakeSpec::Random => return Ok(random_mistakes(request, stage, corners)),
        MistakeSpec::Listed(listed) => listed,
    };
    let problems: Vec<String> =
        listed.iter().filter_map(|mistake| unfit(mistake, stage, corners, request.laps)).collect();
    if problems.is_empty() { Ok(listed) } else { Err(mistakes::bad(&problems.join("; "))) }
}

/// Why a mistake cannot be made here.
fn unfit(mistake: &Mistake, stage: &Stage, corners: &[CornerTruth], laps: u32) -> Option<String> {
    let id = &mistake.corner_id;
    let Some(index) = corners.iter().position(|corner| &corner.id == id) else {
        let known: Vec<&str> = corners.iter().map(|corner| corner.id.as_str()).collect();
        return Some(format!("there is no corner {id}; known: {}", known.join(", ")));
    };
    if *mistake.laps.start() > laps {
        return Some(format!("{id}: lap {} is not driven", mistake.laps.start()));
    }
    if corners[index].flat_out || stage.slow_points_of(index).is_empty() {
        return Some(format!("{id} is driven without slowing down for it in this car"));
    }
    let needs_brake = kind_of(mistake.cause).is_some_and(|kind| kind.needs_brake);
    if needs_brake && corners[index].kind != CornerKind::Brake {
        return Some(format!("nobody brakes for {id} in this car"));
    }
    None
}

fn random_mistakes(request: &SimulateRequest, stage: &Stage, corners: &[CornerTruth]) -> Vec<Mistake> {
    let fit: Vec<usize> = (0..corners.len())
        .filter(|&index| !corners[index].flat_out && !stage.slow_points_of(index).is_empty())
        .collect();
    let mut mistakes = Vec::new();
    for lap in 1..=request.laps {
        let mut prng = Prng::stream(request.seed, &[u64::from(lap), 3]);
        let mut left = fit.clone();
        for _ in 0..(2 + prng.below(3)).min(fit.len()) {
            let corner = &corners[left.swap_remove(prng.below(left.len()))];
            let kinds: Vec<_> =
                KINDS.iter().filter(|kind| !kind.needs_brake || corner.kind == CornerKind::Brake).collect();
            let kind = kinds[prng.below(kinds.len())];
            let size = (kind.usual * prng.between(0.7, 1.5)).clamp(*kind.range.start(), *kind.range.end());
            let size = if kind.unit == "gears" { 1.0 } else { (size * 100.0).round() / 100.0 };
            mistakes.push(Mistake { corner_id: corner.id.clone(), cause: kind.cause, size, laps: lap..=lap });
        }
    }
    mistakes
}

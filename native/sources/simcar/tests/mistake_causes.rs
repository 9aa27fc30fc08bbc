//! Does the comparison name a mistake, and put the right price on it? Each mistake of the simulated driver is made at each corner; the
//! truth is what the same lap takes without that one mistake. Prints a table; the shares it must reach stand at the end.
//!
//! The road is `../shared/tracks` beside the repository; without it the test is skipped and says so.

use racing_coach_core::Cause;
use racing_coach_core::analysis::{PreparedLap, Recording, best_lap, find_lap};
use racing_coach_core::compare::{CauseCost, Comparison, SectionComparison, compare};
use racing_coach_core::corner::CornerKind;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_simcar::truth::{LapTruth, MistakeTruth};
use racing_coach_simcar::{SimulateRequest, Simulated, simulate};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Laps without mistakes at the beginning; the best of them is the reference.
const CLEAN_LAPS: u32 = 4;
/// Mistakes of one lap lie this many corners apart.
const APART: usize = 3;
const CODES: [Cause; 9] = [
    Cause::BrakesEarly,
    Cause::BrakesLate,
    Cause::BrakesSoft,
    Cause::TrailsTooLittle,
    Cause::OverSlows,
    Cause::LateThrottle,
    Cause::Coasts,
    Cause::WrongGear,
    Cause::RunsWide,
];
/// A cost is right within half of the truth or this.
const COST_WITHIN_S: f64 = 0.03;
/// Mistakes that cost less are not worth naming.
const WORTH_NAMING_S: f64 = 0.05;

/// Driver, and what share of the mistakes must be named, and named and priced right, in per cent. Measured over ten tracks and
/// rounded down; a driver's own scatter hides or outweighs some of his mistakes.
const FLOORS: [(&str, f64, f64); 2] = [("pro", 70.0, 62.0), ("club", 57.0, 45.0)];

#[derive(Default, Clone, Copy)]
struct Score {
    cases: u32,
    named: u32,
    priced: u32,
}

#[derive(Default)]
struct Scores {
    by_cause: BTreeMap<&'static str, Score>,
    confusion: BTreeMap<(&'static str, &'static str), u32>,
    clean_sections: u32,
    claimed: u32,
}

fn tracks() -> Option<Vec<PathBuf>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/tracks");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    files.sort();
    Some(files)
}

fn request(track: &str, driver: &str, seed: u64, laps: u32, mistakes: String) -> SimulateRequest {
    SimulateRequest {
        track: track.to_owned(),
        car: "gt3".to_owned(),
        driver: driver.to_owned(),
        laps,
        seed,
        mistakes,
        start: Default::default(),
        interruptions: Vec::new(),
    }
}

/// One cause a lap, at every third corner, until every cause was made at every corner that it can be made at.
fn specification(truth: &Simulated, impossible: &str) -> (String, u32) {
    let can = |id: &str| !impossible.contains(&format!("{id} is driven without"));
    let corners: Vec<_> =
        truth.truth.corners.iter().filter(|corner| !corner.flat_out && can(&corner.id)).collect();
    let mut parts = Vec::new();
    let mut lap = CLEAN_LAPS;
    for cause in CODES {
        for offset in 0..APART {
            lap += 1;
            for corner in corners.iter().skip(offset).step_by(APART) {
                let brakes = corner.kind == CornerKind::Brake;
                let needs_brake = matches!(
                    cause,
                    Cause::BrakesEarly | Cause::BrakesLate | Cause::BrakesSoft | Cause::TrailsTooLittle
                );
                if brakes || !needs_brake {
                    parts.push(format!("{}:{}@{lap}", corner.id, cause.code()));
                }
            }
        }
    }
    (parts.join(","), lap)
}

/// Some corners are slow only for their neighbours; the simulation says which, and they are left out.
fn simulate_mistakes(track: &str, driver: &str, seed: u64, plain: &Simulated) -> Simulated {
    let run = |impossible: &str| {
        let (mistakes, laps) = specification(plain, impossible);
        simulate(&request(track, driver, seed, laps, mistakes))
    };
    run("").or_else(|error| run(&error.to_string())).expect("simulates")
}

fn section_at<'a>(
    reference: &ReferenceLap,
    comparison: &'a Comparison,
    place_m: f64,
) -> Option<&'a SectionComparison> {
    let away_m = |index: usize| {
        let corner = &reference.corners[index];
        let length_m = reference.grid.length_m;
        let apart_m = (place_m - corner.min_speed_m + length_m / 2.0).rem_euclid(length_m) - length_m / 2.0;
        apart_m.abs()
    };
    let coached = |index: &usize| reference.corners[*index].kind != CornerKind::Flat;
    let nearest =
        (0..reference.corners.len()).filter(coached).min_by(|&a, &b| away_m(a).total_cmp(&away_m(b)))?;
    let id = &reference.corners[nearest].id;
    let index = reference.sections.iter().position(|section| section.corner_ids.contains(id))?;
    comparison.sections.get(index)
}

fn main_cause(section: &SectionComparison) -> Option<&CauseCost> {
    section.causes.iter().find(|cause| cause.code != Cause::CarryOver)
}

fn evaluate(track: &str, driver: &str, seed: u64, scores: &mut Scores) {
    let plain = simulate(&request(track, driver, seed, 1, String::new())).expect("simulates");
    let simulated = simulate_mistakes(track, driver, seed, &plain);
    let recording =
        Recording { samples: &simulated.samples, rate_hz: simulated.rate_hz, session: &simulated.session };
    let table = recording.laps();
    let clean: Vec<_> = table.laps.iter().filter(|lap| lap.id.lap <= CLEAN_LAPS as i32).copied().collect();
    let best = best_lap(&clean).expect("a clean lap is good enough");
    let reference = PreparedLap::new(&recording, best, table.length_m)
        .expect("a grid")
        .into_reference(&recording, true, None);
    for lap in &simulated.truth.laps {
        let Ok(found) = find_lap(&table.laps, None, lap.lap as i32, track) else { continue };
        if found.id == best.id {
            continue;
        }
        let prepared = PreparedLap::new(&recording, found, table.length_m).expect("a grid");
        let comparison = compare(&reference, &prepared.compared());
        if lap.mistakes.is_empty() {
            score_clean_lap(&comparison, scores);
        }
        score_mistakes(&simulated, &reference, &comparison, lap, scores);
    }
}

fn score_clean_lap(comparison: &Comparison, scores: &mut Scores) {
    let claims = |section: &&SectionComparison| {
        main_cause(section)
            .is_some_and(|main| main.code != Cause::Unexplained && main.cost_s >= WORTH_NAMING_S)
    };
    scores.clean_sections += comparison.sections.len() as u32;
    scores.claimed += comparison.sections.iter().filter(claims).count() as u32;
}

/// Mistakes that share a section with another one are left out: a section has one main cause.
fn score_mistakes(
    simulated: &Simulated,
    reference: &ReferenceLap,
    comparison: &Comparison,
    lap: &LapTruth,
    scores: &mut Scores,
) {
    let section_of = |mistake: &MistakeTruth| {
        let corner = simulated.truth.corners.iter().find(|corner| corner.id == mistake.corner_id)?;
        section_at(reference, comparison, corner.min_speed_m.unwrap_or(corner.apex_m))
    };
    let sections: Vec<Option<&SectionComparison>> = lap.mistakes.iter().map(section_of).collect();
    let starts_m: Vec<Option<f64>> =
        sections.iter().map(|section| section.map(|section| section.start_m)).collect();
    for (index, mistake) in lap.mistakes.iter().enumerate() {
        let alone = starts_m.iter().filter(|start_m| **start_m == starts_m[index]).count() == 1;
        if mistake.cost_s >= WORTH_NAMING_S && alone {
            score_mistake(mistake, sections[index].and_then(main_cause), scores);
        }
    }
}

fn score_mistake(mistake: &MistakeTruth, main: Option<&CauseCost>, scores: &mut Scores) {
    let made = Cause::from_code(&mistake.code).expect("a cause").code();
    let said = main.map_or("nothing", |main| main.code.code());
    let carried_on_s = |main: &CauseCost| main.evidence.get("carriedOnS").copied().unwrap_or(0.0);
    let off_s = (main.map_or(0.0, |main| main.cost_s + carried_on_s(main)) - mistake.cost_s).abs();
    let score = scores.by_cause.entry(made).or_default();
    score.cases += 1;
    score.named += u32::from(said == made);
    score.priced += u32::from(said == made && (off_s <= COST_WITHIN_S || off_s <= 0.5 * mistake.cost_s));
    *scores.confusion.entry((made, said)).or_default() += 1;
}

fn print(driver: &str, scores: &Scores) -> Score {
    let mut all = Score::default();
    println!("driver {driver}\n{:<18} cases  named  priced", "mistake");
    for (cause, score) in &scores.by_cause {
        println!(
            "{cause:<18} {:>5} {:>5.0}% {:>6.0}%",
            score.cases,
            share(score.named, score.cases),
            share(score.priced, score.cases)
        );
        all.cases += score.cases;
        all.named += score.named;
        all.priced += score.priced;
    }
    println!(
        "{:<18} {:>5} {:>5.0}% {:>6.0}%",
        "all",
        all.cases,
        share(all.named, all.cases),
        share(all.priced, all.cases)
    );
    println!("claims of 0.05 s or more in {} of {} clean sections", scores.claimed, scores.clean_sections);
    for ((made, said), count) in &scores.confusion {
        if made != said {
            println!("  {made} was called {said}: {count}");
        }
    }
    all
}

fn share(part: u32, whole: u32) -> f64 {
    100.0 * f64::from(part) / f64::from(whole.max(1))
}

#[test]
fn mistakes_are_named_and_priced_seed_5() {
    let Some(tracks) = tracks() else {
        println!("skipped: there is no ../shared/tracks beside the repository");
        return;
    };
    let long = std::env::var_os("RACING_COACH_LONG").is_some();
    let short_length = |track: &&PathBuf| long || track.ends_with("BrandsHatch.csv");
    for (driver, least_named, least_priced) in FLOORS.into_iter().take(if long { 2 } else { 1 }) {
        let mut scores = Scores::default();
        for track in tracks.iter().filter(short_length) {
            evaluate(&track.to_string_lossy(), driver, 5, &mut scores);
        }
        let all = print(driver, &scores);
        assert!(share(all.named, all.cases) >= least_named, "{driver}: too few mistakes are named");
        assert!(share(all.priced, all.cases) >= least_priced, "{driver}: too few mistakes are priced right");
    }
}

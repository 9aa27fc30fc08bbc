//! Corner detection against simulated laps over ten circuits: each circuit's turn list was written down before the detector was tuned.

mod score;
mod turn_list;

use racing_coach_core::analysis::{PreparedLap, Recording};
use racing_coach_core::corners::detect_corners;
use racing_coach_simcar::{SimulateRequest, simulate};
use score::{Score, judge};
use turn_list::{TurnList, centre_line_file, turn_lists};

/// A driver in a car, with a seed.
struct Run {
    car: &'static str,
    driver: &'static str,
    seed: u64,
}

/// Simulates some laps and judges the corners of each complete one.
fn score_of(list: &TurnList, file: &std::path::Path, run: &Run) -> Score {
    let request = SimulateRequest {
        track: file.to_string_lossy().into_owned(),
        car: run.car.to_owned(),
        driver: run.driver.to_owned(),
        laps: 2,
        seed: run.seed,
        mistakes: String::new(),
        start: Default::default(),
        interruptions: Vec::new(),
    };
    let simulated = simulate(&request).expect("a simulation");
    let recording = Recording {
        samples: &simulated.samples,
        rate_hz: simulated.rate_hz,
        session: &simulated.session,
    };
    let table = recording.laps();
    let mut score = Score::default();
    for lap in table.laps.iter().filter(|lap| lap.complete()) {
        let Some(truth) = simulated.truth.laps.iter().find(|truth| truth.lap as i32 == lap.id.lap) else {
            continue;
        };
        let prepared = PreparedLap::new(&recording, lap, table.length_m).expect("a complete lap");
        let corners = detect_corners(&prepared.grid, &prepared.brake_zones);
        if std::env::var_os("PRINT_CORNERS").is_some() {
            println!("{} {} {} lap {} {:.2}", list.centre_line, run.car, run.driver, lap.id.lap, prepared.lap_time_s);
            corners.iter().for_each(|c| println!("   {c:?}"));
        }
        let mut judged = judge(list, &simulated.truth, truth, &corners);
        for note in &mut judged.notes {
            *note = format!("{} {} {} seed {} lap {}: {note}", list.centre_line, run.car, run.driver, run.seed, lap.id.lap);
        }
        score.add(judged);
    }
    score
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn runs() -> Vec<Run> {
    let mut runs = vec![Run { car: "gt3", driver: "pro", seed: 1 }, Run { car: "mx5", driver: "club", seed: 2 }];
    if std::env::var_os("RACING_COACH_LONG").is_some() {
        for (car, driver) in [("gt3", "alien"), ("gt3", "club"), ("gt4", "pro"), ("formula", "pro"), ("mx5", "novice")] {
            runs.extend((10..13).map(|seed| Run { car, driver, seed }));
        }
    }
    runs
}

#[test]
fn corners_of_ten_circuits_are_found_and_none_is_invented() {
    let lists = turn_lists();
    assert_eq!(lists.len(), 10);
    let mut all = Score::default();
    println!("circuit           needed found coached invented complexes right minima within 5 m");
    for list in &lists {
        let Some(file) = centre_line_file(list) else {
            println!("skipped: ../shared/tracks/{} is not there", list.centre_line);
            return;
        };
        let mut score = Score::default();
        runs().iter().for_each(|run| score.add(score_of(list, &file, run)));
        println!(
            "{:16} {:7} {:5} {:7} {:8} {:9} {:5} {:6} {:10}",
            list.centre_line, score.needed, score.found, score.coached, score.invented, score.links, score.links_right,
            score.minima, score.minima_near
        );
        all.add(score);
    }
    all.notes.iter().for_each(|note| println!("{note}"));
    println!(
        "found {} of {}, invented {}, complexes {:.1} % of {}, minima within 5 m {:.1} % of {}",
        all.found, all.needed, all.invented, 100.0 * share(all.links_right, all.links), all.links,
        100.0 * share(all.minima_near, all.minima), all.minima
    );
    assert_eq!(all.found, all.needed, "every corner that needs brake or lift is found");
    assert_eq!(all.invented, 0, "none is invented");
    assert!(share(all.links_right, all.links) >= 0.95);
    assert!(share(all.minima_near, all.minima) >= 0.95);
}

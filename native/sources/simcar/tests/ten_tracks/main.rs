//! Corner detection against simulated laps over ten circuits: each circuit's turn list was written down before the detector was tuned.

mod score;
mod turn_list;

use racing_coach_core::analysis::{PreparedLap, Recording};
use racing_coach_core::corner::{Corner, CornerKind, Direction};
use racing_coach_core::corners::detect_corners;
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::Lap;
use racing_coach_simcar::car_spec::CarSpec;
use racing_coach_simcar::driver_spec::DriverSpec;
use racing_coach_simcar::oval::oval;
use racing_coach_simcar::request::Resolved;
use racing_coach_simcar::simulate::simulate_resolved;
use racing_coach_simcar::truth::LapTruth;
use racing_coach_simcar::{SimulateRequest, Simulated, simulate};
use score::{Score, judge};
use std::path::Path;
use turn_list::{TurnList, centre_line_file, turn_lists};

/// A driver in a car, with a seed.
struct Run {
    car: &'static str,
    driver: &'static str,
    seed: u64,
}

impl Run {
    fn simulate(&self, track: &Path) -> Simulated {
        let request = self.request(track.to_string_lossy().into_owned());
        simulate(&request).expect("a simulation")
    }

    fn request(&self, track: String) -> SimulateRequest {
        SimulateRequest {
            track,
            car: self.car.to_owned(),
            driver: self.driver.to_owned(),
            laps: if long() { 3 } else { 1 },
            seed: self.seed,
            mistakes: String::new(),
            start: Default::default(),
            interruptions: Vec::new(),
        }
    }
}

/// The reference-grade laps of a simulation with their truth and corners.
fn laps_with_corners(simulated: &Simulated) -> Vec<(&LapTruth, LapGrid, Vec<Corner>)> {
    let recording =
        Recording { samples: &simulated.samples, rate_hz: simulated.rate_hz, session: &simulated.session };
    let table = recording.laps();
    let truth_of = |lap: &Lap| simulated.truth.laps.iter().find(|truth| truth.lap as i32 == lap.id.lap);
    let judged = table.laps.iter().filter(|lap| lap.reference_grade()).filter_map(|lap| {
        let truth = truth_of(lap)?;
        let prepared = PreparedLap::new(&recording, lap, table.length_m).expect("a complete lap");
        let corners = detect_corners(&prepared.grid, &prepared.brake_zones);
        Some((truth, prepared.grid, corners))
    });
    judged.collect()
}

/// Simulates some laps and judges the corners of each that is good enough for a reference.
fn score_of(list: &TurnList, file: &Path, run: &Run) -> Score {
    let simulated = run.simulate(file);
    let mut score = Score::default();
    for (lap, grid, corners) in laps_with_corners(&simulated) {
        let mut judged = judge(list, &simulated.truth, lap, &grid, &corners);
        let (name, Run { car, driver, seed }) = (&list.centre_line, run);
        for note in &mut judged.notes {
            *note = format!("{name} {car} {driver} seed {seed} lap {}: {note}", lap.lap);
        }
        score.laps += 1;
        score.add(judged);
    }
    score
}

fn long() -> bool {
    std::env::var_os("RACING_COACH_LONG").is_some()
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn runs() -> Vec<Run> {
    let mut runs =
        vec![Run { car: "gt3", driver: "pro", seed: 1 }, Run { car: "mx5", driver: "club", seed: 2 }];
    if long() {
        for (car, driver) in
            [("gt3", "alien"), ("gt3", "club"), ("gt4", "pro"), ("formula", "pro"), ("mx5", "novice")]
        {
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
    println!("circuit          laps needed found coached invented complexes right minima within 5 m");
    for list in &lists {
        let Some(file) = centre_line_file(list) else {
            println!("skipped: ../shared/tracks/{} is not there", list.centre_line);
            return;
        };
        let mut score = Score::default();
        runs().iter().for_each(|run| score.add(score_of(list, &file, run)));
        println!(
            "{:16} {:4} {:6} {:5} {:7} {:8} {:9} {:5} {:6} {:10}",
            list.centre_line,
            score.laps,
            score.needed,
            score.found,
            score.coached,
            score.invented,
            score.links,
            score.links_right,
            score.minima,
            score.minima_near
        );
        all.add(score);
    }
    all.notes.iter().for_each(|note| println!("{note}"));
    println!(
        "found {} of {}, invented {}, complexes {:.1} % of {}, minima within 5 m {:.1} % of {}",
        all.found,
        all.needed,
        all.invented,
        100.0 * share(all.links_right, all.links),
        all.links,
        100.0 * share(all.minima_near, all.minima),
        all.minima
    );
    assert!(
        all.laps >= 2 * lists.len() * 9 / 10,
        "{} reference-grade laps are too few to judge by",
        all.laps
    );
    assert_eq!(all.found, all.needed, "every corner that needs brake or lift is found");
    assert_eq!((all.invented, all.flat_coached), (0, 0), "none is invented that would be coached");
    assert!(share(all.links_right, all.links) >= 0.95);
    assert!(share(all.minima_near, all.minima) >= 0.95);
}

#[test]
fn an_oval_has_one_corner_for_each_end_and_no_brake_where_nobody_brakes() {
    for (car, radius_m) in [("gt3", 160.0), ("gt3", 320.0), ("mx5", 110.0), ("formula", 420.0)] {
        let run = Run { car, driver: "pro", seed: 5 };
        let request = run.request("oval".to_owned());
        let driver = DriverSpec::preset("pro").expect("a preset");
        let car_spec = CarSpec::preset(car).expect("a preset");
        let resolved = Resolved { line: oval(600.0, radius_m, 16.0), car: car_spec, driver };
        let simulated = simulate_resolved(&request, &resolved).expect("a simulation");
        let laps = laps_with_corners(&simulated);
        assert!(!laps.is_empty());
        for (lap, _, corners) in laps {
            let what = format!("{car} on an oval of {radius_m} m, lap {}: {corners:#?}", lap.lap);
            assert_eq!(corners.len(), 2, "{what}");
            assert!(corners.iter().all(|corner| corner.direction == Direction::Left), "{what}");
            let braked = corners.iter().filter(|corner| corner.kind == CornerKind::Brake).count();
            assert!(braked <= lap.brake_onsets.len(), "{what}");
        }
    }
}

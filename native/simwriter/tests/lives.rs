//! A hundred random lives of a sim end with the right laps stored, and no wrong one.

mod support;

use racing_coach_simwriter::life::{LapCheck, LifeFeed, TakeBank, write};
use support::{DirectSource, long};

#[test]
fn lives_end_with_the_right_laps_seeds_1_and_on() {
    let bank = TakeBank::default();
    let (mut laps, mut no_laps, mut rows) = (0, 0, 0);
    let lives = if long() { 100 } else { 3 };
    for seed in 1..=lives {
        let (scenes, truth) = write(&bank, seed).expect("a life");
        let mut check = LapCheck::default();
        check.read(&mut DirectSource::new(LifeFeed::new(scenes)), &|| false).expect("reads");
        let differences = check.differences(&truth);
        assert!(differences.is_empty(), "life {seed}:\n{}", differences.join("\n"));
        assert!(!truth.laps.is_empty() && !truth.no_laps.is_empty(), "life {seed} is empty");
        laps += truth.laps.len();
        no_laps += truth.no_laps.len();
        rows += check.rows;
    }
    println!(
        "| random lives, decoded directly, seeds 1 to {lives} | {rows} rows, {laps} laps right, {no_laps} parts no laps |"
    );
}

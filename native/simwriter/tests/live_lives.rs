//! Random lives read as the product reads a sim: through the memory, by the live source. The right laps are stored, no wrong one, and nothing hangs.

mod support;

use racing_coach_simwriter::life::{LapCheck, LifeFeed, TakeBank, write};
use racing_coach_simwriter::map_place::MapPlace;
use racing_coach_simwriter::playback::{PlayOptions, Playback};
use racing_coach_sources::live::file_map::FileMapFinder;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::Source;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use support::{TestMap, long, quick};

#[test]
fn lives_through_the_memory_end_with_the_right_laps_seeds_1_and_on() {
    let bank = TakeBank::default();
    let lives = if long() { 100 } else { 3 };
    let (mut laps, mut no_laps, mut rows) = (0, 0, 0);
    let began = Instant::now();
    for seed in 1..=lives {
        let map = TestMap::new(&format!("lives-{seed}"));
        let (scenes, truth) = write(&bank, seed).expect("a life");
        let feed = LifeFeed::new(scenes.clone());
        let over = Arc::new(AtomicBool::new(false));
        let (place, ended) = (MapPlace::new(Some(&map.0)), Arc::clone(&over));
        let player = std::thread::spawn(move || {
            let options = PlayOptions { speed: 1.0, lockstep: true, stamp: false };
            let played = Playback::new(place, options).play(&mut { feed });
            ended.store(true, Ordering::Release);
            played
        });
        let mut source = LiveSource::new(Box::new(FileMapFinder::new(&map.0)), quick());
        let mut check = LapCheck::default();
        check.read(&mut source, &|| over.load(Ordering::Acquire)).expect("reads");
        let played = player.join().expect("no panic").unwrap_or_else(|error| panic!("life {seed}: {error}"));
        let differences = check.differences(&truth, &scenes);
        assert!(differences.is_empty(), "life {seed}:\n{}", differences.join("\n"));
        assert_eq!((check.rows, source.counts().missed), (played.rows, 0), "life {seed}");
        laps += truth.laps.len();
        no_laps += truth.no_laps.len();
        rows += check.rows;
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "| random lives through the live source, seeds 1 to {lives} | {rows} rows, {laps} laps right, {no_laps} parts no laps | {seconds:.0} s |"
    );
}

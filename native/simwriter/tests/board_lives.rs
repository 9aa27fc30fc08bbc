//! The board over random lives, read as the product reads a sim: with stops, refuelling, resets, other cars and sessions that end and begin.

mod support;

use racing_coach_core::Sample;
use racing_coach_core::board::{Beside, Board, CarStates, RawTyres};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_simwriter::life::scene::Scene;
use racing_coach_simwriter::life::{LifeFeed, TakeBank, write};
use racing_coach_simwriter::map_place::MapPlace;
use racing_coach_simwriter::playback::{PlayOptions, Playback};
use racing_coach_sources::live::file_map::FileMapFinder;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::{Source, SourceStep};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{TestMap, long, quick};

struct Answers<'a>(&'a LiveSource);

impl Beside for Answers<'_> {
    fn cars(&self, states: &mut CarStates) -> bool {
        self.0.cars(states)
    }
    fn tyres(&self) -> Option<RawTyres> {
        self.0.tyres()
    }
}

/// Least and most that a lap of the life's takes drinks, by the takes' own rows.
fn true_use_l(scenes: &[Scene]) -> (f64, f64) {
    let takes = scenes
        .iter()
        .filter_map(|scene| if let Scene::Drive { take, .. } = scene { Some(take) } else { None });
    let uses = takes.flat_map(|take| {
        let at =
            |lap: u32| take.samples().iter().find(move |row| row.lap == f64::from(lap)).map(|row| row.fuel_l);
        take.simulated.truth.laps.iter().filter_map(move |lap| Some(at(lap.lap)? - at(lap.lap + 1)?))
    });
    uses.fold((f64::INFINITY, 0.0), |(least, most): (f64, f64), used| (least.min(used), most.max(used)))
}

#[derive(Default)]
struct Seen {
    uses_l: Vec<f64>,
    levels_l: Vec<f64>,
    stops: Vec<i32>,
    most_cars: usize,
}

/// Follows the source as the runner does: another track or car is another coach, a lost connection another session.
fn follow(source: &mut LiveSource, over: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let mut drive: Option<(Coach, Box<Board>)> = None;
    let mut keys = (String::new(), String::new());
    let (mut sample, mut events) = (Sample::EMPTY, Events::new());
    loop {
        match source.next(&mut sample).expect("reads") {
            SourceStep::Sample => {
                let session = source.session();
                let (coach, board) = drive.get_or_insert_with(|| {
                    let mut board = Box::new(Board::new(60.0));
                    board.set_field(&session.field, true);
                    (Coach::new(CoachConfig::for_session(session, 60.0), None), board)
                });
                events.clear();
                let snapshot = *coach.step(&sample, &mut events);
                let news = board.row(&sample, &snapshot, &events, &Answers(source));
                if news.fuel
                    && let Some(fuel) = board.fuel()
                {
                    seen.uses_l.extend(fuel.per_lap_l);
                    seen.levels_l.extend(fuel.level_l);
                }
                if news.tyres
                    && let Some(lap) = board.tyres().and_then(|tyres| tyres.stop_lap)
                {
                    seen.stops.push(lap);
                }
                if let Some(relative) = board.relative() {
                    assert!(relative.lines().all(|line| line.gap_s.abs() <= 0.5 * 120.0));
                    seen.most_cars = seen.most_cars.max(relative.lines().count());
                }
            }
            SourceStep::Session => {
                let now = (source.session().track_key(), source.session().car_key());
                if now != keys {
                    (drive, keys) = (None, now);
                }
            }
            SourceStep::Disconnected => {
                events.clear();
                if let Some((coach, board)) = &mut drive {
                    coach.begin_anew(&mut events);
                    board.begin_session();
                }
            }
            SourceStep::Idle if over.load(Ordering::Acquire) => return seen,
            SourceStep::End => return seen,
            _ => {}
        }
    }
}

#[test]
fn lives_give_the_use_of_their_laps_and_the_stops_that_they_made_seeds_1_and_on() {
    let bank = TakeBank::default();
    let lives = if long() { 40 } else { 3 };
    let (mut stops, mut cars, mut uses) = (0, 0, 0);
    for seed in 1..=lives {
        let map = TestMap::new(&format!("board-lives-{seed}"));
        let (scenes, _) = write(&bank, seed).expect("a life");
        let (least_l, most_l) = true_use_l(&scenes);
        let stalls = scenes
            .iter()
            .filter(|scene| matches!(scene, Scene::MadeUp { .. } | Scene::Garage { .. }))
            .count();
        let over = Arc::new(AtomicBool::new(false));
        let (place, ended) = (MapPlace::new(Some(&map.0)), Arc::clone(&over));
        let player = std::thread::spawn(move || {
            let options = PlayOptions { speed: 1.0, lockstep: true, stamp: false };
            let played = Playback::new(place, options).play(&mut LifeFeed::new(scenes));
            ended.store(true, Ordering::Release);
            played.map(|_| ())
        });
        let mut source = LiveSource::new(Box::new(FileMapFinder::new(&map.0)), quick());
        let seen = follow(&mut source, &over);
        player.join().expect("no panic").unwrap_or_else(|error| panic!("life {seed}: {error}"));
        // Told to hundredths; the line lies between two rows.
        for used_l in &seen.uses_l {
            assert!(
                (least_l - 0.02..=most_l + 0.02).contains(used_l),
                "life {seed}: {used_l} of {least_l} to {most_l}"
            );
        }
        assert!(seen.levels_l.iter().all(|level_l| (0.0..=60.0).contains(level_l)), "life {seed}");
        assert!(seen.stops.len() <= stalls, "life {seed}: {:?} in {stalls} stalls", seen.stops);
        stops += seen.stops.len();
        cars = cars.max(seen.most_cars);
        uses += seen.uses_l.len();
    }
    println!("{lives} lives: {stops} stops, {uses} uses, {cars} cars at most");
    assert!(stops > 0 && uses > 0 && cars > 3, "{stops} stops, {uses} uses, {cars} cars");
}

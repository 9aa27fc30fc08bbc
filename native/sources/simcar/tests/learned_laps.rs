//! Learning live from a simulated driver, without a stored reference, against the truth of where he brakes.
//!
//! The roads are `../shared/tracks` beside the repository; without it the test is skipped and says so. One circuit by default;
//! `RACING_COACH_LONG=1` drives all of them with two drivers.

use racing_coach_core::analysis::{Recording, learned_reference};
use racing_coach_core::coach::{Coach, CoachConfig, CueEvent, Event, Events};
use racing_coach_core::corner::CornerKind;
use racing_coach_core::corners::TrackModel;
use racing_coach_core::lap::Lap;
use racing_coach_core::sample::{Snapshot, snapshot_flags};
use racing_coach_core::{CueCode, Sample, Status};
use racing_coach_simcar::{Simulated, simulate};
use std::path::PathBuf;
use std::sync::Arc;
use support::{circuits, request};

mod support;

const SEED: u64 = 11;
const LAPS: u32 = 7;
const RATE_HZ: f64 = 60.0;

/// The sessions; none, with a printed reason, where the folder is missing.
fn sessions() -> Vec<(String, Simulated)> {
    let long = std::env::var_os("RACING_COACH_LONG").is_some();
    let files: Vec<PathBuf> =
        circuits().into_iter().filter(|path| long || path.ends_with("Spielberg.csv")).collect();
    let drivers: &[&str] = if long { &["pro", "club"] } else { &["pro"] };
    let drive = |file: &PathBuf, driver: &str| {
        let request = request(&file.to_string_lossy(), driver, LAPS, SEED, "");
        let name = format!("{} {driver}", file.file_stem().unwrap_or_default().to_string_lossy());
        (name, simulate(&request).expect("simulates"))
    };
    files.iter().flat_map(|file| drivers.iter().map(move |driver| drive(file, driver))).collect()
}

/// What a coach that learned on the way has said.
struct Learned {
    events: Vec<Event>,
    snapshots: Vec<Snapshot>,
    /// Row before which each reference was set, and the ids of its corners.
    swaps: Vec<(usize, Vec<String>)>,
}

/// As the runner does it: each finished lap that is good enough and faster than the last becomes the rough reference.
fn learn(simulated: &Simulated, rows: &[Sample], better: bool) -> Learned {
    let config = CoachConfig { learn: true, ..CoachConfig::for_session(&simulated.session, RATE_HZ) };
    let mut coach = Coach::new(config, None);
    let mut model = TrackModel::new("track", simulated.truth.length_m);
    let mut learned = Learned { events: vec![], snapshots: vec![], swaps: vec![] };
    let (mut events, mut best_s) = (Events::new(), f64::INFINITY);
    for (at, row) in rows.iter().enumerate() {
        events.clear();
        learned.snapshots.push(*coach.step(row, &mut events));
        learned.events.extend(events.iter().copied());
        let opened = events.iter().find_map(|event| match event {
            Event::LapOpened(lap) => Some(lap.lap),
            _ => None,
        });
        let wanted = |lap: &Lap| {
            lap.rough_grade() && (best_s.is_infinite() || better && lap.own_time_s < Some(best_s))
        };
        let Some(lap) = opened.filter(wanted) else { continue };
        let recording = Recording { samples: &rows[..=at], rate_hz: RATE_HZ, session: &simulated.session };
        let length_m = coach.length_m().expect("a length");
        if let Some(reference) = learned_reference(&recording, &lap, length_m, Some(&mut model)) {
            best_s = reference.lap_time_s;
            let ids = reference.corners.iter().map(|corner| corner.id.clone()).collect();
            learned.swaps.push((at + 1, ids));
            coach.set_reference(Some(Arc::new(reference)));
        }
    }
    let braked = coach.reference().map_or(0, |reference| {
        reference.corners.iter().filter(|corner| corner.kind == CornerKind::Brake).count()
    });
    assert!(braked >= 3, "{braked}");
    learned
}

impl Learned {
    fn go(&self) -> Vec<CueEvent> {
        let go = |event: &Event| match event {
            Event::Cue(cue) if cue.code == CueCode::BrakeGo => Some(*cue),
            _ => None,
        };
        self.events.iter().filter_map(go).collect()
    }

    /// The corner of a cue, by the id that it had in the reference of that time.
    fn id(&self, cue: &CueEvent) -> &str {
        let swap = self.swaps.iter().rfind(|(at, _)| *at as u64 <= cue.place.sample).expect("a reference");
        &swap.1[usize::from(cue.corner)]
    }

    fn first_row_of(&self, status: Status) -> Option<u64> {
        self.events.iter().find_map(|event| match event {
            Event::Status(event) if event.status == status => Some(event.place.sample),
            _ => None,
        })
    }
}

/// How far a point is from where the driver usually brakes there: the median of the truth's onsets nearest to it, one a lap.
fn off_usual_m(simulated: &Simulated, target_m: f64) -> f64 {
    let mut onsets: Vec<f64> = simulated
        .truth
        .laps
        .iter()
        .filter_map(|lap| {
            let onsets = lap.brake_onsets.iter().map(|onset| onset.lap_distance_m);
            onsets.min_by(|a, b| (a - target_m).abs().total_cmp(&(b - target_m).abs()))
        })
        .collect();
    onsets.sort_by(f64::total_cmp);
    (target_m - onsets[onsets.len() / 2]).abs()
}

#[test]
fn a_delta_after_one_lap_and_the_drivers_own_points_after_three_clean_passes_seed_11() {
    for (name, simulated) in sessions() {
        let learned = learn(&simulated, &simulated.samples, true);
        let first = learned.swaps[0].0;
        let before_s = first as f64 / RATE_HZ;
        let flown = simulated.samples[first].lap == 2.0;
        assert!(flown, "{name}: the first flying lap is the first that ends, {before_s} s");
        for (row, snapshot) in simulated.samples.iter().zip(&learned.snapshots).skip(first) {
            let valid = snapshot.flags & snapshot_flags::DELTA_VALID != 0 && snapshot.delta_s.is_finite();
            assert!(valid && snapshot.flags & snapshot_flags::REFERENCE_ROUGH != 0, "{name} {}", row.index);
        }
        let go = learned.go();
        let worst_m = go.iter().map(|cue| off_usual_m(&simulated, cue.target_m)).fold(0.0, f64::max);
        // The rough lap is the first pass, so the first GO comes on the third flying lap after it at the earliest.
        assert!(go.iter().all(|cue| cue.place.id.lap >= 4), "{name}");
        assert!(go.len() >= 6, "{name}: {}", go.len());
        let spread_m = if name.ends_with("pro") { 2.2 } else { 4.5 };
        assert!(worst_m < 3.0 * spread_m, "{name}: {worst_m} m");
        let coaching = learned.first_row_of(Status::Coaching).expect("learns everything");
        let last = learned.snapshots.last().expect("rows");
        assert_eq!((last.status, last.learned_passes), (Status::Coaching as u32, -1), "{name}");
        println!(
            "{name}: delta from {before_s:.0} s, everything learned at {:.0} s, {} GO, at worst {worst_m:.1} m from the usual point, {} references",
            coaching as f64 / RATE_HZ,
            go.len(),
            learned.swaps.len()
        );
    }
}

#[test]
fn a_pass_off_the_track_or_beside_another_car_teaches_nothing_seed_11() {
    for (name, simulated) in sessions() {
        let undisturbed = learn(&simulated, &simulated.samples, false);
        let first = undisturbed.go()[0];
        let id = undisturbed.id(&first).to_owned();
        // The pass on the lap before the first GO is the one that completed the three.
        let lap = f64::from(first.place.id.lap - 1);
        for spoil in [|row: &mut Sample| row.track_surface = 0.0, |row: &mut Sample| row.car_left_right = 3.0]
        {
            let mut rows = simulated.samples.clone();
            let there = |row: &&mut Sample| {
                row.lap == lap && (0.0..60.0).contains(&(row.lap_distance_m - first.target_m))
            };
            rows.iter_mut().filter(there).for_each(spoil);
            let disturbed = learn(&simulated, &rows, false);
            let next = disturbed.go().into_iter().find(|cue| disturbed.id(cue) == id);
            let later = next.is_none_or(|cue| cue.place.id.lap > first.place.id.lap);
            assert!(later, "{name} {id}: {next:?}");
            assert!(disturbed.first_row_of(Status::Coaching) >= undisturbed.first_row_of(Status::Coaching));
        }
    }
}

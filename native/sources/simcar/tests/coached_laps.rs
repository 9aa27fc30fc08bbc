//! The live coach on simulated sessions, against the truth and against the analysis of the same laps after they were driven.
//!
//! The roads are `../shared/tracks` beside the repository; without it the test is skipped and says so. Two circuits by default;
//! `RACING_COACH_LONG=1` drives all of them with two drivers.

use racing_coach_core::analysis::{PreparedLap, Recording, analyze, best_lap, reference_from_lap};
use racing_coach_core::coach::{Coach, CoachConfig, CornerEvent, CueEvent, Event, Events};
use racing_coach_core::compare::{PhaseDeltas, compare};
use racing_coach_core::lap::{Lap, LapId};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::{CueCode, Reason};
use racing_coach_simcar::truth::Truth;
use racing_coach_simcar::{Simulated, simulate};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use support::{circuits, request};

mod support;

const SEED: u64 = 7;
const LAPS: u32 = 5;
const RATE_HZ: f64 = 60.0;

struct Session {
    name: String,
    simulated: Simulated,
    best: LapId,
    reference: Arc<ReferenceLap>,
    events: Vec<Event>,
}

/// Sessions on the circuits, coached against their own best lap; none, with a printed reason, where the folder is missing.
fn sessions() -> Vec<Session> {
    let long = std::env::var_os("RACING_COACH_LONG").is_some();
    let short = |path: &Path| path.ends_with("Spielberg.csv") || path.ends_with("Melbourne.csv");
    let files: Vec<PathBuf> = circuits().into_iter().filter(|path| long || short(path)).collect();
    let drivers: &[&str] = if long { &["pro", "club"] } else { &["club"] };
    files.iter().flat_map(|file| drivers.iter().map(|driver| session(file, driver))).collect()
}

fn session(file: &Path, driver: &str) -> Session {
    let request = request(&file.to_string_lossy(), driver, LAPS, SEED, "");
    let simulated = simulate(&request).expect("simulates");
    let recording = recording_of(&simulated);
    let laps = recording.laps();
    let best = best_lap(&laps.laps).expect("a good lap");
    let reference = Arc::new(reference_from_lap(&recording, best, true, None).expect("a reference"));
    let mut coach = Coach::new(CoachConfig::new(RATE_HZ), Some(reference.clone()));
    let (mut events, mut all) = (Events::new(), vec![]);
    for row in &simulated.samples {
        events.clear();
        coach.step(row, &mut events);
        all.extend(events.iter().copied());
    }
    let name = format!("{} {driver}", file.file_stem().unwrap_or_default().to_string_lossy());
    Session { name, best: best.id, reference, events: all, simulated }
}

fn recording_of(simulated: &Simulated) -> Recording<'_> {
    Recording { samples: &simulated.samples, rate_hz: RATE_HZ, session: &simulated.session }
}

impl Session {
    fn cues(&self, code: CueCode) -> Vec<CueEvent> {
        let cue = |event: &Event| match event {
            Event::Cue(cue) if cue.code == code => Some(*cue),
            _ => None,
        };
        self.events.iter().filter_map(cue).collect()
    }

    fn corners(&self, id: LapId) -> Vec<CornerEvent> {
        let corner = |event: &Event| match event {
            Event::Corner(corner) if corner.place.id == id => Some(*corner),
            _ => None,
        };
        self.events.iter().filter_map(corner).collect()
    }

    fn flying_laps(&self) -> Vec<Lap> {
        let laps = recording_of(&self.simulated).laps().laps;
        laps.into_iter().filter(|lap| lap.complete() && !lap.reasons.contains(Reason::GridStart)).collect()
    }

    /// GO is on the row nearest to the reference's brake point, and that point is where the simulated driver began to brake.
    fn check_go(&self, truth: &Truth) {
        let best = truth.laps.iter().find(|lap| i64::from(lap.lap) == i64::from(self.best.lap));
        let onsets: Vec<f64> =
            best.expect("the best lap").brake_onsets.iter().map(|onset| onset.lap_distance_m).collect();
        for go in self.cues(CueCode::BrakeGo) {
            let speed_mps = self.simulated.samples[go.place.sample as usize].speed_mps;
            assert!(go.lead_m.abs() <= speed_mps * 0.5 / RATE_HZ + 0.05, "{}: {go:?}", self.name);
            let off_m = onsets.iter().map(|m| (m - go.target_m).abs()).fold(f64::INFINITY, f64::min);
            assert!(off_m < 1.0, "{}: {off_m} m from the truth, {go:?}", self.name);
        }
    }

    /// On the very lap that made the reference nothing holds GO back but the quiet time after a cue and a brake already on.
    fn check_best_lap(&self) {
        let mut expected = 0;
        let mut last_go_s = f64::NEG_INFINITY;
        for metrics in &self.reference.metrics {
            let Some(onset_m) = metrics.brake_onset_m else { continue };
            let grid = &self.reference.grid;
            let point_s = grid.at(&grid.time_s, onset_m);
            // In the last 0.4 s the foot is on its way.
            let free = (8..=31).all(|step| {
                let place_m = grid_place_m(&self.reference, point_s - 0.05 * f64::from(step));
                grid.at(&grid.brake, place_m) < 0.02 && grid.at(&grid.throttle, place_m) > 0.5
            });
            if free && point_s - 1.5 - last_go_s > 2.6 && point_s > 2.0 {
                expected += 1;
                last_go_s = point_s;
            }
        }
        let go = self.cues(CueCode::BrakeGo).iter().filter(|go| go.place.id == self.best).count();
        assert!(go >= expected && expected > 0, "{}: {go} of {expected}", self.name);
    }

    /// The coach and the analysis are one: same cost, and a section that analysis can use was used live.
    fn check_verdicts(&self) {
        let recording = recording_of(&self.simulated);
        let length_m = recording.laps().length_m;
        let entries = analyze(&recording, None).laps;
        for lap in self.flying_laps() {
            let stored = PreparedLap::new(&recording, &lap, length_m).expect("a complete lap");
            let comparison = compare(&self.reference, &stored.compared());
            let entry = entries.iter().find(|entry| (entry.stint, entry.lap) == (lap.id.stint, lap.id.lap));
            let entry = entry.expect("the lap is in the analysis");
            for verdict in self.corners(lap.id) {
                let id = Some(&self.reference.corners[usize::from(verdict.corner)].id);
                let section = comparison.sections.iter().find(|section| section.corner_id.as_ref() == id);
                let PhaseDeltas { braking, entry: entering, middle, exit, .. } = section.expect("it").phases;
                let apart_s = verdict.delta_s - (braking + entering + middle + exit);
                assert!(apart_s.abs() < 0.005, "{} {:?} {id:?}: {apart_s}", self.name, lap.id);
                let stored = entry.sections.iter().find(|section| section.corner_id.as_ref() == id);
                let usable = stored.expect("the section").usable;
                assert!(verdict.usable || !usable, "{} {:?} {id:?}: {verdict:?}", self.name, lap.id);
            }
        }
    }
}

/// Where the reference is at a time of its lap.
fn grid_place_m(reference: &ReferenceLap, time_s: f64) -> f64 {
    let grid = &reference.grid;
    grid.time_s.partition_point(|point_s| *point_s < time_s) as f64 * grid.step_m
}

#[test]
fn cues_and_verdicts_fit_the_truth_and_the_analysis_seed_7() {
    for session in sessions() {
        session.check_go(&session.simulated.truth);
        session.check_best_lap();
        session.check_verdicts();
        let verdicts: usize = session.flying_laps().iter().map(|lap| session.corners(lap.id).len()).sum();
        let sections =
            session.reference.sections.iter().filter(|section| section.corner_id.is_some()).count();
        println!(
            "{}: {} countdowns, {} GO, {verdicts} verdicts of {}",
            session.name,
            session.cues(CueCode::BrakeBeat3).len(),
            session.cues(CueCode::BrakeGo).len(),
            sections * session.flying_laps().len(),
        );
    }
}

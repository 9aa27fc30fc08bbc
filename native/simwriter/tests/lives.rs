//! A hundred random lives of a sim end with the right laps stored, and no wrong one.

mod support;

use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_simwriter::life::scene::Scene;
use racing_coach_simwriter::life::{LapCheck, LifeFeed, TakeBank, write};
use racing_coach_sources::source::{Source, SourceStep};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use support::{DirectSource, long};

/// Takes serve all tests here.
static BANK: LazyLock<TakeBank> = LazyLock::new(TakeBank::default);

/// What a hundred lives must have had between them.
const KINDS: [&str; 15] = [
    "ActiveReset",
    "Close",
    "Crash",
    "Disconnect",
    "Garage",
    "Grid",
    "MadeUp",
    "Menus",
    "OffTrack",
    "Pause",
    "Pits",
    "PitsAfterLine",
    "Replay",
    "Reset",
    "Tow",
];

fn kind(scene: &Scene) -> String {
    let name = match scene {
        Scene::Drive { take, .. } => return format!("{:?}", take.key.kind),
        Scene::Begin { .. } => "Begin",
        Scene::Text => "Text",
        Scene::Menus { .. } => "Menus",
        Scene::Garage { .. } => "Garage",
        Scene::MadeUp { .. } => "MadeUp",
        Scene::Replay { .. } => "Replay",
        Scene::Pause { .. } => "Pause",
        Scene::Disconnect => "Disconnect",
        Scene::Close => "Close",
        Scene::Crash => "Crash",
    };
    name.to_owned()
}

#[test]
fn lives_end_with_the_right_laps_seeds_1_and_on() {
    let (mut laps, mut no_laps, mut rows) = (0, 0, 0);
    let mut met = BTreeSet::new();
    let lives = if long() { 100 } else { 3 };
    for seed in 1..=lives {
        let (scenes, truth) = write(&BANK, seed).expect("a life");
        met.extend(scenes.iter().map(kind));
        let mut check = LapCheck::default();
        check.read(&mut DirectSource::new(LifeFeed::new(scenes.clone())), &|| false).expect("reads");
        let differences = check.differences(&truth, &scenes);
        assert!(differences.is_empty(), "life {seed}:\n{}", differences.join("\n"));
        assert!(!truth.laps.is_empty() && !truth.no_laps.is_empty(), "life {seed} is empty");
        laps += truth.laps.len();
        no_laps += truth.no_laps.len();
        rows += check.rows;
    }
    let missing: Vec<&str> = KINDS.into_iter().filter(|kind| !met.contains(*kind)).collect();
    assert!(lives < 100 || missing.is_empty(), "no life had {missing:?}");
    println!(
        "| random lives, decoded directly, seeds 1 to {lives} | {rows} rows, {laps} laps right, {no_laps} parts no laps |"
    );
}

/// A reader with a fault.
struct Faulty<S> {
    source: S,
    fault: Fault,
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    /// Does not tell a replay from driving.
    HidesReplays,
    /// Drops a row in a thousand without saying so.
    LosesRows,
}

impl<S: Source> Source for Faulty<S> {
    fn rate_hz(&self) -> f64 {
        self.source.rate_hz()
    }

    fn session(&self) -> &SessionInfo {
        self.source.session()
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let step = self.source.next(sample)?;
        if self.fault == Fault::HidesReplays {
            (sample.is_replay_playing, sample.is_on_track) = (0.0, 1.0);
        }
        if self.fault == Fault::LosesRows && step == SourceStep::Sample {
            // What was lost is not counted: the rows behind it come too early.
            sample.index -= sample.index / 1000;
        }
        Ok(step)
    }
}

/// What the check has to say about a life that is read with a fault.
fn differences(bank: &TakeBank, seed: u64, fault: Fault) -> Vec<String> {
    let (scenes, truth) = write(bank, seed).expect("a life");
    let mut check = LapCheck::default();
    let mut source = Faulty { source: DirectSource::new(LifeFeed::new(scenes.clone())), fault };
    check.read(&mut source, &|| false).expect("reads");
    check.differences(&truth, &scenes)
}

#[test]
fn a_reader_that_loses_rows_is_found_out_seed_3() {
    assert!(!differences(&BANK, 3, Fault::LosesRows).is_empty());
}

#[test]
fn a_reader_that_takes_a_replay_for_driving_is_found_out_seed_3() {
    assert!(!differences(&BANK, 3, Fault::HidesReplays).is_empty());
}

//! Where the rules forbid live instruction, none leaves the coach, whatever is driven; everything else is as it was.

mod coach_track;

use coach_track::{CORNERS, Drive, Outcome, Profile, reference};
use proptest::prelude::*;
use racing_coach_core::coach::{
    Coach, CoachConfig, Event, Events, event_instructs, snapshot_instructs, write_event_json,
};
use racing_coach_core::sample::Snapshot;
use racing_coach_core::{Sample, Status};
use std::collections::BTreeMap;

/// A coach that is told before each row whether the rules forbid instruction.
fn coached(rows: &[Sample], own: bool, race_legal: impl Fn(usize) -> bool) -> Outcome {
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(own)));
    let mut outcome = Outcome { events: vec![], snapshots: vec![] };
    let mut events = Events::new();
    for (at, row) in rows.iter().enumerate() {
        events.clear();
        coach.set_race_legal(race_legal(at));
        outcome.snapshots.push(*coach.step(row, &mut events));
        outcome.events.extend(events.iter());
    }
    events.clear();
    coach.finish(&mut events);
    outcome.events.extend(events.iter());
    outcome
}

/// Three laps and some, each corner slower or faster than the reference's.
fn drive(changes_mps: &[[f64; 4]]) -> Vec<Sample> {
    let mut drive = Drive::from_m(&Profile::new(&CORNERS), 2000.0, 60.0);
    for changes in changes_mps {
        let mut corners = CORNERS;
        for (corner, change) in corners.iter_mut().zip(changes) {
            corner.1 += change;
        }
        drive.add(&Profile::new(&corners));
    }
    drive.rows
}

fn deltas(snapshots: &[Snapshot]) -> Vec<(u32, u32)> {
    snapshots.iter().map(|s| (s.delta_s.to_bits(), s.current_lap_time_s.to_bits())).collect()
}

fn costs(outcome: &Outcome) -> Vec<(u64, u16, f64, bool)> {
    let cost = |event: &Event| match event {
        Event::Corner(corner) => Some((corner.place.sample, corner.corner, corner.delta_s, corner.usable)),
        _ => None,
    };
    outcome.events.iter().filter_map(cost).collect()
}

#[test]
fn a_race_is_driven_with_delta_and_without_a_word_of_instruction() {
    let rows = drive(&[[0.0; 4], [-2.0, 1.0, -4.0, 0.0]]);
    let (free, legal) = (coached(&rows, true, |_| false), coached(&rows, true, |_| true));
    assert!(free.snapshots.iter().any(|s| s.beat == -1) && free.events.iter().any(event_instructs));
    assert!(!legal.snapshots.iter().any(snapshot_instructs));
    assert!(!legal.events.iter().any(event_instructs));
    assert_eq!(deltas(&legal.snapshots), deltas(&free.snapshots));
    assert_eq!(costs(&legal), costs(&free));
    assert!(legal.snapshots.iter().any(|s| s.status == Status::RaceRules as u32));
    assert!(!legal.snapshots.iter().any(|s| s.status == Status::Coaching as u32));
}

#[test]
fn the_text_of_a_corner_holds_its_cost_and_nothing_of_the_reference() {
    let rows = drive(&[[0.0; 4], [-2.0; 4]]);
    let legal = coached(&rows, true, |_| true);
    let reference = reference(true);
    let corner = legal.events.iter().rfind(|event| matches!(event, Event::Corner(_))).unwrap();
    let mut text = String::new();
    write_event_json(corner, Some(&reference), &mut text);
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(read["deltaS"].is_number() && read["minSpeedMps"].is_number(), "{text}");
    assert!(read["referenceMinSpeedMps"].is_null() && read["referenceBrakeOnsetM"].is_null(), "{text}");
    assert_eq!(read["show"], false);
}

#[test]
fn the_rule_ends_a_countdown_that_is_running_and_the_next_corner_is_counted_again_without_it() {
    let rows = drive(&[[0.0; 4], [0.0; 4]]);
    let free = coached(&rows, true, |_| false);
    let first = free.snapshots.iter().position(|s| s.beat == 2).unwrap();
    let legal = coached(&rows, true, |at| at >= first && at < first + 300);
    assert_eq!(legal.snapshots[first - 1].beat, 3);
    assert!(legal.snapshots[first..first + 300].iter().all(|s| s.beat == 0));
    assert!(legal.snapshots[first + 300..].iter().any(|s| s.beat == -1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_instruction_leaves_while_the_rule_holds_and_laps_say_whether_there_was_any(
        changes in proptest::collection::vec(proptest::array::uniform4(-6.0..3.0f64), 1..3),
        own in any::<bool>(),
        turns in proptest::collection::vec(0..9000usize, 0..6),
    ) {
        let rows = drive(&changes);
        let race_legal = |at: usize| turns.iter().filter(|turn| **turn <= at).count() % 2 == 0;
        let outcome = coached(&rows, own, race_legal);
        for (at, snapshot) in outcome.snapshots.iter().enumerate() {
            prop_assert!(!race_legal(at) || !snapshot_instructs(snapshot), "row {}", at);
        }
        let mut instructed: BTreeMap<i32, bool> = BTreeMap::new();
        for snapshot in &outcome.snapshots {
            *instructed.entry(snapshot.lap).or_default() |= snapshot_instructs(snapshot);
        }
        for event in &outcome.events {
            let (Event::Corner(_) | Event::Cue(_)) = event else { continue };
            let place = match event { Event::Corner(corner) => corner.place, Event::Cue(cue) => cue.place, _ => continue };
            prop_assert!(!race_legal(place.sample as usize) || !event_instructs(event), "{:?}", event);
            *instructed.entry(place.id.lap).or_default() |= event_instructs(event);
        }
        for event in &outcome.events {
            if let Event::Lap(lap) | Event::LapOpened(lap) = event {
                prop_assert_eq!(lap.assisted, instructed[&lap.lap.id.lap], "lap {}", lap.lap.id.lap);
            }
        }
    }
}

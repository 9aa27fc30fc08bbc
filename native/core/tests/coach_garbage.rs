//! Whatever comes in: no panic, no lost event, and the same again for the same input.

mod coach_track;

use coach_track::{CORNERS, Drive, LENGTH_M, Profile, reference, reference_of};
use proptest::prelude::*;
use racing_coach_core::coach::{Coach, CoachConfig, Events, write_event_json};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::Snapshot;
use racing_coach_core::{Channel, Sample};
use std::sync::Arc;

fn cases() -> u32 {
    if std::env::var_os("RACING_COACH_LONG").is_some() { 4000 } else { 60 }
}

/// A value that no source should send, or one that it might.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(0.0),
        Just(-1.0),
        Just(1e308),
        0.0..LENGTH_M,
        -2.0..2.0,
    ]
}

/// What happens to a row of a good drive.
#[derive(Debug, Clone)]
enum Damage {
    Channel(usize, f64),
    Index(u64),
    Drop,
    Repeat,
    Place(f64),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        8 => (0..Channel::ALL.len(), value()).prop_map(|(channel, value)| Damage::Channel(channel, value)),
        1 => any::<u64>().prop_map(Damage::Index),
        2 => Just(Damage::Drop),
        1 => Just(Damage::Repeat),
        2 => value().prop_map(Damage::Place),
    ]
}

fn damaged(rows: &[Sample], damages: &[(usize, usize, Damage)]) -> Vec<Sample> {
    let mut out: Vec<Sample> = rows.to_vec();
    for (at, count, damage) in damages {
        let from = at % out.len().max(1);
        let to = (from + count).min(out.len());
        match damage {
            Damage::Channel(channel, value) => {
                out[from..to].iter_mut().for_each(|row| row.set(Channel::ALL[*channel], *value));
            }
            Damage::Index(index) => out[from..to].iter_mut().for_each(|row| row.index = *index),
            Damage::Drop if out.len() > to - from => {
                out.drain(from..to);
            }
            Damage::Drop => {}
            Damage::Repeat => out.insert(from, out[from]),
            Damage::Place(place) => out[from..to].iter_mut().for_each(|row| {
                (row.lap_distance_m, row.lap_fraction) = (*place, *place / LENGTH_M);
            }),
        }
    }
    out
}

/// The events' text and the last snapshot of a run.
fn text_of(
    rows: &[Sample],
    config: CoachConfig,
    reference: &Arc<ReferenceLap>,
) -> (String, Option<Snapshot>) {
    let mut coach = Coach::new(config, Some(reference.clone()));
    let (mut events, mut text, mut last) = (Events::new(), String::new(), None);
    let write = |events: &Events, coach: &Coach, text: &mut String| {
        for event in events.iter() {
            write_event_json(event, coach.reference().map(Arc::as_ref), text);
            text.push('\n');
        }
    };
    for row in rows {
        events.clear();
        last = Some(*coach.step(row, &mut events));
        write(&events, &coach, &mut text);
    }
    events.clear();
    coach.finish(&mut events);
    write(&events, &coach, &mut text);
    assert_eq!(events.overflowed(), 0);
    (text, last)
}

fn check(rows: &[Sample], config: CoachConfig, reference: &Arc<ReferenceLap>) {
    let (text, last) = text_of(rows, config, reference);
    for line in text.lines() {
        let event: serde_json::Value = serde_json::from_str(line).expect(line);
        assert!(event["type"].is_string(), "{line}");
    }
    let (again, last_again) = text_of(rows, config, reference);
    assert_eq!(text, again);
    let bytes = |snapshot: Option<Snapshot>| {
        snapshot.map(|snapshot| {
            let mut out = [0; Snapshot::BYTES];
            snapshot.write(&mut out);
            out
        })
    };
    assert_eq!(bytes(last), bytes(last_again));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_drive_never_panics(
        damages in prop::collection::vec((any::<usize>(), 1usize..400, damage()), 0..12),
        rate_hz in prop_oneof![Just(60.0), Just(30.0), Just(0.0), Just(f64::NAN), Just(1e300)],
        length_hint_m in prop_oneof![Just(None), Just(Some(3000.0)), Just(Some(f64::NAN)), Just(Some(-1.0))],
        rough in any::<bool>(),
        alone in prop_oneof![Just(None), Just(Some(true)), Just(Some(false))],
    ) {
        let best = Profile::new(&CORNERS);
        let mut drive = Drive::from_m(&best, 2500.0, 20.0);
        drive.add(&best);
        let config = CoachConfig { length_hint_m, alone, learn: rough, ..CoachConfig::new(rate_hz) };
        let reference = ReferenceLap { rough, ..reference_of(&best, true) };
        check(&damaged(&drive.rows, &damages), config, &Arc::new(reference));
    }

    #[test]
    fn rows_of_pure_noise_never_panic(
        noise in prop::collection::vec((any::<u64>(), prop::collection::vec(value(), Channel::ALL.len())), 1..60),
    ) {
        let rows: Vec<Sample> = noise.iter().map(|(index, values)| {
            let mut row = Sample { index: *index, ..Sample::EMPTY };
            Channel::ALL.iter().zip(values).for_each(|(channel, value)| row.set(*channel, *value));
            row
        }).collect();
        check(&rows, CoachConfig::new(60.0), &reference(true));
    }

    #[test]
    fn a_damaged_reference_never_panics(
        cut in any::<prop::sample::Index>(),
        place in value(),
        which in 0usize..12,
        rough in any::<bool>(),
    ) {
        let best = Profile::new(&CORNERS);
        let mut broken = ReferenceLap { rough, ..reference_of(&best, true) };
        let section = cut.index(broken.sections.len());
        let corner = cut.index(broken.corners.len());
        match which {
            0 => broken.sections[section].start_m = place,
            1 => broken.sections[section].exit_m = place,
            2 => broken.sections[section].end_m = place,
            3 => broken.sections[section].turn_in_m = place,
            4 => broken.corners[corner].min_speed_m = place,
            5 => broken.metrics[corner].brake_onset_m = Some(place),
            6 => broken.metrics.truncate(corner),
            7 => { broken.corners.truncate(corner); }
            8 => broken.grid.speed_mps.truncate(corner),
            9 => broken.grid.gear.truncate(corner),
            10 => broken.grid.time_s[cut.index(3000)] = place,
            _ => broken.grid.length_m = place,
        }
        let mut drive = Drive::from_m(&best, 2500.0, 30.0);
        drive.add(&best);
        check(&drive.rows, CoachConfig::new(30.0), &Arc::new(broken));
    }
}

//! The 60 Hz path allocates nothing and frees nothing. A test file of its own, because the counting allocator is the process's.

mod coach_track;
mod counting_allocator;

use coach_track::{CORNERS, Drive, Profile, reference, reference_of};
use counting_allocator::calls_during;
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::snapshot_flags;
use racing_coach_core::{CueCode, Reason, Status};
use std::sync::Arc;

#[test]
fn the_counter_counts() {
    assert!(calls_during(|| drop(std::hint::black_box(vec![1, 2, 3]))) >= 2);
}

#[test]
fn a_step_neither_allocates_nor_frees() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    (0..3).for_each(|_| {
        drive.add(&best);
    });
    let middle = drive.rows.len() / 2;
    for row in &mut drive.rows[middle..middle + 40] {
        row.track_surface = 0.0;
    }
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let mut events = Events::new();
    let mut seen = 0;
    for (at, row) in drive.rows.iter().enumerate() {
        if at == middle {
            coach.set_reference(Some(reference(true)));
        }
        events.clear();
        let calls = calls_during(|| {
            coach.step(row, &mut events);
        });
        assert_eq!(calls, 0, "row {at}");
        seen += events.len();
    }
    assert!(seen > 20, "the drive must make events: {seen}");
    assert_eq!(calls_during(|| coach.finish(&mut events)), 0);
}

#[test]
fn learning_and_swapping_what_is_learned_from_neither_allocate_nor_free() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    (0..7).for_each(|_| {
        drive.add(&best);
    });
    let rough = || ReferenceLap { rough: true, ..reference_of(&best, true) };
    let first_of = |lap: f64| drive.rows.iter().position(|row| row.lap == lap).unwrap();
    let swaps = [first_of(2.0), first_of(4.0) + 900, first_of(6.0)];
    let mut coach = Coach::new(CoachConfig { learn: true, alone: None, ..CoachConfig::new(60.0) }, None);
    let (mut events, mut seen, mut roughly) = (Events::new(), vec![], 0);
    for (at, row) in drive.rows.iter().enumerate() {
        match swaps.iter().position(|swap| *swap == at) {
            Some(2) => coach.set_reference(Some(reference(true))),
            Some(_) => coach.set_reference(Some(Arc::new(rough()))),
            None => {}
        }
        events.clear();
        let calls = calls_during(|| {
            let snapshot = coach.step(row, &mut events);
            roughly += usize::from(snapshot.flags & snapshot_flags::REFERENCE_ROUGH != 0);
        });
        assert_eq!(calls, 0, "row {at}");
        seen.extend(events.iter().copied());
    }
    let calls = calls_during(|| {
        coach.interrupt(Status::Paused, &mut events);
    });
    assert_eq!(calls, 0);
    let go = |event: &&Event| matches!(event, Event::Cue(cue) if cue.code == CueCode::BrakeGo);
    assert!(seen.iter().filter(go).count() > 5 && roughly > 5000, "{} {roughly}", seen.len());
    let unknown =
        |event: &Event| matches!(event, Event::Lap(lap) if lap.lap.reasons.contains(Reason::TrafficUnknown));
    assert!(seen.iter().any(unknown));
}

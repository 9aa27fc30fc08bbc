//! Golden events of the demo: the shipped session against the shipped reference, as `racing-coach demo` plays it, one readable line for each
//! event. They change when the files or the rules change, and then the difference is read: `RACING_COACH_BLESS=1` writes the file anew.

use racing_coach_core::analysis::{PreparedLap, Recording};
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events, Place};
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_sources::recording::open_recording;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../reference-laps").join(name)
}

fn reference() -> ReferenceLap {
    let file = open_recording(&shipped("demo-reference.parquet")).expect("the reference");
    let recording = Recording { samples: &file.samples, rate_hz: file.rate_hz, session: &file.session };
    let (lap, length_m) = (file.lap.expect("a lap"), file.session.track_length_m.expect("a length"));
    let prepared = PreparedLap::new(&recording, &lap, length_m).expect("a complete lap");
    prepared.into_reference(&recording, true, None)
}

/// One line: row, lap, place, what.
fn line(event: &Event, reference: &ReferenceLap) -> String {
    let id = |corner: u16| reference.corners[usize::from(corner)].id.as_str();
    let (place, what) = match event {
        Event::Lap(finished) | Event::LapOpened(finished) => {
            let settled = if matches!(event, Event::Lap(_)) { "settled" } else { "opened" };
            let lap = &finished.lap;
            let time = lap.lap_time_s().map_or("no time".to_owned(), |time_s| format!("{time_s:.3} s"));
            (finished.place, format!("lap {settled} {time}{}", reasons(lap.reasons)))
        }
        Event::Cue(cue) => {
            (cue.place, format!("cue {} {} at {:.1} m", cue.code.code(), id(cue.corner), cue.target_m))
        }
        Event::Corner(corner) => {
            let shown = if corner.show { " shown" } else { "" };
            let cost = format!("{:+.3} s{shown}{}", corner.delta_s, reasons(corner.reasons));
            (corner.place, format!("corner {} {cost}", id(corner.corner)))
        }
        Event::Status(status) => (status.place, format!("status {}", status.status.code())),
    };
    let Place { sample, id, lap_distance_m, .. } = place;
    format!("{sample:>6} {}:{} {lap_distance_m:>7.1} m  {what}\n", id.stint, id.lap)
}

fn reasons(reasons: ReasonSet) -> String {
    reasons.iter().fold(String::new(), |mut text, reason| {
        let _ = write!(text, " ({})", reason.code());
        text
    })
}

fn played() -> String {
    let reference = Arc::new(reference());
    let session = open_recording(&shipped("demo-session.ibt")).expect("the session");
    let config = CoachConfig::for_session(&session.session, session.rate_hz);
    let mut coach = Coach::new(config, Some(reference.clone()));
    let (mut events, mut text) = (Events::new(), String::new());
    for sample in &session.samples {
        coach.step(sample, &mut events);
        events.iter().for_each(|event| text.push_str(&line(event, &reference)));
        events.clear();
    }
    coach.finish(&mut events);
    events.iter().for_each(|event| text.push_str(&line(event, &reference)));
    text
}

#[test]
fn the_demo_says_what_it_said_when_it_was_last_listened_to() {
    if !shipped("demo-session.ibt").exists() {
        // That the files are there is another test's concern.
        eprintln!("skipped: reference-laps/demo-session.ibt was not made yet");
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/demo-events.txt");
    let text = played();
    if std::env::var_os("RACING_COACH_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes it");
        std::fs::write(&path, &text).expect("writes");
    }
    let golden = std::fs::read_to_string(&path).expect("the golden file; RACING_COACH_BLESS=1 makes it");
    for (number, (was, is)) in golden.lines().zip(text.lines()).enumerate() {
        assert_eq!(was, is, "line {}", number + 1);
    }
    assert_eq!(golden.lines().count(), text.lines().count());
}

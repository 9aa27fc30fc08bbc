//! Golden events: a session on the made-up circuit with everything in it that makes an event. The text must be the same on every
//! system and after every change that does not mean to change it. `RACING_COACH_BLESS=1` writes the file anew; read the difference.

mod coach_track;

use coach_track::{CORNERS, Drive, Profile, reference};
use racing_coach_core::Sample;
use racing_coach_core::coach::{Coach, CoachConfig, Events, write_event_json};
use std::path::Path;
use std::sync::Arc;

/// An out-lap, a clean lap, one with a slow second corner and an off-track in the third, one behind a caution, and half a lap against
/// another driver's reference. The official time of each lap arrives a second after the line.
fn rows() -> (Vec<Sample>, usize) {
    let best = Profile::new(&CORNERS);
    let mut corners = CORNERS;
    corners[1].1 -= 5.0;
    let slow = Profile::new(&corners);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    drive.add(&best).add(&slow).add(&best);
    let change_at = drive.rows.len();
    drive.add(&best);
    drive.rows.truncate(change_at + 2000);
    let times = [None, Some(best.lap_time_s()), Some(slow.lap_time_s()), Some(best.lap_time_s())];
    let mut line_row = 0;
    for at in 1..drive.rows.len() {
        if drive.rows[at].lap != drive.rows[at - 1].lap {
            line_row = at;
        }
        let row = &mut drive.rows[at];
        row.incident_count = 0.0;
        let finished = (row.lap as usize).checked_sub(1 + usize::from(at < line_row + 60));
        let official_s = finished.and_then(|lap| times[lap]);
        row.lap_last_time_s = official_s.map_or(-1.0, |time_s| (time_s * 1e4).round() / 1e4);
        let there =
            |lap: f64, from_m: f64, to_m: f64| row.lap == lap && (from_m..to_m).contains(&row.lap_distance_m);
        if there(2.0, 2510.0, 2540.0) {
            row.track_surface = 0.0;
        }
        if there(3.0, 1000.0, 1200.0) {
            row.session_flags = f64::from(racing_coach_core::sample::session_flags::CAUTION);
        }
    }
    (drive.rows, change_at)
}

fn events() -> String {
    let (rows, change_at) = rows();
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let (mut events, mut text) = (Events::new(), String::new());
    let write = |coach: &Coach, events: &mut Events, text: &mut String| {
        for event in events.iter() {
            write_event_json(event, coach.reference().map(Arc::as_ref), text);
            text.push('\n');
        }
        events.clear();
    };
    for (at, row) in rows.iter().enumerate() {
        if at == change_at {
            coach.set_reference(Some(reference(false)));
        }
        coach.step(row, &mut events);
        write(&coach, &mut events, &mut text);
    }
    coach.finish(&mut events);
    write(&coach, &mut events, &mut text);
    text
}

#[test]
fn events_are_those_that_were_checked_by_eye() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/coach-events.jsonl");
    let text = events();
    if std::env::var_os("RACING_COACH_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&path).expect("the golden file");
    for (number, (was, is)) in golden.lines().zip(text.lines()).enumerate() {
        assert_eq!(was, is, "line {}", number + 1);
    }
    assert_eq!(golden.lines().count(), text.lines().count());
}

//! Times the live coach step and prints one JSON line: nanoseconds per step on laps of a made-up circuit of four corners, with a
//! reference, so that everything is at work. The clock's own cost (about 25 ns) is in the figures.

#[path = "../tests/coach_track/mod.rs"]
mod coach_track;

use coach_track::{CORNERS, Drive, Profile, reference};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use std::hint::black_box;

const LAPS: usize = 40;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn main() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    for _ in 0..LAPS {
        drive.add(&best);
    }
    let mut coach = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    let mut events = Events::new();
    let mut nanoseconds = Vec::with_capacity(drive.rows.len());
    for row in &drive.rows {
        events.clear();
        let begun = std::time::Instant::now();
        black_box(coach.step(black_box(row), &mut events));
        nanoseconds.push(begun.elapsed().as_nanos() as u64);
    }
    nanoseconds.sort_unstable();
    let at = |share: f64| nanoseconds[((nanoseconds.len() - 1) as f64 * share) as usize];
    println!(
        "{{\"steps\":{},\"p50Ns\":{},\"p99Ns\":{},\"maxNs\":{}}}",
        nanoseconds.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

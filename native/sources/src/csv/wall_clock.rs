//! A session recorded with the wall clock: `_time`, `CurrentLapTime`, `DistanceRoundTrack` and more, at about 30 or 60 rows a
//! second, rows bunched and dropped. Read onto the 60 Hz ticks of the simulation; see [`super::ticks`] for their times and [`super::lattice`]
//! for the ticks without a row.
//!
//! What the sim says in other words is put into the sim's: see [`super::official`]. A distance of exactly 0 is the recorder's "behind the
//! line": nowhere.

use super::lattice;
use super::official::last_times_s;
use super::recording::{CsvKind, CsvRecording};
use super::table::Table;
use super::ticks::{TICK_HZ, length_m, with_ticks};
use super::wall_rows::{self, WallFacts, WallRow};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// Columns without which a file is not one of these.
pub const NEEDED: &[&str] = &["_time", "CurrentLap", "CurrentLapTime", "DistanceRoundTrack", "SpeedMs"];

/// Reads the session.
pub fn read(table: &mut Table) -> Result<CsvRecording, CodedError> {
    let (facts, rows) = wall_rows::read(table)?;
    let length_m = length_m(&rows);
    let has_rpm = rows.iter().any(|row| row.rpm > 0.0);
    let rows = with_ticks(&rows, length_m);
    let samples: Vec<Sample> = rows
        .iter()
        .zip(last_times_s(&rows))
        .map(|((row, tick), last_time_s)| {
            let untimed = sample(row, *tick, length_m, has_rpm);
            Sample { lap_last_time_s: last_time_s, ..untimed }
        })
        .collect();
    let samples = lattice::fill(&samples, length_m);
    Ok(CsvRecording {
        kind: CsvKind::WallClock,
        session: session(facts, length_m),
        rate_hz: TICK_HZ,
        samples,
    })
}

fn session(facts: WallFacts, length_m: Option<f64>) -> SessionInfo {
    SessionInfo {
        sim: facts.game.to_lowercase(),
        track_name: facts.track.clone(),
        track_display_name: facts.track,
        track_length_m: length_m,
        car_name: facts.car,
        session_types: vec![facts.session_type],
        date: facts.date,
        ..SessionInfo::default()
    }
}

fn sample(row: &WallRow, tick: u64, length_m: Option<f64>, has_rpm: bool) -> Sample {
    let distance_m = if row.distance_m == 0.0 { f64::NAN } else { row.distance_m };
    Sample {
        index: tick,
        session_time_s: tick as f64 / TICK_HZ,
        lap: row.lap,
        lap_distance_m: distance_m,
        lap_fraction: length_m.map_or(f64::NAN, |length_m| distance_m / length_m),
        lap_current_time_s: row.lap_time_s,
        speed_mps: row.speed_mps,
        rpm: if has_rpm { row.rpm } else { f64::NAN },
        gear: row.gear,
        throttle: row.throttle.clamp(0.0, 1.0),
        brake: row.brake.clamp(0.0, 1.0),
        clutch: row.clutch,
        steering_rad: row.steering_rad,
        ..Sample::EMPTY
    }
}

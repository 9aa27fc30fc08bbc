//! Reads the converted CSV recordings that lie beside the repository.
//!
//! The rows were polled by another program: some sim ticks are missing, some come twice, and `_time` jitters. `CurrentLapTime` counts
//! ticks of 1/60 s within a lap, so rows are numbered by it; where it stands still or starts anew, distance over speed tells how
//! many ticks passed, and the wall clock where the car stands.

use flate2::read::GzDecoder;
use racing_coach_core::Sample;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Ticks a second of the sim's clock.
pub const RATE_HZ: f64 = 60.0;

pub struct Recording {
    pub samples: Vec<Sample>,
    /// The source's own word on whether the lap of the row is valid.
    pub valid: Vec<bool>,
}

/// The recording, or `None` with a printed reason.
pub fn read(name: &str) -> Option<Recording> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry/evaluation").join(name);
    let Ok(file) = File::open(&path) else {
        eprintln!("skipped: {} is missing", path.display());
        return None;
    };
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("a gzip of UTF-8 text");
    Some(number_rows(parse(&text)))
}

struct Row {
    wall_s: f64,
    valid: bool,
    sample: Sample,
}

fn parse(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let column = |name: &str| header.iter().position(|title| *title == name).expect("the column");
    let [time, valid, lap, clock, last, distance, gear, speed] = [
        "_time",
        "CurrentLapIsValid",
        "CurrentLap",
        "CurrentLapTime",
        "LapTimePrevious",
        "DistanceRoundTrack",
        "Gear",
        "SpeedMs",
    ]
    .map(column);
    let [brake, throttle, clutch, steering] = ["Brake", "Throttle", "Clutch", "SteeringAngle"].map(column);
    let mut rows: Vec<Row> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |at: usize| cells[at].parse::<f64>().unwrap_or(f64::NAN);
            let sample = Sample {
                lap: number(lap),
                lap_current_time_s: number(clock),
                lap_last_time_s: number(last),
                lap_distance_m: number(distance),
                gear: number(gear),
                speed_mps: number(speed),
                brake: number(brake),
                throttle: number(throttle),
                clutch: number(clutch),
                steering_rad: number(steering),
                ..Sample::EMPTY
            };
            Row { wall_s: wall_s(cells[time]), valid: cells[valid] == "True", sample }
        })
        .collect();
    rows.sort_by(|a, b| a.wall_s.total_cmp(&b.wall_s));
    rows
}

/// Seconds of `2023-07-26 04:13:48.356184+00:00` since the beginning of its month.
fn wall_s(time: &str) -> f64 {
    let part = |from: usize, to: usize| time[from..to].parse::<f64>().expect("a number in the time");
    let seconds = time[17..].split('+').next().and_then(|text| text.parse::<f64>().ok());
    ((part(8, 10) * 24.0 + part(11, 13)) * 60.0 + part(14, 16)) * 60.0 + seconds.expect("seconds")
}

fn number_rows(rows: Vec<Row>) -> Recording {
    let mut recording = Recording { samples: Vec::new(), valid: Vec::new() };
    let mut index = 0;
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            let ticks = ticks_between(&rows[at - 1], row);
            if ticks == 0 {
                continue;
            }
            index += ticks;
        }
        recording.samples.push(Sample { index, ..row.sample });
        recording.valid.push(row.valid);
    }
    recording
}

fn ticks_between(before: &Row, after: &Row) -> u64 {
    let (a, b) = (&before.sample, &after.sample);
    let clock_s = b.lap_current_time_s - a.lap_current_time_s;
    let speed_mps = (a.speed_mps + b.speed_mps) / 2.0;
    let moved_m = b.lap_distance_m - a.lap_distance_m;
    let counted = a.lap_current_time_s > 0.0 && (0.0..20.0).contains(&clock_s);
    let ticks = if counted {
        clock_s * RATE_HZ
    } else if speed_mps > 10.0 && moved_m > 0.0 && moved_m < 200.0 {
        moved_m / speed_mps * RATE_HZ
    } else {
        ((after.wall_s - before.wall_s) * RATE_HZ).max(1.0)
    };
    ticks.round() as u64
}

//! A wall-clock recording made here, with what real ones have: rows at 30 Hz with jitter, some dropped, some repeated, laps in order of their
//! names, a lap time that is reset late, official times later still.

use racing_coach_core::Reason;
use racing_coach_core::laps::find_laps;
use racing_coach_sources::csv::{CsvKind, CsvRecording};

const LENGTH_M: f64 = 1500.0;
const HEADER: &str = "_time,CarModel,CurrentLap,GameName,SessionTypeName,TrackCode,Brake,Clutch,CurrentLapIsValid,CurrentLapTime,\
DistanceRoundTrack,Gear,Handbrake,LapTimePrevious,PreviousLapWasValid,Rpms,SpeedMs,SteeringAngle,Throttle,id\n";

/// Way in metres after a time: 40 m/s with a slow wave.
fn way_m(time_s: f64) -> f64 {
    700.0 + 40.0 * time_s + 60.0 * (time_s / 6.0).sin()
}

/// When the car has gone that far, by bisection.
fn time_at_s(target_m: f64) -> f64 {
    let (mut low, mut high) = (0.0, 400.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if way_m(middle) < target_m { low = middle } else { high = middle }
    }
    low
}

fn lap_time_s(lap: i32) -> f64 {
    time_at_s(f64::from(lap + 1) * LENGTH_M) - time_at_s(f64::from(lap) * LENGTH_M)
}

/// The row at a tick of the simulation. Lap 0 is the first, cut one; lap 2 becomes invalid on its way.
fn row(tick: u32, wall_jitter_s: f64) -> (i32, String) {
    let time_s = f64::from(tick) / 60.0;
    let way = way_m(time_s);
    let lap = (way / LENGTH_M) as i32;
    let since_line_s = time_s - time_at_s(f64::from(lap) * LENGTH_M);
    let after_reset = lap == 0 || since_line_s > 1.3;
    let running_s = if after_reset { since_line_s } else { since_line_s + lap_time_s(lap - 1) };
    let told = if since_line_s > 2.8 { lap - 1 } else { lap - 2 };
    let last_s = if told >= 1 { lap_time_s(told) } else { -1.0 };
    let valid = !(lap == 2 && since_line_s > 10.0 || lap == 3 && since_line_s < 2.8);
    let speed_mps = (way_m(time_s + 1e-4) - way_m(time_s - 1e-4)) / 2e-4;
    let wall_s = time_s + wall_jitter_s;
    let (minutes, seconds) = ((wall_s / 60.0) as u32, wall_s % 60.0);
    let place_m = (way % LENGTH_M) as f32;
    let valid = if valid { "True" } else { "False" };
    let text = format!(
        "2024-05-05 10:{minutes:02}:{seconds:09.6}+00:00,Car,{lap},iRacing,Race,short,0.0,1.0,{valid},{running_s:.5},{place_m},3.0,0.0,\
{last_s:.4},True,0.0,{speed_mps:.6},0.1,0.5,1-{lap}\n"
    );
    (lap, text)
}

/// Every second tick, at times the next one, of 200 s.
fn session(hole: std::ops::Range<u32>) -> String {
    let mut rows = Vec::new();
    let mut tick = 0;
    let mut number = 0u32;
    while tick < 200 * 60 {
        number += 1;
        if !hole.contains(&tick) {
            let jitter_s = f64::from(number % 5) * 0.003;
            rows.push(row(tick, jitter_s));
            if number.is_multiple_of(211) {
                rows.push(row(tick, jitter_s + 0.001));
            }
        }
        // Dropped rows, and single steps that change which ticks are seen.
        tick += if number.is_multiple_of(97) { 5 } else { 2 - u32::from(number.is_multiple_of(13)) };
    }
    // A stable sort by the lap's name, as exports have it.
    rows.sort_by_key(|(lap, _)| format!("{:02}", (7 - lap).rem_euclid(5)));
    HEADER.to_owned() + &rows.into_iter().map(|(_, text)| text).collect::<String>()
}

#[test]
fn laps_and_times_are_found_in_any_order_of_rows() {
    let recording = CsvRecording::read(session(0..0).as_bytes(), "x.csv").unwrap();
    assert_eq!((recording.kind, recording.rate_hz), (CsvKind::WallClock, 60.0));
    assert_eq!(recording.session.sim, "iracing");
    assert!((recording.session.track_length_m.unwrap() - LENGTH_M).abs() < 0.05);
    let contiguous = recording.samples.windows(2).all(|pair| pair[1].index == pair[0].index + 1);
    assert!(contiguous, "short holes are filled");
    assert!(recording.samples[9].rpm.is_nan(), "0 throughout is no engine speed");
    let table = find_laps(&recording.samples, 60.0, recording.session.track_length_m);
    let complete: Vec<_> = table.laps.iter().filter(|lap| lap.complete()).collect();
    assert_eq!(complete.iter().map(|lap| lap.id.lap).collect::<Vec<_>>(), [1, 2, 3, 4]);
    for lap in &complete {
        let (own_s, true_s) = (lap.own_time_s.unwrap(), lap_time_s(lap.id.lap));
        assert!((own_s - true_s).abs() < 0.001, "lap {}: {own_s}, in truth {true_s}", lap.id.lap);
        let official = lap.official_time_s.map(|time_s| (time_s - true_s).abs() < 1e-4);
        assert_eq!(official, (lap.id.lap != 2).then_some(true), "lap {}", lap.id.lap);
    }
    assert!(complete[1].reasons.contains(Reason::InvalidBySim) && !complete[1].valid());
    assert!(complete[2].reference_grade(), "{:?}", complete[2].reasons);
}

#[test]
fn a_long_hole_stays_a_hole() {
    let recording = CsvRecording::read(session(5000..5040).as_bytes(), "x.csv").unwrap();
    let longest = recording.samples.windows(2).map(|pair| pair[1].index - pair[0].index).max();
    assert!((40..=44).contains(&longest.unwrap()), "{longest:?}");
    // The ticks after the hole are still right: the lap's time counts them.
    let table = find_laps(&recording.samples, 60.0, recording.session.track_length_m);
    let lap = table.laps.iter().find(|lap| lap.id.lap == 2).unwrap();
    let rows = lap.end_row.unwrap() - lap.start_row.unwrap();
    assert!((rows / 60.0 - lap_time_s(2)).abs() < 0.02, "{rows}");
    assert!(lap.reasons.contains(Reason::Gap) || !lap.complete(), "{:?}", lap.reasons);
}

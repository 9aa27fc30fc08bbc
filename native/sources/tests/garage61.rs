//! Laps in the format of Garage 61's export, made here: a lap around a circle, whose time is known.

use racing_coach_core::ErrorCode;
use racing_coach_core::laps::find_laps;
use racing_coach_sources::csv::{CsvKind, CsvRecording};

const HEADER: &str = "Speed,LapDistPct,Lat,Lon,Brake,Throttle,RPM,SteeringWheelAngle,Gear,Clutch,ABSActive,DRSActive,LatAccel,LongAccel,\
VertAccel,Yaw,YawRate,PositionType";
const LENGTH_M: f64 = 3000.0;
const LAP_TIME_S: f64 = 75.4321;

/// A lap at a speed that varies around its mean; the first row comes 0.4 rows after the line.
fn export(pedal_scale: f64, fraction_scale: f64, with_yaw_rate: bool) -> String {
    let place = |time_s: f64| {
        let share = time_s / LAP_TIME_S;
        share + 0.02 * (share * std::f64::consts::TAU * 3.0).sin()
    };
    let mut text = if with_yaw_rate { HEADER.to_owned() } else { HEADER.replace("YawRate,", "") };
    let mut row = 0.4;
    while row / 60.0 < LAP_TIME_S {
        let time_s = row / 60.0;
        let speed_mps = (place(time_s + 1e-4) - place(time_s - 1e-4)) / 2e-4 * LENGTH_M;
        let fraction = place(time_s) * fraction_scale;
        let yaw_rate = if with_yaw_rate { "0.01," } else { "" };
        text += &format!(
            "\n{speed_mps},{fraction},45.1,9.2,{},{},6300.5,-0.01,4,1,false,false,0.2,0.1,9.8,1.5,{yaw_rate}3",
            0.5 * pedal_scale,
            0.25 * pedal_scale
        );
        row += 1.0;
    }
    text
}

fn read(text: &str, name: &str) -> CsvRecording {
    CsvRecording::read(text.as_bytes(), name).unwrap()
}

#[test]
fn the_lap_is_found_with_its_time() {
    let name = "Garage 61 - Someone - Ferrari 296 GT3 - Monza (Grand Prix) - 01.15.432 - 01J.csv";
    let recording = read(&export(1.0, 1.0, true), name);
    assert_eq!((recording.kind, recording.rate_hz), (CsvKind::Garage61, 60.0));
    assert_eq!(recording.session.track_config, "Grand Prix");
    let length_m = recording.session.track_length_m.unwrap();
    assert!((length_m - LENGTH_M).abs() < 6.0, "{length_m}");
    let table = find_laps(&recording.samples, 60.0, recording.session.track_length_m);
    let complete: Vec<_> = table.laps.iter().filter(|lap| lap.complete()).collect();
    assert_eq!(complete.len(), 1);
    assert!((complete[0].own_time_s.unwrap() - LAP_TIME_S).abs() < 0.003, "{:?}", complete[0].own_time_s);
    assert_eq!(complete[0].official_time_s, Some(75.432));
    assert!(complete[0].reference_grade(), "{:?}", complete[0].reasons);
    let sample = recording.samples[100];
    assert_eq!((sample.brake, sample.throttle, sample.abs_active), (0.5, 0.25, 0.0));
    assert_eq!((sample.yaw_rate_radps, sample.steering_rad, sample.gear), (0.01, -0.01, 4.0));
}

#[test]
fn an_older_export_and_one_in_per_cent_say_the_same() {
    let newer = read(&export(1.0, 1.0, true), "a.csv");
    let older = read(&export(1.0, 1.0, false), "a.csv");
    assert!(older.samples[50].yaw_rate_radps.is_nan());
    assert_eq!(older.samples.len(), newer.samples.len());
    let per_cent = read(&export(100.0, 100.0, true), "a.csv");
    let sample = per_cent.samples[50];
    assert!((sample.brake - 0.5).abs() < 1e-12 && (sample.throttle - 0.25).abs() < 1e-12);
    assert!((sample.lap_fraction - newer.samples[50].lap_fraction).abs() < 1e-12);
}

#[test]
fn half_a_lap_is_not_a_lap() {
    let whole = export(1.0, 1.0, true);
    let half: Vec<&str> = whole.lines().take(2000).collect();
    let recording = read(&half.join("\n"), "a.csv");
    let table = find_laps(&recording.samples, 60.0, recording.session.track_length_m);
    assert!(table.laps.iter().all(|lap| !lap.complete()));
}

#[test]
fn other_columns_and_bad_values_are_named() {
    let error = |text: &str| CsvRecording::read(text.as_bytes(), "lap.csv").unwrap_err();
    assert_eq!(error("a,b\n1,2\n").code, ErrorCode::CsvNotRecognised);
    assert_eq!(error(&format!("{HEADER}\n")).code, ErrorCode::CsvNoSamples);
    let bad = export(1.0, 1.0, true).replacen("6300.5", "fast", 1);
    assert_eq!(error(&bad).to_string(), "lap.csv: line 2: \"fast\" is not a number.");
}

//! Makes session text, for recordings that we write ourselves.

use encoding_rs::WINDOWS_1252;
use racing_coach_core::session::SessionInfo;
use std::fmt::Write;

/// The sim has 64 places for cars.
const MOST_OTHERS: u32 = 63;

/// Session text with the facts of `info`, laid out as the sim does and in Windows-1252; characters that it lacks become `?`. The track's
/// length is rounded to 10 m there, as in the sim. A sim other than iRacing is named in `BuildType`, so that reading gives it back.
pub fn build(info: &SessionInfo) -> Vec<u8> {
    let mut text = String::from("---\n");
    weekend(&mut text, info);
    text.push_str("\nSessionInfo:\n Sessions:\n");
    for (number, kind) in info.session_types.iter().enumerate() {
        line(&mut text, " - SessionNum", &number.to_string());
        line(&mut text, "   SessionType", &quoted(kind));
    }
    text.push_str("\nDriverInfo:\n DriverCarIdx: 0\n");
    line(&mut text, " DriverUserID", &info.driver_id.to_string());
    text.push_str(" Drivers:\n - CarIdx: 0\n");
    line(&mut text, "   UserName", &quoted(&info.driver_name));
    line(&mut text, "   UserID", &info.driver_id.to_string());
    line(&mut text, "   CarPath", &quoted(&info.car_path));
    line(&mut text, "   CarScreenName", &quoted(&info.car_name));
    drivers_beside(&mut text, info.other_cars);
    text.push_str("\n...\n");
    encode(&text)
}

/// The others without names. Where it is not known whether there are any, the driver's own entry does not say either that it drives.
fn drivers_beside(text: &mut String, other_cars: Option<u32>) {
    let Some(others) = other_cars else { return };
    text.push_str("   CarIsPaceCar: 0\n   IsSpectator: 0\n");
    for index in 1..=others.min(MOST_OTHERS) {
        line(text, " - CarIdx", &index.to_string());
        text.push_str("   CarIsPaceCar: 0\n   IsSpectator: 0\n");
    }
}

fn weekend(text: &mut String, info: &SessionInfo) {
    text.push_str("WeekendInfo:\n");
    line(text, " TrackName", &quoted(&info.track_name));
    if let Some(length_m) = info.track_length_m.filter(|length| length.is_finite()) {
        line(text, " TrackLength", &format!("{:.2} km", length_m / 1000.0));
    }
    line(text, " TrackDisplayName", &quoted(&info.track_display_name));
    line(text, " TrackConfigName", &quoted(&info.track_config));
    line(text, " TrackType", &quoted(&info.track_type));
    if !info.build.is_empty() {
        line(text, " BuildVersion", &quoted(&info.build));
    }
    if info.series_id != 0 {
        line(text, " SeriesID", &info.series_id.to_string());
    }
    if !info.series_name.is_empty() {
        line(text, " SeriesName", &quoted(&info.series_name));
    }
    let build = if info.sim.is_empty() || info.sim == "iracing" { "Release" } else { &info.sim };
    line(text, " BuildType", &quoted(build));
    text.push_str(" WeekendOptions:\n");
    line(text, "  Date", &quoted(&info.date));
}

fn line(text: &mut String, key: &str, value: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{key}: {value}");
}

/// A double-quoted YAML value: valid whatever the name contains. Control characters, which no name needs, become spaces.
fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    text.push('"');
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            _ if character.is_control() => text.push(' '),
            _ => text.push(character),
        }
    }
    text.push('"');
    text
}

/// Text in Windows-1252. encoding_rs writes HTML references for what Windows-1252 lacks; a question mark is what the sim's own tools show.
pub(crate) fn encode(text: &str) -> Vec<u8> {
    let mut buffer = [0; 4];
    let fits = |character: char, buffer: &mut [u8; 4]| {
        let (bytes, _, failed) = WINDOWS_1252.encode(character.encode_utf8(buffer));
        if failed { b'?' } else { bytes[0] }
    };
    text.chars().map(|character| fits(character, &mut buffer)).collect()
}

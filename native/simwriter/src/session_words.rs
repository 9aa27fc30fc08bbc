//! Session text for simulated sessions, with everybody in it. Names are written as the sim writes them: without quotes, whatever they begin with.

use crate::opponents::Opponents;
use racing_coach_core::session::SessionInfo;
use std::fmt::Write;

/// Names that are no valid YAML as they stand, and some that are.
const NAMES: [&str; 8] = [
    "Ada Brake",
    "* Lift: & Coast",
    "@apex_andr\u{e9}",
    "%Understeer",
    "- Kerb Hopper",
    "'O Slipstream",
    "Blue #Flag",
    "? Lost: Again",
];

/// The text for a session, in Windows-1252.
pub fn session_words(info: &SessionInfo, field: &Opponents) -> Vec<u8> {
    let mut text = String::from("---\n");
    weekend(&mut text, info);
    sessions(&mut text, info);
    drivers(&mut text, info, field);
    text.push_str("\n...\n");
    // All of it is Latin-1, whose letters Windows-1252 has at the same places.
    text.chars().map(|character| u8::try_from(character).unwrap_or(b'?')).collect()
}

fn weekend(text: &mut String, info: &SessionInfo) {
    let lines = [
        ("WeekendInfo", String::new()),
        (" TrackName", info.track_name.clone()),
        (" TrackLength", format!("{:.2} km", info.track_length_m.unwrap_or(0.0) / 1000.0)),
        (" TrackDisplayName", info.track_display_name.clone()),
        (" TrackConfigName", info.track_config.clone()),
        (" TrackPitSpeedLimit", "60.00 kph".to_owned()),
        (" TrackType", info.track_type.clone()),
        (" SeriesID", info.series_id.to_string()),
        (" EventType", info.session_types.first().cloned().unwrap_or_default()),
        (" SimMode", "full".to_owned()),
        (" BuildType", info.sim.clone()),
        (" BuildVersion", info.build.clone()),
        (" WeekendOptions", String::new()),
        ("  Date", info.date.clone()),
        (" TelemetryOptions", String::new()),
        ("  TelemetryDiskFile", "\"\"".to_owned()),
    ];
    put(text, &lines);
}

fn sessions(text: &mut String, info: &SessionInfo) {
    text.push_str("\nSessionInfo:\n Sessions:\n");
    for (number, kind) in info.session_types.iter().enumerate() {
        let lines = [
            (" - SessionNum", number.to_string()),
            ("   SessionLaps", "unlimited".to_owned()),
            ("   SessionType", kind.clone()),
            ("   SessionName", kind.to_uppercase()),
        ];
        put(text, &lines);
    }
}

fn drivers(text: &mut String, info: &SessionInfo, field: &Opponents) {
    let (own_class, own_lap_s) = field.own_class();
    let head = [
        ("\nDriverInfo", String::new()),
        (" DriverCarIdx", field.player().to_string()),
        (" DriverUserID", info.driver_id.to_string()),
        (" DriverCarEstLapTime", format!("{own_lap_s:.4}")),
        (" Drivers", String::new()),
    ];
    put(text, &head);
    let own = (field.player(), own_class, own_lap_s);
    let mut entries = field.entries();
    entries.push(own);
    entries.sort_by_key(|entry| entry.0);
    for (index, class, lap_s) in entries {
        let mine = index == own.0;
        let user = if mine { info.driver_name.as_str() } else { NAMES[index % NAMES.len()] };
        let id = if mine { info.driver_id } else { 1000 + index as i64 };
        let same = class == own_class;
        let lines = [
            (" - CarIdx", index.to_string()),
            ("   UserName", user.to_owned()),
            ("   UserID", id.to_string()),
            ("   CarPath", if same { info.car_path.clone() } else { "simcar formula".to_owned() }),
            ("   CarScreenName", if same { info.car_name.clone() } else { "Simulated Formula".to_owned() }),
            ("   CarNumber", format!("\"{}\"", Opponents::number(index))),
            ("   CarClassID", class.to_string()),
            ("   CarClassShortName", Opponents::class_words(class).0.to_owned()),
            ("   CarClassColor", format!("0x{:06x}", Opponents::class_words(class).1)),
            ("   CarClassEstLapTime", format!("{lap_s:.4}")),
            ("   CarIsPaceCar", "0".to_owned()),
            ("   IsSpectator", "0".to_owned()),
        ];
        put(text, &lines);
    }
}

fn put(text: &mut String, lines: &[(&str, String)]) {
    for (key, value) in lines {
        // Writing to a String cannot fail.
        let _ = if value.is_empty() { writeln!(text, "{key}:") } else { writeln!(text, "{key}: {value}") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace_profile::PaceProfile;
    use racing_coach_core::board::Field;
    use racing_coach_sources::session_text;

    #[test]
    fn what_is_written_reads_back_whoever_drives() {
        let info = SessionInfo {
            sim: "simcar".to_owned(),
            track_name: "larkmoor ring".to_owned(),
            track_display_name: "Larkmoor Ring".to_owned(),
            track_length_m: Some(3210.0),
            track_type: "road course".to_owned(),
            car_path: "simcar gt3".to_owned(),
            car_name: "Simulated GT3".to_owned(),
            driver_name: "* Me: Myself".to_owned(),
            driver_id: 77,
            session_types: vec!["Practice".to_owned(), "Race".to_owned()],
            date: "2026-01-01".to_owned(),
            other_cars: Some(30),
            series_id: 33,
            ..SessionInfo::default()
        };
        let field = Opponents::new(30, 12, PaceProfile::even(80.0), 3210.0, 1);
        let read = session_text::parse(&session_words(&info, &field));
        let (cars, me) = (read.field.cars(), read.field.car(12).expect("the driver's own car"));
        assert_eq!((cars.len(), me.name.as_str(), me.number.as_str()), (31, "* Me: Myself", "13"));
        let (_, _, lap_s) = field.entries().into_iter().find(|entry| entry.0 == 5).expect("car 5");
        assert_eq!(read.field.car(5).map(|car| (car.number.as_str(), car.class_lap_s)), Some(("006", lap_s)));
        assert_eq!(SessionInfo { field: Field::default(), ..read }, info);
    }
}

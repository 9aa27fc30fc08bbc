//! What we take from the session text.

use super::decode::decode;
use super::field::read_field;
use super::repair::sections;
use super::tree::{self, Node};
use racing_coach_core::session::SessionInfo;

/// Session text, parsed section by section: one that is damaged beyond repair is missing and the others stay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionText {
    sections: Vec<(String, Node)>,
}

impl SessionText {
    /// Parses the text; never fails, at worst there is no section.
    pub fn parse(bytes: &[u8]) -> Self {
        let parsed =
            sections(&decode(bytes)).into_iter().filter_map(|s| Some((s.name, tree::parse(&s.yaml)?)));
        SessionText { sections: parsed.collect() }
    }

    /// Whether nothing in it could be read.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// A section; `None` when it is missing or damaged.
    pub fn section(&self, name: &str) -> Option<&Node> {
        self.sections.iter().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The facts that we use.
    pub fn info(&self) -> SessionInfo {
        let mut info = SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() };
        if let Some(weekend) = self.section("WeekendInfo") {
            read_weekend(&mut info, weekend);
        }
        if let Some(sessions) = self.section("SessionInfo") {
            info.session_types = session_types(sessions);
        }
        if let Some(driver) = self.section("DriverInfo") {
            read_driver(&mut info, driver);
            info.field = read_field(driver);
        }
        info.other_cars = if lone(&info.session_types) { Some(0) } else { self.other_cars() };
        info
    }

    /// Cars of other drivers. A list of one entry that does not say whether that is a spectator is not the sim's but one of our
    /// recordings from a source that did not tell.
    fn other_cars(&self) -> Option<u32> {
        let driver = self.section("DriverInfo")?;
        let (entries, own) = (driver.list("Drivers"), driver.text("DriverCarIdx"));
        let told = match entries {
            [] => false,
            [only] => only.get("IsSpectator").is_some(),
            _ => true,
        };
        let drives = |entry: &&Node| {
            entry.text("CarIdx") != own
                && entry.text("CarIsPaceCar") != "1"
                && entry.text("IsSpectator") != "1"
        };
        told.then(|| entries.iter().filter(drives).count() as u32)
    }
}

/// Sessions in which the sim puts nobody else on the track, whoever else has joined.
const LONE_SESSIONS: [&str; 2] = ["Offline Testing", "Lone Qualify"];

/// Only where every session is a lone one: a recording may hold laps of all of them.
fn lone(session_types: &[String]) -> bool {
    !session_types.is_empty() && session_types.iter().all(|kind| LONE_SESSIONS.contains(&kind.as_str()))
}

/// The facts in a session text.
pub fn parse(bytes: &[u8]) -> SessionInfo {
    SessionText::parse(bytes).info()
}

fn text(node: &Node, key: &str) -> String {
    node.text(key).to_owned()
}

fn read_weekend(info: &mut SessionInfo, weekend: &Node) {
    info.track_display_name = text(weekend, "TrackDisplayName");
    info.track_name = text(weekend, "TrackName");
    if info.track_name.is_empty() {
        info.track_name.clone_from(&info.track_display_name);
    }
    info.track_config = text(weekend, "TrackConfigName");
    info.track_type = text(weekend, "TrackType");
    info.track_length_m = length_m(weekend.text("TrackLength"));
    info.build = text(weekend, "BuildVersion");
    info.series_id = weekend.text("SeriesID").trim().parse().unwrap_or(0);
    info.series_name = text(weekend, "SeriesName");
    // Our own recordings name the simulated car here; the sim writes the kind of its build.
    if weekend.text("BuildType") == "simcar" {
        info.sim = "simcar".to_owned();
    }
    if let Some(options) = weekend.get("WeekendOptions") {
        info.date = format!("{} {}", text(options, "Date"), text(options, "TimeOfDay")).trim().to_owned();
    }
}

/// `4.28 km`, in metres; miles and metres are understood as well. `None` for anything else.
fn length_m(text: &str) -> Option<f64> {
    let (number, unit) = text.trim().split_once(' ')?;
    let metres = match unit.trim() {
        "km" => 1000.0,
        "mi" => 1609.344,
        "m" => 1.0,
        _ => return None,
    };
    let length = number.parse::<f64>().ok()? * metres;
    (length.is_finite() && length > 0.0).then_some(length)
}

fn session_types(sessions: &Node) -> Vec<String> {
    let mut numbered: Vec<(i64, String)> = Vec::new();
    for (place, session) in sessions.list("Sessions").iter().enumerate() {
        let number = session.text("SessionNum").parse().unwrap_or(place as i64);
        numbered.push((number, text(session, "SessionType")));
    }
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, kind)| kind).collect()
}

/// The driver is the entry whose `CarIdx` is `DriverCarIdx`; when there is one entry only, that one. Another's car is worse than none.
fn read_driver(info: &mut SessionInfo, driver: &Node) {
    info.driver_id = driver.text("DriverUserID").parse().unwrap_or(0);
    let entries = driver.list("Drivers");
    let own = driver.text("DriverCarIdx");
    let entry = entries.iter().find(|entry| !own.is_empty() && entry.text("CarIdx") == own);
    let only = if let [only] = entries { Some(only) } else { None };
    if let Some(entry) = entry.or(only) {
        info.car_path = text(entry, "CarPath");
        info.car_name = text(entry, "CarScreenName");
        info.driver_name = text(entry, "UserName");
        info.driver_id = entry.text("UserID").parse().unwrap_or(info.driver_id);
    }
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::*;

    fn example() -> SessionInfo {
        SessionInfo {
            sim: "simcar".to_owned(),
            track_name: "demo circuit".to_owned(),
            track_display_name: "Démo: \"Circuit\" #1".to_owned(),
            track_config: "Grand Prix".to_owned(),
            track_length_m: Some(4280.0),
            track_type: "road course".to_owned(),
            car_path: "demo\\gt4".to_owned(),
            car_name: "* GT4 \u{20ac}".to_owned(),
            driver_name: "- @André, %x".to_owned(),
            driver_id: 77,
            session_types: vec!["Practice".to_owned(), "Race".to_owned()],
            date: "2026-01-02 12:00 pm".to_owned(),
            build: "2026.11.05.01".to_owned(),
            other_cars: Some(3),
            series_id: 139,
            series_name: "Demo: Cup".to_owned(),
            ..SessionInfo::default()
        }
    }

    #[test]
    fn what_we_build_reads_back() {
        assert_eq!(parse(&build(&example())), example());
        let iracing = SessionInfo { sim: "iracing".to_owned(), ..example() };
        assert_eq!(parse(&build(&iracing)), iracing);
    }

    #[test]
    fn how_many_others_is_kept_and_so_is_not_knowing_it() {
        for other_cars in [None, Some(0), Some(1), Some(62)] {
            let info = SessionInfo { other_cars, ..example() };
            assert_eq!(parse(&build(&info)).other_cars, other_cars);
        }
    }

    #[test]
    fn others_are_neither_the_driver_nor_the_pace_car_nor_spectators() {
        let text = |kind: &str| {
            format!(
                "SessionInfo:\n Sessions:\n - SessionNum: 0\n   SessionType: {kind}\nDriverInfo:\n DriverCarIdx: 2\n Drivers:\n \
- CarIdx: 0\n   CarIsPaceCar: 1\n   IsSpectator: 0\n - CarIdx: 2\n   CarIsPaceCar: 0\n   IsSpectator: 0\n \
- CarIdx: 3\n   CarIsPaceCar: 0\n   IsSpectator: 1\n - CarIdx: 4\n   CarIsPaceCar: 0\n   IsSpectator: 0\n"
            )
        };
        let others = |kind: &str| parse(text(kind).as_bytes()).other_cars;
        assert_eq!((others("Race"), others("Lone Qualify")), (Some(1), Some(0)));
        assert_eq!(parse(b"DriverInfo:\n DriverCarIdx: 0\n Drivers:\n - CarIdx: 0\n").other_cars, None);
    }

    #[test]
    fn characters_without_a_place_in_the_code_page_become_question_marks() {
        let info = SessionInfo { driver_name: "\u{4e2d} \u{1f3c1}".to_owned(), ..example() };
        assert_eq!(parse(&build(&info)).driver_name, "? ?");
    }

    #[test]
    fn the_driver_is_the_entry_with_the_drivers_index() {
        let text = b"DriverInfo:\n DriverCarIdx: 7\n Drivers:\n - CarIdx: 0\n   CarPath: pacecar\n   UserName: Pace: Car\n \
- CarIdx: 7\n   UserName: *star: \"quoted\\\n   UserID: 12\n   CarPath: mx5 cup\n";
        let info = parse(text);
        assert_eq!((info.car_path.as_str(), info.driver_id), ("mx5 cup", 12));
        assert_eq!(info.driver_name, "*star: \"quoted\\");
        let other = parse(b"DriverInfo:\n DriverCarIdx: 9\n Drivers:\n - CarIdx: 0\n   CarPath: a\n - CarIdx: 1\n   CarPath: b\n");
        assert_eq!(other.car_path, "");
    }

    #[test]
    fn a_broken_section_does_not_take_the_others_with_it() {
        let text = b"WeekendInfo:\n TrackName: okayama\n   TrackID: 1\n  Odd: [\n - x\nDriverInfo:\n DriverCarIdx: 0\n \
Drivers:\n - CarIdx: 0\n   CarPath: mx5\n";
        let parsed = SessionText::parse(text);
        assert!(parsed.section("WeekendInfo").is_none());
        assert_eq!(parsed.info().car_path, "mx5");
    }

    #[test]
    fn lengths_with_their_units() {
        assert_eq!(length_m("4.28 km"), Some(4280.0));
        assert_eq!(length_m("1.0 mi"), Some(1609.344));
        assert_eq!(length_m("km"), None);
        assert_eq!(length_m("-1 km"), None);
        assert_eq!(length_m("nan km"), None);
    }

    #[test]
    fn garbage_gives_an_empty_session() {
        let info = parse(&[0xff; 64]);
        assert_eq!(info, SessionInfo { sim: "iracing".to_owned(), ..SessionInfo::default() });
    }
}

//! The text of events, exactly as `contract/src/events.ts` describes it. Made outside of the 60 Hz step.
//!
//! Numbers are rounded to a millionth of their unit and written in the shortest form that reads back as the same number, so the
//! text is the same on every system. What is not finite is `null`; minus zero is `0`.

use super::event::{CornerEvent, CueEvent, CueEvidence, Event, LapEvent, Place, StatusEvent};
use crate::CueCode;
use crate::reason_set::ReasonSet;
use crate::reference::ReferenceLap;
use std::fmt::Write;

/// Appends the event as one JSON object without a line end. `reference` is the one that was set when the event was made; without
/// it a corner has no id and is written as an empty string.
pub fn write_event_json(event: &Event, reference: Option<&ReferenceLap>, out: &mut String) {
    let mut object = Object::open(out);
    match event {
        Event::Lap(lap) => write_lap(&mut object, lap, true),
        Event::LapOpened(lap) => write_lap(&mut object, lap, false),
        Event::Cue(cue) => write_cue(&mut object, cue, reference),
        Event::Corner(corner) => write_corner(&mut object, corner, reference),
        Event::Status(status) => write_status(&mut object, status),
    }
    object.close();
}

fn write_lap(object: &mut Object, event: &LapEvent, settled: bool) {
    let lap = &event.lap;
    let official = lap.complete() && lap.official_time_s.is_some();
    object.text("type", "lap");
    object.place(&event.place);
    object.flag("settled", settled);
    object.count("startSample", lap.start_sample);
    object.count("endSample", lap.end_sample);
    object.optional("lapTimeS", lap.lap_time_s());
    object.text("timeSource", if official { "official" } else { "interpolated" });
    object.optional("officialLapTimeS", lap.official_time_s);
    object.optional("ownLapTimeS", lap.own_time_s);
    object.flag("complete", lap.complete());
    object.flag("valid", lap.valid());
    object.flag("referenceGrade", lap.reference_grade());
    object.reasons(lap.reasons);
}

fn write_cue(object: &mut Object, cue: &CueEvent, reference: Option<&ReferenceLap>) {
    object.text("type", "cue");
    object.place(&cue.place);
    object.text("kind", cue.code.kind());
    object.text("code", cue.code.code());
    match corner_id(cue.corner, reference) {
        Some(id) => object.text("cornerId", id),
        None => object.raw("cornerId", "null"),
    }
    object.count("priority", u64::from(cue.code.priority()));
    object.text("words", &words(cue, reference));
    object.number("targetM", cue.target_m);
    object.number("leadM", cue.lead_m);
    let mut evidence = object.nested("evidence");
    match cue.evidence {
        CueEvidence::Brake { speed_mps, reference_speed_mps, time_to_point_s } => {
            evidence.number("speedMps", speed_mps);
            evidence.number("referenceSpeedMps", reference_speed_mps);
            evidence.number("timeToPointS", time_to_point_s);
        }
        CueEvidence::Verdict { delta_s, spread_s, min_speed_mps, reference_min_speed_mps } => {
            evidence.number("deltaS", delta_s);
            evidence.number("spreadS", spread_s);
            evidence.number("minSpeedMps", min_speed_mps);
            evidence.number("referenceMinSpeedMps", reference_min_speed_mps);
        }
    }
    evidence.close();
}

fn write_corner(object: &mut Object, corner: &CornerEvent, reference: Option<&ReferenceLap>) {
    object.text("type", "corner");
    object.place(&corner.place);
    object.text("cornerId", corner_id(corner.corner, reference).unwrap_or(""));
    object.number("deltaS", corner.delta_s);
    object.optional("spreadS", corner.spread_s);
    object.flag("usable", corner.usable);
    object.flag("show", corner.show);
    object.number("minSpeedMps", corner.min_speed_mps);
    object.number("referenceMinSpeedMps", corner.reference_min_speed_mps);
    object.optional("brakeOnsetM", corner.brake_onset_m);
    object.optional("referenceBrakeOnsetM", corner.reference_brake_onset_m);
    object.reasons(corner.reasons);
}

fn write_status(object: &mut Object, event: &StatusEvent) {
    object.text("type", "status");
    object.place(&event.place);
    object.text("status", event.status.code());
    object.flag("silent", event.status.silent());
    object.text("text", event.status.text());
}

fn corner_id(corner: u16, reference: Option<&ReferenceLap>) -> Option<&str> {
    reference?.corners.get(usize::from(corner)).map(|corner| corner.id.as_str())
}

/// The cue's words with the corner's name (its id where it has none) and the loss with its sign.
fn words(cue: &CueEvent, reference: Option<&ReferenceLap>) -> String {
    let corner = reference.and_then(|reference| reference.corners.get(usize::from(cue.corner)));
    let name = corner.map_or("", |corner| corner.name.as_deref().unwrap_or(&corner.id));
    match (cue.code, cue.evidence) {
        (CueCode::CornerVerdict, CueEvidence::Verdict { delta_s, .. }) => {
            cue.code.text().replace("{corner}", name).replace("{delta}", &format!("{delta_s:+.2}"))
        }
        _ => cue.code.text().to_owned(),
    }
}

/// Writes the members of one JSON object.
struct Object<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Object<'a> {
    fn open(out: &'a mut String) -> Self {
        out.push('{');
        Object { out, empty: true }
    }

    fn close(self) {
        self.out.push('}');
    }

    fn key(&mut self, key: &str) {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        write_text(self.out, key);
        self.out.push(':');
    }

    fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.out.push_str(json);
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        write_text(self.out, value);
    }

    fn flag(&mut self, key: &str, value: bool) {
        self.raw(key, if value { "true" } else { "false" });
    }

    fn count(&mut self, key: &str, value: u64) {
        self.key(key);
        write_display(self.out, value);
    }

    fn number(&mut self, key: &str, value: f64) {
        self.key(key);
        write_number(self.out, value);
    }

    fn optional(&mut self, key: &str, value: Option<f64>) {
        self.number(key, value.unwrap_or(f64::NAN));
    }

    fn reasons(&mut self, reasons: ReasonSet) {
        self.key("reasons");
        self.out.push('[');
        for (at, reason) in reasons.iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            write_text(self.out, reason.code());
        }
        self.out.push(']');
    }

    fn place(&mut self, place: &Place) {
        self.count("sample", place.sample);
        self.number("sessionTimeS", place.session_time_s);
        self.key("lap");
        write_display(self.out, place.id.lap);
        self.count("stint", u64::from(place.id.stint));
        self.number("lapDistanceM", place.lap_distance_m);
    }

    fn nested(&mut self, key: &str) -> Object<'_> {
        self.key(key);
        Object::open(self.out)
    }
}

fn write_display(out: &mut String, value: impl std::fmt::Display) {
    // Writing into a String cannot fail.
    let _ = write!(out, "{value}");
}

fn write_number(out: &mut String, value: f64) {
    const MICRO: f64 = 1e6;
    /// Beyond this a double has no millionths left to round.
    const LARGE: f64 = 1e9;
    if !value.is_finite() {
        out.push_str("null");
        return;
    }
    let rounded = if value.abs() < LARGE { (value * MICRO).round() / MICRO } else { value };
    // Adding zero turns minus zero into zero.
    write_display(out, rounded + 0.0);
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> String {
        let mut out = String::new();
        write_number(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_short_and_never_garbage() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (-1e-9, "0"),
            (f64::NAN, "null"),
            (f64::NEG_INFINITY, "null"),
            (92.123_456_789, "92.123457"),
            (1e300, &format!("1{}", "0".repeat(300))),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value}");
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        write_text(&mut out, "a\"b\\c\u{1}ü");
        assert_eq!(out, "\"a\\\"b\\\\c\\u0001ü\"");
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), "a\"b\\c\u{1}ü");
    }
}

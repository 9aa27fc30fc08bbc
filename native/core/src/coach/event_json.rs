//! The text of events, exactly as `contract/src/events.ts` describes it. Made outside of the 60 Hz step.

use super::event::{CornerEvent, CueEvent, CueEvidence, Event, LapEvent, Place, StatusEvent};
use super::json_object::Object;
use crate::reference::ReferenceLap;
use crate::{CueCode, Reason};

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
    write_place(object, &event.place);
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
    object.flag("assisted", event.assisted);
    object.texts("reasons", lap.reasons.iter().map(Reason::code));
}

fn write_cue(object: &mut Object, cue: &CueEvent, reference: Option<&ReferenceLap>) {
    object.text("type", "cue");
    write_place(object, &cue.place);
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
    write_place(object, &corner.place);
    object.text("cornerId", corner_id(corner.corner, reference).unwrap_or(""));
    object.number("deltaS", corner.delta_s);
    object.optional("spreadS", corner.spread_s);
    object.flag("usable", corner.usable);
    object.flag("show", corner.show);
    object.number("minSpeedMps", corner.min_speed_mps);
    object.number("referenceMinSpeedMps", corner.reference_min_speed_mps);
    object.optional("brakeOnsetM", corner.brake_onset_m);
    object.optional("referenceBrakeOnsetM", corner.reference_brake_onset_m);
    object.texts("reasons", corner.reasons.iter().map(Reason::code));
}

fn write_status(object: &mut Object, event: &StatusEvent) {
    object.text("type", "status");
    write_place(object, &event.place);
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

fn write_place(object: &mut Object, place: &Place) {
    object.count("sample", place.sample);
    object.number("sessionTimeS", place.session_time_s);
    object.signed("lap", i64::from(place.id.lap));
    object.count("stint", u64::from(place.id.stint));
    object.number("lapDistanceM", place.lap_distance_m);
}

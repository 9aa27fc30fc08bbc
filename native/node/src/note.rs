//! What the thread tells JavaScript beside the coach's events, in order with them: `runnerNote` of the contract.

use crate::lap_session::LapSession;
use crate::own_reference::Origin;
use crate::statistics::presence_word;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::source::Presence;
use serde_json::json;

/// A session begins, or its text changed.
pub struct SessionNote<'a> {
    /// Counted from 1 in a run; the same number when only the text changed.
    pub number: u32,
    /// Counts coaches: laps of another one may have the same stint and number.
    pub coach: u32,
    /// What the sim says.
    pub session: &'a SessionInfo,
    /// Exact length where it is known.
    pub length_m: Option<f64>,
    /// Rows a second.
    pub rate_hz: f64,
    /// `SessionNum`, when the sim has sessions.
    pub session_num: Option<i32>,
}

impl SessionNote<'_> {
    /// As JSON.
    pub fn to_json(&self) -> String {
        let facts = LapSession::new(self.session, self.length_m, self.rate_hz);
        let kind = self
            .session_num
            .and_then(|number| self.session.session_types.get(usize::try_from(number).ok()?))
            .map_or("", String::as_str);
        json!({
            "type": "session",
            "number": self.number,
            "coach": self.coach,
            "kind": kind,
            "facts": facts,
        })
        .to_string()
    }
}

/// Whether there is a sim.
pub fn presence(presence: Presence) -> String {
    json!({ "type": "presence", "presence": presence_word(presence) }).to_string()
}

/// The coach uses a reference that the run made, or none any more. `reference` is a `hubReference` as JSON, or `null`.
pub fn reference(origin: Origin, rough: bool, reference: &str, model: Option<&str>) -> String {
    let model = model.map_or_else(|| "null".to_owned(), |model| json!(model).to_string());
    let origin = origin.code();
    format!(
        r#"{{"type":"reference","origin":"{origin}","rough":{rough},"model":{model},"reference":{reference}}}"#
    )
}

/// What has trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleWith {
    /// The source: it may pass.
    Source,
    /// The tape that is made.
    Tape,
}

/// Trouble, or `None` when it is over.
pub fn trouble(with: TroubleWith, error: Option<&CodedError>) -> String {
    let with = match with {
        TroubleWith::Source => "source",
        TroubleWith::Tape => "tape",
    };
    let (code, message) = (error.map(|error| error.code.code()), error.map(CodedError::to_string));
    json!({ "type": "trouble", "with": with, "code": code, "message": message }).to_string()
}

/// Rows are missing.
pub fn gap(rows: u64) -> String {
    json!({ "type": "gap", "rows": rows }).to_string()
}

/// A sim without lap distance taught a line, which is to be kept.
pub fn line(line: &str) -> String {
    json!({ "type": "line", "line": line }).to_string()
}

//! A lap's facts beside its lap file: `lapSummary` of the contract.

use crate::lap_session::LapSession;
use racing_coach_core::analysis::LapEntry;
use serde::Serialize;

#[derive(Serialize)]
struct LapSummary<'a> {
    #[serde(flatten)]
    lap: &'a LapEntry,
    session: &'a LapSession,
}

/// The summary as JSON.
pub fn lap_summary(lap: &LapEntry, session: &LapSession) -> String {
    serde_json::to_string(&LapSummary { lap, session }).unwrap_or_else(|_| "null".to_owned())
}

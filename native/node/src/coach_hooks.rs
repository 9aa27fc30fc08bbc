//! Stands in for what the core is about to bring.

use racing_coach_core::Status;
use racing_coach_core::analysis::Recording;
use racing_coach_core::coach::{Coach, Events};
use racing_coach_core::corners::TrackModel;
use racing_coach_core::lap::Lap;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::Snapshot;

pub fn learned_reference(
    _recording: &Recording,
    _lap: &Lap,
    _length_m: f64,
    _model: Option<&mut TrackModel>,
) -> Option<ReferenceLap> {
    None
}

pub fn interrupt(_coach: &mut Coach, status: Status, _events: &mut Events) -> Snapshot {
    Snapshot { status: status as u32, corner: -1, next_corner: -1, learned_passes: -1, ..Snapshot::EMPTY }
}

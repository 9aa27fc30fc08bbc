//! The documents of a recording: its laps, what they are good for, and what they did in the corners.
//!
//! The corners and sections of all laps are those of the file's best lap, so that the same corner has the same id and the same
//! metres in every lap: the fastest reference-grade lap, else the fastest complete one. A file without a complete lap has no
//! corners.

mod document;
mod learned;
mod prepared_lap;
mod selection;
#[cfg(test)]
mod tests;
mod usability;

pub use document::{CarEntry, FileAnalysis, LapEntry, SectionEntry, TrackEntry};
pub use learned::learned_reference;
pub use prepared_lap::PreparedLap;
pub use selection::{best_lap, find_lap};
pub use usability::section_entries;
pub(crate) use usability::touches;

use crate::Sample;
use crate::corner::{BrakeZone, CornerMetrics};
use crate::corners::{TrackModel, place_apexes};
use crate::error::CodedError;
use crate::lap::Lap;
use crate::laps::{LapTable, find_session_laps};
use crate::metrics::{corner_metrics, fill_trail_brake};
use crate::reference::ReferenceLap;
use crate::session::SessionInfo;
use crate::track_file::CentreLinePoint;

/// A whole recording in memory.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// All rows, in order.
    pub samples: &'a [Sample],
    /// Rows a second.
    pub rate_hz: f64,
    /// What the source says about the session.
    pub session: &'a SessionInfo,
}

impl Recording<'_> {
    /// The laps of the recording.
    pub fn laps(&self) -> LapTable {
        find_session_laps(self.samples, self.rate_hz, self.session)
    }
}

/// Everything that `analyze` says about a recording. `file` and `source` are the caller's to fill. With a track model the corners
/// get their lasting ids, and the model learns those that it did not know.
pub fn analyze(recording: &Recording, mut model: Option<&mut TrackModel>) -> FileAnalysis {
    let table = recording.laps();
    let prepared: Vec<Option<PreparedLap>> =
        table.laps.iter().map(|lap| PreparedLap::new(recording, lap, table.length_m).ok()).collect();
    let reference = reference_of_file(recording, &table, &prepared, model.as_deref_mut());
    let centre_line = model.map_or(&[][..], |model| &model.centre_line);
    let laps = table.laps.iter().zip(&prepared).enumerate().map(|(index, (lap, prepared))| {
        let before = index.checked_sub(1).map(|before| &table.laps[before]);
        let before = before.filter(|before| follows(before, lap));
        match (prepared, &reference) {
            (Some(prepared), Some(reference)) => full_entry(lap, before, prepared, reference, centre_line),
            _ => LapEntry::without_corners(lap),
        }
    });
    FileAnalysis { laps: laps.collect(), ..FileAnalysis::without_laps(recording, table.length_m) }
}

/// A lap of a recording as a reference. `own`: driven by this driver. The error lacks the place `file`, which the caller knows.
pub fn reference_from_lap(
    recording: &Recording,
    lap: &Lap,
    own: bool,
    model: Option<&mut TrackModel>,
) -> Result<ReferenceLap, CodedError> {
    let prepared = PreparedLap::new(recording, lap, recording.laps().length_m)?;
    Ok(prepared.into_reference(recording, own, model))
}

/// What a lap did in the corners of another one, as [`analyze`] says it of laps of one recording. `None` for a lap that cannot be put on the grid.
pub fn corners_of_lap(
    recording: &Recording,
    lap: &Lap,
    length_m: f64,
    reference: &ReferenceLap,
    model: Option<&TrackModel>,
) -> Option<Vec<CornerMetrics>> {
    let prepared = PreparedLap::new(recording, lap, length_m).ok()?;
    let centre_line = model.map_or(&[][..], |model| &model.centre_line);
    Some(full_entry(lap, None, &prepared, reference, centre_line).corners)
}

fn reference_of_file(
    recording: &Recording,
    table: &LapTable,
    prepared: &[Option<PreparedLap>],
    model: Option<&mut TrackModel>,
) -> Option<ReferenceLap> {
    let gridded =
        || table.laps.iter().zip(prepared).filter_map(|(lap, prepared)| Some((lap, prepared.as_ref()?)));
    let fastest = |graded: bool| {
        gridded()
            .filter(|(lap, _)| !graded || lap.reference_grade())
            .reduce(|best, next| if next.1.lap_time_s < best.1.lap_time_s { next } else { best })
    };
    let (_, best) = fastest(true).or_else(|| fastest(false))?;
    Some(best.clone().into_reference(recording, true, model))
}

/// Whether a lap began with the crossing that ended the one before.
fn follows(before: &Lap, lap: &Lap) -> bool {
    matches!((before.end_row, lap.start_row), (Some(end_row), Some(start_row)) if (end_row - start_row).abs() < 0.5)
}

fn full_entry(
    lap: &Lap,
    before: Option<&Lap>,
    prepared: &PreparedLap,
    reference: &ReferenceLap,
    centre_line: &[CentreLinePoint],
) -> LapEntry {
    let mut brake_zones = prepared.brake_zones.clone();
    fill_trail_brake(&prepared.grid, &reference.corners, &mut brake_zones);
    LapEntry {
        sections: section_entries(&reference.sections, prepared.grid.length_m, lap, before),
        corners: metrics_of(prepared, reference, &brake_zones, centre_line),
        brake_zones,
        ..LapEntry::without_corners(lap)
    }
}

/// The metrics of a lap in the reference's corners. Where the road's edges are known the apex is where this lap came nearest the inside one.
fn metrics_of(
    prepared: &PreparedLap,
    reference: &ReferenceLap,
    brake_zones: &[BrakeZone],
    centre_line: &[CentreLinePoint],
) -> Vec<CornerMetrics> {
    let mut metrics = corner_metrics(&prepared.grid, &reference.corners, brake_zones);
    if !centre_line.is_empty() {
        let mut driven = reference.corners.clone();
        for (corner, metrics) in driven.iter_mut().zip(&metrics) {
            corner.apex_m = metrics.apex_m;
        }
        place_apexes(&mut driven, &prepared.grid, centre_line);
        for (metrics, corner) in metrics.iter_mut().zip(&driven) {
            metrics.apex_m = corner.apex_m;
        }
    }
    metrics
}

//! A first reference out of the running session.

use super::{PreparedLap, Recording, section_entries};
use crate::corners::TrackModel;
use crate::lap::Lap;
use crate::reference::ReferenceLap;

/// A lap of the running session as a rough reference: `None` when it is not even good enough for that (see
/// [`Lap::rough_grade`]) or cannot be put on the grid. `recording` needs to hold the lap's rows only, and some either side where they
/// exist; `length_m` is the exact length of the lap. With a track model, which has to be the same for all laps of the session, corners
/// keep their ids, and what was learned in them is kept when a better lap takes the place of this one. Takes tens of milliseconds.
pub fn learned_reference(
    recording: &Recording,
    lap: &Lap,
    length_m: f64,
    model: Option<&mut TrackModel>,
) -> Option<ReferenceLap> {
    let prepared = Some(lap).filter(|lap| lap.rough_grade())?;
    let prepared = PreparedLap::new(recording, prepared, length_m).ok()?;
    let reference = prepared.into_reference(recording, true, model);
    let usable = section_entries(&reference.sections, reference.grid.length_m, lap, None);
    let clean = reference.sections.iter().zip(&usable).filter(|(_, entry)| entry.usable);
    let clean_corners = clean.flat_map(|(section, _)| section.corner_ids.iter().cloned()).collect();
    Some(ReferenceLap { rough: true, clean_corners, ..reference })
}

//! Which sections of a lap may be coached from.
//!
//! A section is spoiled by every spoiled stretch that touches it. A car that left the track spoils its section and the next
//! straight. The straight is part of the section of the corner before it, except after the line: what was left before the line
//! spoils the run from the line as well, on the lap that follows. A contact without penalty spoils nothing. A reason without a
//! place spoils the whole lap when it would have had one: where it is not known where, it may be anywhere.

use crate::Reason;
use crate::analysis::document::SectionEntry;
use crate::corner::Section;
use crate::lap::{Lap, Spoil};
use crate::reason_set::ReasonSet;

/// Reasons that say something about driving at some place of the lap. The others concern the lap's time only.
const PLACED: [Reason; 17] = [
    Reason::PitLane,
    Reason::Tow,
    Reason::Reset,
    Reason::Jump,
    Reason::Gap,
    Reason::OffTrack,
    Reason::SlowDownPenalty,
    Reason::Penalty,
    Reason::Damage,
    Reason::Caution,
    Reason::PaceLap,
    Reason::CoolDown,
    Reason::Replay,
    Reason::WrongWay,
    Reason::Stopped,
    Reason::NotDriving,
    Reason::Traffic,
];

/// What each of the reference's sections is good for on this lap. `before` is the lap driven directly before, when there is one.
pub fn section_entries(
    sections: &[Section],
    length_m: f64,
    lap: &Lap,
    before: Option<&Lap>,
) -> Vec<SectionEntry> {
    let everywhere = reasons_everywhere(lap);
    let mut entries: Vec<SectionEntry> = sections
        .iter()
        .map(|section| {
            let mut reasons = everywhere;
            lap.spoils
                .as_slice()
                .iter()
                .filter(|spoil| spoil.reason != Reason::Contact && touches(section, spoil, length_m))
                .for_each(|spoil| reasons.insert(spoil.reason));
            entry(section, reasons)
        })
        .collect();
    if let (Some(first), Some(last)) = (entries.first_mut(), sections.last())
        && first.corner_id.is_none()
        && before.is_some_and(|before| left_the_track_in(before, last, length_m))
    {
        first.reasons.insert(Reason::OffTrack);
        first.usable = false;
    }
    entries
}

fn entry(section: &Section, reasons: ReasonSet) -> SectionEntry {
    SectionEntry {
        corner_id: section.corner_id.clone(),
        start_m: section.start_m,
        end_m: section.end_m,
        usable: reasons.is_empty(),
        reasons,
    }
}

/// A standing start, and every reason that should have a place but has none.
fn reasons_everywhere(lap: &Lap) -> ReasonSet {
    let placed = |reason: Reason| lap.spoils.as_slice().iter().any(|spoil| spoil.reason == reason);
    lap.reasons
        .iter()
        .filter(|reason| *reason == Reason::GridStart || (PLACED.contains(reason) && !placed(*reason)))
        .collect()
}

fn left_the_track_in(lap: &Lap, section: &Section, length_m: f64) -> bool {
    let off_track = |spoil: &&Spoil| spoil.reason == Reason::OffTrack;
    lap.spoils.as_slice().iter().filter(off_track).any(|spoil| touches(section, spoil, length_m))
}

/// Whether a spoiled stretch lies in a section, at least in part.
pub(crate) fn touches(section: &Section, spoil: &Spoil, length_m: f64) -> bool {
    let overlaps = |from_m: f64, to_m: f64| spoil.start_m < to_m && spoil.end_m >= from_m;
    if section.start_m < section.end_m {
        overlaps(section.start_m, section.end_m)
    } else {
        overlaps(section.start_m, length_m) || overlaps(0.0, section.end_m)
    }
}

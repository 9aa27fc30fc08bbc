//! What tells a driver how to drive, and taking it out. Delta, own values, flags and cars beside stay.

use super::event::{CornerEvent, Event};
use crate::lap::LapId;
use crate::sample::{Snapshot, snapshot_flags};

/// Takes everything out that tells how to drive: brake point, beats, target speed and gear, and the reference's pedals, speed and
/// gear, which are a ghost that shows what to do before it is to be done.
pub(super) fn withhold(snapshot: &mut Snapshot) {
    *snapshot = Snapshot {
        flags: snapshot.flags & !snapshot_flags::BRAKE_COMMANDED,
        brake_point_m: f32::NAN,
        brake_in_m: f32::NAN,
        brake_in_s: f32::NAN,
        beat: 0,
        reference_speed_mps: f32::NAN,
        reference_throttle: f32::NAN,
        reference_brake: f32::NAN,
        reference_gear: 0,
        target_speed_mps: f32::NAN,
        target_gear: 0,
        ..*snapshot
    };
}

/// The loss stays, as a time; how the reference took the corner does not.
pub(super) fn withhold_from_corner(corner: &mut CornerEvent) {
    corner.show = false;
    corner.reference_min_speed_mps = f64::NAN;
    corner.reference_brake_onset_m = None;
}

/// Whether a snapshot tells how to drive.
pub fn snapshot_instructs(snapshot: &Snapshot) -> bool {
    let numbers = [
        snapshot.brake_point_m,
        snapshot.brake_in_m,
        snapshot.brake_in_s,
        snapshot.reference_speed_mps,
        snapshot.reference_throttle,
        snapshot.reference_brake,
        snapshot.target_speed_mps,
    ];
    numbers.iter().any(|number| !number.is_nan())
        || [snapshot.beat, snapshot.reference_gear, snapshot.target_gear].iter().any(|number| *number != 0)
        || snapshot.flags & snapshot_flags::BRAKE_COMMANDED != 0
}

/// Whether an event does. Every cue does, but for those that warn of danger.
pub fn event_instructs(event: &Event) -> bool {
    match event {
        Event::Cue(cue) => cue.code.kind() != "safety",
        Event::Corner(corner) => {
            corner.show
                || !corner.reference_min_speed_mps.is_nan()
                || corner.reference_brake_onset_m.is_some()
        }
        Event::Lap(_) | Event::LapOpened(_) | Event::Status(_) => false,
    }
}

/// Which laps were driven with instruction. A lap's event comes again up to 3 s after its end, when its time is settled.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AssistLog {
    running: bool,
    finished: [Option<(LapId, bool)>; AssistLog::KEPT],
    next: usize,
}

impl AssistLog {
    /// Laps that can wait for their times: one a row at the very worst, and none of them is a real lap then.
    const KEPT: usize = 8;

    /// Something was instructed in the running lap, or not.
    pub fn note(&mut self, instructed: bool) {
        self.running |= instructed;
    }

    /// The running lap is over.
    pub fn close(&mut self, id: LapId) {
        self.finished[self.next] = Some((id, self.running));
        self.next = (self.next + 1) % AssistLog::KEPT;
        self.running = false;
    }

    /// Whether a lap that is over was driven with instruction.
    pub fn of(&self, id: LapId) -> bool {
        self.finished.iter().flatten().any(|(lap, assisted)| *lap == id && *assisted)
    }
}

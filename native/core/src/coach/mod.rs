//! The live coach step: a pure function of samples, configuration and reference. It never allocates and never panics.
//!
//! Awkward values. NaN in a channel: what needs the channel is NaN or left out, everything else goes on. A missing position, a reset
//! row, a tow, a jump: the segment ends, a countdown and a running pass are dropped, delta and slope are NaN until the car
//! crosses the line. Wrap at the line: progress and lag go on. Another reference: as a jump, but the driver's scatter in corners
//! with the same id is kept. A rough reference: the coach learns the brake points from the driver and judges nothing.

mod brake_coach;
mod brake_marker;
mod clock;
mod config;
mod corner_pass;
mod countdown;
mod cut;
mod event;
mod event_json;
mod events;
mod instruction;
mod json_object;
mod landmarks;
mod learned;
mod lessons;
mod live;
mod pedals;
mod picture;
mod plan;
mod road;
mod row;
mod run_in;
mod silence;
mod slope_memory;
mod spoiled_section;
mod spread;
mod status;
mod time_curve;
mod verdict;

pub use config::{CoachConfig, Countdown, Placing};
pub use event::{CornerEvent, CueEvent, CueEvidence, Event, LapEvent, Place, StatusEvent};
pub use event_json::write_event_json;
pub use events::Events;
pub use instruction::{event_instructs, snapshot_instructs};
pub use live::Coach;

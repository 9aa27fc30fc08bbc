//! What the runner's thread is told: at its start and while it runs.

use crate::lap_window::Laps;
use crate::own_reference::Built;
use crate::source_spec::Opened;
use racing_coach_core::corners::TrackModel;
use racing_coach_core::error::CodedError;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::rules::RulesSetting;
use std::sync::{Arc, mpsc};

/// Opens the source: once at the start, and once more for every round of a loop.
pub type OpenSource = Box<dyn FnMut() -> Result<Opened, CodedError> + Send>;

/// What the thread is told at its start.
pub struct Plan {
    /// Rows are coached when they come; a failing source is tried again for ever.
    pub live: bool,
    /// Of a recording: 1 is real time, 0 as fast as possible.
    pub speed: f64,
    /// Which part of a recording to play.
    pub window: Laps,
    /// Begin again at the end.
    pub looped: bool,
    /// Hand over finished laps as lap files.
    pub record: bool,
    /// Learn from laps of the run, and coach from its best one.
    pub learn: bool,
    /// Where live instruction is forbidden.
    pub rules: RulesSetting,
    /// Track files for the names of corners.
    pub track_files: Vec<String>,
}

/// A reference from outside.
pub struct Given {
    /// The lap.
    pub lap: Arc<ReferenceLap>,
    /// Its corner ids, for laps that are built here.
    pub model: TrackModel,
}

/// What the thread may be told while it runs.
pub enum Order {
    /// Coach from this lap from now on; `fixed`: the user chose it, so that no lap of the run takes its place.
    SetReference { given: Option<Box<Given>>, fixed: bool },
    /// Where live instruction is forbidden, from the next session on; in the session of this number as well, where it is the first that is said of it.
    SetRules { rules: RulesSetting, session: Option<u32> },
    /// A lap of the run has become a reference.
    Built(Box<Built>),
}

/// The thread's ends of its channels.
pub struct Orders {
    /// For the thread that builds references.
    pub sender: mpsc::Sender<Order>,
    /// What is to be done.
    pub receiver: mpsc::Receiver<Order>,
}

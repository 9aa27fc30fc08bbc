//! Keeps the rows of the running lap, and turns every lap that went over the line into a lap file, and into a reference where one is wanted,
//! on a thread of its own.

use crate::hub_reference::describe;
use crate::lap_session::LapSession;
use crate::lap_summary::lap_summary;
use crate::outbox::{FinishedLap, Outbox};
use crate::own_reference::{Built, Origin};
use crate::plan::Order;
use crate::track_models::KnownTracks;
use racing_coach_core::Sample;
use racing_coach_core::analysis::{LapEntry, PreparedLap, Recording, learned_reference};
use racing_coach_core::coach::LapEvent;
use racing_coach_core::corners::TrackModel;
use racing_coach_core::lap::{Lap, LapId};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use racing_coach_lapfile::{LapFileInput, PADDING_ROWS, encode, rows_around};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// Longest lap that is kept, in rows: twenty minutes at 60 Hz. A longer one is handed over without a file.
const MOST_ROWS: usize = 72_000;
/// Room for a lap of two minutes and some: growing copies megabytes on the reading thread.
const USUAL_ROWS: usize = 8192;

/// Where a lap was driven.
pub struct Driven {
    /// What the source says.
    pub session: SessionInfo,
    /// Rows a second.
    pub rate_hz: f64,
    /// Which coach.
    pub coach: u32,
}

/// What the tap does with a lap.
pub struct TapWork {
    /// Hand over lap files.
    pub record: bool,
    /// Build references from laps of this run, and send them there.
    pub references: Option<mpsc::Sender<Order>>,
    /// Track files for the names of corners.
    pub track_files: Vec<String>,
}

enum Job {
    Lap { driven: Arc<Driven>, session: u32, lap: Box<LapEvent>, length_m: f64, rows: Vec<Sample> },
    Model(TrackModel),
}

/// See the module.
pub struct LapTap {
    rows: Vec<Sample>,
    jobs: Option<mpsc::Sender<Job>>,
    encoder: Option<JoinHandle<()>>,
}

impl LapTap {
    /// A tap with its encoder thread; laps go to `outbox`.
    pub fn new(work: TapWork, outbox: Arc<Outbox>) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let encoder = std::thread::Builder::new().name("racing-coach-lapfile".into()).spawn(move || {
            let mut bench = Bench { work, outbox, model: None };
            for job in waiting {
                bench.take(job);
            }
        })?;
        Ok(LapTap { rows: Vec::with_capacity(USUAL_ROWS), jobs: Some(jobs), encoder: Some(encoder) })
    }

    /// Keeps a row.
    pub fn keep(&mut self, sample: &Sample) {
        if self.rows.len() == MOST_ROWS {
            self.rows.drain(..MOST_ROWS / 2);
        }
        self.rows.push(*sample);
    }

    /// Hands over a lap that went over the line, and forgets the rows before its end. The rows themselves change hands: only the few that the
    /// next lap needs are copied.
    pub fn hand_over(&mut self, opened: &LapEvent, driven: &Arc<Driven>, session: u32, length_m: f64) {
        let lap = &opened.lap;
        let first = lap.end_sample.saturating_sub(PADDING_ROWS);
        let kept_from = self.rows.partition_point(|sample| sample.index < first);
        let mut next = Vec::with_capacity(USUAL_ROWS.max(self.rows.len() + self.rows.len() / 8));
        next.extend_from_slice(&self.rows[kept_from..]);
        let rows = std::mem::replace(&mut self.rows, next);
        let driven = Arc::clone(driven);
        self.send(Job::Lap { driven, session, lap: Box::new(*opened), length_m, rows });
    }

    /// Corner ids that references are built with from now on.
    pub fn set_model(&self, model: TrackModel) {
        self.send(Job::Model(model));
    }

    /// Another car or track: what was kept belongs to no lap that is still to come.
    pub fn forget(&mut self) {
        self.rows.clear();
    }

    /// The thread ends only with the tap: sending cannot fail before.
    fn send(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }
}

impl Drop for LapTap {
    /// Every lap that was handed over is encoded before the run ends.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(encoder) = self.encoder.take() {
            let _ = encoder.join();
        }
    }
}

/// The encoder thread's own.
struct Bench {
    work: TapWork,
    outbox: Arc<Outbox>,
    model: Option<TrackModel>,
}

impl Bench {
    fn take(&mut self, job: Job) {
        match job {
            Job::Model(model) => self.model = Some(model),
            Job::Lap { driven, session, lap: opened, length_m, rows } => {
                let lap = &opened.lap;
                let rows = rows_around(&rows, lap);
                if self.work.record {
                    self.outbox.lap(finish(&driven, session, &opened, length_m, rows));
                }
                if self.work.references.is_some() && lap.complete() && begins_in(rows, lap) {
                    self.build(&driven, lap, length_m, rows);
                }
            }
        }
    }

    fn build(&mut self, driven: &Driven, lap: &Lap, length_m: f64, rows: &[Sample]) {
        let recording = Recording { samples: rows, rate_hz: driven.rate_hz, session: &driven.session };
        let known = self.model.take().filter(|model| model.track_key == driven.session.track_key());
        let known = known.unwrap_or_else(|| self.model_of(&driven.session, length_m));
        // Both from the same ids; what either learned of the track is kept.
        let mut model = known;
        let learned = learned_reference(&recording, lap, length_m, Some(&mut model));
        if let Some(reference) = learned {
            self.send(driven, lap, Origin::Learned, reference, &model);
        }
        if lap.reference_grade()
            && let Ok(prepared) = PreparedLap::new(&recording, lap, length_m)
        {
            let reference = prepared.into_reference(&recording, true, Some(&mut model));
            self.send(driven, lap, Origin::Session, reference, &model);
        }
        self.model = Some(model);
    }

    /// A track file that cannot be read costs names, not the reference.
    fn model_of(&self, session: &SessionInfo, length_m: f64) -> TrackModel {
        let known = KnownTracks { model: None, track_files: self.work.track_files.clone() };
        known.model_for(session, length_m).unwrap_or_else(|_| TrackModel::new(&session.track_key(), length_m))
    }

    fn send(&self, driven: &Driven, lap: &Lap, origin: Origin, reference: ReferenceLap, model: &TrackModel) {
        let described = serde_json::to_string(&describe(&reference, &label(lap.id))).unwrap_or_default();
        let built = Built {
            coach: driven.coach,
            id: lap.id,
            origin,
            lap: Arc::new(reference),
            described,
            model: serde_json::to_string(model).unwrap_or_default(),
        };
        if let Some(orders) = &self.work.references {
            // The run may be over: then nobody needs it.
            let _ = orders.send(Order::Built(Box::new(built)));
        }
    }
}

fn label(id: LapId) -> String {
    format!("lap {} of this session", id.lap)
}

fn begins_in(rows: &[Sample], lap: &Lap) -> bool {
    rows.first().is_some_and(|row| row.index <= lap.start_sample)
}

fn finish(driven: &Driven, session: u32, opened: &LapEvent, length_m: f64, rows: &[Sample]) -> FinishedLap {
    let Driven { session: info, rate_hz, .. } = driven;
    let (lap, assisted) = (&opened.lap, Some(opened.assisted));
    let input = LapFileInput { session: info, rate_hz: *rate_hz, length_m, lap, assisted, samples: rows };
    let lap_file = (lap.complete() && begins_in(rows, lap)).then(|| encode(&input).ok()).flatten();
    let facts = LapSession::new(info, Some(length_m).filter(|length| length.is_finite()), *rate_hz);
    let entry = LapEntry { assisted, ..LapEntry::without_corners(lap) };
    FinishedLap { summary: lap_summary(&entry, &facts), lap_file, session }
}

//! Keeps the rows of the running lap, and turns every lap that went over the line into a lap file on a thread of its own.

use crate::lap_session::LapSession;
use crate::lap_summary::lap_summary;
use crate::outbox::{FinishedLap, Outbox};
use racing_coach_core::Sample;
use racing_coach_core::analysis::LapEntry;
use racing_coach_core::coach::Event;
use racing_coach_core::lap::Lap;
use racing_coach_core::session::SessionInfo;
use racing_coach_lapfile::{LapFileInput, PADDING_ROWS, encode, rows_around};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// Longest lap that is kept, in rows: twenty minutes at 60 Hz. A longer one is handed over without a file.
const MOST_ROWS: usize = 72_000;

struct Job {
    lap: Lap,
    length_m: f64,
    rows: Vec<Sample>,
}

/// See the module.
pub struct LapTap {
    rows: Vec<Sample>,
    jobs: Option<mpsc::Sender<Job>>,
    encoder: Option<JoinHandle<()>>,
}

impl LapTap {
    /// A tap with its encoder thread; laps go to `outbox`.
    pub fn new(session: SessionInfo, rate_hz: f64, outbox: Arc<Outbox>) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let encoder = std::thread::Builder::new().name("racing-coach-lapfile".into()).spawn(move || {
            for job in waiting {
                outbox.lap(finish(&session, rate_hz, &job));
            }
        })?;
        Ok(LapTap { rows: Vec::with_capacity(8192), jobs: Some(jobs), encoder: Some(encoder) })
    }

    /// Keeps a row.
    pub fn keep(&mut self, sample: &Sample) {
        if self.rows.len() == MOST_ROWS {
            self.rows.drain(..MOST_ROWS / 2);
        }
        self.rows.push(*sample);
    }

    /// Hands over the lap that an event opened, and forgets the rows before its end.
    pub fn follow(&mut self, event: &Event, length_m: f64) {
        let Event::LapOpened(opened) = event else { return };
        let lap = opened.lap;
        let rows = rows_around(&self.rows, &lap).to_vec();
        // The thread ends only with the tap: sending cannot fail before.
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Job { lap, length_m, rows });
        }
        let first = lap.end_sample.saturating_sub(PADDING_ROWS);
        let kept_from = self.rows.partition_point(|sample| sample.index < first);
        self.rows.drain(..kept_from);
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

fn finish(session: &SessionInfo, rate_hz: f64, job: &Job) -> FinishedLap {
    let input = LapFileInput { session, rate_hz, length_m: job.length_m, lap: &job.lap, samples: &job.rows };
    let begins_in_rows = job.rows.first().is_some_and(|row| row.index <= job.lap.start_sample);
    let lap_file = (job.lap.complete() && begins_in_rows).then(|| encode(&input).ok()).flatten();
    let facts = LapSession::new(session, Some(job.length_m).filter(|length| length.is_finite()), rate_hz);
    FinishedLap { summary: lap_summary(&LapEntry::without_corners(&job.lap), &facts), lap_file }
}

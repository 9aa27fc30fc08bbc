//! A recording that behaves like a live source: absent at first, then it sends, then it is lost. For tests without a sim.

use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::source::{LONGEST_WAIT, Presence, Source, SourceCounts, SourceStep};
use std::time::{Duration, Instant};

/// How long the "sim" is not there.
const ABSENT: Duration = Duration::from_millis(500);

/// See the file's header.
pub struct Rehearsal {
    inner: Box<dyn Source>,
    nobody: SessionInfo,
    began: Instant,
    row: Duration,
    rows: u32,
    presence: Presence,
    read_at: Option<Instant>,
}

impl Rehearsal {
    /// Plays `inner` at `speed` times its rate.
    pub fn new(inner: Box<dyn Source>, speed: f64) -> Self {
        let row = Duration::from_secs_f64(1.0 / (inner.rate_hz() * speed.clamp(0.01, 1000.0)));
        let nobody = SessionInfo::default();
        let presence = Presence::Absent;
        Rehearsal { inner, nobody, began: Instant::now(), row, rows: 0, presence, read_at: None }
    }
}

impl Source for Rehearsal {
    fn rate_hz(&self) -> f64 {
        self.inner.rate_hz()
    }

    fn session(&self) -> &SessionInfo {
        if self.presence == Presence::Absent { &self.nobody } else { self.inner.session() }
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        if self.presence == Presence::Absent {
            if self.began.elapsed() < ABSENT {
                std::thread::sleep(LONGEST_WAIT);
                return Ok(SourceStep::Idle);
            }
            self.presence = Presence::Sending;
            self.began = Instant::now();
            return Ok(SourceStep::Session);
        }
        if self.presence == Presence::Lost {
            std::thread::sleep(LONGEST_WAIT);
            return Ok(SourceStep::Idle);
        }
        let due = self.began + self.row * self.rows;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let step = self.inner.next(sample)?;
        if step == SourceStep::End {
            self.presence = Presence::Lost;
            return Ok(SourceStep::Disconnected);
        }
        self.rows += u32::from(step == SourceStep::Sample);
        self.read_at = Some(Instant::now());
        Ok(step)
    }

    fn read_at(&self) -> Option<Instant> {
        self.read_at
    }

    fn presence(&self) -> Presence {
        self.presence
    }

    fn counts(&self) -> SourceCounts {
        let connected = u64::from(self.presence != Presence::Absent);
        SourceCounts { seen: u64::from(self.rows), connections: connected, ..SourceCounts::default() }
    }
}

//! How well the thread keeps its rate, as it counts and as JavaScript reads it.

use crate::histogram::{Histogram, Steps};
use racing_coach_sources::source::{Presence, SourceCounts};
use racing_coach_sources::tape::TapeStats;
use serde::Serialize;
use std::time::{Duration, Instant};

/// See the contract's `runnerStatistics`.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// Rows stepped since the start.
    pub ticks: u64,
    /// Rows a second: over the whole run for a recording, over the last second for a live source.
    pub rate_hz: f64,
    /// Median of how late a row was read, in ms.
    pub lateness_p50_ms: f64,
    /// What 99 % of the rows stayed under, in ms.
    pub lateness_p99_ms: f64,
    /// The latest row, in ms.
    pub lateness_max_ms: f64,
    /// Median of one coach step, in µs.
    pub step_p50_us: f64,
    /// What 99 % of the steps stayed under, in µs.
    pub step_p99_us: f64,
    /// Median of reading, decoding and stepping one row, in µs: from the moment at which it was read to its snapshot.
    pub work_p50_us: f64,
    /// What 99 % stayed under, in µs.
    pub work_p99_us: f64,
    /// Milliseconds from tick to snapshot in steps, see [`crate::histogram::EDGES_MS`].
    pub latency: Steps,
    /// Whether there is a sim: `absent`, `sending`, `paused` or `lost`.
    pub presence: &'static str,
    /// What the source counted.
    pub source: Counts,
    /// The tape that is made.
    pub tape: Option<TapeFigures>,
}

/// What a tape holds so far.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TapeFigures {
    rows: u64,
    bytes: u64,
    seconds: f64,
    gaps: u64,
    lost_rows: u64,
    failed: bool,
}

impl From<TapeStats> for TapeFigures {
    fn from(stats: TapeStats) -> Self {
        let TapeStats { rows, bytes, seconds, gaps, lost_rows, error } = stats;
        TapeFigures { rows, bytes, seconds, gaps, lost_rows, failed: error.is_some() }
    }
}

/// [`SourceCounts`] for JavaScript.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Counts {
    seen: u64,
    missed: u64,
    torn: u64,
    late: u64,
    ignored: u64,
    connections: u64,
}

impl From<SourceCounts> for Counts {
    fn from(counts: SourceCounts) -> Self {
        let SourceCounts { seen, missed, torn, late, ignored, connections, .. } = counts;
        Counts { seen, missed, torn, late, ignored, connections }
    }
}

/// The word for a presence.
pub fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Absent => "absent",
        Presence::Loading => "loading",
        Presence::Sending => "sending",
        Presence::Paused => "paused",
        Presence::Lost => "lost",
    }
}

/// Counts during a run.
pub struct Gauges {
    lateness: Histogram,
    step_time: Histogram,
    work: Histogram,
    latency: Steps,
    ticks: u64,
    began: Instant,
    second_began: Instant,
    second_ticks: u64,
    last_second_hz: f64,
}

impl Gauges {
    /// Nothing counted yet.
    pub fn new() -> Self {
        Gauges {
            lateness: Histogram::new(10.0),
            step_time: Histogram::new(0.1),
            work: Histogram::new(0.5),
            latency: Steps::default(),
            ticks: 0,
            began: Instant::now(),
            second_began: Instant::now(),
            second_ticks: 0,
            last_second_hz: 0.0,
        }
    }

    /// One row: how late it was, how long its step and the whole way from its reading took.
    pub fn row(&mut self, lateness: Duration, step: Duration, work: Duration) {
        self.lateness.add(lateness);
        self.step_time.add(step);
        self.work.add(work);
        self.latency.add(work);
        self.ticks += 1;
        self.second_ticks += 1;
    }

    /// Rows stepped.
    pub fn ticks(&self) -> u64 {
        self.ticks
    }

    /// The figures now.
    pub fn read(&mut self, live: bool, presence: Presence, counts: SourceCounts) -> Statistics {
        let seconds = self.second_began.elapsed().as_secs_f64();
        if seconds >= 1.0 {
            self.last_second_hz = self.second_ticks as f64 / seconds;
            self.second_began = Instant::now();
            self.second_ticks = 0;
        }
        let whole_s = self.began.elapsed().as_secs_f64();
        let whole_hz = if whole_s > 0.0 { self.ticks as f64 / whole_s } else { 0.0 };
        Statistics {
            ticks: self.ticks,
            rate_hz: if live { self.last_second_hz } else { whole_hz },
            lateness_p50_ms: self.lateness.quantile_ms(0.5),
            lateness_p99_ms: self.lateness.quantile_ms(0.99),
            lateness_max_ms: self.lateness.longest_ms(),
            step_p50_us: self.step_time.quantile_ms(0.5) * 1e3,
            step_p99_us: self.step_time.quantile_ms(0.99) * 1e3,
            work_p50_us: self.work.quantile_ms(0.5) * 1e3,
            work_p99_us: self.work.quantile_ms(0.99) * 1e3,
            latency: self.latency,
            presence: presence_word(presence),
            source: counts.into(),
            tape: None,
        }
    }
}

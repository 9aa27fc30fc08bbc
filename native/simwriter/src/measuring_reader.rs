//! The product's live source, measured: what it saw, missed and threw away, how late it was, and whether a row's sum is right. The sums and the
//! moments of writing are those of [`crate::stamp`].

use crate::monotonic;
use crate::stamp;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_sources::live::memory::FindMemory;
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::raw::{RawRecord, RawSink};
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::{Source, SourceStep};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// What was counted.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Rows that were handed on.
    pub seen: u64,
    /// Ticks that were never seen.
    pub missed: u64,
    /// Copies that were thrown away.
    pub torn: u64,
    /// Rows that were handed on with a wrong sum: never, unless the rules are broken.
    pub wrong_sums: u64,
    /// Times that a sim was found.
    pub connections: u64,
    /// Times that it went away.
    pub disconnections: u64,
    /// Of rows with a stamp.
    pub lateness_ms: Option<Lateness>,
}

/// Milliseconds from the writing of a row to having it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lateness {
    /// Half of the rows are earlier.
    pub p50: f64,
    /// 99 of 100 are.
    pub p99: f64,
    /// The latest.
    pub max: f64,
}

/// The reader.
pub struct MeasuringReader {
    source: LiveSource,
    measured: Arc<Mutex<Measured>>,
    disconnections: u64,
}

impl MeasuringReader {
    /// Reads whatever `finder` finds.
    pub fn new(finder: Box<dyn FindMemory>, options: LiveOptions) -> Self {
        let measured = Arc::<Mutex<Measured>>::default();
        let source = LiveSource::new(finder, options).with_sink(Box::new(Meter(Arc::clone(&measured))));
        MeasuringReader { source, measured, disconnections: 0 }
    }

    /// Reads until `end`.
    ///
    /// # Errors
    /// What the source says.
    pub fn run(&mut self, end: Instant) -> Result<(), CodedError> {
        let mut sample = Sample::EMPTY;
        while Instant::now() < end {
            if self.source.next(&mut sample)? == SourceStep::Disconnected {
                self.disconnections += 1;
            }
        }
        Ok(())
    }

    /// What was counted so far.
    pub fn counts(&self) -> Counts {
        let counts = self.source.counts();
        let measured = self.measured.lock().unwrap_or_else(PoisonError::into_inner);
        Counts {
            seen: counts.seen,
            missed: counts.missed,
            torn: counts.torn,
            wrong_sums: measured.wrong_sums,
            connections: counts.connections,
            disconnections: self.disconnections,
            lateness_ms: quantiles(&measured.late_us),
        }
    }
}

/// What the sink sees of the rows.
#[derive(Default)]
struct Measured {
    /// Where the stamp and the sum stand, when the rows have them.
    places: Option<(usize, usize)>,
    wrong_sums: u64,
    late_us: Vec<u32>,
}

/// Takes the rows as they were read.
struct Meter(Arc<Mutex<Measured>>);

impl RawSink for Meter {
    fn put(&mut self, record: RawRecord<'_>) {
        let mut measured = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match record {
            RawRecord::Schema { row_bytes, variables, .. } => {
                let places = stamp::place_of(variables, stamp::WROTE_NS)
                    .zip(stamp::place_of(variables, stamp::ROW_SUM));
                measured.places = places.filter(|(wrote, sum)| wrote + 8 <= *sum && sum + 4 <= row_bytes);
            }
            RawRecord::Row { bytes, .. } => measured.row(bytes),
            _ => {}
        }
    }
}

impl Measured {
    fn row(&mut self, row: &[u8]) {
        let Some((wrote_at, sum_at)) = self.places else { return };
        let mut wrote = [0; 8];
        wrote.copy_from_slice(&row[wrote_at..wrote_at + 8]);
        let late_ns = monotonic::now_ns().saturating_sub(f64::from_le_bytes(wrote) as u64);
        self.late_us.push(u32::try_from(late_ns / 1000).unwrap_or(u32::MAX));
        let is_right = stamp::sum(&row[..sum_at]).to_le_bytes() == row[sum_at..sum_at + 4];
        self.wrong_sums += u64::from(!is_right);
    }
}

fn quantiles(late_us: &[u32]) -> Option<Lateness> {
    let mut sorted = late_us.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().checked_sub(1)?;
    let at = |share: f64| f64::from(sorted[(share * last as f64).round() as usize]) / 1000.0;
    Some(Lateness { p50: at(0.5), p99: at(0.99), max: at(1.0) })
}

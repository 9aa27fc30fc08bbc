//! One lap of a recording, ready to be measured: on the grid, with its brake zones.

use crate::analysis::Recording;
use crate::brake_zones::brake_zones_of_rows;
use crate::compare::{ComparedLap, LapTraffic};
use crate::corner::BrakeZone;
use crate::error::CodedError;
use crate::grid::{GridError, LapGrid};
use crate::lap::Lap;
use crate::reference::{ReferenceLap, ReferenceMeta};
use crate::{ErrorCode, Sample};

/// Rows kept before a lap, so that the grid is closed by what happened and not by a guess.
const ROWS_BEFORE: usize = 15;
/// Rows kept after it: a brake zone that runs over the line is followed to its end, 10 s at most.
const ROWS_AFTER: usize = 600;
/// `TrackWetness` from which a lap counts as wet: 2 is "mostly dry", 3 "very lightly wet". As in the live coach.
const WET_FROM: f64 = 3.0;

/// A lap on its grid.
#[derive(Debug, Clone, PartialEq)]
pub struct PreparedLap {
    /// The lap by distance.
    pub grid: LapGrid,
    /// Brake zones in order, with onsets between rows.
    pub brake_zones: Vec<BrakeZone>,
    /// Seconds: official when known.
    pub lap_time_s: f64,
    /// Driven on a wet track.
    pub wet: bool,
    /// Other cars on it.
    pub traffic: LapTraffic,
}

impl PreparedLap {
    /// Puts a complete lap on the grid. The error lacks the place `file`, which the caller knows.
    pub fn new(recording: &Recording, lap: &Lap, length_m: f64) -> Result<Self, CodedError> {
        let rows = rows_of(recording.samples, lap);
        let lap_time_s = lap.lap_time_s().ok_or_else(|| not_comparable(lap, GridError::Incomplete))?;
        let grid = LapGrid::resample(rows, lap, length_m, recording.rate_hz)
            .map_err(|error| not_comparable(lap, error))?;
        let brake_zones = brake_zones_of_rows(rows, lap, length_m, recording.rate_hz);
        Ok(PreparedLap { grid, brake_zones, lap_time_s, wet: is_wet(rows), traffic: LapTraffic::of(lap) })
    }

    /// The lap as [`crate::compare::compare`] takes it.
    pub fn compared(&self) -> ComparedLap<'_> {
        let PreparedLap { grid, brake_zones, lap_time_s, traffic, .. } = self;
        ComparedLap { grid, brake_zones, lap_time_s: *lap_time_s, traffic: *traffic }
    }

    /// The lap as a reference; `own`: driven by this driver.
    pub fn into_reference(
        self,
        recording: &Recording,
        own: bool,
        model: Option<&mut crate::corners::TrackModel>,
    ) -> ReferenceLap {
        let meta = ReferenceMeta {
            track_key: recording.session.track_key(),
            car_key: recording.session.car_key(),
            own,
            wet: self.wet,
            lap_time_s: self.lap_time_s,
        };
        ReferenceLap::build(self.grid, self.brake_zones, meta, model)
    }
}

/// The rows of a lap and some on either side. Rows are found by their index, which counts rows that are missing.
fn rows_of<'a>(samples: &'a [Sample], lap: &Lap) -> &'a [Sample] {
    let first = samples.partition_point(|sample| sample.index < lap.start_sample);
    let end = samples.partition_point(|sample| sample.index <= lap.end_sample);
    let from = first.saturating_sub(ROWS_BEFORE);
    let to = (end + ROWS_AFTER).min(samples.len());
    &samples[from.min(to)..to]
}

/// By the row in the middle of the lap: rain that begins on a lap is decided there.
fn is_wet(rows: &[Sample]) -> bool {
    rows.get(rows.len() / 2).is_some_and(|row| row.track_wetness >= WET_FROM)
}

fn not_comparable(lap: &Lap, error: GridError) -> CodedError {
    let cause = match error {
        GridError::Incomplete => "it does not run from line to line",
        GridError::NoLength => "nothing tells how long the track is",
        GridError::TooFewRows => "too few of its rows have a place on the track",
    };
    let name = format!("{}:{}", lap.id.stint, lap.id.lap);
    CodedError::new(ErrorCode::LapNotComparable).with("lap", name).with("cause", cause)
}

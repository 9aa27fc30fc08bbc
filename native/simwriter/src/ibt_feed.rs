//! Plays a recording: the rows of an `.ibt` file, made live.

use crate::feed::{Action, Feed, Schema};
use crate::opponents::Opponents;
use crate::pace_profile::PaceProfile;
use crate::row_maker::{Incoming, RowMaker, RowOptions, find, value_or};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_sources::ibt::{IbtFile, VariableSpec};
use racing_coach_sources::session_text::SessionText;
use std::path::Path;

/// The tick of the first row; the sim has counted for a while when somebody gets into the car.
pub const FIRST_TICK: i32 = 600;
/// Longest stretch of missing rows that is played as such; a session clock that leaps further belongs to another session.
const LONGEST_GAP_TICKS: i32 = 3600;

/// See the module.
pub struct IbtFeed {
    file: IbtFile,
    maker: RowMaker,
    session_tick: Option<Incoming>,
    block: Vec<u8>,
    block_row: usize,
    at: usize,
    tick: i32,
    last_session_tick: Option<f64>,
    begun: usize,
    repeat: bool,
}

impl IbtFeed {
    /// Opens a recording with `cars` other cars on its track; `repeat` plays it without end.
    ///
    /// # Errors
    /// What [`IbtFile::open`] says.
    pub fn open(path: &Path, cars: usize, repeat: bool, options: &RowOptions) -> Result<Self, CodedError> {
        let mut file = IbtFile::open(path)?;
        let incoming = incoming(&file);
        let opponents = opponents(&mut file, cars, options.seed)?;
        Ok(IbtFeed {
            maker: RowMaker::new(&incoming, opponents, options),
            session_tick: find(&incoming, "SessionTick"),
            file,
            block: Vec::new(),
            block_row: 0,
            at: 0,
            tick: FIRST_TICK - 1,
            last_session_tick: None,
            begun: 0,
            repeat,
        })
    }

    /// Reads on where the block is used up; false at the end.
    fn has_row(&mut self) -> Result<bool, CodedError> {
        if self.at < self.block.len() {
            return Ok(true);
        }
        self.block_row += self.block.len() / self.file.header().row_bytes;
        self.at = 0;
        self.file.read_block(self.block_row, &mut self.block)?;
        if self.block.is_empty() && self.repeat {
            self.block_row = 0;
            self.last_session_tick = None;
            self.file.read_block(0, &mut self.block)?;
        }
        Ok(!self.block.is_empty())
    }

    fn row(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError> {
        if !self.has_row()? {
            return Ok(None);
        }
        let incoming = &self.block[self.at..self.at + self.file.header().row_bytes];
        self.at += incoming.len();
        let session_tick = value_or(self.session_tick.as_ref(), incoming, f64::NAN);
        let passed = self.last_session_tick.map_or(1.0, |last| session_tick - last);
        // Without a count of its own every row is the next tick.
        self.tick = self.tick.saturating_add((passed as i32).clamp(1, LONGEST_GAP_TICKS));
        self.last_session_tick = Some(session_tick);
        self.maker.make((self.tick - FIRST_TICK) as u64, incoming, row);
        Ok(Some(Action::Row { tick: self.tick }))
    }
}

impl Feed for IbtFeed {
    fn next(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError> {
        self.begun += 1;
        match self.begun {
            1 => {
                let tick_rate_hz = self.file.header().tick_rate_hz;
                Ok(Some(Action::Schema(Schema { tick_rate_hz, ..Schema::of(self.maker.layout()) })))
            }
            2 => Ok(Some(Action::Session(self.file.session_text().to_vec()))),
            _ => self.row(row),
        }
    }
}

fn incoming(file: &IbtFile) -> Vec<Incoming> {
    let variables = file.variables().iter().map(|variable| {
        let spec = VariableSpec {
            name: variable.name.clone(),
            description: variable.description(),
            unit: variable.unit(),
            variable_type: variable.variable_type,
            count: variable.count as u32,
            count_as_time: variable.count_as_time,
        };
        (spec, variable.offset)
    });
    variables.collect()
}

/// Cars that drive as the recording's fastest lap does.
fn opponents(file: &mut IbtFile, cars: usize, seed: u64) -> Result<Opponents, CodedError> {
    let text = SessionText::parse(file.session_text());
    let own = text.section("DriverInfo").map_or(0, |driver| driver.text("DriverCarIdx").parse().unwrap_or(0));
    if cars == 0 {
        return Ok(Opponents::new(0, own, PaceProfile::even(90.0), 4000.0, seed));
    }
    let columns = file.read_columns(&["Lap", "LapDistPct", "LapDist"])?;
    let columns: Vec<Vec<f64>> = columns.into_iter().flatten().map(|column| column.values.to_f64()).collect();
    let [laps, fractions, distances] = columns.as_slice() else {
        return Err(CodedError::new(ErrorCode::ChannelsMissing)
            .with("file", file.name())
            .with("channels", "Lap, LapDistPct or LapDist"));
    };
    let rows: Vec<(f64, f64)> = laps.iter().copied().zip(fractions.iter().copied()).collect();
    let profile = PaceProfile::of_rows(&rows, file.rate_hz()).unwrap_or_else(|| PaceProfile::even(90.0));
    let furthest = fractions.iter().zip(distances).max_by(|a, b| a.0.total_cmp(b.0));
    let length_m = furthest.filter(|(fraction, _)| **fraction > 0.0).map_or(4000.0, |(f, m)| m / f);
    Ok(Opponents::new(cars, own, profile, length_m, seed))
}

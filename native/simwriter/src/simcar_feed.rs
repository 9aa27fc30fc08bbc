//! Plays a simulated session.

use crate::feed::{Action, Feed, Schema};
use crate::ibt_feed::FIRST_TICK;
use crate::opponents::Opponents;
use crate::pace_profile::PaceProfile;
use crate::row_maker::{Incoming, RowMaker, RowOptions};
use crate::session_end::SessionEnd;
use crate::session_words::session_words;
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, Sample};
use racing_coach_simcar::Simulated;
use racing_coach_sources::ibt::{RowLayout, channel_variable, standard_channels};

/// The channels of a simulated row: those of a recording, and what tells of replays and the garage.
fn channels() -> Vec<Channel> {
    let mut channels = standard_channels();
    channels.extend([Channel::IsReplayPlaying, Channel::ReplayFramesToEnd, Channel::IsInGarage]);
    channels
}

/// Puts samples into rows as the sim would record them.
pub struct SampleRows {
    channels: Vec<Channel>,
    layout: RowLayout,
    row: Vec<u8>,
}

impl Default for SampleRows {
    fn default() -> Self {
        let channels = channels();
        let layout = RowLayout::new(&channels.iter().copied().map(channel_variable).collect::<Vec<_>>());
        SampleRows { row: vec![0; layout.row_bytes()], channels, layout }
    }
}

impl SampleRows {
    /// The variables and their places.
    pub fn incoming(&self) -> Vec<Incoming> {
        (0..self.layout.len())
            .map(|index| self.layout.variable(index))
            .map(|(s, at)| (s.clone(), at))
            .collect()
    }

    /// The row of a sample.
    pub fn row(&mut self, sample: &Sample) -> &[u8] {
        for (index, channel) in self.channels.iter().enumerate() {
            self.layout.set_element(&mut self.row, index, 0, sample.get(*channel));
        }
        &self.row
    }
}

/// The field around a simulated driver: it drives as the driver's fastest lap does.
pub fn field(simulated: &Simulated, cars: usize, seed: u64) -> Opponents {
    let rows: Vec<(f64, f64)> = simulated.samples.iter().map(|s| (s.lap, s.lap_fraction)).collect();
    let profile = PaceProfile::of_rows(&rows, simulated.rate_hz).unwrap_or_else(|| PaceProfile::even(90.0));
    // In the middle of the list, as the sim has it, where a reader that takes the first entry for the driver is found out.
    Opponents::new(cars, cars / 2, profile, simulated.truth.length_m, seed)
}

/// See the module.
pub struct SimcarFeed {
    simulated: Simulated,
    rows: SampleRows,
    maker: RowMaker,
    text: Vec<u8>,
    end: SessionEnd,
    next: usize,
    tick: i32,
    begun: usize,
    repeat: bool,
}

impl SimcarFeed {
    /// Plays a session with `cars` other cars; `repeat` plays it without end.
    pub fn new(simulated: Simulated, cars: usize, repeat: bool, options: &RowOptions) -> Self {
        let rows = SampleRows::default();
        let field = field(&simulated, cars, options.seed);
        let text = session_words(&simulated.session, &field);
        let maker = RowMaker::new(&rows.incoming(), field, options);
        let end = SessionEnd::of(&simulated, options.session_s);
        SimcarFeed { simulated, rows, maker, text, end, next: 0, tick: FIRST_TICK - 1, begun: 0, repeat }
    }

    fn row(&mut self, row: &mut Vec<u8>) -> Option<Action> {
        if self.repeat && self.next == self.simulated.samples.len() {
            self.next = 0;
        }
        let mut sample = *self.simulated.samples.get(self.next)?;
        self.next += 1;
        self.tick = self.tick.saturating_add(1);
        // Nobody watches a replay, and the tick goes on where the session begins again.
        sample.session_tick = f64::from(self.tick);
        self.end.put(&mut sample);
        self.maker.make((self.tick - FIRST_TICK) as u64, self.rows.row(&sample), row);
        Some(Action::Row { tick: self.tick })
    }
}

impl Feed for SimcarFeed {
    fn next(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError> {
        self.begun += 1;
        Ok(match self.begun {
            1 => Some(Action::Schema(Schema::of(self.maker.layout()))),
            2 => Some(Action::Session(std::mem::take(&mut self.text))),
            _ => self.row(row),
        })
    }
}

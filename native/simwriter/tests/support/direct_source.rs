//! A source that decodes a feed's rows without any memory between: what a live reader that works must deliver.

use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use racing_coach_simwriter::feed::{Action, Feed, Schema};
use racing_coach_simwriter::row_maker::{Incoming, value_or};
use racing_coach_sources::ibt::{VariableSpec, VariableType};
use racing_coach_sources::session_text;
use racing_coach_sources::source::{Source, SourceStep};

pub struct DirectSource<F> {
    feed: F,
    row: Vec<u8>,
    channels: Vec<(Channel, Incoming)>,
    session: SessionInfo,
    first_tick: Option<i32>,
}

impl<F: Feed> DirectSource<F> {
    pub fn new(feed: F) -> Self {
        let session = SessionInfo::default();
        DirectSource { feed, row: Vec::new(), channels: Vec::new(), session, first_tick: None }
    }

    /// Ticks of one connection are counted from its first row; where they begin anew, so does the index.
    fn fill(&mut self, sample: &mut Sample, tick: i32) {
        let first = self.first_tick.filter(|first| tick >= *first).unwrap_or(tick);
        self.first_tick = Some(first);
        *sample = Sample { index: (tick - first) as u64, ..Sample::EMPTY };
        for (channel, variable) in &self.channels {
            sample.set(*channel, value_or(Some(variable), &self.row, f64::NAN));
        }
    }
}

impl<F: Feed> Source for DirectSource<F> {
    fn rate_hz(&self) -> f64 {
        60.0
    }

    fn session(&self) -> &SessionInfo {
        &self.session
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let Some(action) = self.feed.next(&mut self.row)? else { return Ok(SourceStep::End) };
        Ok(match action {
            Action::Schema(schema) => {
                self.channels = channels(&schema);
                // The ticks begin anew: another connection in all but name.
                let was_connected = self.first_tick.take().is_some();
                if was_connected { SourceStep::Disconnected } else { SourceStep::Idle }
            }
            Action::Session(text) => {
                self.session = session_text::parse(&text);
                SourceStep::Session
            }
            Action::Row { tick } => {
                self.fill(sample, tick);
                SourceStep::Sample
            }
            Action::Pause { .. } => SourceStep::Idle,
            Action::Disconnect | Action::Close | Action::Crash => {
                self.first_tick = None;
                SourceStep::Disconnected
            }
        })
    }
}

fn channels(schema: &Schema) -> Vec<(Channel, Incoming)> {
    let variables = variables_of(schema);
    let of =
        |channel: Channel| variables.iter().find(|(spec, _)| spec.name == channel.iracing_name()).cloned();
    Channel::ALL.into_iter().filter_map(|channel| Some((channel, of(channel)?))).collect()
}

/// The variables of a schema.
pub fn variables_of(schema: &Schema) -> Vec<Incoming> {
    schema.headers.as_chunks::<144>().0.iter().map(variable).collect()
}

fn variable(header: &[u8; 144]) -> Incoming {
    let int = |at: usize| i32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let name = header[16..48].split(|byte| *byte == 0).next().unwrap_or_default();
    let kind = VariableType::from_number(int(0)).expect("a known type");
    let spec = VariableSpec::new(&String::from_utf8_lossy(name), kind, "", "");
    (VariableSpec { count: int(8) as u32, ..spec }, int(4) as usize)
}

//! A row's channels: which variable fills which, for files and for the live memory alike.

use super::variable::Variable;
use racing_coach_core::{Channel, Sample};

/// The variable for each channel that a list of variables has.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelDecoder {
    channels: Vec<(Channel, Variable)>,
}

impl ChannelDecoder {
    /// Finds the channels by the sim's names; the first variable, should a list name it twice.
    pub fn new(variables: &[Variable]) -> Self {
        let named =
            |channel: Channel| variables.iter().find(|variable| variable.name == channel.iracing_name());
        let channels =
            Channel::ALL.into_iter().filter_map(|channel| Some((channel, named(channel)?.clone())));
        ChannelDecoder { channels: channels.collect() }
    }

    /// Whether the list has a variable for this channel.
    pub fn has(&self, channel: Channel) -> bool {
        self.channels.iter().any(|(has, _)| *has == channel)
    }

    /// Fills the channels from a row, the newest element of each ([`Variable::newest_at`]); those missing become NaN, the index 0. Allocates
    /// nothing.
    ///
    /// # Panics
    /// When the row is shorter than the rows that the variables were checked against.
    pub fn decode(&self, row: &[u8], sample: &mut Sample) {
        *sample = Sample::EMPTY;
        for (channel, variable) in &self.channels {
            sample.set(*channel, variable.decode(row));
        }
    }
}

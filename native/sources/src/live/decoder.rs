//! Rows of the live memory as samples. The channels are decoded by the same code as those of files.

use super::traffic::Traffic;
use crate::beside::BesideDecoder;
use crate::ibt::{ChannelDecoder, Variable};
use racing_coach_core::{Channel, Sample};

/// Decodes the rows of one list of variables.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveDecoder {
    channels: ChannelDecoder,
    /// Only where the sim does not tell the distances itself.
    traffic: Option<Traffic>,
    session_id: Option<Variable>,
    beside: BesideDecoder,
}

impl LiveDecoder {
    /// Finds what the rows carry.
    pub fn new(variables: &[Variable]) -> Self {
        let channels = ChannelDecoder::new(variables);
        let told = channels.has(Channel::CarAheadM) && channels.has(Channel::CarBehindM);
        LiveDecoder {
            traffic: if told { None } else { Traffic::new(variables) },
            session_id: variables.iter().find(|variable| variable.name == "SessionUniqueID").cloned(),
            beside: BesideDecoder::new(variables),
            channels,
        }
    }

    /// Fills a sample from a row of the length that the variables were checked against; channels that the sim lacks become NaN, the index 0. The track's length serves
    /// [`Traffic::fill`]. Allocates nothing.
    pub fn decode(&self, row: &[u8], track_length_m: Option<f64>, sample: &mut Sample) {
        self.channels.decode(row, sample);
        if let Some(traffic) = &self.traffic {
            traffic.fill(row, track_length_m, sample);
        }
    }

    /// What the rows tell beside a sample.
    pub fn beside(&self) -> &BesideDecoder {
        &self.beside
    }

    /// The sim's number of the session; another one may come with other variables.
    pub fn session_id(&self, row: &[u8]) -> Option<f64> {
        self.session_id.as_ref().map(|variable| variable.decode(row))
    }
}

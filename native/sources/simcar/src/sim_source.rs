//! The simulation as a source of samples, as a live sim would be one.

use crate::simulate::Simulated;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::source::{Source, SourceStep};

/// Hands out the rows of a simulated session in order. It does not wait: pacing is the runner's business.
#[derive(Debug, Clone)]
pub struct SimSource {
    simulated: Simulated,
    next: usize,
}

impl SimSource {
    /// A source at the session's first row.
    pub fn new(simulated: Simulated) -> Self {
        SimSource { simulated, next: 0 }
    }
}

impl Source for SimSource {
    fn rate_hz(&self) -> f64 {
        self.simulated.rate_hz
    }

    fn session(&self) -> &SessionInfo {
        &self.simulated.session
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let Some(row) = self.simulated.samples.get(self.next) else { return Ok(SourceStep::End) };
        *sample = *row;
        self.next += 1;
        Ok(SourceStep::Sample)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::SimulateRequest;
    use crate::simulate::simulate;

    #[test]
    fn hands_out_every_row_once_and_then_ends() {
        let request = r#"{ "track": "demo", "car": "mx5", "driver": "pro", "laps": 1 }"#;
        let request: SimulateRequest = serde_json::from_str(request).expect("a request");
        let simulated = simulate(&request).expect("simulates");
        let mut source = SimSource::new(simulated.clone());
        let mut sample = Sample::EMPTY;
        for index in 0..simulated.samples.len() {
            assert_eq!(source.next(&mut sample), Ok(SourceStep::Sample));
            assert_eq!(sample.index, index as u64);
        }
        assert_eq!(source.next(&mut sample), Ok(SourceStep::End));
    }
}

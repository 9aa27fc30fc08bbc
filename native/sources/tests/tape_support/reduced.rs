//! A source that knows some channels only.

use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use racing_coach_sources::source::{Source, SourceStep};

/// Hands on what `inner` says, with every channel but `channels` missing.
pub struct Reduced<S> {
    pub inner: S,
    pub channels: Vec<Channel>,
}

impl<S: Source> Source for Reduced<S> {
    fn rate_hz(&self) -> f64 {
        self.inner.rate_hz()
    }

    fn session(&self) -> &SessionInfo {
        self.inner.session()
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let mut full = Sample::EMPTY;
        let step = self.inner.next(&mut full)?;
        if step == SourceStep::Sample {
            *sample = Sample { index: full.index, ..Sample::EMPTY };
            self.channels.iter().for_each(|channel| sample.set(*channel, full.get(*channel)));
        }
        Ok(step)
    }
}

/// All samples that are left.
pub fn samples_of(source: &mut impl Source) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut sample = Sample::EMPTY;
    loop {
        match source.next(&mut sample).unwrap() {
            SourceStep::Sample => samples.push(sample),
            SourceStep::End => return samples,
            SourceStep::Session | SourceStep::Gap(_) | SourceStep::Idle | SourceStep::Disconnected => {}
        }
    }
}

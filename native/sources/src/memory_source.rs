//! A recording that is in memory already, as a stream.

use crate::recording::Recording;
use crate::source::{Source, SourceStep};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// The samples of a [`Recording`] in order; a jump of their index is a gap.
pub struct MemorySource {
    recording: Recording,
    next: usize,
    told_gap: bool,
}

impl MemorySource {
    /// Begins at the first sample.
    pub fn new(recording: Recording) -> Self {
        MemorySource { recording, next: 0, told_gap: false }
    }

    /// Rows that are missing before the next sample.
    fn missing(&self, sample: &Sample) -> u64 {
        let Some(before) = self.next.checked_sub(1).map(|before| &self.recording.samples[before]) else {
            return 0;
        };
        sample.index.saturating_sub(before.index.saturating_add(1))
    }
}

impl Source for MemorySource {
    fn rate_hz(&self) -> f64 {
        self.recording.rate_hz
    }

    fn session(&self) -> &SessionInfo {
        &self.recording.session
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let Some(next) = self.recording.samples.get(self.next).copied() else { return Ok(SourceStep::End) };
        let missing = self.missing(&next);
        if missing > 0 && !self.told_gap {
            self.told_gap = true;
            return Ok(SourceStep::Gap(missing));
        }
        self.told_gap = false;
        self.next += 1;
        *sample = next;
        Ok(SourceStep::Sample)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recording::RecordingKind;

    #[test]
    fn tells_every_gap_once_and_ends() {
        let samples = [3, 4, 9].map(|index| Sample { index, ..Sample::EMPTY }).to_vec();
        let kind = RecordingKind::Ibt;
        let session = SessionInfo::default();
        let recording = Recording {
            kind,
            name: String::new(),
            session,
            rate_hz: 60.0,
            samples,
            lap: None,
            assisted: None,
        };
        let mut source = MemorySource::new(recording);
        let mut sample = Sample::EMPTY;
        let steps: Vec<_> = (0..6).map(|_| source.next(&mut sample).unwrap()).collect();
        use SourceStep::{End, Gap, Sample as Row};
        assert_eq!(steps, [Row, Row, Gap(4), Row, End, End]);
    }
}

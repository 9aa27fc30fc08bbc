//! The frame rate that the sim says it draws at, which falls while something else takes the graphics card.

use racing_coach_simcar::prng::Prng;
use std::path::PathBuf;

/// Ticks between two looks at the file: four a second.
const LOOK_TICKS: u64 = 15;
/// Standard deviation of the noise, as a share of the rate.
const NOISE: f64 = 0.004;

/// How the frame rate behaves.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameRateSpec {
    /// Frames a second while nothing else is there.
    pub rate_hz: f64,
    /// The rate falls while this file exists.
    pub react_file: Option<PathBuf>,
    /// By this share.
    pub react_share: f64,
}

impl Default for FrameRateSpec {
    fn default() -> Self {
        FrameRateSpec { rate_hz: 120.0, react_file: None, react_share: 0.05 }
    }
}

/// What the sim says about drawing at a tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawing {
    /// Frames a second.
    pub rate_hz: f64,
    /// Share of a core, 0 to 1.
    pub cpu: f64,
    /// Share of the graphics card, 0 to 1.
    pub gpu: f64,
}

/// Follows the file.
pub struct FrameRate {
    spec: FrameRateSpec,
    prng: Prng,
    ticks: u64,
    reacting: bool,
}

impl FrameRate {
    /// The noise follows from the seed.
    pub fn new(spec: &FrameRateSpec, seed: u64) -> Self {
        FrameRate { spec: spec.clone(), prng: Prng::stream(seed, &[41]), ticks: 0, reacting: false }
    }

    /// The next tick.
    pub fn step(&mut self) -> Drawing {
        if self.ticks.is_multiple_of(LOOK_TICKS) {
            self.reacting = self.spec.react_file.as_ref().is_some_and(|file| file.exists());
        }
        self.ticks += 1;
        let share = if self.reacting { self.spec.react_share } else { 0.0 };
        let noise = 1.0 + NOISE * self.prng.normal();
        Drawing {
            rate_hz: self.spec.rate_hz * (1.0 - share) * noise,
            cpu: (0.42 + 0.3 * share) * noise,
            gpu: (0.78 + 0.5 * share).min(1.0) * noise.min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_falls_while_the_file_is_there_seed_3() {
        let file = std::env::temp_dir().join(format!("racing-coach-react-{}", std::process::id()));
        let spec = FrameRateSpec { react_file: Some(file.clone()), react_share: 0.1, ..Default::default() };
        let mut rate = FrameRate::new(&spec, 3);
        let mut mean = || (0..600).map(|_| rate.step().rate_hz).sum::<f64>() / 600.0;
        let before_hz = mean();
        std::fs::write(&file, "").unwrap();
        let during_hz = mean();
        std::fs::remove_file(&file).unwrap();
        let after_hz = mean();
        assert!((before_hz - 120.0).abs() < 0.2 && (after_hz - before_hz).abs() < 0.2);
        assert!((during_hz / before_hz - 0.9).abs() < 0.004, "{during_hz} of {before_hz}");
    }
}

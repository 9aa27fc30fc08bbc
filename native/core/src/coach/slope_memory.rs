//! What the delta was a little further back, for its slope.

use super::road::Spot;

/// Progress and lag of the last 60 m and more, one entry a metre.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlopeMemory {
    entries: [(f64, f64); SlopeMemory::ENTRIES],
    count: usize,
}

impl Default for SlopeMemory {
    fn default() -> Self {
        SlopeMemory { entries: [(0.0, 0.0); SlopeMemory::ENTRIES], count: 0 }
    }
}

impl SlopeMemory {
    const ENTRIES: usize = 64;
    const APART_M: f64 = 1.0;

    fn entry(&self, age: usize) -> (f64, f64) {
        self.entries[(self.count - 1 - age) % SlopeMemory::ENTRIES]
    }

    /// Keeps a spot that is at least a metre on.
    pub fn add(&mut self, spot: Spot) {
        if self.count > 0 && spot.progress_m < self.entry(0).0 + SlopeMemory::APART_M {
            return;
        }
        self.entries[self.count % SlopeMemory::ENTRIES] = (spot.progress_m, spot.lag_s);
        self.count += 1;
    }

    /// The lag that the car had `back_m` ago; NaN when that is further back than the memory.
    pub fn lag_s_before(&self, now: &Spot, back_m: f64) -> f64 {
        let wanted_m = now.progress_m - back_m;
        let mut later = (now.progress_m, now.lag_s);
        for age in 0..self.count.min(SlopeMemory::ENTRIES) {
            let entry = self.entry(age);
            if entry.0 <= wanted_m {
                let part = (wanted_m - entry.0) / (later.0 - entry.0).max(f64::MIN_POSITIVE);
                return entry.1 + part.min(1.0) * (later.1 - entry.1);
            }
            later = entry;
        }
        f64::NAN
    }
}

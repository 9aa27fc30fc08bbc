//! How evenly the driver drives: the spread of his last clean laps, and of their corners.

use super::laps::thousandths;
use super::passes::{MOST_CORNERS, Passes};
use serde::Serialize;

/// Clean laps that count.
const MOST_LAPS: usize = 10;
/// Fewer have no spread worth the name.
const LEAST_LAPS: usize = 3;

/// See the contract's `lapsMessage`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consistency {
    /// Laps that count.
    pub laps: u32,
    /// Standard deviation of their times.
    pub spread_s: f64,
    /// Mean less best.
    pub mean_to_best_s: f64,
    /// The corner whose cost varies most, and its standard deviation.
    pub loosest: Option<(u16, f64)>,
}

impl Consistency {
    /// As the pages get it.
    pub(super) fn document<'a>(&self, corner_id: impl Fn(u16) -> Option<&'a str>) -> ConsistencyDocument<'a> {
        let loosest = self.loosest.and_then(|(corner, spread_s)| {
            Some(LoosestDocument { corner_id: corner_id(corner)?, spread_s: thousandths(spread_s) })
        });
        ConsistencyDocument {
            laps: self.laps,
            spread_s: thousandths(self.spread_s),
            mean_to_best_s: thousandths(self.mean_to_best_s),
            loosest,
        }
    }
}

/// The last clean laps.
#[derive(Debug, Clone)]
pub(super) struct CleanLaps {
    times_s: [f64; MOST_LAPS],
    passes: [Passes; MOST_LAPS],
    count: usize,
}

impl Default for CleanLaps {
    fn default() -> Self {
        CleanLaps { times_s: [f64::NAN; MOST_LAPS], passes: [Passes::NONE; MOST_LAPS], count: 0 }
    }
}

impl CleanLaps {
    pub(super) fn add(&mut self, time_s: f64, passes: &Passes) {
        let at = self.count % MOST_LAPS;
        (self.times_s[at], self.passes[at]) = (time_s, *passes);
        self.count += 1;
    }

    pub(super) fn forget_corners(&mut self) {
        self.passes = [Passes::NONE; MOST_LAPS];
    }

    /// `None` before three laps.
    pub(super) fn consistency(&self) -> Option<Consistency> {
        let laps = self.count.min(MOST_LAPS);
        let (mean_s, spread_s) = spread(self.times_s[..laps].iter().copied())?;
        let best_s = self.times_s[..laps].iter().copied().fold(f64::INFINITY, f64::min);
        Some(Consistency {
            laps: laps as u32,
            spread_s,
            mean_to_best_s: mean_s - best_s,
            loosest: self.loosest(laps),
        })
    }

    fn loosest(&self, laps: usize) -> Option<(u16, f64)> {
        let of_corner = |corner: usize| {
            let passes = self.passes[..laps].iter().filter_map(move |passes| passes.delta_s(corner));
            Some((corner as u16, spread(passes)?.1))
        };
        (0..MOST_CORNERS).filter_map(of_corner).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Mean and standard deviation (of a sample) of at least three values.
fn spread(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    let count = values.clone().count();
    if count < LEAST_LAPS {
        return None;
    }
    let mean = values.clone().sum::<f64>() / count as f64;
    let squares: f64 = values.map(|value| (value - mean) * (value - mean)).sum();
    Some((mean, libm::sqrt(squares / (count - 1) as f64)))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ConsistencyDocument<'a> {
    laps: u32,
    spread_s: f64,
    mean_to_best_s: f64,
    loosest: Option<LoosestDocument<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoosestDocument<'a> {
    corner_id: &'a str,
    spread_s: f64,
}

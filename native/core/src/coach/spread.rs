//! How much a driver's time in one corner scatters, in fixed memory.

/// The last passes of one corner. The spread is the standard deviation of their differences to the reference; a pass
/// further than three robust deviations from the median counts as being that far away, so that one big mistake does not
/// silence the corner for the rest of the session.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Spread {
    deltas_s: [f64; Spread::PASSES],
    passes: usize,
}

impl Spread {
    /// Older passes are forgotten: the driver has changed since.
    const PASSES: usize = 16;
    /// Below three passes a deviation says nothing.
    const ENOUGH: usize = 3;

    /// Adds a usable pass.
    pub fn add(&mut self, delta_s: f64) {
        self.deltas_s[self.passes % Spread::PASSES] = delta_s;
        self.passes += 1;
    }

    /// Moves every pass by the same time.
    pub fn shift(&mut self, by_s: f64) {
        for delta_s in &mut self.deltas_s {
            *delta_s += by_s;
        }
    }

    /// Standard deviation in seconds; `None` before three passes.
    pub fn deviation_s(&self) -> Option<f64> {
        /// Makes the median absolute deviation a standard deviation where the scatter is normal.
        const MEDIAN_TO_DEVIATION: f64 = 1.4826;
        /// Smallest scatter taken for real, from the 0.05 s of the steadiest corner measured.
        const FLOOR_S: f64 = 0.05;
        let count = self.passes.min(Spread::PASSES);
        if count < Spread::ENOUGH {
            return None;
        }
        let mut sorted = self.deltas_s;
        let center_s = median(&mut sorted[..count]);
        let mut distances = self.deltas_s;
        distances[..count].iter_mut().for_each(|delta_s| *delta_s = (*delta_s - center_s).abs());
        let reach_s = 3.0 * (MEDIAN_TO_DEVIATION * median(&mut distances[..count])).max(FLOOR_S);
        let near_s = |delta_s: &f64| delta_s.clamp(center_s - reach_s, center_s + reach_s);
        let mean_s = self.deltas_s[..count].iter().map(near_s).sum::<f64>() / count as f64;
        let square = |delta_s: &f64| (near_s(delta_s) - mean_s) * (near_s(delta_s) - mean_s);
        let sum = self.deltas_s[..count].iter().map(square).sum::<f64>();
        Some(libm::sqrt(sum / (count - 1) as f64))
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { 0.5 * (values[middle - 1] + values[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(deltas_s: &[f64]) -> Spread {
        let mut spread = Spread::default();
        deltas_s.iter().for_each(|delta_s| spread.add(*delta_s));
        spread
    }

    #[test]
    fn is_the_sample_deviation_from_three_passes_on() {
        assert_eq!(of(&[0.1, 0.2]).deviation_s(), None);
        assert!((of(&[0.1, 0.2, 0.3]).deviation_s().unwrap() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn one_spin_does_not_make_everything_look_normal() {
        let steady = [0.10, 0.12, 0.08, 0.11, 0.09];
        let calm_s = of(&steady).deviation_s().unwrap();
        let mut with_spin = of(&steady);
        with_spin.add(6.0);
        let spun_s = with_spin.deviation_s().unwrap();
        assert!(calm_s < 0.02 && spun_s < 0.08, "{calm_s} {spun_s}");
    }

    #[test]
    fn old_passes_are_forgotten_and_a_new_reference_changes_nothing() {
        let mut spread = of(&[1.0, -1.0, 0.5]);
        for _ in 0..Spread::PASSES {
            spread.add(0.2);
        }
        assert!(spread.deviation_s().unwrap() < 1e-12);
        let mut moved = of(&[0.1, 0.25, 0.3]);
        let before_s = moved.deviation_s().unwrap();
        moved.shift(-0.7);
        assert!((moved.deviation_s().unwrap() - before_s).abs() < 1e-12);
    }
}

//! Seeded random numbers, the same on every system.
//!
//! SplitMix64 (Steele, Lea, Flood 2014). Numbers are drawn from streams named by what they are for (`seed`, lap, corner …), never from
//! one running sequence, so that leaving out one mistake changes nothing else.

/// A stream of random numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prng(u64);

impl Prng {
    /// The stream that belongs to a seed and a path of keys.
    pub fn stream(seed: u64, keys: &[u64]) -> Self {
        let mut prng = Prng(seed ^ 0x5851_F42D_4C95_7F2D);
        for &key in keys {
            prng.0 = prng.next_u64() ^ key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        prng.next_u64();
        prng
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// From 0 up to, not including, 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Between two bounds.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// A whole number from 0 up to, not including, `count`; 0 when `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((self.uniform() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// Normal with mean 0 and standard deviation 1, cut at 2.5 (Box-Muller): a driver's worst braking point is late, not absurd.
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        let angle = 2.0 * std::f64::consts::PI * self.uniform();
        (radius * libm::cos(angle)).clamp(-2.5, 2.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ_by_key() {
        let take = |seed, keys: &[u64]| Prng::stream(seed, keys).next_u64();
        assert_eq!(take(7, &[1, 2]), take(7, &[1, 2]));
        assert_ne!(take(7, &[1, 2]), take(7, &[2, 1]));
        assert_ne!(take(7, &[1]), take(8, &[1]));
    }

    #[test]
    fn normal_numbers_have_the_right_mean_and_spread_seed_1() {
        let mut prng = Prng::stream(1, &[]);
        let numbers: Vec<f64> = (0..20_000).map(|_| prng.normal()).collect();
        let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
        let variance = numbers.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / numbers.len() as f64;
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((variance.sqrt() - 0.98).abs() < 0.03, "spread {}", variance.sqrt());
    }
}

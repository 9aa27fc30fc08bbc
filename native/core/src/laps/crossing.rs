//! The moment at which the car crossed the line, between two rows.

/// Two rows either side of the line: metres left before it, metres gone after it, and the speeds at both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossing {
    pub(super) before_m: f64,
    pub(super) after_m: f64,
    pub(super) before_mps: f64,
    pub(super) after_mps: f64,
}

impl Crossing {
    /// Which part of the time between the rows had passed at the line, 0 to 1. Uniform acceleration from speed to speed; linear
    /// in distance when a speed is missing or the car barely moves.
    pub(super) fn part(self) -> f64 {
        let Crossing { before_m, after_m, before_mps, after_mps } = self;
        let travelled_m = before_m + after_m;
        if travelled_m <= 0.0 || !travelled_m.is_finite() {
            return 1.0;
        }
        let by_distance = (before_m / travelled_m).clamp(0.0, 1.0);
        let steady = (before_mps - after_mps).abs() < 0.5 * before_mps;
        if !(before_mps > 1.0 && after_mps > 1.0 && steady) {
            return by_distance;
        }
        // s(t) = v0 t + (v1 - v0) t^2 / 2 with t from 0 to 1, scaled to the distance that the sim says was covered.
        let slope = (after_mps - before_mps) / 2.0;
        let goal = by_distance * (before_mps + after_mps) / 2.0;
        2.0 * goal / (before_mps + libm::sqrt(before_mps * before_mps + 4.0 * slope * goal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_speed_is_linear() {
        let part = Crossing { before_m: 0.3, after_m: 0.7, before_mps: 60.0, after_mps: 60.0 }.part();
        assert!((part - 0.3).abs() < 1e-12);
    }

    #[test]
    fn braking_over_the_line_reaches_it_earlier_than_linear() {
        // 20 m/s falling by 6 m/s in one row of 0.1 s: s(t) = 20 t - 30 t^2, the line after 0.05 s at 0.925 m of 1.7 m.
        let part = Crossing { before_m: 0.925, after_m: 0.775, before_mps: 20.0, after_mps: 14.0 }.part();
        assert!((part - 0.5).abs() < 1e-12, "{part}");
    }

    #[test]
    fn missing_speed_falls_back_to_distance() {
        let part = Crossing { before_m: 1.0, after_m: 3.0, before_mps: f64::NAN, after_mps: 60.0 }.part();
        assert_eq!(part, 0.25);
    }

    #[test]
    fn garbage_stays_inside_the_rows() {
        for before_m in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            let part = Crossing { before_m, after_m: 0.0, before_mps: 5.0, after_mps: 5.0 }.part();
            assert!((0.0..=1.0).contains(&part), "{before_m} gave {part}");
        }
    }
}

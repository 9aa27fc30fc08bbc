//! How a lap's time is spread over its length, so that other cars are slow where the track is slow.

/// Steps in which a lap is cut.
const STEPS: usize = 256;
/// A lap counts when no step of it was passed over by more than this many of them.
const LONGEST_HOLE: usize = 8;

/// Share of the lap's time that has passed at each place, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct PaceProfile {
    shares: Vec<f64>,
    lap_time_s: f64,
}

impl PaceProfile {
    /// The same speed everywhere.
    pub fn even(lap_time_s: f64) -> Self {
        let shares = (0..=STEPS).map(|step| step as f64 / STEPS as f64).collect();
        PaceProfile { shares, lap_time_s }
    }

    /// That of the fastest lap among rows of (lap, fraction) at `rate_hz`; `None` where no lap was driven whole.
    pub fn of_rows(rows: &[(f64, f64)], rate_hz: f64) -> Option<Self> {
        let laps = rows.chunk_by(|a, b| a.0 == b.0);
        let whole = laps.filter_map(|lap| profile_of(lap, rate_hz));
        whole.min_by(|a, b| a.lap_time_s.total_cmp(&b.lap_time_s))
    }

    /// Seconds of a lap.
    pub fn lap_time_s(&self) -> f64 {
        self.lap_time_s
    }

    /// Share of the time that has passed at a fraction of the lap.
    pub fn share_at(&self, fraction: f64) -> f64 {
        let place = fraction.clamp(0.0, 1.0) * STEPS as f64;
        let step = (place as usize).min(STEPS - 1);
        let part = place - step as f64;
        self.shares[step] + part * (self.shares[step + 1] - self.shares[step])
    }

    /// Fraction of the lap at which a share of the time has passed.
    pub fn fraction_at(&self, share: f64) -> f64 {
        let step = self.shares.partition_point(|passed| *passed <= share).clamp(1, STEPS) - 1;
        let (from, to) = (self.shares[step], self.shares[step + 1]);
        let part = if to > from { (share - from) / (to - from) } else { 0.0 };
        (step as f64 + part.clamp(0.0, 1.0)) / STEPS as f64
    }
}

/// A lap that moves on from near its beginning to near its end, without a hole.
fn profile_of(lap: &[(f64, f64)], rate_hz: f64) -> Option<PaceProfile> {
    let mut shares = vec![0.0; STEPS + 1];
    let mut reached = 0;
    for (row, &(_, fraction)) in lap.iter().enumerate() {
        let step = (fraction.clamp(0.0, 1.0) * STEPS as f64) as usize;
        if step > reached + LONGEST_HOLE {
            return None;
        }
        if step > reached {
            shares[reached + 1..=step].fill(row as f64 / lap.len() as f64);
            reached = step;
        }
    }
    if reached + 1 < STEPS {
        return None;
    }
    shares[STEPS - 1] = shares[STEPS - 1].max(shares[STEPS - 2]);
    shares[STEPS] = 1.0;
    Some(PaceProfile { shares, lap_time_s: lap.len() as f64 / rate_hz })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_and_slow_where_the_lap_was_slow() {
        // Half of the lap takes three quarters of the time.
        let fraction =
            |row: u32| if row < 750 { f64::from(row) / 1500.0 } else { f64::from(row - 500) / 500.0 };
        let rows: Vec<(f64, f64)> = (0..1000).map(|row| (3.0, fraction(row))).collect();
        let profile = PaceProfile::of_rows(&rows, 60.0).expect("a whole lap");
        assert!((profile.share_at(0.5) - 0.75).abs() < 0.01, "{}", profile.share_at(0.5));
        for share in [0.0, 0.1, 0.5, 0.9, 0.99] {
            assert!((profile.share_at(profile.fraction_at(share)) - share).abs() < 1e-9);
        }
        assert!(PaceProfile::of_rows(&rows[..900], 60.0).is_none(), "not to the end");
    }
}

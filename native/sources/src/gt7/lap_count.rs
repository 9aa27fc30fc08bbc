//! The sim's lap counter, made to change on the row on which the distance begins anew.
//!
//! Line and counter agree to less than a row's travel, so the counter may change a row before the distance does, or after it. Laps are timed by the
//! distance; a counter (and a last lap's time with it) that changes on another row would look as if it belonged to another lap. Further from the line
//! than [`NEAR_M`] the sim's counter is what it is: a race's start counts on the grid.

/// No row's travel is longer: 120 m/s, with a few rows missing.
const NEAR_M: f64 = 8.0;

/// What the sim says.
type Told = (Option<i16>, Option<i32>);

/// Follows the counter.
#[derive(Debug, Clone, Copy, Default)]
pub struct LapCount {
    told: Told,
    distance_m: Option<f64>,
    /// The counter changed before the distance: what it was.
    held: Option<Told>,
    /// The distance began anew before the counter changed.
    ahead: bool,
    /// Metres gone since the last change.
    since_m: f64,
}

impl LapCount {
    /// Takes what the sim says and where the car is; gives what to say.
    pub fn step(
        &mut self,
        lap: Option<i16>,
        last_ms: Option<i32>,
        distance_m: Option<f64>,
        length_m: f64,
    ) -> Told {
        let (before, before_m) = (self.told, self.distance_m);
        (self.told, self.distance_m) = ((lap, last_ms), distance_m);
        let (Some(distance_m), Some(before_m)) = (distance_m, before_m) else {
            *self = LapCount { told: self.told, distance_m, ..LapCount::default() };
            return self.told;
        };
        let wrapped = before_m > 0.75 * length_m && distance_m < 0.25 * length_m;
        let counted = lap.zip(before.0).is_some_and(|(lap, before)| lap == before.wrapping_add(1));
        self.since_m += if wrapped { length_m + distance_m - before_m } else { distance_m - before_m };
        let (near_before, near_after) = (length_m - distance_m <= NEAR_M, distance_m <= NEAR_M);
        if counted {
            self.held = (near_before && !self.ahead).then_some(before);
            (self.ahead, self.since_m) = (false, 0.0);
        } else if wrapped && self.held.is_none() {
            self.ahead = self.since_m > length_m / 2.0;
        }
        self.held = self.held.filter(|_| near_before);
        self.ahead &= near_after;
        match self.held {
            Some(held) => held,
            None if self.ahead => (lap.map(|lap| lap.saturating_add(1)), last_ms),
            None => self.told,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of 1 m along a lap of 1000 m; the counter changes at a distance from the line.
    fn laps_shown(counted_at_m: i32, shown_from_m: i32) -> Vec<(i32, i16)> {
        let mut count = LapCount::default();
        let mut shown = Vec::new();
        for way_m in 100..2100 {
            let lap = 1 + (way_m - counted_at_m).div_euclid(1000) as i16;
            let at_m = f64::from((way_m - shown_from_m).rem_euclid(1000)) + 0.5;
            let last_ms = (lap > 1).then_some(i32::from(lap));
            let (said, said_ms) = count.step(Some(lap), last_ms, Some(at_m), 1000.0);
            let said = said.unwrap();
            if counted_at_m < 500 {
                assert!(said_ms.is_none_or(|ms| ms <= i32::from(said)), "{way_m} {said} {said_ms:?}");
            }
            shown.push((way_m, said));
        }
        shown
    }

    fn changes(shown: &[(i32, i16)]) -> Vec<i32> {
        shown.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1].0).collect()
    }

    #[test]
    fn the_counter_changes_with_the_distance() {
        for counted_at_m in [-3, -1, 0, 1, 3] {
            assert_eq!(changes(&laps_shown(counted_at_m, 0)), [1000, 2000], "{counted_at_m}");
        }
    }

    #[test]
    fn a_counter_that_changes_elsewhere_is_left_alone() {
        assert_eq!(changes(&laps_shown(-100, 0)), [900, 1900]);
        assert_eq!(changes(&laps_shown(200, 0))[..1], [200]);
    }
}

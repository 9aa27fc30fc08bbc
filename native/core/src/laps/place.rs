//! Where the car is on the lap, and how long the lap is.
//!
//! Awkward values: a fraction slightly below 0 just after the line stands for a place just before it; a distance of exactly 0 is not a
//! place (a reset row, or a source that holds the distance at 0 until the line is crossed); garbage is no place either.

use crate::Sample;

/// Metres of a lap that anything drives: what lies outside is garbage.
const LENGTHS_M: std::ops::RangeInclusive<f64> = 100.0..=100_000.0;
/// The ratio of two 32-bit values is exact to a few 1e-7 wherever the fraction is not tiny.
const LEAST_FRACTION: f64 = 0.02;

/// Ratios of one track differ by less than this share.
const AGREES: f64 = 1e-3;
/// After more rows that disagree in succession the track is another.
const MOST_GARBAGE_ROWS: u32 = 120;
/// A rounded length is at most this far off.
const ROUNDED_M: f64 = 12.0;

/// Keeps the length of the lap and turns a sample into a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placer {
    length_m: Option<f64>,
    /// The length fits the source's distances; otherwise it is the session text's, rounded to 10 m.
    exact: bool,
    best_fraction: f64,
    /// Rows in succession whose ratio is not the length.
    disagreeing_rows: u32,
    odometer: Odometer,
}

/// For a source that has the fraction but not the distance: metres driven, fraction gained, and the row before.
#[derive(Debug, Clone, Copy, Default)]
struct Odometer {
    driven_m: f64,
    gained: f64,
    row: f64,
    fraction: f64,
}

impl Placer {
    pub(super) fn new(length_hint_m: Option<f64>) -> Self {
        let length_m = length_hint_m.filter(|length_m| LENGTHS_M.contains(length_m));
        Placer {
            length_m,
            exact: false,
            best_fraction: 0.0,
            disagreeing_rows: 0,
            odometer: Odometer::default(),
        }
    }

    pub(super) fn with_exact(length_m: f64) -> Self {
        Placer { exact: true, best_fraction: 1.0, ..Placer::new(Some(length_m)) }
    }

    pub(super) fn length_m(&self) -> Option<f64> {
        self.length_m
    }

    pub(super) fn exact_length_m(&self) -> Option<f64> {
        self.length_m.filter(|_| self.exact)
    }

    /// Metres from the line, 0 up to the length where that is exact; NaN when the car is nowhere.
    pub(super) fn distance_m(&mut self, sample: &Sample, rate_hz: f64) -> f64 {
        let (distance_m, fraction) = (sample.lap_distance_m, sample.lap_fraction);
        let has_fraction = (-0.1..=1.1).contains(&fraction) && fraction != 0.0;
        if distance_m.abs() <= *LENGTHS_M.end() && distance_m != 0.0 {
            if has_fraction {
                self.learn_ratio(distance_m, fraction);
            } else {
                self.unlearn_past(distance_m);
            }
            return self.wrapped(distance_m);
        }
        if !has_fraction {
            return f64::NAN;
        }
        self.learn_odometer(sample, rate_hz);
        // Any length fits a source whose distance is made from it.
        self.exact = self.length_m.is_some();
        self.length_m.map_or(f64::NAN, |length_m| self.wrapped(fraction * length_m))
    }

    fn wrapped(&self, raw_m: f64) -> f64 {
        match self.length_m {
            Some(length_m) if self.exact || raw_m < 0.0 => raw_m.rem_euclid(length_m),
            _ => raw_m,
        }
    }

    /// The ratio is taken from rows further and further along the lap. One that disagrees is garbage, unless it goes on.
    fn learn_ratio(&mut self, distance_m: f64, fraction: f64) {
        let ratio_m = distance_m / fraction;
        if !(LEAST_FRACTION..=1.0).contains(&fraction) || !LENGTHS_M.contains(&ratio_m) {
            return;
        }
        let agrees = self.exact_length_m().is_none_or(|length_m| (ratio_m / length_m - 1.0).abs() < AGREES);
        self.disagreeing_rows = if agrees { 0 } else { self.disagreeing_rows + 1 };
        let replaced = self.disagreeing_rows > MOST_GARBAGE_ROWS;
        if !self.exact || agrees && fraction > self.best_fraction + 0.1 || replaced {
            self.length_m = Some(ratio_m);
            self.exact = true;
            self.best_fraction = fraction;
            self.disagreeing_rows = 0;
        }
    }

    /// A source without fractions passed the line: the last distance before it, plus what the speed says was driven, less the
    /// first distance after it, is the length to about a millimetre. Believed when it agrees with what is known, or nothing is.
    pub(super) fn learn_at_line(&mut self, before_m: f64, after_m: f64, driven_m: f64) {
        let measured_m = before_m + driven_m - after_m;
        let agrees = self.length_m.is_none_or(|length_m| (length_m - measured_m).abs() <= ROUNDED_M);
        if !self.exact && agrees && LENGTHS_M.contains(&measured_m) {
            self.length_m = Some(measured_m);
            self.exact = true;
        }
    }

    /// Forgets a length that was learned at what turned out not to be the line: the car drives past it.
    fn unlearn_past(&mut self, distance_m: f64) {
        if self.exact && self.length_m.is_some_and(|length_m| distance_m > length_m + ROUNDED_M) {
            self.length_m = None;
            self.exact = false;
        }
    }

    /// Once nine tenths of a lap were driven, metres over fraction give the length, about 0.3 % off, since the car does
    /// not follow the centre line.
    fn learn_odometer(&mut self, sample: &Sample, rate_hz: f64) {
        if self.length_m.is_some() {
            return;
        }
        let odometer = &mut self.odometer;
        let row = sample.index as f64;
        let gained = sample.lap_fraction - odometer.fraction;
        let driven_m = sample.speed_mps * (row - odometer.row) / rate_hz;
        if odometer.row > 0.0 && (0.0..0.05).contains(&gained) && (0.0..200.0).contains(&driven_m) {
            odometer.gained += gained;
            odometer.driven_m += driven_m;
        }
        odometer.row = row;
        odometer.fraction = sample.lap_fraction;
        let length_m = odometer.driven_m / odometer.gained;
        if odometer.gained >= 0.9 && LENGTHS_M.contains(&length_m) {
            self.length_m = Some(length_m);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(distance_m: f64, fraction: f64) -> Sample {
        Sample { lap_distance_m: distance_m, lap_fraction: fraction, ..Sample::EMPTY }
    }

    #[test]
    fn one_garbage_row_does_not_change_the_length_but_another_track_does() {
        let mut placer = Placer::new(None);
        placer.distance_m(&row(400.0, 0.1), 60.0);
        placer.distance_m(&row(300.0, 0.9), 60.0);
        assert_eq!(placer.exact_length_m(), Some(4000.0));
        for _ in 0..=MOST_GARBAGE_ROWS {
            placer.distance_m(&row(1000.0, 0.5), 60.0);
        }
        assert_eq!(placer.exact_length_m(), Some(2000.0));
    }

    #[test]
    fn the_ratio_far_along_the_lap_counts_most() {
        let mut placer = Placer::new(Some(4010.0));
        placer.distance_m(&row(400.01, 0.1), 60.0);
        placer.distance_m(&row(3800.0, 0.95), 60.0);
        assert_eq!(placer.length_m(), Some(4000.0));
    }

    #[test]
    fn nowhere_is_not_a_place_and_a_little_before_the_line_is() {
        let mut placer = Placer::with_exact(2000.0);
        for (distance_m, fraction) in [(0.0, 0.0), (f64::NAN, f64::NAN), (f64::NAN, 7.0), (1e9, f64::NAN)] {
            assert!(placer.distance_m(&row(distance_m, fraction), 60.0).is_nan(), "{distance_m} {fraction}");
        }
        assert!((placer.distance_m(&row(-0.4, -0.0002), 60.0) - 1999.6).abs() < 1e-9);
    }
}

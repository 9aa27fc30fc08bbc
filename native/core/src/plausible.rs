//! Whether a lap can have been driven by a car: for laps that somebody else sent. Bounds are those of physics and of the channels' definitions, wide
//! enough for every car that a sim has; a lap within them may still be made up, one outside them is.

use crate::lap::Lap;
use crate::{Channel, Sample};
use std::ops::RangeInclusive;

/// Faster than any car of any sim: the quickest land at 130 m/s.
const FASTEST_MPS: f64 = 150.0;
/// Shorter and longer than any circuit.
const LENGTH_M: RangeInclusive<f64> = 100.0..=100_000.0;
/// Rows a second.
const RATE_HZ: RangeInclusive<f64> = 10.0..=1000.0;
/// Distance by speed and time, as a share of the centre line's length. Lines cut corners, and a car that was turned round goes a way twice.
const DRIVEN_SHARE: RangeInclusive<f64> = 0.75..=1.5;
/// Fewer rows than this share of a lap's duration are not the lap.
const FEWEST_ROWS: f64 = 0.8;

/// What every value of a channel lies between.
const BOUNDS: [(Channel, f64, f64); 14] = [
    (Channel::SpeedMps, -1.0, FASTEST_MPS),
    (Channel::Throttle, -0.01, 1.01),
    (Channel::ThrottlePedal, -0.01, 1.01),
    (Channel::Brake, -0.01, 1.01),
    (Channel::BrakePedal, -0.01, 1.01),
    (Channel::Clutch, -0.01, 1.01),
    (Channel::Gear, -2.0, 16.0),
    (Channel::Rpm, -100.0, 30_000.0),
    (Channel::LapFraction, -0.05, 1.05),
    (Channel::SteeringRad, -50.0, 50.0),
    (Channel::LatitudeDeg, -90.0, 90.0),
    (Channel::LongitudeDeg, -360.0, 360.0),
    (Channel::FuelL, -1.0, 2000.0),
    (Channel::TrackWetness, -1.0, 10.0),
];

/// Why the lap cannot have been driven, in one sentence with its numbers; `None` when it can. `lap` has its rows by the samples' own index.
pub fn implausible(samples: &[Sample], lap: &Lap, length_m: f64, rate_hz: f64) -> Option<String> {
    if !RATE_HZ.contains(&rate_hz) {
        return Some(format!("It has {rate_hz} rows a second."));
    }
    if !LENGTH_M.contains(&length_m) {
        return Some(format!("Its track is {length_m:.0} m long."));
    }
    out_of_bounds(samples, length_m).or_else(|| impossible_drive(samples, lap, length_m, rate_hz))
}

fn out_of_bounds(samples: &[Sample], length_m: f64) -> Option<String> {
    let place = (Channel::LapDistanceM, -0.05 * length_m, 1.05 * length_m);
    BOUNDS.into_iter().chain([place]).find_map(|(channel, low, high)| {
        let outside = |value: &f64| !value.is_nan() && !(low..=high).contains(value);
        let value = samples.iter().map(|sample| sample.get(channel)).find(outside)?;
        Some(format!("Its {} is {value} somewhere, which is not between {low} and {high}.", channel.name()))
    })
}

fn impossible_drive(samples: &[Sample], lap: &Lap, length_m: f64, rate_hz: f64) -> Option<String> {
    let Some((start, end)) = lap.start_row.zip(lap.end_row) else {
        return Some("The car does not cross the line at both ends.".to_owned());
    };
    let duration_s = (end - start) / rate_hz;
    let shortest_s = length_m / FASTEST_MPS;
    if duration_s < shortest_s {
        return Some(format!("It takes {duration_s:.3} s for {length_m:.0} m, which no car can."));
    }
    let rows: Vec<&Sample> = samples.iter().filter(|s| (start..=end).contains(&(s.index as f64))).collect();
    if (rows.len() as f64) < FEWEST_ROWS * (end - start) {
        return Some(format!("It has {} rows in {duration_s:.1} s.", rows.len()));
    }
    let driven_m: f64 = rows
        .windows(2)
        .map(|pair| {
            let gap_s = (pair[1].index - pair[0].index) as f64 / rate_hz;
            (pair[0].speed_mps + pair[1].speed_mps) / 2.0 * gap_s
        })
        .filter(|metres| metres.is_finite())
        .sum();
    let share = driven_m / length_m;
    (!DRIVEN_SHARE.contains(&share))
        .then(|| format!("By its speed the car drove {driven_m:.0} m on a track of {length_m:.0} m."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lap::{LapId, Spoils};
    use crate::reason_set::ReasonSet;

    const LENGTH: f64 = 3000.0;

    /// 60 s at 50 m/s, 60 Hz, with ten rows either side.
    fn driven() -> (Vec<Sample>, Lap) {
        let samples = (0..3620u64).map(|index| {
            let mut sample = Sample::EMPTY;
            sample.index = index;
            sample.set(Channel::SpeedMps, 50.0);
            sample.set(Channel::Brake, 0.0);
            sample.set(Channel::LapFraction, ((index as f64 - 10.0) / 3600.0).rem_euclid(1.0));
            sample
        });
        let lap = Lap {
            id: LapId::default(),
            start_sample: 10,
            end_sample: 3609,
            start_row: Some(10.0),
            end_row: Some(3610.0),
            official_time_s: None,
            own_time_s: Some(60.0),
            reasons: ReasonSet::EMPTY,
            spoils: Spoils::EMPTY,
        };
        (samples.collect(), lap)
    }

    fn verdict(change: impl Fn(&mut Vec<Sample>, &mut Lap)) -> Option<String> {
        let (mut samples, mut lap) = driven();
        change(&mut samples, &mut lap);
        implausible(&samples, &lap, LENGTH, 60.0)
    }

    #[test]
    fn a_lap_that_was_driven_is_left_alone() {
        assert_eq!(verdict(|_, _| ()), None);
        // Missing values accuse nobody, and neither does a dropped row.
        assert_eq!(verdict(|samples, _| samples[99].set(Channel::Brake, f64::NAN)), None);
        assert_eq!(verdict(|samples, _| drop(samples.drain(500..520))), None);
    }

    #[test]
    fn what_no_car_does_is_named() {
        let says = |text: &str, change: fn(&mut Vec<Sample>, &mut Lap)| {
            let said = verdict(change).unwrap_or_default();
            assert!(said.contains(text), "{said}");
        };
        says("speedMps", |samples, _| samples[50].set(Channel::SpeedMps, 400.0));
        says("speedMps", |samples, _| samples[50].set(Channel::SpeedMps, f64::INFINITY));
        says("brake", |samples, _| samples[50].set(Channel::Brake, 7.0));
        says("lapFraction", |samples, _| samples[50].set(Channel::LapFraction, -4.0));
        says("both ends", |_, lap| lap.end_row = None);
        says("no car can", |_, lap| lap.end_row = Some(200.0));
        says("rows in", |samples, _| drop(samples.drain(500..2500)));
        says("drove 6000 m", |samples, _| samples.iter_mut().for_each(|s| s.set(Channel::SpeedMps, 100.0)));
        says("drove 30 m", |samples, _| samples.iter_mut().for_each(|s| s.set(Channel::SpeedMps, 0.5)));
        assert!(implausible(&driven().0, &driven().1, 5.0, 60.0).is_some_and(|said| said.contains("5 m")));
        assert!(implausible(&driven().0, &driven().1, LENGTH, 1e6).is_some());
    }
}

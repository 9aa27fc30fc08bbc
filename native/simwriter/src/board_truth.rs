//! What is true about a simulated session for what changes slowly: how much each lap took, and where the field is at its end.

use crate::opponents::{Opponents, PlayerNow};
use crate::simcar_feed::field;
use racing_coach_core::Sample;
use racing_coach_simcar::Simulated;
use serde::Serialize;

/// See the module. Read by tests.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BoardTruth {
    /// Length of the centre line.
    pub length_m: f64,
    /// Complete laps.
    pub laps: Vec<DrunkLap>,
    /// Litres in the tank on the last row.
    pub level_l: f64,
    /// The others.
    pub cars: Vec<TrueCar>,
}

/// A complete lap.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DrunkLap {
    /// As the sim counts it.
    pub lap: u32,
    /// Between the exact crossings.
    pub lap_time_s: f64,
    /// All on the road.
    pub valid: bool,
    /// What it took.
    pub fuel_l: f64,
}

/// Another car.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrueCar {
    /// The sim's index.
    pub index: usize,
    /// As painted.
    pub number: String,
    /// Its class.
    pub class_name: &'static str,
    /// Seconds ahead on the last row, of the driver's class's pace.
    pub gap_s: f64,
}

impl BoardTruth {
    /// The truth about a session that is played once with so many other cars.
    pub fn of(simulated: &Simulated, cars: usize, seed: u64) -> Self {
        let mut field = field(simulated, cars, seed);
        let samples = &simulated.samples;
        let last = samples.last().copied().unwrap_or(Sample::EMPTY);
        field.at(samples.len().saturating_sub(1) as f64 / 60.0, &player(&last));
        let classes = field.entries();
        let class = |index: usize| classes.iter().find(|entry| entry.0 == index).map_or(0, |entry| entry.1);
        let car = |(index, gap_s)| TrueCar {
            index,
            number: Opponents::number(index),
            class_name: Opponents::class_words(class(index)).0,
            gap_s,
        };
        BoardTruth {
            length_m: simulated.truth.length_m,
            laps: laps(simulated),
            level_l: last.fuel_l,
            cars: field.true_gaps_s().into_iter().map(car).collect(),
        }
    }
}

fn laps(simulated: &Simulated) -> Vec<DrunkLap> {
    let begins_with_l = |lap: u32| {
        let first = simulated.samples.iter().find(|sample| sample.lap == f64::from(lap));
        first.map_or(f64::NAN, |sample| sample.fuel_l)
    };
    let drunk = |lap: &racing_coach_simcar::truth::LapTruth| DrunkLap {
        lap: lap.lap,
        lap_time_s: lap.lap_time_s,
        valid: lap.valid,
        fuel_l: begins_with_l(lap.lap) - begins_with_l(lap.lap + 1),
    };
    simulated.truth.laps.iter().map(drunk).collect()
}

fn player(sample: &Sample) -> PlayerNow {
    PlayerNow {
        lap: sample.lap,
        lap_fraction: sample.lap_fraction,
        track_surface: sample.track_surface,
        on_pit_road: sample.on_pit_road == 1.0,
        last_lap_time_s: sample.lap_last_time_s,
        on_track: sample.is_on_track == 1.0,
    }
}

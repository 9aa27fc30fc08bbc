//! Takes: short simulated sessions from which lives are cut. Driving one takes longer than playing it, so they are kept.

use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_simcar::car_spec::CarSpec;
use racing_coach_simcar::centre_line::CentreLine;
use racing_coach_simcar::demo_circuit;
use racing_coach_simcar::driver_spec::DriverSpec;
use racing_coach_simcar::oval::oval;
use racing_coach_simcar::request::Resolved;
use racing_coach_simcar::session::{Interruption, InterruptionKind, Start};
use racing_coach_simcar::simulate::simulate_resolved;
use racing_coach_simcar::{SimulateRequest, Simulated};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A circuit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Circuit {
    /// The one that comes with the product.
    Demo,
    /// A short oval.
    Oval,
}

/// What happens in a take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TakeKind {
    /// Out of a stall before the line.
    Pits,
    /// Out of a stall after the line.
    PitsAfterLine,
    /// Off the grid of a race.
    Grid,
    /// Lap 2 ends with a reset to the pits.
    Reset,
    /// Lap 2 ends with a tow.
    Tow,
    /// Lap 2 goes on from a snapshot.
    ActiveReset,
    /// Lap 1 leaves the road.
    OffTrack,
}

/// Which take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TakeKey {
    /// Where.
    pub circuit: Circuit,
    /// A preset of the simulated car.
    pub car: &'static str,
    /// What happens.
    pub kind: TakeKind,
    /// Seed of the driving.
    pub seed: u64,
}

/// The end of a lap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closing {
    /// The lap.
    pub lap: u32,
    /// The first row behind the line.
    pub row: usize,
    /// The row on which the sim shows what it thinks of the lap.
    pub shown_row: usize,
    /// Time and validity; `None` of a lap that has no time.
    pub result: Option<(f64, bool)>,
}

/// A take.
#[derive(Debug)]
pub struct Take {
    /// Which.
    pub key: TakeKey,
    /// All of it.
    pub simulated: Simulated,
    /// Crossings of the line, in order.
    pub closings: Vec<Closing>,
}

impl Take {
    fn new(key: TakeKey, simulated: Simulated) -> Self {
        let closings = closings(&simulated);
        Take { key, simulated, closings }
    }

    /// The rows.
    pub fn samples(&self) -> &[Sample] {
        &self.simulated.samples
    }

    /// Metres from the line to where the car stands at first.
    pub fn stands_at_m(&self) -> f64 {
        self.samples().get(1).map_or(0.0, |sample| sample.lap_distance_m)
    }

    /// The fractional row at which the line was crossed.
    pub fn crossing_row(&self, closing: &Closing) -> f64 {
        let distance_m = |row: usize| {
            let sample = &self.samples()[row];
            // The counter may have run ahead of the line by a row.
            let behind = row < closing.row && sample.lap_distance_m > 0.0;
            sample.lap_distance_m - if behind { self.simulated.truth.length_m } else { 0.0 }
        };
        let (before_m, after_m) = (distance_m(closing.row - 1), distance_m(closing.row));
        closing.row as f64 - after_m / (after_m - before_m)
    }
}

fn closings(simulated: &Simulated) -> Vec<Closing> {
    let samples = &simulated.samples;
    let laps = simulated.truth.laps.iter();
    let results: BTreeMap<u32, (f64, bool)> =
        laps.map(|lap| (lap.lap, (lap.lap_time_s, lap.valid))).collect();
    let mut closings = Vec::new();
    for row in 1..samples.len() {
        let (before, now) = (&samples[row - 1], &samples[row]);
        let length_m = simulated.truth.length_m;
        let wrapped = now.lap_distance_m - before.lap_distance_m < -0.5 * length_m && now.lap > before.lap;
        let from_below = before.lap_distance_m < 0.0 && now.lap_distance_m >= 0.0;
        if !before.is_reset_row() && (wrapped && now.lap_distance_m >= 0.0 || from_below) {
            let lap = now.lap as u32 - 1;
            let shows = |sample: &Sample| sample.lap_completed >= f64::from(lap);
            let shown_row = samples[row..].iter().position(shows).map_or(samples.len(), |after| row + after);
            closings.push(Closing { lap, row, shown_row, result: results.get(&lap).copied() });
        }
    }
    closings
}

/// Takes by their keys, each driven once.
#[derive(Default)]
pub struct TakeBank {
    takes: Mutex<BTreeMap<TakeKey, Arc<Take>>>,
}

impl TakeBank {
    /// The take; driven now when it is asked for first.
    ///
    /// # Errors
    /// What the simulation says.
    pub fn take(&self, key: TakeKey) -> Result<Arc<Take>, CodedError> {
        let mut takes = self.takes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(take) = takes.get(&key) {
            return Ok(Arc::clone(take));
        }
        let take = Arc::new(Take::new(key, drive(key)?));
        takes.insert(key, Arc::clone(&take));
        Ok(take)
    }
}

fn drive(key: TakeKey) -> Result<Simulated, CodedError> {
    let (start, interruption) = match key.kind {
        TakeKind::Pits | TakeKind::OffTrack => (Start::Pits, None),
        TakeKind::PitsAfterLine => (Start::PitsAfterLine, None),
        TakeKind::Grid => (Start::Grid, None),
        TakeKind::Reset => (Start::Pits, Some(InterruptionKind::Reset)),
        TakeKind::Tow => (Start::Pits, Some(InterruptionKind::Tow)),
        TakeKind::ActiveReset => (Start::Pits, Some(InterruptionKind::ActiveReset)),
    };
    let interruption = interruption.map(|kind| Interruption { kind, lap: 2, at_m: 900.0 });
    let request = SimulateRequest {
        track: "demo".to_owned(),
        car: key.car.to_owned(),
        driver: "pro".to_owned(),
        laps: if interruption.is_some() { 3 } else { 2 },
        seed: key.seed,
        mistakes: if key.kind == TakeKind::OffTrack { "T11:runs-wide=6@1" } else { "none" }.to_owned(),
        start,
        interruptions: interruption.into_iter().collect(),
    };
    let resolved = Resolved {
        line: line(key.circuit),
        car: CarSpec::preset(key.car)?,
        driver: DriverSpec::preset(&request.driver)?,
    };
    let mut simulated = simulate_resolved(&request, &resolved)?;
    // A weekend has its sessions in the text from the beginning.
    let session = &simulated.session;
    let session_types = ["Practice", "Race"].map(str::to_owned).to_vec();
    simulated.session = SessionInfo { session_types, ..session.clone() };
    Ok(simulated)
}

fn line(circuit: Circuit) -> CentreLine {
    match circuit {
        Circuit::Demo => demo_circuit::centre_line(),
        Circuit::Oval => oval(500.0, 120.0, 16.0),
    }
}

//! What the sim's rows tell beside the channels of a sample: where every car is, and the tyres of the last stop. Decoded only when asked for.

use crate::ibt::Variable;
use racing_coach_core::board::{CarState, CarStates, MOST_CARS, RawTyre, RawTyres};

/// The sim's names of the wheels, in the order of [`RawTyres`].
const WHEELS: [&str; 4] = ["LF", "RF", "LR", "RR"];
/// What is told of each: carcass temperatures and tread, both from the car's left to its right, and the cold pressure. All of them change in the pit stall only.
const OF_A_WHEEL: [&str; 7] = ["tempCL", "tempCM", "tempCR", "wearL", "wearM", "wearR", "coldPressure"];

/// The variables of one list that tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct BesideDecoder {
    cars: Option<CarVariables>,
    tyres: [[Option<Variable>; OF_A_WHEEL.len()]; WHEELS.len()],
}

#[derive(Debug, Clone, PartialEq)]
struct CarVariables {
    player: Variable,
    lap: Variable,
    lap_fraction: Variable,
    track_surface: Variable,
    estimated_time_s: Option<Variable>,
    class_position: Option<Variable>,
    on_pit_road: Option<Variable>,
}

impl BesideDecoder {
    /// Finds them by the sim's names.
    pub fn new(variables: &[Variable]) -> Self {
        let find = |name: &str| variables.iter().find(|variable| variable.name == name).cloned();
        BesideDecoder {
            cars: CarVariables::new(&find),
            tyres: WHEELS.map(|wheel| OF_A_WHEEL.map(|value| find(&format!("{wheel}{value}")))),
        }
    }

    /// Where every car is; false where the rows list none, as those of files do. Allocates nothing.
    ///
    /// # Panics
    /// When the row is shorter than the rows that the variables were checked against.
    pub fn cars(&self, row: &[u8], states: &mut CarStates) -> bool {
        let Some(cars) = &self.cars else { return false };
        let own = cars.player.decode(row);
        states.own = (0.0..MOST_CARS as f64).contains(&own).then_some(own as usize);
        for (index, state) in states.cars.iter_mut().enumerate() {
            *state = cars.state(row, index);
        }
        true
    }

    /// The tyres; `None` where the rows tell nothing of them. Allocates nothing.
    ///
    /// # Panics
    /// As [`cars`](Self::cars).
    pub fn tyres(&self, row: &[u8]) -> Option<RawTyres> {
        let told = self.tyres.iter().flatten().any(Option::is_some);
        let value = |variable: &Option<Variable>| variable.as_ref().map_or(f64::NAN, |v| v.decode(row));
        told.then(|| {
            self.tyres.each_ref().map(|wheel| {
                let [left_c, middle_c, right_c, left, middle, right, cold_pressure_kpa] =
                    wheel.each_ref().map(value);
                RawTyre {
                    temperatures_c: [left_c, middle_c, right_c],
                    wear: [left, middle, right],
                    cold_pressure_kpa,
                }
            })
        })
    }
}

impl CarVariables {
    fn new(find: &dyn Fn(&str) -> Option<Variable>) -> Option<Self> {
        Some(CarVariables {
            player: find("PlayerCarIdx")?,
            lap: find("CarIdxLap")?,
            lap_fraction: find("CarIdxLapDistPct")?,
            track_surface: find("CarIdxTrackSurface")?,
            estimated_time_s: find("CarIdxEstTime"),
            class_position: find("CarIdxClassPosition"),
            on_pit_road: find("CarIdxOnPitRoad"),
        })
    }

    fn state(&self, row: &[u8], index: usize) -> CarState {
        if index >= self.lap_fraction.count {
            return CarState::ABSENT;
        }
        let of = |variable: &Option<Variable>| {
            variable.as_ref().map_or(f64::NAN, |variable| variable.decode_element(row, index))
        };
        CarState {
            // A number that is no number becomes 0, and an absent car is known by its surface.
            lap: self.lap.decode_element(row, index) as i32,
            lap_fraction: self.lap_fraction.decode_element(row, index),
            estimated_time_s: of(&self.estimated_time_s),
            class_position: of(&self.class_position) as i32,
            on_pit_road: of(&self.on_pit_road) == 1.0,
            track_surface: self.track_surface.decode_element(row, index) as i32,
        }
    }
}

//! The cars of a session: what a source tells of each at a moment, and who drives them.

use std::sync::Arc;

/// Cars that the sim's lists have room for.
pub const MOST_CARS: usize = 64;

/// One car at a moment, as the sim tells it. NaN and [`CarState::ABSENT`]: not told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CarState {
    /// Lap being driven; -1 when the car is not there.
    pub lap: i32,
    /// Fraction of the lap; negative or NaN when the car is not there.
    pub lap_fraction: f64,
    /// Seconds that its class needs from the line to this place, by the sim; 0 or NaN when not told.
    pub estimated_time_s: f64,
    /// Place in its class, from 1; 0 when it has none yet.
    pub class_position: i32,
    /// Between the pit road's cones.
    pub on_pit_road: bool,
    /// As [`crate::Sample::track_surface`]; -1 when it is not in the world.
    pub track_surface: i32,
}

impl CarState {
    /// A car that is not there.
    pub const ABSENT: CarState = CarState {
        lap: -1,
        lap_fraction: -1.0,
        estimated_time_s: f64::NAN,
        class_position: 0,
        on_pit_road: false,
        track_surface: -1,
    };

    /// Whether it stands or drives somewhere. Just behind the line the sim says a little less than 0 at times.
    pub fn is_there(&self) -> bool {
        self.track_surface >= 0 && (-0.01..=1.01).contains(&self.lap_fraction)
    }

    /// In its stall, on the pit road or on the way in.
    pub fn in_pits(&self) -> bool {
        self.on_pit_road || matches!(self.track_surface, 1 | 2)
    }
}

/// Every car at one moment, by the sim's index.
#[derive(Debug, Clone, PartialEq)]
pub struct CarStates {
    /// The driver's own index.
    pub own: Option<usize>,
    /// The cars.
    pub cars: [CarState; MOST_CARS],
}

impl CarStates {
    /// Nobody.
    pub const NOBODY: CarStates = CarStates { own: None, cars: [CarState::ABSENT; MOST_CARS] };
}

/// Who drives a car. The name goes nowhere but to the pages' list of cars: it is neither stored nor written to a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CarEntry {
    /// The sim's index.
    pub index: usize,
    /// As painted on the car.
    pub number: String,
    /// The driver's name.
    pub name: String,
    /// The class's id.
    pub class_id: i64,
    /// The class's short name; empty where there is one class only.
    pub class_name: String,
    /// 0xRRGGBB.
    pub class_colour: Option<u32>,
    /// Usual lap time of the class, s; NaN when not told.
    pub class_lap_s: f64,
}

/// Everyone who drives: neither the pace car nor spectators. Shared, because it is long and seldom changes.
#[derive(Debug, Clone, Default)]
pub struct Field(Arc<Vec<CarEntry>>);

impl Field {
    /// A field of these cars.
    pub fn new(cars: Vec<CarEntry>) -> Self {
        Field(Arc::new(cars))
    }

    /// The cars.
    pub fn cars(&self) -> &[CarEntry] {
        &self.0
    }

    /// The car with this index.
    pub fn car(&self, index: usize) -> Option<&CarEntry> {
        self.0.iter().find(|car| car.index == index)
    }
}

/// Usual lap times that are not told are NaN, and two fields that lack the same one are the same.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&CarEntry, &CarEntry)| {
            a.class_lap_s.to_bits() == b.class_lap_s.to_bits()
                && CarEntry { class_lap_s: 0.0, ..a.clone() } == CarEntry { class_lap_s: 0.0, ..b.clone() }
        };
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.len() == other.0.len() && self.0.iter().zip(other.0.iter()).all(same)
    }
}

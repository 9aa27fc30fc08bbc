//! Variables that exist in the live memory only, and their values.

use crate::frame_rate::Drawing;
use crate::opponents::{CarNow, MOST_CARS};
use crate::row_maker::{Incoming, VALUES_IN_TICK, find, value_or};
use crate::tyres::{OF_A_WHEEL, TyreValues, WHEELS};
use racing_coach_sources::ibt::{RowLayout, VariableSpec, VariableType};

/// `SessionUniqueID` of everything that is played.
const UNIQUE_ID: f64 = 1.0;
/// Steering torque for each m/s² to the side: a plausible wheel, no more.
const TORQUE_NM_PER_MPS2: f64 = 0.35;
/// Values at 360 Hz that stand under names of their own whatever the user logs.
const ALWAYS_FULL_RATE: [(&str, &str); 5] = [
    ("VelocityX_ST", "VelocityX"),
    ("VelocityY_ST", "VelocityY"),
    ("YawRate_ST", "YawRate"),
    ("LatAccel_ST", "LatAccel"),
    ("LongAccel_ST", "LongAccel"),
];

type OfCar = fn(&CarNow) -> f64;

/// The arrays with one value for each car.
const OF_CARS: [(&str, VariableType, &str, OfCar); 10] = [
    ("CarIdxLap", VariableType::Int, "", |car| f64::from(car.lap)),
    ("CarIdxLapDistPct", VariableType::Float, "%", |car| car.lap_fraction),
    ("CarIdxTrackSurface", VariableType::Int, "irsdk_TrkLoc", |car| f64::from(car.track_surface)),
    ("CarIdxOnPitRoad", VariableType::Bool, "", |car| f64::from(u8::from(car.on_pit_road))),
    ("CarIdxPosition", VariableType::Int, "", |car| f64::from(car.position)),
    ("CarIdxClassPosition", VariableType::Int, "", |car| f64::from(car.class_position)),
    ("CarIdxClass", VariableType::Int, "", |car| f64::from(car.class)),
    ("CarIdxF2Time", VariableType::Float, "s", |car| car.behind_leader_s),
    ("CarIdxEstTime", VariableType::Float, "s", |car| car.estimated_time_s),
    ("CarIdxLastLapTime", VariableType::Float, "s", |car| car.last_lap_time_s),
];

/// Where the added variables stand, and what they are made from.
pub struct LiveOnly {
    of_cars: Vec<(usize, OfCar)>,
    places: [Option<usize>; 8],
    torque: Option<(usize, Incoming)>,
    full_rate: Vec<(usize, Incoming)>,
    /// Variable, wheel and value.
    tyres: Vec<(usize, usize, usize)>,
}

impl LiveOnly {
    /// The variables, in the order in which they are added to a row.
    pub fn variables(full_rate: bool) -> Vec<VariableSpec> {
        use VariableType::{Bool, Float, Int};
        let one = |(name, kind, unit): &(&str, VariableType, &str)| VariableSpec::new(name, *kind, unit, "");
        let at_360_hz = |name: &str, unit: &str| VariableSpec {
            count: VALUES_IN_TICK as u32,
            count_as_time: true,
            ..VariableSpec::new(name, Float, unit, "At 360 Hz")
        };
        let mut all: Vec<VariableSpec> = [
            ("SessionUniqueID", Int, ""),
            ("DriverMarker", Bool, ""),
            ("IsReplayPlaying", Bool, ""),
            ("ReplayFrameNumEnd", Int, ""),
            ("FrameRate", Float, "fps"),
            ("CpuUsageFG", Float, "%"),
            ("GpuUsage", Float, "%"),
            ("PlayerCarIdx", Int, ""),
        ]
        .iter()
        .map(one)
        .collect();
        all.extend(OF_CARS.map(|(name, kind, unit, _)| VariableSpec {
            count: MOST_CARS as u32,
            ..VariableSpec::new(name, kind, unit, "By car index")
        }));
        all.push(VariableSpec::new("CarLeftRight", Int, "irsdk_CarLeftRight", "Cars beside the driver"));
        all.extend(
            tyre_names().map(|(name, _, value)| VariableSpec::new(&name, Float, OF_A_WHEEL[value].1, "")),
        );
        all.extend([("IsInGarage", Bool, ""), ("IsGarageVisible", Bool, "")].iter().map(one));
        all.push(match full_rate {
            true => at_360_hz("SteeringWheelTorque", "N*m"),
            false => VariableSpec::new("SteeringWheelTorque", Float, "N*m", "Torque on the steering shaft"),
        });
        all.extend(ALWAYS_FULL_RATE.map(|(name, _)| at_360_hz(name, "at 360 Hz")));
        all
    }

    /// Finds them in a layout; those that the incoming row has itself are left alone.
    pub fn of(layout: &RowLayout, incoming: &[Incoming]) -> Self {
        let added = |name: &str| layout.index_of(name).filter(|_| find(incoming, name).is_none());
        let of_cars = OF_CARS.iter().filter_map(|(name, _, _, value)| Some((added(name)?, *value))).collect();
        let names = [
            "SessionUniqueID",
            "DriverMarker",
            "FrameRate",
            "CpuUsageFG",
            "GpuUsage",
            "PlayerCarIdx",
            "CarLeftRight",
            "ReplayFrameNumEnd",
        ];
        let torque = || Some((added("SteeringWheelTorque")?, find(incoming, "LatAccel")?));
        let full_rate = |(name, from): (&str, &str)| Some((added(name)?, find(incoming, from)?));
        let tyre = |(name, wheel, value): (String, usize, usize)| Some((added(&name)?, wheel, value));
        LiveOnly {
            tyres: tyre_names().filter_map(tyre).collect(),
            of_cars,
            places: names.map(added),
            torque: torque(),
            full_rate: ALWAYS_FULL_RATE.into_iter().filter_map(full_rate).collect(),
        }
    }

    /// The arrays of all cars.
    pub fn put_cars(&self, layout: &RowLayout, row: &mut [u8], cars: &[CarNow; MOST_CARS]) {
        for (index, value) in &self.of_cars {
            for (element, car) in cars.iter().enumerate() {
                layout.set_element(row, *index, element, value(car));
            }
        }
    }

    /// The tyres, where a recording has none of its own.
    pub fn put_tyres(&self, layout: &RowLayout, row: &mut [u8], tyres: &TyreValues) {
        for (index, wheel, value) in &self.tyres {
            layout.set_element(row, *index, 0, tyres[*wheel][*value]);
        }
    }

    /// Everything else.
    pub fn put(
        &self,
        layout: &RowLayout,
        row: &mut [u8],
        incoming: &[u8],
        player: usize,
        left_right: i32,
        drawing: &Drawing,
    ) {
        let values = [
            UNIQUE_ID,
            0.0,
            drawing.rate_hz,
            drawing.cpu,
            drawing.gpu,
            player as f64,
            f64::from(left_right),
            0.0,
        ];
        for (place, value) in self.places.iter().zip(values) {
            if let Some(index) = place {
                layout.set_element(row, *index, 0, value);
            }
        }
        let torque = self.torque.iter().map(|(index, from)| (index, from, TORQUE_NM_PER_MPS2));
        let full_rate = self.full_rate.iter().map(|(index, from)| (index, from, 1.0));
        for (index, from, factor) in torque.chain(full_rate) {
            let value = factor * value_or(Some(from), incoming, 0.0);
            for element in 0..layout.variable(*index).0.count as usize {
                layout.set_element(row, *index, element, value);
            }
        }
    }
}

/// The variables of the tyres, each with its place in [`TyreValues`].
fn tyre_names() -> impl Iterator<Item = (String, usize, usize)> {
    let of_wheel = |(wheel, name): (usize, &'static str)| {
        OF_A_WHEEL.iter().enumerate().map(move |(value, (what, _))| (format!("{name}{what}"), wheel, value))
    };
    WHEELS.into_iter().enumerate().flat_map(of_wheel)
}

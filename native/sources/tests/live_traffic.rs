//! The distances to the next cars, worked out of the sim's list of cars. And what a row costs: nothing is allocated for it. One test file,
//! because both need a row with the sim's lists.

#[path = "../../core/tests/counting_allocator/mod.rs"]
mod counting_allocator;

use counting_allocator::calls_during;
use racing_coach_core::{Channel, Sample};
use racing_coach_sources::ibt::{VariableSpec, VariableType, channel_variable};
use racing_coach_sources::live::decoder::LiveDecoder;
use racing_coach_sources::live::held_memory::HeldMemory;
use racing_coach_sources::live::image::{MapImage, RowWriter};
use racing_coach_sources::live::row_reader::{Polled, RowReader};
use racing_coach_sources::live::schema::Schema;
use racing_coach_sources::live::traffic::NO_CAR_M;

const LENGTH_M: f64 = 4000.0;

/// Where a car is, as the sim lists it.
#[derive(Clone, Copy)]
struct Car {
    share: f32,
    surface: i32,
    on_pit_road: bool,
}

const AWAY: Car = Car { share: -1.0, surface: -1, on_pit_road: false };

fn on_track(share: f32) -> Car {
    Car { share, surface: 3, on_pit_road: false }
}

/// A memory whose only row has these cars, ours being number 1.
struct Road {
    image: MapImage,
    memory: HeldMemory,
    row: Vec<u8>,
}

impl Road {
    fn new(extra: &[VariableSpec]) -> Self {
        let list = |name: &str, variable_type| VariableSpec {
            count: 64,
            ..VariableSpec::new(name, variable_type, "", "")
        };
        let mut variables = vec![
            VariableSpec::new("PlayerCarIdx", VariableType::Int, "", ""),
            list("CarIdxLapDistPct", VariableType::Float),
            list("CarIdxTrackSurface", VariableType::Int),
            list("CarIdxOnPitRoad", VariableType::Bool),
            channel_variable(Channel::LapFraction),
            channel_variable(Channel::LapDistanceM),
            channel_variable(Channel::TrackSurface),
        ];
        variables.extend_from_slice(extra);
        let image = MapImage::small(60, &variables, 64);
        let memory = HeldMemory::new(image.bytes());
        assert!(image.write_head(&memory.bytes()));
        let row = vec![0; image.row_bytes()];
        let mut road = Road { image, memory, row };
        road.put("PlayerCarIdx", 0, &1_i32.to_le_bytes());
        road.own_place(-1.0, 0.0, 3);
        (0..64).for_each(|car| road.car(car, AWAY));
        road
    }

    fn put(&mut self, name: &str, element: usize, bytes: &[u8]) {
        let at = self.image.offset_of(name).unwrap() + element * bytes.len();
        self.row[at..at + bytes.len()].copy_from_slice(bytes);
    }

    fn car(&mut self, number: usize, car: Car) {
        self.put("CarIdxLapDistPct", number, &car.share.to_le_bytes());
        self.put("CarIdxTrackSurface", number, &car.surface.to_le_bytes());
        self.put("CarIdxOnPitRoad", number, &[u8::from(car.on_pit_road)]);
    }

    fn own_place(&mut self, fraction: f32, distance_m: f32, surface: i32) {
        self.put("LapDistPct", 0, &fraction.to_le_bytes());
        self.put("LapDist", 0, &distance_m.to_le_bytes());
        self.put("PlayerTrackSurface", 0, &surface.to_le_bytes());
    }

    fn decode(&self, track_length_m: Option<f64>) -> (f64, f64) {
        let schema = Schema::read(&self.memory.bytes()).unwrap();
        let mut sample = Sample::EMPTY;
        LiveDecoder::new(&schema.variables).decode(&self.row, track_length_m, &mut sample);
        (sample.get(Channel::CarAheadM), sample.get(Channel::CarBehindM))
    }
}

fn near(found: (f64, f64), wanted: (f64, f64)) {
    assert!((found.0 - wanted.0).abs() < 0.01 && (found.1 - wanted.1).abs() < 0.01, "{found:?}, {wanted:?}");
}

#[test]
fn the_nearest_cars_ahead_and_behind_over_the_line_too() {
    let mut road = Road::new(&[]);
    road.car(1, on_track(0.75));
    near(road.decode(Some(LENGTH_M)), (NO_CAR_M, NO_CAR_M));
    road.car(5, on_track(0.875));
    near(road.decode(Some(LENGTH_M)), (500.0, 3500.0));
    road.car(0, on_track(0.5));
    road.car(63, on_track(0.78125));
    near(road.decode(Some(LENGTH_M)), (125.0, 1000.0));
    road.car(1, on_track(0.96875));
    near(road.decode(Some(LENGTH_M)), (0.53125 * LENGTH_M, 375.0));
    road.car(2, on_track(0.015_625));
    near(road.decode(Some(LENGTH_M)), (187.5, 375.0));
    road.car(1, on_track(0.0));
    near(road.decode(Some(LENGTH_M)), (62.5, 500.0));
}

#[test]
fn cars_in_the_pits_and_out_of_the_world_are_none_and_one_off_the_track_is() {
    let mut road = Road::new(&[]);
    road.car(1, on_track(0.5));
    road.car(2, Car { surface: 1, ..on_track(0.51) });
    road.car(3, Car { surface: 2, ..on_track(0.52) });
    road.car(4, Car { on_pit_road: true, ..on_track(0.53) });
    road.car(6, Car { share: f32::NAN, ..on_track(0.5) });
    near(road.decode(Some(LENGTH_M)), (NO_CAR_M, NO_CAR_M));
    road.car(7, Car { surface: 0, ..on_track(0.5625) });
    near(road.decode(Some(LENGTH_M)), (250.0, 3750.0));
}

#[test]
fn the_length_is_the_rows_own_where_it_can_be_and_unknown_distances_are_missing() {
    let mut road = Road::new(&[]);
    road.car(0, on_track(0.75));
    road.car(1, on_track(0.5));
    assert!(road.decode(None).0.is_nan(), "no length");
    road.own_place(0.5, 2100.0, 3);
    near(road.decode(Some(LENGTH_M)), (1050.0, 3150.0));
    road.own_place(0.5, 2100.0, -1);
    assert!(road.decode(Some(LENGTH_M)).1.is_nan(), "not in the world");
    road.own_place(0.5, 2100.0, 3);
    road.car(1, AWAY);
    near(road.decode(None), (1050.0, 3150.0));
    road.put("PlayerCarIdx", 0, &(-1_i32).to_le_bytes());
    near(road.decode(None), (1050.0, 3150.0));
}

#[test]
fn what_the_sim_tells_itself_is_taken_as_it_is() {
    let mut road = Road::new(&[channel_variable(Channel::CarAheadM), channel_variable(Channel::CarBehindM)]);
    road.car(0, on_track(0.75));
    road.car(1, on_track(0.5));
    road.put("CarDistAhead", 0, &12.5_f32.to_le_bytes());
    road.put("CarDistBehind", 0, &40.0_f32.to_le_bytes());
    assert_eq!(road.decode(Some(LENGTH_M)), (12.5, 40.0));
}

#[test]
fn reading_and_decoding_a_row_allocates_nothing() {
    let mut road = Road::new(&[]);
    road.car(1, on_track(0.5));
    road.car(9, on_track(0.625));
    let bytes = road.memory.bytes();
    let schema = Schema::read(&bytes).unwrap();
    let decoder = LiveDecoder::new(&schema.variables);
    let (mut rows, mut writer) = (RowReader::new(), RowWriter::new());
    let (mut row, mut sample) = (vec![0; schema.header.row_bytes], Sample::EMPTY);
    let calls = calls_during(|| {
        for tick in 1..100 {
            assert!(writer.put(&bytes, &road.image, tick, &road.row));
            assert_eq!(rows.poll(&bytes, &schema.header, &mut row), Polled::Row { tick, missed: 0 });
            decoder.decode(&row, Some(LENGTH_M), &mut sample);
        }
    });
    assert_eq!(calls, 0);
    assert_eq!(sample.get(Channel::CarAheadM), 500.0);
}

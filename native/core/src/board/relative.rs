//! The cars around: gaps on the road in seconds of our own pace.
//!
//! A gap is the difference of the sim's estimated times at the two places. Another class's time is its own pace's, so it is scaled by the classes' usual lap times; where the sim gives no time,
//! the share of the lap stands for it. Places on the lap decide who is ahead, the short way round: cars more than half a lap away are never shown.

use super::cars::{CarEntry, CarState, CarStates, Field, MOST_CARS};
use super::closing::Memory;
use serde::Serialize;

/// Cars that are shown ahead, and behind.
pub const MOST_EACH_WAY: usize = 7;
/// A class whose usual lap is shorter by less than this share is no faster class.
const FASTER_SHARE: f64 = 0.005;
/// No lap takes less.
const LEAST_LAP_S: f64 = 5.0;

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelativeLine {
    /// The sim's index.
    pub index: usize,
    /// Place in the class; `None` without one.
    pub class_position: Option<i32>,
    /// Seconds, positive ahead of us, to a tenth.
    pub gap_s: f64,
    /// Whole laps ahead in the race.
    pub laps_ahead: i32,
    /// In the pits.
    pub in_pits: bool,
    /// Seconds until it is here, to a half.
    pub arrives_in_s: Option<f64>,
}

/// The list, the farthest ahead first.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Relative {
    /// Our own index and place in the class; `None` when the source lists no cars.
    pub own: Option<(usize, Option<i32>)>,
    lines: [Option<RelativeLine>; 2 * MOST_EACH_WAY],
}

impl Relative {
    /// The lines.
    pub fn lines(&self) -> impl Iterator<Item = &RelativeLine> {
        self.lines.iter().flatten()
    }

    /// As the pages get it.
    pub fn document<'a>(&'a self, field: &'a Field) -> impl Serialize + 'a {
        let own = self.own.and_then(|(index, place)| Some(OwnCar::new(field.car(index)?, place)));
        let car = |line: &'a RelativeLine| Some(NamedCar::new(line, field.car(line.index)?));
        RelativeDocument { own, cars: self.lines().filter_map(car).collect() }
    }
}

/// See the module.
#[derive(Debug, Clone)]
pub struct RelativeBoard {
    memories: [Memory; MOST_CARS],
}

impl Default for RelativeBoard {
    fn default() -> Self {
        RelativeBoard { memories: [Memory::NOTHING; MOST_CARS] }
    }
}

/// A car on the road by its distance from us: seconds, positive ahead.
#[derive(Clone, Copy)]
struct Near {
    index: usize,
    gap_s: f64,
}

impl RelativeBoard {
    /// The list at a moment of the source's clock, to be asked a few times a second. Allocates nothing.
    pub fn step(&mut self, states: &CarStates, field: &Field, clock_s: f64, race: bool) -> Relative {
        let Some((own_index, own, entry)) = own_car(states, field) else { return Relative::default() };
        let own_place = place_in_class(own);
        let mut relative = Relative { own: Some((own_index, own_place)), ..Relative::default() };
        if !own.is_there() {
            return relative;
        }
        let mut near = [Near { index: 0, gap_s: f64::NAN }; MOST_CARS];
        let mut count = 0;
        for car in field.cars().iter().filter(|car| car.index != own_index) {
            let Some(state) = states.cars.get(car.index).filter(|state| state.is_there()) else { continue };
            let (gap_s, laps) = gap(own, entry, state, car);
            if gap_s.is_finite() && count < MOST_CARS {
                self.memories[car.index].see(clock_s, gap_s, laps);
                near[count] = Near { index: car.index, gap_s };
                count += 1;
            }
        }
        let near = &mut near[..count];
        near.sort_unstable_by(|a, b| b.gap_s.total_cmp(&a.gap_s).then(a.index.cmp(&b.index)));
        let ahead = near.partition_point(|car| car.gap_s >= 0.0);
        let shown = ahead.saturating_sub(MOST_EACH_WAY)..(ahead + MOST_EACH_WAY).min(count);
        for (line, car) in relative.lines.iter_mut().zip(&near[shown]) {
            *line = Some(self.line(*car, states, field, entry, race));
        }
        relative
    }

    fn line(
        &self,
        near: Near,
        states: &CarStates,
        field: &Field,
        own: &CarEntry,
        race: bool,
    ) -> RelativeLine {
        let (state, memory) = (&states.cars[near.index], &self.memories[near.index]);
        let faster = field.car(near.index).is_some_and(|car| faster_class(car, own));
        let comes = faster && !state.in_pits();
        RelativeLine {
            index: near.index,
            class_position: place_in_class(state),
            gap_s: libm::round(near.gap_s * 10.0) / 10.0 + 0.0,
            laps_ahead: if race { memory.laps_ahead() } else { 0 },
            in_pits: state.in_pits(),
            arrives_in_s: memory.arrives_in_s().filter(|_| comes).map(|in_s| libm::round(in_s * 2.0) / 2.0),
        }
    }
}

fn own_car<'a>(states: &'a CarStates, field: &'a Field) -> Option<(usize, &'a CarState, &'a CarEntry)> {
    let index = states.own?;
    Some((index, states.cars.get(index)?, field.car(index)?))
}

fn place_in_class(state: &CarState) -> Option<i32> {
    (state.class_position > 0).then_some(state.class_position)
}

fn faster_class(car: &CarEntry, own: &CarEntry) -> bool {
    let lap_s = car.class_lap_s;
    car.class_id != own.class_id && lap_s >= LEAST_LAP_S && lap_s < own.class_lap_s * (1.0 - FASTER_SHARE)
}

/// Seconds to a car, positive when it is ahead, and the laps that it is ahead beside that. NaN without a usual lap time.
fn gap(own: &CarState, own_entry: &CarEntry, car: &CarState, entry: &CarEntry) -> (f64, i32) {
    let lap_s = own_entry.class_lap_s;
    if lap_s < LEAST_LAP_S || !lap_s.is_finite() {
        return (f64::NAN, 0);
    }
    let apart = car.lap_fraction - own.lap_fraction;
    let ahead = apart - libm::round(apart);
    let laps = f64::from(car.lap) - f64::from(own.lap) + apart - ahead;
    let gap_s = share_of_time(car, entry) * lap_s - share_of_time(own, own_entry) * lap_s;
    // The time begins anew at the line: the way round that agrees with the places.
    let gap_s = gap_s + lap_s * libm::round(ahead - gap_s / lap_s);
    (gap_s, libm::round(laps) as i32)
}

/// Share of its lap's time that a car has behind it.
fn share_of_time(car: &CarState, entry: &CarEntry) -> f64 {
    let share = car.estimated_time_s / entry.class_lap_s;
    if share > 0.0 && share <= 1.1 { share } else { car.lap_fraction }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RelativeDocument<'a> {
    own: Option<OwnCar<'a>>,
    cars: Vec<NamedCar<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OwnCar<'a> {
    number: &'a str,
    class_name: &'a str,
    class_colour: Option<u32>,
    class_position: Option<i32>,
}

impl<'a> OwnCar<'a> {
    fn new(entry: &'a CarEntry, class_position: Option<i32>) -> Self {
        let CarEntry { number, class_name, class_colour, .. } = entry;
        OwnCar { number, class_name, class_colour: *class_colour, class_position }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NamedCar<'a> {
    index: usize,
    name: &'a str,
    #[serde(flatten)]
    car: OwnCar<'a>,
    gap_s: f64,
    laps_ahead: i32,
    in_pits: bool,
    arrives_in_s: Option<f64>,
}

impl<'a> NamedCar<'a> {
    fn new(line: &RelativeLine, entry: &'a CarEntry) -> Self {
        let RelativeLine { index, class_position, gap_s, laps_ahead, in_pits, arrives_in_s } = *line;
        let car = OwnCar::new(entry, class_position);
        NamedCar { index, name: &entry.name, car, gap_s, laps_ahead, in_pits, arrives_in_s }
    }
}

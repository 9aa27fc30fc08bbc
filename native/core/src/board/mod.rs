//! What changes a few times a second at most beside the snapshots: fuel, tyres, the cars around, the laps of this session, what the corners of the running lap cost,
//! the track's map. Messages of `contract/src/board.ts`.
//!
//! A [`Board`] follows the coach row by row and says what is news; it allocates nothing in [`Board::row`]. Texts are made from the values elsewhere.

mod beside;
mod cars;
mod closing;
mod consistency;
mod fuel;
mod laps;
mod map;
mod news;
mod passes;
mod relative;
mod tyres;

pub use beside::Beside;
pub use cars::{CarEntry, CarState, CarStates, Field, MOST_CARS};
pub use consistency::Consistency;
pub use fuel::{Fuel, FuelBook};
pub use laps::{LapBook, Laps, ListedLap, MOST_LAPS};
pub use map::TrackMap;
pub use news::News;
pub use passes::{Corners, MOST_CORNERS, Passes};
pub use relative::{MOST_EACH_WAY, Relative, RelativeBoard, RelativeLine};
pub use tyres::{RawTyre, RawTyres, Tyre, TyreWatch, Tyres};

use crate::Sample;
use crate::coach::{Event, Events};
use crate::lap::LapId;
use crate::sample::Snapshot;

/// Times a second that the cars around are looked at.
const RELATIVE_HZ: f64 = 4.0;
/// Times a second that fuel and tyres are.
const SLOW_HZ: f64 = 1.0;

/// See the module.
#[derive(Debug, Clone)]
pub struct Board {
    rate_hz: f64,
    race: bool,
    field: Field,
    fuel_book: FuelBook,
    fuel: Option<Fuel>,
    tyre_watch: TyreWatch,
    relative_board: RelativeBoard,
    relative: Option<Relative>,
    states: CarStates,
    lap_book: LapBook,
    corners: Corners,
    /// Which part of the source's time the rows are in, in periods of the two rates.
    quarter: Option<u64>,
    second: Option<u64>,
    /// A change that no row has told yet.
    pending: News,
}

impl Board {
    /// Of one car on one track; `rate_hz` rows come in a second.
    pub fn new(rate_hz: f64) -> Self {
        Board {
            rate_hz: if rate_hz > 0.0 && rate_hz.is_finite() { rate_hz } else { 60.0 },
            race: false,
            field: Field::default(),
            fuel_book: FuelBook::default(),
            fuel: None,
            tyre_watch: TyreWatch::default(),
            relative_board: RelativeBoard::default(),
            relative: None,
            states: CarStates::NOBODY,
            lap_book: LapBook::default(),
            corners: Corners { id: LapId::default(), passes: Passes::NONE },
            quarter: None,
            second: None,
            pending: News { fuel: true, tyres: true, relative: true, laps: true, corners: true },
        }
    }

    /// Another session of the same car: its laps are listed anew, and its tyres are other ones, of which no stop is known. Fuel goes on: the car drinks as
    /// before.
    pub fn begin_session(&mut self) {
        self.lap_book = LapBook::default();
        self.tyre_watch.begin_session();
        self.corners.passes = Passes::NONE;
        self.relative_board = RelativeBoard::default();
        (self.pending.laps, self.pending.corners, self.pending.tyres) = (true, true, true);
    }

    /// Who drives, and whether they race.
    pub fn set_field(&mut self, field: &Field, race: bool) {
        if self.field != *field {
            self.pending.relative = true;
        }
        (self.field, self.race) = (field.clone(), race);
        (self.quarter, self.second) = (None, None);
    }

    /// The coach works from another reference, or from none.
    pub fn set_reference(&mut self) {
        self.lap_book.forget_corners();
        self.corners.passes = Passes::NONE;
        (self.pending.laps, self.pending.corners) = (true, true);
    }

    /// No rows come: the cars around are nowhere that we know of, and how much is in the tank is not known either.
    pub fn interrupt(&mut self) -> News {
        let drained = self.fuel.is_some_and(|fuel| fuel != Fuel::default());
        if drained {
            self.fuel = Some(Fuel::default());
            self.second = None;
        }
        let gone = self.relative.is_some_and(|relative| relative.own.is_some());
        if gone {
            self.relative = Some(Relative::default());
            self.relative_board = RelativeBoard::default();
        }
        News { fuel: drained, relative: gone, ..News::default() }
    }

    /// Takes a row, with what the coach made of it.
    pub fn row(
        &mut self,
        sample: &Sample,
        snapshot: &Snapshot,
        events: &Events,
        beside: &dyn Beside,
    ) -> News {
        let mut news = std::mem::take(&mut self.pending);
        self.fuel_book.row(sample);
        for event in events.iter() {
            self.event(event, &mut news);
        }
        self.follow_lap(snapshot, &mut news);
        if turns(&mut self.quarter, sample.index, self.rate_hz / RELATIVE_HZ) {
            news.relative |= self.look_around(sample, beside);
        }
        if turns(&mut self.second, sample.index, self.rate_hz / SLOW_HZ) {
            news.fuel |= self.look_at_fuel(sample, snapshot);
            let tyres = beside.tyres();
            news.tyres |= tyres.is_some_and(|raw| self.tyre_watch.take(&raw, snapshot.lap));
        }
        news
    }

    /// The fuel; `None` while the source tells nothing of it.
    pub fn fuel(&self) -> Option<&Fuel> {
        self.fuel.as_ref()
    }

    /// The tyres.
    pub fn tyres(&self) -> Option<Tyres> {
        self.tyre_watch.now()
    }

    /// The cars around; `None` while the source lists none.
    pub fn relative(&self) -> Option<&Relative> {
        self.relative.as_ref()
    }

    /// Who they are.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The laps.
    pub fn laps(&self) -> &Laps {
        self.lap_book.now()
    }

    /// The corners of the running lap.
    pub fn corners(&self) -> &Corners {
        &self.corners
    }

    fn event(&mut self, event: &Event, news: &mut News) {
        match event {
            Event::LapOpened(opened) => {
                self.fuel_book.line(&opened.lap);
                self.lap_book.opened(opened.lap.id, &self.corners.passes);
                self.corners.passes = Passes::NONE;
                news.corners = true;
            }
            Event::Lap(settled) => news.laps |= self.lap_book.settled(&settled.lap, self.rate_hz),
            Event::Corner(corner) if corner.usable => {
                self.corners.passes.note(corner.corner, corner.delta_s);
                news.corners = true;
            }
            _ => {}
        }
    }

    fn follow_lap(&mut self, snapshot: &Snapshot, news: &mut News) {
        let id = LapId { stint: snapshot.stint.max(0) as u32, lap: snapshot.lap };
        if id != self.corners.id {
            self.corners.id = id;
            news.corners = true;
        }
    }

    fn look_at_fuel(&mut self, sample: &Sample, snapshot: &Snapshot) -> bool {
        if sample.fuel_l.is_nan() {
            return false;
        }
        let share = f64::from(snapshot.lap_distance_m) / f64::from(snapshot.lap_length_m);
        let fuel = self.fuel_book.now(sample, share.clamp(0.0, 1.0), self.race);
        let news = self.fuel != Some(fuel);
        self.fuel = Some(fuel);
        news
    }

    fn look_around(&mut self, sample: &Sample, beside: &dyn Beside) -> bool {
        if !beside.cars(&mut self.states) {
            return false;
        }
        let clock_s = sample.index as f64 / self.rate_hz;
        let relative = self.relative_board.step(&self.states, &self.field, clock_s, self.race);
        let news = self.relative != Some(relative);
        self.relative = Some(relative);
        news
    }
}

/// Whether another period of so many rows has begun.
fn turns(period: &mut Option<u64>, index: u64, rows: f64) -> bool {
    let now = (index as f64 / rows) as u64;
    period.replace(now) != Some(now)
}

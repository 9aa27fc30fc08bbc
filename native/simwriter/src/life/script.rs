//! Draws a life, and knows the truth as it goes.

use super::pit_stop::pit_stop;
use super::scene::{Count, Fittings, Scene};
use super::take::{Circuit, Take, TakeBank, TakeKey, TakeKind};
use super::truth::{Expected, LifeTruth, NoLap, TrueLap};
use racing_coach_core::error::CodedError;
use racing_coach_simcar::prng::Prng;
use std::sync::Arc;

/// A take is cut no nearer than this to a crossing or to the sim's answer: what a reader knows there may hang on a single row.
const CLEAR_ROWS: usize = 12;
/// Rows in the garage within which every official time arrives.
const GARAGE_ROWS: u32 = 240;
/// Ticks for which a sim that is gone stays away: readers look for a dead sim about once a second.
const GONE_TICKS: u32 = 90;

/// What comes after a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The garage, where the timing goes on.
    Garage,
    /// Something in which the timing ends.
    Ends,
}

/// A life: its scenes and the truth about them. The same seed gives the same life.
///
/// # Errors
/// What the simulation says.
pub fn write(bank: &TakeBank, seed: u64) -> Result<(Vec<Scene>, LifeTruth), CodedError> {
    let truth = LifeTruth { seed, ..LifeTruth::default() };
    let mut script = Script {
        bank,
        prng: Prng::stream(seed, &[51]),
        scenes: Vec::new(),
        truth,
        circuit: Circuit::Demo,
        car: "gt3",
        count: Count::default(),
        padding: 0,
        after: None,
    };
    let connections = 2 + script.prng.below(2);
    for connection in 0..connections {
        script.connection(connection + 1 == connections)?;
    }
    Ok((script.scenes, script.truth))
}

struct Script<'a> {
    bank: &'a TakeBank,
    prng: Prng,
    scenes: Vec<Scene>,
    truth: LifeTruth,
    circuit: Circuit,
    car: &'static str,
    count: Count,
    padding: usize,
    after: Option<(Arc<Take>, usize)>,
}

impl Script<'_> {
    fn chance(&mut self, share: f64) -> bool {
        self.prng.uniform() < share
    }

    fn rows(&mut self, least: u32, most: u32) -> u32 {
        least + self.prng.below((most - least) as usize) as u32
    }

    fn take(&mut self, kind: TakeKind) -> Result<Arc<Take>, CodedError> {
        let seed = 1 + self.prng.below(2) as u64;
        self.bank.take(TakeKey { circuit: self.circuit, car: self.car, kind, seed })
    }

    /// From the sim's start to its end.
    fn connection(&mut self, last: bool) -> Result<(), CodedError> {
        self.choose_car();
        self.padding = 0;
        self.begin()?;
        let stints = 1 + self.prng.below(2);
        for stint in 0..stints {
            let leaves = stint + 1 == stints;
            self.stint(if leaves { Then::Ends } else { Then::Garage })?;
            if !leaves {
                self.between()?;
            }
        }
        if self.chance(0.5) {
            self.race()?;
        }
        if self.chance(0.4) {
            self.change_car()?;
        }
        self.end(last);
        Ok(())
    }

    fn choose_car(&mut self) {
        (self.circuit, self.car) = match self.prng.below(3) {
            0 => (Circuit::Demo, "gt3"),
            1 => (Circuit::Oval, "gt4"),
            _ => (Circuit::Oval, "mx5"),
        };
    }

    /// The memory with its text, and nobody in the car.
    fn begin(&mut self) -> Result<(), CodedError> {
        self.count = Count::default();
        self.after = None;
        let tick = 1 + self.rows(0, 5000) as i32;
        self.schema(tick)?;
        self.scenes.push(Scene::Text);
        let rows = self.rows(60, 180);
        self.scenes.push(Scene::Menus { rows, session_num: 0 });
        Ok(())
    }

    fn schema(&mut self, tick: i32) -> Result<(), CodedError> {
        let take = self.take(TakeKind::Pits)?;
        let cars = self.prng.below(24);
        let fittings = Fittings {
            take,
            cars,
            full_rate: self.chance(0.5),
            padding: self.padding,
            seed: self.prng.next_u64(),
        };
        self.scenes.push(Scene::Begin { fittings, tick });
        Ok(())
    }

    /// The garage, and a drive.
    fn stint(&mut self, then: Then) -> Result<(), CodedError> {
        const KINDS: [TakeKind; 6] = [
            TakeKind::Pits,
            TakeKind::PitsAfterLine,
            TakeKind::Reset,
            TakeKind::Tow,
            TakeKind::ActiveReset,
            TakeKind::OffTrack,
        ];
        // The driver runs wide in a corner that the oval does not have.
        let kinds = if self.circuit == Circuit::Demo { KINDS.len() } else { KINDS.len() - 1 };
        let kind = KINDS[self.prng.below(kinds)];
        let take = self.take(kind)?;
        self.garage(&take);
        if kind == TakeKind::Pits && self.chance(0.6) {
            return self.drive_with_stop(&take, then);
        }
        let end = self.cut(&take);
        self.drive(&take, 0..end, then, None);
        Ok(())
    }

    fn garage(&mut self, next: &Take) {
        let rows = GARAGE_ROWS + self.rows(0, 60);
        let stands_at_m = next.stands_at_m();
        let stands = (stands_at_m, stands_at_m / next.simulated.truth.length_m);
        self.scenes.push(Scene::Garage { rows, count: self.count, after: self.after.take(), stands });
    }

    /// The row at which a take is broken off, or its end.
    fn cut(&mut self, take: &Take) -> usize {
        let rows = take.samples().len();
        if !self.chance(0.4) {
            return rows;
        }
        let near = |row: usize, end: usize| end.abs_diff(row) < CLEAR_ROWS;
        loop {
            let end = 300 + self.prng.below(rows - 300);
            let at_line = take.closings.iter().any(|c| near(c.row, end) || near(c.shown_row, end));
            // A row of zeros and what is around it is no place to stop, either.
            let at_reset =
                take.samples()[end.saturating_sub(3)..rows.min(end + 3)].iter().any(|s| s.is_reset_row());
            if !at_line && !at_reset {
                return end;
            }
        }
    }

    fn drive(&mut self, take: &Arc<Take>, rows: std::ops::Range<usize>, then: Then, first_s: Option<f64>) {
        let end = rows.end;
        self.scenes.push(Scene::Drive { take: Arc::clone(take), rows: rows.clone(), count: self.count });
        for (number, closing) in take.closings.iter().enumerate() {
            if closing.row >= end || closing.row <= rows.start {
                continue;
            }
            let lap = self.count.laps + closing.lap;
            match (closing.result, first_s.filter(|_| number == 0)) {
                (None, None) => self.no_lap(lap, "it begins in the pits or was interrupted"),
                (_, Some(lap_time_s)) => {
                    self.lap(take, lap, lap_time_s, [Expected::Unknown, Expected::Unknown, Expected::No]);
                }
                (Some((lap_time_s, valid)), None) => {
                    let shown = closing.shown_row < end || then == Then::Garage;
                    let valid_by_sim = if shown || valid { Expected::of(valid) } else { Expected::Unknown };
                    let from_grid = take.key.kind == TakeKind::Grid && closing.lap == 1;
                    let expected =
                        [Expected::of(shown && valid), valid_by_sim, Expected::of(valid && !from_grid)];
                    self.lap(take, lap, lap_time_s, expected);
                }
            }
        }
        let last = &take.samples()[end - 1];
        self.no_lap(self.count.laps + last.lap as u32, "it was not driven to the line");
        self.count.laps += last.lap as u32;
        self.count.incidents += last.incident_count as u32;
        self.after = Some((Arc::clone(take), end));
    }

    /// Into the pits on the last lap of a take, and out with another.
    fn drive_with_stop(&mut self, first: &Arc<Take>, then: Then) -> Result<(), CodedError> {
        let kind = if self.chance(0.5) { TakeKind::Pits } else { TakeKind::PitsAfterLine };
        let second = self.take(kind)?;
        let Some(stop) = pit_stop(first, 2, &second) else {
            self.drive(first, 0..first.samples().len(), then, None);
            return Ok(());
        };
        let made_up = stop.rows.len();
        let begins = first.closings.iter().find(|closing| closing.lap + 1 == stop.lap);
        let begins_row = begins.map_or(f64::NAN, |closing| first.crossing_row(closing));
        let ends_row = second.closings.first().map_or(f64::NAN, |closing| second.crossing_row(closing));
        let lap_s = ((stop.entry_row + made_up) as f64 + ends_row - 1.0 - begins_row) / 60.0;
        let before = self.count;
        self.drive(first, 0..stop.entry_row, Then::Garage, None);
        let over = stop.rows.last().is_some_and(|row| row.lap > f64::from(stop.lap));
        if over {
            self.no_lap(before.laps + stop.lap, "it ends in the pits");
        }
        self.scenes.push(Scene::MadeUp { rows: stop.rows, count: before });
        self.count = Count { laps: before.laps + stop.lap + u32::from(over), ..self.count };
        self.drive(&second, 1..second.samples().len(), then, (!over).then_some(lap_s));
        Ok(())
    }

    /// What happens between two stints: a replay is watched and paused, or the ticks begin anew.
    fn between(&mut self) -> Result<(), CodedError> {
        if self.chance(0.6) {
            let take = self.take(TakeKind::Pits)?;
            // The car is in the garage by the time that somebody watches.
            self.garage(&take);
            let rows = take.closings.first().map_or(0, |c| c.row - 200)..take.samples().len();
            let middle = rows.start + rows.len() / 2;
            let (count, in_car) = (self.count, self.chance(0.5));
            let part = |rows| Scene::Replay { take: Arc::clone(&take), rows, count, in_car };
            let (first, second) = (part(rows.start..middle), part(middle..rows.end));
            let ticks = self.rows(15, 40);
            self.scenes.extend([first, Scene::Pause { ticks }, second]);
            self.no_lap(self.count.laps, "it is a replay");
        }
        if self.chance(0.3) {
            let take = self.take(TakeKind::Pits)?;
            self.garage(&take);
            let tick = 1 + self.rows(0, 300) as i32;
            self.schema(tick)?;
        }
        if self.chance(0.3) {
            self.scenes.push(Scene::Text);
        }
        Ok(())
    }

    /// The session changes from practice to race.
    fn race(&mut self) -> Result<(), CodedError> {
        self.count = Count { session_num: 1, ..Count::default() };
        self.after = None;
        self.scenes.push(Scene::Text);
        let rows = self.rows(60, 120);
        self.scenes.push(Scene::Menus { rows, session_num: 1 });
        let take = self.take(TakeKind::Grid)?;
        let end = self.cut(&take);
        self.drive(&take, 0..end, Then::Ends, None);
        Ok(())
    }

    /// Another car: the memory stays, the rows get longer.
    fn change_car(&mut self) -> Result<(), CodedError> {
        (self.circuit, self.car) = match (self.circuit, self.car) {
            (Circuit::Demo, _) => (Circuit::Oval, "mx5"),
            (_, "mx5") => (Circuit::Oval, "gt4"),
            _ => (Circuit::Demo, "gt3"),
        };
        self.padding = 90 + self.prng.below(200);
        if self.chance(0.5) {
            self.scenes.push(Scene::Disconnect);
            self.scenes.push(Scene::Pause { ticks: 20 });
        }
        self.begin()?;
        self.stint(Then::Ends)
    }

    fn end(&mut self, last: bool) {
        let crash = !last && self.chance(0.5);
        if crash {
            self.scenes.push(Scene::Crash);
        } else {
            self.scenes.push(Scene::Disconnect);
            self.scenes.push(Scene::Pause { ticks: 30 });
            self.scenes.push(Scene::Close);
        }
        self.truth.connections += 1;
        if !last {
            self.scenes.push(Scene::Pause { ticks: GONE_TICKS });
        }
    }

    fn lap(&mut self, take: &Take, lap: u32, lap_time_s: f64, expected: [Expected; 3]) {
        let [official, valid, reference_grade] = expected;
        let session = &take.simulated.session;
        self.truth.laps.push(TrueLap {
            connection: self.truth.connections,
            session_num: self.count.session_num,
            track_key: session.track_key(),
            car_key: session.car_key(),
            lap,
            lap_time_s,
            official,
            valid,
            reference_grade,
        });
    }

    fn no_lap(&mut self, lap: u32, why: &str) {
        let connection = self.truth.connections;
        self.truth.no_laps.push(NoLap { connection, lap, why: why.to_owned() });
    }
}

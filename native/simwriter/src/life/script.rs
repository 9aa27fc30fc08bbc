//! Draws a life, and knows the truth as it goes.

use super::scene::{Count, Fittings, Scene};
use super::take::{Circuit, Take, TakeBank, TakeKey, TakeKind};
use super::truth::LifeTruth;
use racing_coach_core::error::CodedError;
use racing_coach_simcar::prng::Prng;
use std::sync::Arc;

/// Ticks for which a sim that is gone stays away: readers look for a dead sim about once a second.
const GONE_TICKS: u32 = 90;

/// What comes after a drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
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
        session: 0,
        after: None,
    };
    let connections = 2 + script.prng.below(2);
    for connection in 0..connections {
        script.connection(connection + 1 == connections)?;
    }
    Ok((script.scenes, script.truth))
}

pub(super) struct Script<'a> {
    pub(super) bank: &'a TakeBank,
    pub(super) prng: Prng,
    pub(super) scenes: Vec<Scene>,
    pub(super) truth: LifeTruth,
    pub(super) circuit: Circuit,
    pub(super) car: &'static str,
    pub(super) count: Count,
    pub(super) padding: usize,
    /// Counts sessions, see [`super::truth::TrueLap::session`].
    pub(super) session: u32,
    pub(super) after: Option<(Arc<Take>, usize)>,
}

impl Script<'_> {
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.prng.uniform() < share
    }

    pub(super) fn rows(&mut self, least: u32, most: u32) -> u32 {
        least + self.prng.below((most - least) as usize) as u32
    }

    pub(super) fn take(&mut self, kind: TakeKind) -> Result<Arc<Take>, CodedError> {
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
        self.session += 1;
        self.scenes.push(Scene::Begin { fittings, tick });
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
            self.no_lap(0, "it is a replay");
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
        self.session += 1;
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
}

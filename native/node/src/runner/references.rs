//! Which reference the coach works from, and when it changes.

use super::Run;
use crate::drive::Drive;
use crate::note;
use crate::own_reference::{Built, Origin, Standing};
use crate::plan::{Given, Order};
use racing_coach_core::lap::Lap;
use std::sync::Arc;

impl Run<'_> {
    /// Does what JavaScript and the builder want done.
    pub(super) fn take_orders(&mut self, drive: &mut Drive) {
        while let Ok(order) = self.orders.try_recv() {
            match order {
                // Chosen for the car before: JavaScript hears of the change later than this thread, and then chooses anew.
                Order::SetReference { given: Some(given), .. }
                    if self.plan.live && !drive.may_fit(&given.lap) => {}
                Order::SetReference { given, fixed } => {
                    self.take_given(given.map(|given| *given), fixed);
                    self.next_reference = None;
                    drive.coach.set_reference(self.reference.clone());
                }
                Order::SetRules { rules, session } => self.take_rules(rules, session, drive),
                Order::Built(built) if built.coach == drive.driven.coach => {
                    if let Some(built) = self.candidates.built(*built) {
                        self.accept(built, drive);
                    }
                }
                Order::Built(_) => {}
            }
        }
    }

    /// A reference from outside, before the coach has it.
    pub(super) fn take_given(&mut self, given: Option<Given>, fixed: bool) {
        self.standing = Standing::given(given.as_ref().map(|given| given.lap.as_ref()), fixed);
        self.reference = given.as_ref().map(|given| Arc::clone(&given.lap));
        if let (Some(tap), Some(given)) = (&self.tap, given) {
            tap.set_model(given.model);
        }
    }

    pub(super) fn lap_settled(&mut self, lap: &Lap) {
        if let Some(built) = self.candidates.settled(lap) {
            self.good_lap(built);
        }
    }

    /// A good lap takes the place of the reference where a lap begins: the delta of a lap is against one lap.
    pub(super) fn at_the_line(&mut self, drive: &mut Drive) {
        if let Some(built) = self.next_reference.take() {
            self.use_built(built, drive);
        }
    }

    fn accept(&mut self, built: Built, drive: &mut Drive) {
        if built.origin == Origin::Session {
            self.good_lap(built);
        } else if self.standing.gives_way_to(&built, self.good_laps) {
            // A rough one is better than none at once: its lap is over, and the next one has begun.
            self.use_built(built, drive);
        }
    }

    /// A reference-grade lap whose time is settled. The fastest that is not used yet waits for its turn; of another weather, the newest.
    fn good_lap(&mut self, built: Built) {
        self.good_laps += 1;
        let better =
            |best: &Built| built.lap.wet != best.lap.wet || built.lap.lap_time_s < best.lap.lap_time_s;
        if self.best_lap.as_ref().is_none_or(better) {
            self.best_lap = Some(built);
        }
        let ready = |best: &mut Built| self.standing.gives_way_to(best, self.good_laps);
        if let Some(best) = self.best_lap.take_if(ready) {
            self.next_reference = Some(best);
        }
    }

    fn use_built(&mut self, built: Built, drive: &mut Drive) {
        self.standing = Standing::built(&built);
        self.reference = Some(Arc::clone(&built.lap));
        drive.coach.set_reference(self.reference.clone());
        let rough = built.origin == Origin::Learned;
        self.outbox.note(note::reference(built.origin, rough, &built.described, Some(&built.model)));
        self.outbox.wake();
    }
}

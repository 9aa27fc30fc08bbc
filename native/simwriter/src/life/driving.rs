//! What is driven in a life, and what is true about it.

use super::pit_stop::pit_stop;
use super::scene::{Count, Scene};
use super::script::{Script, Then};
use super::take::{Circuit, Closing, Take, TakeKind};
use super::truth::{Expected, NoLap, TrueLap};
use racing_coach_core::error::CodedError;
use std::ops::Range;
use std::sync::Arc;

/// A take is cut no nearer than this to a crossing or to the sim's answer: what a reader knows there may hang on a single row.
const CLEAR_ROWS: usize = 12;
/// Rows in the garage within which every official time arrives.
const GARAGE_ROWS: u32 = 240;

impl Script<'_> {
    /// The garage, and a drive.
    pub(super) fn stint(&mut self, then: Then) -> Result<(), CodedError> {
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

    pub(super) fn garage(&mut self, next: &Take) {
        let rows = GARAGE_ROWS + self.rows(0, 60);
        let stands_at_m = next.stands_at_m();
        let stands = (stands_at_m, stands_at_m / next.simulated.truth.length_m);
        self.scenes.push(Scene::Garage { rows, count: self.count, after: self.after.take(), stands });
    }

    /// The row at which a take is broken off, or its end.
    pub(super) fn cut(&mut self, take: &Take) -> usize {
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

    /// Rows of a take. `first_s` is the time of its first lap where that began in another take.
    pub(super) fn drive(&mut self, take: &Arc<Take>, rows: Range<usize>, then: Then, first_s: Option<f64>) {
        self.scenes.push(Scene::Drive { take: Arc::clone(take), rows: rows.clone(), count: self.count });
        for (number, closing) in take.closings.iter().enumerate() {
            if closing.row >= rows.end || closing.row <= rows.start {
                continue;
            }
            match first_s.filter(|_| number == 0) {
                // What the sim shows of a lap that two takes make up is the second take's, which knows no time.
                Some(lap_time_s) => {
                    self.lap(
                        take,
                        closing.lap,
                        lap_time_s,
                        [Expected::Unknown, Expected::Unknown, Expected::No],
                    );
                }
                None => self.close(take, closing, closing.shown_row < rows.end || then == Then::Garage),
            }
        }
        let last = &take.samples()[rows.end - 1];
        self.no_lap(last.lap as u32, "it was not driven to the line");
        self.count.laps += last.lap as u32;
        self.count.incidents += last.incident_count as u32;
        self.after = Some((Arc::clone(take), rows.end));
    }

    /// A lap of a take that ended at the line; `shown` says that the sim's answer comes.
    fn close(&mut self, take: &Take, closing: &Closing, shown: bool) {
        let Some((lap_time_s, valid)) = closing.result else {
            return self.no_lap(closing.lap, "it begins in the pits or was interrupted");
        };
        let valid_by_sim = if shown || valid { Expected::of(valid) } else { Expected::Unknown };
        let from_grid = take.key.kind == TakeKind::Grid && closing.lap == 1;
        let expected = [Expected::of(shown && valid), valid_by_sim, Expected::of(valid && !from_grid)];
        self.lap(take, closing.lap, lap_time_s, expected);
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
        // The lap goes on.
        self.truth.no_laps.pop();
        let over = stop.rows.last().is_some_and(|row| row.lap > f64::from(stop.lap));
        self.scenes.push(Scene::MadeUp { rows: stop.rows, count: before });
        self.count = Count { laps: before.laps, ..self.count };
        if over {
            self.no_lap(stop.lap, "it ends in the pits");
        }
        self.count.laps += stop.lap + u32::from(over);
        self.drive(&second, 1..second.samples().len(), then, (!over).then_some(lap_s));
        Ok(())
    }

    /// `lap` as the take counts it.
    fn lap(&mut self, take: &Take, lap: u32, lap_time_s: f64, expected: [Expected; 3]) {
        let [official, valid, reference_grade] = expected;
        let session = &take.simulated.session;
        self.truth.laps.push(TrueLap {
            connection: self.truth.connections,
            session_num: self.count.session_num,
            session: self.session,
            track_key: session.track_key(),
            car_key: session.car_key(),
            lap: self.count.laps + lap,
            lap_time_s,
            official,
            valid,
            reference_grade,
        });
    }

    /// `lap` as the take counts it.
    pub(super) fn no_lap(&mut self, lap: u32, why: &str) {
        let (connection, session, lap) = (self.truth.connections, self.session, self.count.laps + lap);
        self.truth.no_laps.push(NoLap { connection, session, lap, why: why.to_owned() });
    }
}

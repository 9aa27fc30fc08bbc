//! Segments begin and end, and the car advances along them.

use super::LapTracker;
use super::movement::GAP_S;
use crate::lap::Lap;
use crate::laps::running::{Running, STANDING_MPS};
use crate::laps::step::Events;
use crate::{Reason, Sample};

impl LapTracker {
    /// A segment begins at this row; at the line when this is the first place known and lies within one row's travel after it.
    pub(super) fn begin(&mut self, sample: &Sample, distance_m: f64, events: &mut Events) {
        let rows_known = self.held_index.map_or(1.0, |held| (sample.index - held) as f64);
        let rows_after = distance_m / sample.speed_mps * self.rate_hz;
        let at_line = self.fresh
            && sample.speed_mps > STANDING_MPS
            && rows_after > 0.0
            && rows_after <= 1.2 * rows_known;
        let start_row = at_line.then_some(sample.index as f64 - rows_after);
        let id = self.first_id(sample);
        let mut running = Running::new(id, sample.index, start_row, distance_m);
        running.cool_down = self.condition.checkered;
        running.left_pits = !self.condition.in_pits;
        if at_line {
            self.cause = None;
            if self.stood_held {
                running.reasons.insert(Reason::GridStart);
            }
        } else {
            running.reasons.insert(Reason::StartsMidLap);
            if self.condition.in_pits {
                running.reasons.insert(Reason::OutLap);
            }
        }
        running.advance(distance_m, 0.0, sample.speed_mps, self.rate_hz, self.condition.in_pits);
        running.spoil_all(self.condition.active, distance_m, distance_m);
        self.stood_held = false;
        self.held_index = None;
        self.running = Some(running);
        events.snapped = true;
    }

    /// The segment ends at the row before.
    pub(super) fn break_segment(&mut self, cause: Option<Reason>, events: &mut Events) {
        if let (Some(mut running), Some(previous)) = (self.running.take(), self.previous.take()) {
            if self.was_in_pits && running.left_pits {
                running.reasons.insert(Reason::InLap);
            }
            if let Some(cause) = cause {
                running.reasons.insert(cause);
            }
            self.next = running.id;
            if let Some(lap) = running.close(previous.index, None, self.rate_hz) {
                self.emit(lap, previous.index as f64, events);
            }
        }
        self.previous = None;
        self.cause = cause.or(self.cause);
        self.condition.restart();
        self.pitted = false;
        self.was_in_pits = true;
        self.stood_held = false;
    }

    /// The car moved from the row before to this one. (The lap is borrowed, not copied: this runs for every row.)
    pub(super) fn advance(&mut self, sample: &Sample, distance_m: f64, events: &mut Events) {
        let from_m = self.running.as_ref().map(|running| running.since_line_m);
        let (Some(from_m), Some(previous)) = (from_m, self.previous) else { return };
        let step = self.movement(from_m, &previous, sample, distance_m);
        let length_m = self.placer.exact_length_m();
        let backed_up = length_m.is_some_and(|length_m| step.to_m < -length_m / 2.0);
        if backed_up || step.is_jump(length_m) {
            return self.jump(sample, distance_m, events);
        }
        self.spacing += 0.05 * (step.rows.min(3.0 * self.spacing) - self.spacing);
        if let Some(length_m) = length_m
            && step.from_m < length_m
            && step.to_m >= length_m
        {
            return self.cross(&previous, sample, &step, length_m, events);
        }
        let (active, in_pits) = (self.condition.active, self.condition.in_pits);
        let lost_s = self.lost_channels.step(sample, step.rows) / self.rate_hz;
        let Some(running) = &mut self.running else { return };
        if step.is_gap() || lost_s > GAP_S {
            running.spoil(Reason::Gap, step.from_m, step.to_m);
        }
        if step.is_long_gap() {
            running.reasons.insert(Reason::Jump);
        }
        running.advance(step.to_m, step.rows, sample.speed_mps, self.rate_hz, in_pits);
        running.spoil_all(active, step.from_m, step.to_m);
        self.follow_sim_lap(sample, step.rows);
    }

    fn jump(&mut self, sample: &Sample, distance_m: f64, events: &mut Events) {
        if sample.speed_mps < STANDING_MPS
            && let Some(running) = &mut self.running
        {
            running.reasons.insert(Reason::Reset);
        }
        self.break_segment(Some(Reason::Jump), events);
        if self.was_absent {
            self.cause = None;
        }
        self.begin(sample, distance_m, events);
    }

    /// Hands a lap on: a complete one waits for its official time.
    pub(super) fn emit(&mut self, lap: Lap, row: f64, events: &mut Events) {
        self.emitted = Some(lap.id);
        events.closed = Some(lap);
        let settled = if lap.complete() { self.official.wait(lap, row) } else { Some(lap) };
        events.settle(settled);
    }
}

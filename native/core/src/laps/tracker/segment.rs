//! The tracker's movement: segments begin and end, the car advances, and the line is crossed.

use super::{LapTracker, Previous};
use crate::lap::Lap;
use crate::laps::crossing::Crossing;
use crate::laps::running::{Running, STANDING_MPS};
use crate::laps::step::Events;
use crate::{Reason, Sample};

/// A car's speed where the source does not tell it, for judging jumps.
const FASTEST_MPS: f64 = 120.0;
/// What a car gains in speed at most, for judging jumps over missing rows.
const FASTEST_GAIN_MPS2: f64 = 15.0;
/// Rows missing for longer spoil the road they cover. Real 60 Hz recordings drop up to 6 rows (0.1 s) at a time in every lap, and
/// interpolation over 0.15 s is still good to a few centimetres.
pub(crate) const GAP_S: f64 = 0.15;
/// Rows missing for longer while the car moves leave the lap incomplete: it may have been reset and driven back.
const LONG_GAP_S: f64 = 0.5;
/// The car stood through a gap when it is found this near.
const STOOD_M: f64 = 5.0;
/// After a gap a place this far from what the speeds either side say, as a share of it, was not driven to.
const DRIVEN_SHARE: f64 = 0.3;
/// A standing start begins at most this far before the line.
const GRID_M: f64 = 600.0;
/// The sim's running clock reads one tick of its 60 Hz more at the line than the official time (18 of 18 laps of two recordings).
const CLOCK_AHEAD_S: f64 = 1.0 / 60.0;
/// A race's first lap is timed from the green light, which comes this long before the line.
const GREEN_TO_LINE_S: std::ops::RangeInclusive<f64> = 0.1..=120.0;

/// One row's movement.
struct Move {
    from_m: f64,
    to_m: f64,
    rows: f64,
    gap_s: f64,
    /// The furthest that the speed allows.
    limit_m: f64,
    /// What the speeds either side say was driven.
    driven_m: f64,
}

impl Move {
    fn moved_m(&self) -> f64 {
        (self.to_m - self.from_m).abs()
    }

    /// The car was moved, or was lost for so long that it may have been.
    fn is_jump(&self, length_m: Option<f64>) -> bool {
        let moved_m = self.moved_m();
        let long_gap = self.gap_s > LONG_GAP_S && moved_m > STOOD_M;
        let elsewhere =
            (self.to_m - self.from_m - self.driven_m).abs() > DRIVEN_SHARE * self.driven_m + STOOD_M;
        let ambiguous = length_m.is_some_and(|length_m| self.limit_m > length_m / 2.0 && moved_m > STOOD_M);
        moved_m > self.limit_m || long_gap && elsewhere || ambiguous
    }
}

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
            if self.condition.in_pits && running.left_pits {
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

    /// The car moved from the row before to this one.
    pub(super) fn advance(&mut self, sample: &Sample, distance_m: f64, events: &mut Events) {
        let (Some(mut running), Some(previous)) = (self.running, self.previous) else { return };
        let step = self.movement(&running, &previous, sample, distance_m);
        let length_m = self.placer.exact_length_m();
        let backed_up = length_m.is_some_and(|length_m| step.to_m < -length_m / 2.0);
        if backed_up || step.is_jump(length_m) {
            return self.jump(sample, distance_m, events);
        }
        if step.gap_s > GAP_S {
            running.spoil(Reason::Gap, step.from_m, step.to_m);
            if step.gap_s > LONG_GAP_S && step.moved_m() > STOOD_M {
                running.reasons.insert(Reason::Jump);
            }
        }
        self.spacing += 0.05 * (step.rows.min(3.0 * self.spacing) - self.spacing);
        match length_m {
            Some(length_m) if step.from_m < length_m && step.to_m >= length_m => {
                self.cross(running, &previous, sample, &step, length_m, events);
            }
            _ => {
                running.advance(step.to_m, step.rows, sample.speed_mps, self.rate_hz, self.condition.in_pits);
                running.spoil_all(self.condition.active, step.from_m, step.to_m);
                self.running = Some(running);
                self.follow_sim_lap(sample, step.rows);
            }
        }
    }

    fn movement(&mut self, running: &Running, previous: &Previous, sample: &Sample, to_m: f64) -> Move {
        let rows = (sample.index - previous.index) as f64;
        let elapsed_s = rows / self.rate_hz;
        let known_mps = previous.speed_mps.max(sample.speed_mps);
        let fastest_mps = if known_mps.is_finite() { known_mps.abs() } else { FASTEST_MPS };
        let limit_m = 1.5 * (fastest_mps + FASTEST_GAIN_MPS2 * elapsed_s.min(2.0)) * elapsed_s + 3.0;
        let driven_m = (previous.speed_mps + sample.speed_mps) / 2.0 * elapsed_s;
        let from_m = running.since_line_m;
        if to_m < from_m - limit_m && to_m <= limit_m && from_m > 100.0 {
            self.placer.learn_at_line(from_m, to_m, driven_m);
        }
        let to_m = match self.placer.exact_length_m() {
            Some(length_m) => to_m + length_m * libm::round((from_m - to_m) / length_m),
            None => to_m,
        };
        let gap_s = (rows - self.spacing) / self.rate_hz;
        Move { from_m, to_m, rows, gap_s, limit_m, driven_m }
    }

    fn jump(&mut self, sample: &Sample, distance_m: f64, events: &mut Events) {
        if sample.speed_mps < STANDING_MPS
            && let Some(running) = &mut self.running
        {
            running.reasons.insert(Reason::Reset);
        }
        self.break_segment(Some(Reason::Jump), events);
        self.begin(sample, distance_m, events);
    }

    fn cross(
        &mut self,
        mut running: Running,
        previous: &Previous,
        sample: &Sample,
        step: &Move,
        length_m: f64,
        events: &mut Events,
    ) {
        let crossing = Crossing {
            before_m: length_m - step.from_m,
            after_m: step.to_m - length_m,
            before_mps: previous.speed_mps,
            after_mps: sample.speed_mps,
        };
        let rows_to_line = crossing.part() * step.rows;
        let line_row = previous.index as f64 + rows_to_line;
        let in_gap = step.gap_s > GAP_S;
        let grid_start = self.starts_from_grid(&running, length_m);
        self.close_at_line(&mut running, step.from_m, length_m, in_gap);
        let clock_s = previous.clock_s + rows_to_line / self.rate_hz - CLOCK_AHEAD_S;
        if !grid_start && let Some(mut lap) = running.close(previous.index, Some(line_row), self.rate_hz) {
            time_from_green(&mut lap, clock_s);
            self.emit(lap, line_row, events);
        }
        let id = self.id_after_line(sample, &running);
        let since_line_m = step.to_m - length_m;
        let mut next = Running::new(id, sample.index, Some(line_row), since_line_m);
        next.cool_down = self.condition.checkered;
        next.left_pits = !self.condition.in_pits;
        let holds = [
            (Reason::GridStart, grid_start),
            (Reason::OutLap, self.condition.in_pits),
            (Reason::Gap, in_gap),
            (Reason::Jump, in_gap),
        ];
        holds.into_iter().filter(|(_, holds)| *holds).for_each(|(reason, _)| next.reasons.insert(reason));
        next.spoil_all(self.condition.active, 0.0, since_line_m);
        self.running = Some(next);
        self.cause = None;
        events.crossed = true;
        events.snapped = true;
    }

    fn close_at_line(&self, running: &mut Running, from_m: f64, length_m: f64, in_gap: bool) {
        running.spoil_all(self.condition.active, from_m, length_m);
        if self.condition.in_pits && running.left_pits {
            running.reasons.insert(Reason::InLap);
        }
        if in_gap {
            running.reasons.insert(Reason::Jump);
        }
    }

    /// A lap that began nowhere, from standstill on the track shortly before the line: the grid, or as good as.
    fn starts_from_grid(&self, running: &Running, length_m: f64) -> bool {
        running.start_row.is_none()
            && !self.condition.in_pits
            && !running.reasons.contains(Reason::OutLap)
            && running.stood_at_m.is_some_and(|stood_at_m| length_m - stood_at_m <= GRID_M)
    }

    /// The recording ends within one row's travel before the line: the lap is as good as closed.
    pub(super) fn finish_at_line(&mut self, events: &mut Events) {
        let (Some(running), Some(previous), Some(length_m)) =
            (self.running, self.previous, self.placer.exact_length_m())
        else {
            return;
        };
        let rows_left = (length_m - running.since_line_m) / previous.speed_mps * self.rate_hz;
        if running.start_row.is_some() && rows_left > 0.0 && rows_left <= 1.05 * self.spacing {
            let line_row = previous.index as f64 + rows_left;
            self.running = None;
            if let Some(lap) = running.close(previous.index, Some(line_row), self.rate_hz) {
                self.emit(lap, line_row, events);
                events.settle(self.official.finish());
            }
        }
    }

    /// Hands a lap on: a complete one waits for its official time.
    fn emit(&mut self, lap: Lap, row: f64, events: &mut Events) {
        self.emitted = Some(lap.id);
        events.closed = Some(lap);
        let settled = if lap.complete() { self.official.wait(lap, row) } else { Some(lap) };
        events.settle(settled);
    }
}

/// The sim times the first lap of a race from the green light; the rows from the line alone are a shorter time.
fn time_from_green(lap: &mut Lap, clock_s: f64) {
    if let Some(own_s) = lap.own_time_s
        && lap.reasons.contains(Reason::GridStart)
        && GREEN_TO_LINE_S.contains(&(clock_s - own_s))
    {
        lap.own_time_s = Some(clock_s);
    }
}

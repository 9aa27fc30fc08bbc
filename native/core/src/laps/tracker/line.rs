//! The line is crossed: one lap closes, the next begins.

use super::movement::Move;
use super::{LapTracker, Previous};
use crate::lap::Lap;
use crate::laps::crossing::Crossing;
use crate::laps::running::Running;
use crate::laps::step::Events;
use crate::{Reason, Sample};

/// A standing start begins at most this far before the line.
const GRID_M: f64 = 600.0;
/// The sim's running clock reads one tick of its 60 Hz more at the line than the official time (18 of 18 laps of two recordings).
const CLOCK_AHEAD_S: f64 = 1.0 / 60.0;
/// A race's first lap is timed from the green light, which comes this long before the line.
const GREEN_TO_LINE_S: std::ops::RangeInclusive<f64> = 0.1..=120.0;

/// How the first lap of a race begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RaceStart {
    /// From standstill just before the line, where the recording begins: what lies before is no part of a lap.
    FromTheGrid,
    /// After a parade lap.
    Paced,
}

impl LapTracker {
    /// The line lies between the row before and this one.
    pub(super) fn cross(
        &mut self,
        previous: &Previous,
        sample: &Sample,
        step: &Move,
        length_m: f64,
        events: &mut Events,
    ) {
        let Some(mut running) = self.running.take() else { return };
        let crossing = Crossing {
            before_m: length_m - step.from_m,
            after_m: step.to_m - length_m,
            before_mps: previous.speed_mps,
            after_mps: sample.speed_mps,
        };
        let rows_to_line = crossing.part() * step.rows;
        let line_row = previous.index as f64 + rows_to_line;
        let in_gap = step.is_gap();
        let start = self.race_start(&running, length_m);
        self.close_at_line(&mut running, step.from_m, length_m, in_gap);
        let clock_s = previous.clock_s + rows_to_line / self.rate_hz - CLOCK_AHEAD_S;
        if start != Some(RaceStart::FromTheGrid)
            && let Some(mut lap) = running.close(previous.index, Some(line_row), self.rate_hz)
        {
            time_from_green(&mut lap, clock_s);
            self.emit(lap, line_row, events);
        }
        let id = self.id_after_line(sample, &running);
        let mut next = Running::new(id, sample.index, Some(line_row), step.to_m - length_m);
        let holds = [
            (Reason::GridStart, start.is_some()),
            (Reason::OutLap, self.condition.in_pits),
            (Reason::Gap, in_gap),
            (Reason::Jump, in_gap),
        ];
        holds.into_iter().filter(|(_, holds)| *holds).for_each(|(reason, _)| next.reasons.insert(reason));
        self.open_at_line(next);
        events.crossed = true;
        events.snapped = true;
    }

    fn open_at_line(&mut self, mut running: Running) {
        running.cool_down = self.condition.checkered;
        running.left_pits = !self.condition.in_pits;
        running.spoil_all(self.condition.active, 0.0, running.since_line_m);
        self.running = Some(running);
        self.cause = None;
    }

    fn close_at_line(&self, running: &mut Running, from_m: f64, length_m: f64, in_gap: bool) {
        running.spoil_all(self.condition.active, from_m, length_m);
        if self.condition.in_pits && running.left_pits {
            running.reasons.insert(Reason::InLap);
        }
        if in_gap {
            running.spoil(Reason::Gap, from_m, length_m);
            running.reasons.insert(Reason::Jump);
        }
    }

    /// Whether the lap that begins now is the first of a race.
    fn race_start(&self, before: &Running, length_m: f64) -> Option<RaceStart> {
        let from_near = before.start_row.is_none() && before.driven_m <= GRID_M;
        let stood_near = before.stood_at_m.is_some_and(|stood_at_m| length_m - stood_at_m <= GRID_M);
        if self.condition.in_pits || before.reasons.contains(Reason::OutLap) {
            None
        } else if from_near && stood_near {
            Some(RaceStart::FromTheGrid)
        } else {
            (before.paraded && !self.condition.parade).then_some(RaceStart::Paced)
        }
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

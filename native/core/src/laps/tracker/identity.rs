//! The identity of laps: the sim's number where it has one, counted crossings where not, and a stint that makes it unique.

use super::LapTracker;
use crate::Sample;
use crate::lap::LapId;
use crate::laps::running::Running;

/// A sim's lap number that has not followed the line by now will not: the sim counts otherwise.
const FOLLOWS_S: f64 = 2.0;

impl LapTracker {
    /// The identity of the first lap of a segment.
    pub(super) fn first_id(&mut self, sample: &Sample) -> LapId {
        let lap = sim_lap(sample).unwrap_or(self.next.lap);
        self.unique(LapId { lap, ..self.next })
    }

    /// The identity of the lap that begins at the line. The sim's number usually changes on the same row. Where it does not, it may
    /// follow (then the count is already right), or it never counted the part before the line as a lap.
    pub(super) fn id_after_line(&mut self, sample: &Sample, before: &Running) -> LapId {
        let counted = before.id.lap.saturating_add(1);
        let lap = match sim_lap(sample) {
            Some(lap) if lap != before.id.lap || before.start_row.is_none() => lap,
            _ => counted,
        };
        let stint = before.id.stint + u32::from(self.pitted);
        self.pitted = false;
        let id = self.unique(LapId { stint, lap });
        self.made_unique = id.stint != stint;
        id
    }

    /// Follows a sim's number that changes late, and gives in to one that does not change at all.
    pub(super) fn follow_sim_lap(&mut self, sample: &Sample, rows: f64) {
        let (Some(running), Some(lap)) = (self.running.as_ref(), sim_lap(sample)) else { return };
        let since_line_s =
            running.start_row.map_or(f64::NAN, |row| (sample.index as f64 - row) / self.rate_hz);
        if lap == running.id.lap || since_line_s.is_nan() {
            return;
        }
        let changed = self.sim_lap.is_finite() && self.sim_lap != sample.lap;
        let overdue = since_line_s >= FOLLOWS_S && since_line_s - rows / self.rate_hz < FOLLOWS_S;
        if overdue || changed && since_line_s < FOLLOWS_S {
            let stint = running.id.stint - u32::from(self.made_unique);
            self.made_unique = false;
            let id = self.unique(LapId { stint, lap });
            if let Some(running) = &mut self.running {
                running.id = id;
            }
        }
    }

    /// No two laps have the same identity: within a stint numbers only grow.
    fn unique(&self, id: LapId) -> LapId {
        match self.emitted {
            Some(last) if (id.stint, id.lap) <= (last.stint, last.lap) => {
                LapId { stint: last.stint.saturating_add(1), ..id }
            }
            _ => id,
        }
    }
}

fn sim_lap(sample: &Sample) -> Option<i32> {
    sample.lap.is_finite().then_some(sample.lap as i32)
}

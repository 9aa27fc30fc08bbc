//! Why the coach is silent, without flicker.

use crate::Status;

/// The status that is shown. A reason to be silent counts at once; the way back takes as long as the reason needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Silence {
    status: Status,
    candidate: Status,
    candidate_since_s: f64,
}

impl Silence {
    /// Nothing has been read yet.
    pub fn new() -> Self {
        Silence { status: Status::NoSource, candidate: Status::NoSource, candidate_since_s: 0.0 }
    }

    /// The status that holds.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Takes what the row alone would say; the new status when it changes.
    pub fn step(&mut self, raw: Status, clock_s: f64) -> Option<Status> {
        if raw != self.candidate {
            self.candidate = raw;
            self.candidate_since_s = clock_s;
        }
        if raw == self.status || clock_s - self.candidate_since_s < hold_s(self.status, raw) {
            return None;
        }
        self.status = raw;
        Some(raw)
    }

    /// The recording has ended; nothing follows.
    pub fn end(&mut self) -> Option<Status> {
        let ended = self.status != Status::Ended;
        self.status = Status::Ended;
        ended.then_some(Status::Ended)
    }
}

/// How long `to` must last before it replaces `from`, in seconds.
fn hold_s(from: Status, to: Status) -> f64 {
    use Status::{
        Coaching, MissingChannels, NoReference, NoSource, OffTrack, OutLap, ReferenceMismatch, Reset, Wet,
        WrongWay,
    };
    match (from, to) {
        // The first row of a recording is often a reset row that says nothing.
        (NoSource, _) => 0.25,
        // A car that returns to the track slides, turns and looks around before it drives.
        (OffTrack | WrongWay, Coaching | OutLap | NoReference) => 2.0,
        // Values that rise and fall slowly, or are known late, must stay where they are before they count.
        (_, Wet | ReferenceMismatch | MissingChannels) | (Wet | ReferenceMismatch | MissingChannels, _) => {
            1.0
        }
        // These end exactly at the line.
        (OutLap | NoReference | Reset, Coaching) => 0.0,
        (Coaching, _) => 0.0,
        (_, Coaching) => 0.5,
        _ => 0.25,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(rows: &[(f64, Status)]) -> Vec<(f64, Status)> {
        let mut silence = Silence::new();
        rows.iter()
            .filter_map(|(clock_s, raw)| silence.step(*raw, *clock_s).map(|status| (*clock_s, status)))
            .collect()
    }

    #[test]
    fn a_wheel_on_the_grass_again_and_again_is_one_silence() {
        let mut rows = vec![(0.0, Status::Coaching), (0.5, Status::Coaching)];
        for tick in 0..100 {
            let raw = if tick % 10 == 0 { Status::OffTrack } else { Status::Coaching };
            rows.push((1.0 + f64::from(tick) * 0.1, raw));
        }
        rows.push((13.0, Status::Coaching));
        assert_eq!(
            changes(&rows),
            [(0.5, Status::Coaching), (1.0, Status::OffTrack), (13.0, Status::Coaching)]
        );
    }

    #[test]
    fn the_reset_row_at_the_beginning_says_nothing() {
        let rows =
            [(0.0, Status::NotDriving), (0.02, Status::InPits), (0.1, Status::InPits), (0.4, Status::InPits)];
        assert_eq!(changes(&rows), [(0.4, Status::InPits)]);
    }

    #[test]
    fn coaching_begins_at_the_line_without_delay() {
        let rows =
            [(0.0, Status::OutLap), (0.3, Status::OutLap), (0.31, Status::Coaching), (0.5, Status::Caution)];
        assert_eq!(changes(&rows), [(0.3, Status::OutLap), (0.31, Status::Coaching), (0.5, Status::Caution)]);
    }
}

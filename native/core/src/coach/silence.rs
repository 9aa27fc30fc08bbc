//! Why the coach is silent, without flicker.

use crate::Status;

/// The status that is shown. A reason to be silent counts at once; the way back takes as long as the reason needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Silence {
    status: Status,
    told: bool,
    candidate: Status,
    candidate_since_s: f64,
}

impl Silence {
    /// Nothing has been read yet.
    pub fn new() -> Self {
        Silence { status: Status::NoSource, told: false, candidate: Status::NoSource, candidate_since_s: 0.0 }
    }

    /// The reason that held before goes on until a row says otherwise.
    pub fn after(status: Status) -> Self {
        Silence { status, told: true, candidate: status, ..Silence::new() }
    }

    /// The status that holds.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Takes what the row alone would say; the new status when it changes.
    pub fn step(&mut self, raw: Status, clock_s: f64) -> Option<Status> {
        if raw != self.candidate {
            // Who is back on the track is back, whether or not the next section has begun.
            let goes_on = self.candidate == Status::SpoiledSection && speaks(raw);
            self.candidate = raw;
            self.candidate_since_s = if goes_on { self.candidate_since_s } else { clock_s };
        }
        if raw == self.status || clock_s - self.candidate_since_s < hold_s(self.status, raw) {
            return None;
        }
        self.status = raw;
        self.told = true;
        Some(raw)
    }

    /// There is no row to say anything: the status holds at once, and the first row after it counts as a change. Gives it unless it
    /// was told already.
    pub fn interrupt(&mut self, status: Status) -> Option<Status> {
        let news = !self.told || self.status != status;
        *self = Silence { status, told: true, candidate: status, ..*self };
        news.then_some(status)
    }

    /// The recording has ended; nothing follows.
    pub fn end(&mut self) -> Option<Status> {
        let ended = self.status != Status::Ended;
        self.status = Status::Ended;
        ended.then_some(Status::Ended)
    }
}

/// Statuses in which the driver is spoken to.
pub(super) fn speaks(status: Status) -> bool {
    matches!(status, Status::Coaching | Status::Learning)
}

/// Statuses in which nothing is in the way of coaching but, at most, the rules.
pub(super) fn undisturbed(status: Status) -> bool {
    speaks(status) || status == Status::RaceRules
}

/// Statuses that end, or begin, exactly at the line.
fn until_the_line(status: Status) -> bool {
    matches!(status, Status::OutLap | Status::NoReference | Status::Reset | Status::LearningLap)
}

/// How long `to` must last before it replaces `from`, in seconds.
fn hold_s(from: Status, to: Status) -> f64 {
    use Status::{
        Dry, LearningLap, MissingChannels, NoSource, OffTrack, ReferenceMismatch, SpoiledSection, Traffic,
        Wet, WrongWay,
    };
    match (from, to) {
        // The first row of a recording is often a reset row that says nothing.
        (NoSource, _) => 0.25,
        // A car that returns to the track slides, turns and looks around before it drives.
        (OffTrack | WrongWay, to) if speaks(to) || until_the_line(to) && to != Status::Reset => 2.0,
        // Wheels on the grass again and again are one off-track, not several spoiled sections.
        (OffTrack | WrongWay, SpoiledSection) => 1.0,
        // Values that rise and fall slowly, or are known late, must stay where they are before they count.
        (_, Wet | Dry | ReferenceMismatch | MissingChannels)
        | (Wet | Dry | ReferenceMismatch | MissingChannels, _) => 1.0,
        // Following at a second's distance, the gap opens and closes with every corner.
        (Traffic, to) if speaks(to) => 1.0,
        (from, _) if speaks(from) => 0.0,
        (from, to) if until_the_line(from) && (speaks(to) || to == LearningLap) => 0.0,
        // It ends exactly where the next section begins.
        (SpoiledSection, to) if speaks(to) => 0.0,
        (_, to) if speaks(to) => 0.5,
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
    fn a_car_that_is_a_second_ahead_now_and_then_is_one_silence() {
        let mut rows = vec![(0.0, Status::Learning), (0.5, Status::Learning)];
        for tick in 0..40 {
            let raw = if tick % 8 < 2 { Status::Traffic } else { Status::Learning };
            rows.push((1.0 + f64::from(tick) * 0.1, raw));
        }
        rows.push((6.0, Status::Learning));
        assert_eq!(
            changes(&rows),
            [(0.5, Status::Learning), (1.0, Status::Traffic), (6.0, Status::Learning)]
        );
    }

    #[test]
    fn who_is_back_on_the_track_is_spoken_to_where_a_section_begins_but_not_within_two_seconds() {
        let from_m_on = |section_s: f64| {
            let mut rows = vec![(0.0, Status::Coaching), (0.5, Status::Coaching), (1.0, Status::OffTrack)];
            for tick in 0..60 {
                let clock_s = 2.0 + f64::from(tick) * 0.1;
                rows.push((
                    clock_s,
                    if clock_s < section_s { Status::SpoiledSection } else { Status::Coaching },
                ));
            }
            changes(&rows)[2..].to_vec()
        };
        assert_eq!(from_m_on(2.55), [(4.0, Status::Coaching)]);
        assert_eq!(from_m_on(5.95), [(3.0, Status::SpoiledSection), (6.0, Status::Coaching)]);
    }

    #[test]
    fn a_coach_that_takes_over_says_nothing_of_no_source() {
        let mut silence = Silence::after(Status::LearningTrack);
        assert_eq!(silence.status(), Status::LearningTrack);
        assert_eq!(silence.step(Status::LearningTrack, 0.0), None);
        assert_eq!(silence.step(Status::OutLap, 0.1), None);
        assert_eq!(silence.step(Status::OutLap, 0.4), Some(Status::OutLap));
    }

    #[test]
    fn an_interruption_holds_at_once_is_told_once_and_the_next_row_ends_it() {
        let mut silence = Silence::new();
        assert_eq!(silence.interrupt(Status::NoSource), Some(Status::NoSource));
        assert_eq!(silence.interrupt(Status::NoSource), None);
        assert_eq!(silence.step(Status::Coaching, 0.0), None);
        assert_eq!(silence.step(Status::Coaching, 0.3), Some(Status::Coaching));
        assert_eq!(silence.interrupt(Status::Paused), Some(Status::Paused));
        assert_eq!(silence.step(Status::Coaching, 0.31), None);
        assert_eq!(silence.step(Status::Coaching, 0.82), Some(Status::Coaching));
    }

    #[test]
    fn coaching_begins_at_the_line_without_delay() {
        let rows =
            [(0.0, Status::OutLap), (0.3, Status::OutLap), (0.31, Status::Coaching), (0.5, Status::Caution)];
        assert_eq!(changes(&rows), [(0.3, Status::OutLap), (0.31, Status::Coaching), (0.5, Status::Caution)]);
    }
}

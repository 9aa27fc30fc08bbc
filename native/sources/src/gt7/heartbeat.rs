//! When to ask the console, and for what.
//!
//! It sends for as long as it is asked, and stops some 1000 packets (16 s) after the last time (gt7-udp); others ask every 10 s (PDTools), every 100
//! packets (sim-to-motec) or every 1.6 s (gt7-datalogger), which is 100 packets. We ask every 1.6 s: a lost heartbeat then costs nothing.
//!
//! Which packets a console knows depends on its version and on what is played, so the richest is asked for first, and the next one when it does not
//! come. What came once is asked for until it stops. In the menus a richer one is tried again: B is not sent in Sport mode, ~ not in replays.

use super::layout::PacketKind;
use std::time::{Duration, Instant};

/// See the module.
const INTERVAL: Duration = Duration::from_millis(1600);
/// Heartbeats of a kind without its packets before the next kind.
const PATIENCE: u32 = 2;
/// In the menus a richer kind is tried this often.
const RETRY: Duration = Duration::from_secs(60);

/// Decides what is asked for.
#[derive(Debug, Clone)]
pub struct Heartbeats {
    asked: PacketKind,
    unanswered: u32,
    /// The kind that comes meanwhile.
    coming: Option<PacketKind>,
    next_at: Option<Instant>,
    tried_at: Option<Instant>,
}

impl Default for Heartbeats {
    fn default() -> Self {
        Heartbeats { asked: PacketKind::C, unanswered: 0, coming: None, next_at: None, tried_at: None }
    }
}

impl Heartbeats {
    /// The kind to ask for, when it is time.
    pub fn due(&mut self, now: Instant) -> Option<PacketKind> {
        if self.next_at.is_some_and(|next_at| now < next_at) {
            return None;
        }
        self.next_at = Some(now + INTERVAL);
        if self.unanswered >= PATIENCE {
            self.unanswered = 0;
            self.asked = self.coming.unwrap_or_else(|| poorer(self.asked));
        }
        self.unanswered += 1;
        self.coming = None;
        Some(self.asked)
    }

    /// When it is time next.
    pub fn next_at(&self, now: Instant) -> Instant {
        self.next_at.unwrap_or(now)
    }

    /// A packet came.
    pub fn answered(&mut self, kind: PacketKind, driven: bool, now: Instant) {
        self.coming = Some(kind);
        if kind >= self.asked {
            self.unanswered = 0;
        }
        let rested = self.tried_at.is_none_or(|tried_at| now.saturating_duration_since(tried_at) >= RETRY);
        if !driven && self.asked < PacketKind::C && rested {
            self.tried_at = Some(now);
            (self.asked, self.unanswered) = (PacketKind::C, 0);
        }
    }

    /// The console fell silent: from the beginning.
    pub fn silent(&mut self) {
        (self.asked, self.unanswered, self.coming) = (PacketKind::C, 0, None);
    }
}

/// The next kind to try; after the poorest the richest again.
fn poorer(kind: PacketKind) -> PacketKind {
    match kind {
        PacketKind::C => PacketKind::Tilde,
        PacketKind::Tilde => PacketKind::B,
        PacketKind::B => PacketKind::A,
        PacketKind::A => PacketKind::C,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_tried_in_turn_until_one_comes() {
        let begin = Instant::now();
        let mut beats = Heartbeats::default();
        let asked: Vec<_> = (0..9).filter_map(|beat| beats.due(begin + beat * INTERVAL)).collect();
        use PacketKind::{A, B, C, Tilde};
        assert_eq!(asked, [C, C, Tilde, Tilde, B, B, A, A, C]);
        assert_eq!(beats.due(begin + 8 * INTERVAL + INTERVAL / 2), None);
        beats.answered(A, true, begin);
        beats.due(begin + 9 * INTERVAL);
        beats.answered(A, true, begin);
        assert_eq!(beats.due(begin + 10 * INTERVAL), Some(A), "what comes although C was asked for");
    }

    #[test]
    fn a_richer_kind_is_tried_again_in_the_menus() {
        let begin = Instant::now();
        let mut beats = Heartbeats { asked: PacketKind::A, ..Heartbeats::default() };
        beats.answered(PacketKind::A, true, begin);
        assert_eq!(beats.due(begin), Some(PacketKind::A));
        beats.answered(PacketKind::A, false, begin);
        assert_eq!(beats.due(begin + INTERVAL), Some(PacketKind::C));
        for beat in 1..4 {
            beats.answered(PacketKind::A, false, begin + beat * INTERVAL);
            beats.due(begin + (beat + 1) * INTERVAL);
        }
        assert_eq!(beats.due(begin + 5 * INTERVAL), Some(PacketKind::A), "not more than once a minute");
    }
}

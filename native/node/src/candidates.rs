//! Laps of this session on their way to becoming the reference: built on another thread, and good only once their time is settled. Either may come first.

use crate::own_reference::{Built, Origin};
use racing_coach_core::lap::{Lap, LapId};

/// So many settled laps are remembered: the builder is a lap behind at most, unless a recording is played as fast as it goes.
const REMEMBERED: usize = 4;

/// See the file's header.
#[derive(Default)]
pub struct Candidates {
    waiting: Vec<Built>,
    settled: Vec<(LapId, bool)>,
}

impl Candidates {
    /// A lap was built. It comes back when it may be used at once: a rough one always, since it claims nothing.
    pub fn built(&mut self, built: Built) -> Option<Built> {
        if built.origin == Origin::Learned {
            return Some(built);
        }
        match self.settled.iter().find(|(id, _)| *id == built.id) {
            Some((_, good)) => good.then_some(built),
            None => {
                if self.waiting.len() == REMEMBERED {
                    self.waiting.remove(0);
                }
                self.waiting.push(built);
                None
            }
        }
    }

    /// A lap's time is settled. What was built from it comes back if it is good enough.
    pub fn settled(&mut self, lap: &Lap) -> Option<Built> {
        if self.settled.len() == REMEMBERED {
            self.settled.remove(0);
        }
        self.settled.push((lap.id, lap.reference_grade()));
        let at = self.waiting.iter().position(|built| built.id == lap.id)?;
        let built = self.waiting.remove(at);
        lap.reference_grade().then_some(built)
    }

    /// Another coach.
    pub fn clear(&mut self) {
        *self = Candidates::default();
    }
}

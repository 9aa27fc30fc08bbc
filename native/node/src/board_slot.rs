//! The newest of what changes slowly, for JavaScript: the thread puts values in, whole and without allocating; texts are made from them where they are taken
//! out, on JavaScript's thread. What was not taken is replaced.

use racing_coach_core::board::{Board, Corners, Field, Fuel, Laps, News, Relative, TrackMap, Tyres};
use racing_coach_core::reference::ReferenceLap;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// What has not been taken yet, each by itself.
#[derive(Default)]
struct Waiting {
    fuel: Option<Fuel>,
    tyres: Option<Tyres>,
    relative: Option<(Relative, Field)>,
    laps: Option<Laps>,
    corners: Option<Corners>,
    map: bool,
    /// Whose corners and line they are.
    reference: Option<Arc<ReferenceLap>>,
}

/// See the file's header.
#[derive(Default)]
pub struct BoardSlot(Mutex<Waiting>);

impl BoardSlot {
    /// Puts what is news in place of what was there. What the source does not tell is put as not known, so that nothing of another car stays.
    pub fn put(&self, board: &Board, news: News) {
        self.with(|waiting| {
            if news.fuel {
                waiting.fuel = Some(board.fuel().copied().unwrap_or_default());
            }
            if news.tyres {
                waiting.tyres = Some(board.tyres().unwrap_or_default());
            }
            if news.relative {
                let relative = board.relative().copied().unwrap_or_default();
                waiting.relative = Some((relative, board.field().clone()));
            }
            if news.laps {
                waiting.laps = Some(*board.laps());
            }
            if news.corners {
                waiting.corners = Some(*board.corners());
            }
        });
    }

    /// The coach works from another reference.
    pub fn put_reference(&self, reference: Option<&Arc<ReferenceLap>>) {
        self.with(|waiting| (waiting.reference, waiting.map) = (reference.cloned(), true));
    }

    /// Takes what waits, as messages of the contract. What makes them lasts far longer than the lock.
    pub fn take(&self) -> Vec<String> {
        let waiting = self.with(|waiting| {
            let reference = waiting.reference.clone();
            std::mem::replace(waiting, Waiting { reference, ..Waiting::default() })
        });
        waiting.messages()
    }

    fn with<T>(&self, act: impl FnOnce(&mut Waiting) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A message: its type beside its members.
#[derive(Serialize)]
struct Message<T> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    members: T,
}

#[derive(Serialize)]
struct MapMember {
    map: Option<TrackMap>,
}

impl Waiting {
    fn messages(&self) -> Vec<String> {
        let corners = self.reference.as_ref().map_or(&[][..], |reference| &reference.corners);
        let id = |corner: u16| corners.get(usize::from(corner)).map(|corner| corner.id.as_str());
        let ids = || corners.iter().map(|corner| corner.id.as_str());
        let map = || MapMember { map: self.reference.as_ref().and_then(|lap| TrackMap::of(&lap.grid)) };
        [
            self.map.then(|| text("map", map())),
            self.fuel.map(|fuel| text("fuel", fuel)),
            self.tyres.map(|tyres| text("tyres", tyres)),
            self.relative.as_ref().map(|(relative, field)| text("relative", relative.document(field))),
            self.laps.as_ref().map(|laps| text("laps", laps.document(id))),
            self.corners.as_ref().map(|corners| text("corners", corners.document(ids()))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Numbers that are not known are `Option`s, and those that are not finite become null as well.
fn text(kind: &'static str, members: impl Serialize) -> String {
    serde_json::to_string(&Message { kind, members }).unwrap_or_default()
}

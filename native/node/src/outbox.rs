//! What the runner thread leaves for JavaScript: the newest snapshot, every event in order, and one wake-up until it was drained.

use crate::board_slot::BoardSlot;
use crate::slot::Slot;
use crate::statistics::{Statistics, presence_word};
use racing_coach_core::coach::{Event, write_event_json};
use racing_coach_core::error::CodedError;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_sources::source::Presence;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

/// A finished lap for the recorder.
pub struct FinishedLap {
    /// The lap's facts as JSON.
    pub summary: String,
    /// The lap file; `None` when only the official time was settled.
    pub lap_file: Option<Vec<u8>>,
    /// Which session of the run it was driven in, counted from 1; 0 for a recording that was not run.
    pub session: u32,
}

/// Calls JavaScript from any thread without waiting for it.
pub type Waker = Box<dyn Fn() + Send>;

#[derive(Default)]
struct Waiting {
    events: Vec<String>,
    laps: Vec<FinishedLap>,
    failed: Option<(String, String)>,
    ended: bool,
}

/// What one drain brought.
pub struct Drained {
    /// Events and notes as JSON, in order.
    pub events: Vec<String>,
    /// Laps for the recorder.
    pub laps: Vec<FinishedLap>,
    /// Code and sentence of the error that ended the run.
    pub failed: Option<(String, String)>,
    /// Nothing more will come.
    pub ended: bool,
}

/// Shared by the thread and the JavaScript object.
pub struct Outbox {
    /// The newest snapshot.
    pub slot: Slot,
    /// The newest of what changes slowly.
    pub board: BoardSlot,
    /// Set to end the run.
    pub stop: AtomicBool,
    woken: AtomicBool,
    // Dropped at the end, so that it does not keep JavaScript's event loop alive.
    waker: Mutex<Option<Waker>>,
    // Held only to push or to take a Vec: events are rare (some twenty a lap), ticks never touch it.
    waiting: Mutex<Waiting>,
    statistics: Mutex<Statistics>,
    session: Mutex<String>,
}

impl Outbox {
    /// `waker` is called from the thread, at most once until the next drain.
    pub fn new(waker: Waker) -> Self {
        Outbox {
            slot: Slot::new(),
            board: BoardSlot::default(),
            stop: AtomicBool::new(false),
            woken: AtomicBool::new(false),
            waker: Mutex::new(Some(waker)),
            waiting: Mutex::default(),
            statistics: Mutex::new(Statistics {
                presence: presence_word(Presence::Absent),
                ..Statistics::default()
            }),
            session: Mutex::new("null".to_owned()),
        }
    }

    /// Queues an event.
    pub fn event(&self, event: &Event, reference: Option<&ReferenceLap>) {
        let mut json = String::with_capacity(256);
        write_event_json(event, reference, &mut json);
        self.with(|waiting| waiting.events.push(json));
    }

    /// Queues a note about the source, the session or the reference, in order with the events.
    pub fn note(&self, json: String) {
        self.with(|waiting| waiting.events.push(json));
    }

    /// Queues a lap for the recorder and wakes JavaScript.
    pub fn lap(&self, lap: FinishedLap) {
        self.with(|waiting| waiting.laps.push(lap));
        self.wake();
    }

    /// Notes the error that ends the run.
    pub fn fail(&self, error: &CodedError) {
        self.with(|waiting| waiting.failed = Some((error.code.code().to_owned(), error.to_string())));
    }

    /// Notes that nothing more will come, and wakes JavaScript for the last time.
    pub fn end(&self) {
        self.with(|waiting| waiting.ended = true);
        self.woken.store(true, Ordering::Release);
        let waker = lock(&self.waker).take();
        if let Some(wake) = waker {
            wake();
        }
    }

    /// Wakes JavaScript unless it was woken already and has not drained yet.
    pub fn wake(&self) {
        if !self.woken.swap(true, Ordering::AcqRel)
            && let Some(wake) = lock(&self.waker).as_ref()
        {
            wake();
        }
    }

    /// Takes everything that waits. The wake-up mark is cleared first, so that whatever comes meanwhile wakes again.
    pub fn drain(&self) -> Drained {
        self.woken.store(false, Ordering::Release);
        self.with(|waiting| Drained {
            events: std::mem::take(&mut waiting.events),
            laps: std::mem::take(&mut waiting.laps),
            failed: waiting.failed.take(),
            ended: waiting.ended,
        })
    }

    /// The newest statistics.
    pub fn statistics(&self) -> Statistics {
        *lock(&self.statistics)
    }

    /// Replaces the statistics.
    pub fn set_statistics(&self, statistics: Statistics) {
        *lock(&self.statistics) = statistics;
    }

    /// The session as JSON; `null` until the source was opened.
    pub fn session(&self) -> String {
        lock(&self.session).clone()
    }

    /// Replaces the session.
    pub fn set_session(&self, json: String) {
        *lock(&self.session) = json;
    }

    fn with<T>(&self, act: impl FnOnce(&mut Waiting) -> T) -> T {
        act(&mut lock(&self.waiting))
    }
}

/// A panic elsewhere must not take the coach down: what the mutexes guard is valid after every statement.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

//! Carries a feed's actions out on a live memory, at the pace that is asked for.

use crate::feed::{Action, Feed};
use crate::live_memory::{LiveMemory, MEMORY_BYTES};
use crate::map_place::MapPlace;
use crate::monotonic;
use crate::pace::Pacer;
use crate::stamp;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::time::{Duration, Instant};

/// How long a writer in lockstep waits for its first reader, and then for each row to be taken.
const FIRST_READER: Duration = Duration::from_secs(600);
const NEXT_ROW: Duration = Duration::from_secs(30);
/// Ticks count seconds at this rate while there is no schema.
const RATE_HZ: f64 = 60.0;

/// How to play.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayOptions {
    /// 1 is real time, 0 as fast as possible.
    pub speed: f64,
    /// Wait for a reader to take each row.
    pub lockstep: bool,
    /// Add the moment of writing and a sum to each row.
    pub stamp: bool,
}

/// What was played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Played {
    /// Rows that were published.
    pub rows: u64,
    /// Memories that were made.
    pub connections: u64,
}

/// A sim that plays.
pub struct Playback {
    place: MapPlace,
    options: PlayOptions,
    memory: Option<LiveMemory>,
    pacer: Pacer,
    tick: Option<i32>,
    was_taken: bool,
    played: Played,
}

impl Playback {
    /// Plays into memories that are made at `place`.
    pub fn new(place: MapPlace, options: PlayOptions) -> Self {
        let speed = if options.lockstep { 0.0 } else { options.speed };
        let pacer = Pacer::new(RATE_HZ, speed);
        Playback {
            place,
            options,
            memory: None,
            pacer,
            tick: None,
            was_taken: false,
            played: Played::default(),
        }
    }

    /// Plays a feed to its end; then the memory is gone.
    ///
    /// # Errors
    /// What the feed says; `sim-memory-unreadable` when the memory cannot be made; `usage` when nobody takes the rows of a lockstep.
    pub fn play(mut self, feed: &mut dyn Feed) -> Result<Played, CodedError> {
        let mut row = Vec::new();
        while let Some(action) = feed.next(&mut row)? {
            self.act(action, &mut row)?;
        }
        Ok(self.played)
    }

    fn act(&mut self, action: Action, row: &mut Vec<u8>) -> Result<(), CodedError> {
        match action {
            Action::Schema(mut schema) => {
                if self.options.stamp {
                    schema = stamp::with_stamp(&schema);
                }
                self.tick = None;
                if !self.memory()?.begin(&schema) {
                    let cause =
                        format!("A row of {} bytes has no room in the sim's memory.", schema.row_bytes);
                    return Err(CodedError::new(ErrorCode::Usage).with("cause", cause));
                }
            }
            Action::Session(text) => self.memory()?.set_session(&text),
            Action::Row { tick } => self.row(tick, row)?,
            Action::Pause { ticks } => self.pause(ticks),
            Action::Disconnect => {
                if let Some(memory) = &mut self.memory {
                    memory.disconnect();
                }
            }
            Action::Close => self.memory = None,
            Action::Crash => {
                if let Some(memory) = self.memory.take() {
                    memory.crash();
                }
            }
        }
        Ok(())
    }

    fn memory(&mut self) -> Result<&mut LiveMemory, CodedError> {
        if self.memory.is_none() {
            let map = self.place.make(MEMORY_BYTES).map_err(|cause| {
                CodedError::new(ErrorCode::SimMemoryUnreadable)
                    .with("name", self.place.name())
                    .with("cause", cause)
            })?;
            self.played.connections += 1;
            self.was_taken = false;
            self.memory = Some(LiveMemory::new(map));
        }
        self.memory.as_mut().ok_or_else(|| CodedError::new(ErrorCode::Internal).with("cause", "no memory"))
    }

    fn row(&mut self, tick: i32, row: &mut Vec<u8>) -> Result<(), CodedError> {
        let passed = self.tick.map_or(1, |last| tick.saturating_sub(last).max(1));
        self.tick = Some(tick);
        self.pacer.wait(passed as u32);
        if self.options.stamp {
            stamp::put(row, monotonic::now_ns());
        }
        self.memory()?.publish(tick, row);
        self.played.rows += 1;
        if self.options.lockstep { self.wait_taken(tick) } else { Ok(()) }
    }

    fn pause(&mut self, ticks: u32) {
        if self.options.lockstep {
            // Nobody can take what is not there: a reader needs time to notice.
            std::thread::sleep(Duration::from_secs_f64(f64::from(ticks) / RATE_HZ));
        } else {
            self.pacer.wait(ticks);
        }
    }

    /// Waits for exactly this tick: after ticks began anew an older and larger one may still stand there.
    fn wait_taken(&mut self, tick: i32) -> Result<(), CodedError> {
        let longest = if self.was_taken { NEXT_ROW } else { FIRST_READER };
        let end = Instant::now() + longest;
        let map = self.memory()?.map();
        loop {
            let taken = map.taken();
            if taken == tick {
                break;
            }
            if Instant::now() > end {
                let cause = format!("Lockstep: no reader took tick {tick} within {} s.", longest.as_secs());
                return Err(CodedError::new(ErrorCode::Usage).with("cause", cause));
            }
            if taken > tick {
                std::thread::sleep(Duration::from_micros(50));
            } else {
                map.wait_taken(tick, Duration::from_millis(100));
            }
        }
        self.was_taken = true;
        Ok(())
    }
}

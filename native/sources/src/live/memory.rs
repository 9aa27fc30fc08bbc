//! The sim's memory behind an interface: a named mapping on Windows, a file-backed one on Linux, a dump.

use super::atomic_bytes::AtomicBytes;
use racing_coach_core::error::CodedError;
use std::time::{Duration, Instant};

/// An open view of a sim's memory.
pub trait SimMemory: Send {
    /// The bytes as they are mapped now; none when the sim was found to be gone.
    fn bytes(&self) -> AtomicBytes<'_>;
    /// Waits until the sim says that a row is there, or `longest` is over; true when it said so. A hint and no more: several readers may share one
    /// event, so the ticks decide what is new.
    fn wait(&mut self, longest: Duration) -> bool;
    /// Whether the sim that made the memory still exists. A mapping outlives its maker for as long as somebody holds it, so this may have to
    /// look at something else than the memory; it is asked about once a second while no tick comes, and may then reopen the view.
    fn alive(&mut self) -> bool;
    /// Tells a writer that runs in lockstep with us which tick was taken; only test maps have a place for it.
    fn taken(&self, _tick: i32) {}
}

/// Finds a sim's memory, as often as it takes.
pub trait FindMemory: Send {
    /// The memory, when the sim is there; `None` while it is not.
    ///
    /// # Errors
    /// `sim-memory-unreadable` when it is there and cannot be read: another user's, or no mapping at all.
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError>;
    /// What is looked for, for people.
    fn name(&self) -> String;
    /// The clock that reading is timed by; a simulation has its own.
    fn now(&self) -> Instant {
        Instant::now()
    }
    /// Lets time pass while there is no memory to wait on.
    fn rest(&mut self, longest: Duration) {
        std::thread::sleep(longest);
    }
}

/// A sim's memory from the writer's side, whatever the system: what a simulated sim writes into. See [`super::image`] for what goes where.
pub trait MapWriter: Send {
    /// The bytes, zero at first.
    fn bytes(&self) -> AtomicBytes<'_>;
    /// Tells readers that a row is there.
    fn signal(&self);
    /// The newest tick that a reader took; `i32::MIN` before the first.
    fn taken(&self) -> i32;
    /// Waits until a reader took `tick` or a later one; false when it did not within `longest`.
    fn wait_taken(&self, tick: i32, longest: Duration) -> bool;
    /// Ends as a sim that crashes: without a goodbye.
    fn crash(self: Box<Self>);
}

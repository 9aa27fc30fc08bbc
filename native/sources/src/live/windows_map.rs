//! The sim's memory on Windows: a named mapping, a named event. And the same from the writer's side, for simulated sims.
//!
//! A mapping lives for as long as somebody holds it, its maker or a reader. So [`alive`](SimMemory::alive) lets go of it and opens it again: a
//! mapping whose sim has crashed is gone then. Where another program reads the same sim, it keeps the mapping; so the sim's process is asked
//! for as well, and once one was seen, a mapping without one is what a crash left. (A sim whose program has a name that is not known and that
//! crashes while another program reads it looks paused until that program lets go.)

use super::atomic_bytes::AtomicBytes;
use super::layout::{EVENT_NAME, MAP_NAME};
use super::memory::{FindMemory, MapWriter, SimMemory};
use super::windows_process::SimProcess;
use super::windows_view::{Access, Event, View};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::io;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// The newest tick that a reader took, for writers in lockstep: in a small mapping beside the memory, which the real sim does not have.
const TAKEN: usize = 0;
const TAKEN_BYTES: usize = 8;
/// How long a writer waits for the readers of a crashed one to let go of the mapping: they ask once a second.
const LET_GO: Duration = Duration::from_secs(3);
/// An event that is set this often in a row without our having had to wait stays set: then it says nothing.
const QUICK_WAKES: u32 = 16;
/// What counts as not having waited.
const QUICK: Duration = Duration::from_micros(200);

/// The names of mapping and event.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Names {
    map: String,
    event: String,
    taken: String,
}

impl Names {
    fn new(map: &str, event: &str) -> Self {
        Names { map: map.to_owned(), event: event.to_owned(), taken: format!("{map}.taken") }
    }
}

/// Finds the sim's memory by its names.
#[derive(Debug, Clone)]
pub struct WindowsMapFinder {
    names: Names,
    /// A sim's process was seen: from then on there is no sim without one.
    knows_process: bool,
}

impl Default for WindowsMapFinder {
    fn default() -> Self {
        Self::new()
    }
}

impl WindowsMapFinder {
    /// Looks for the sim.
    pub fn new() -> Self {
        Self::named(MAP_NAME, EVENT_NAME)
    }

    /// Looks for other names, for tests.
    pub fn named(map: &str, event: &str) -> Self {
        WindowsMapFinder { names: Names::new(map, event), knows_process: false }
    }
}

impl FindMemory for WindowsMapFinder {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        match WindowsMapReader::open(&self.names) {
            Ok(reader) if reader.process.is_none() && self.knows_process => Ok(None),
            Ok(reader) => {
                self.knows_process |= reader.process.is_some();
                Ok(Some(Box::new(reader)))
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(CodedError::new(ErrorCode::SimMemoryUnreadable)
                .with("name", self.name())
                .with("cause", cause)),
        }
    }

    fn name(&self) -> String {
        if self.names.map == MAP_NAME { "iRacing".to_owned() } else { self.names.map.clone() }
    }
}

/// A mapping that is read.
struct WindowsMapReader {
    names: Names,
    view: Option<View>,
    process: Option<SimProcess>,
    event: Event,
    taken: Option<View>,
    quick_wakes: u32,
}

impl WindowsMapReader {
    fn open(names: &Names) -> io::Result<Self> {
        let view = View::open(&names.map, Access::Read)?;
        let event = Event::open(&names.event)?;
        // Only our own writers have it.
        let taken = View::open(&names.taken, Access::ReadWrite).ok();
        let process = SimProcess::find();
        Ok(WindowsMapReader { names: names.clone(), view: Some(view), process, event, taken, quick_wakes: 0 })
    }
}

impl SimMemory for WindowsMapReader {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.view.as_ref().map_or_else(AtomicBytes::none, View::bytes)
    }

    fn wait(&mut self, longest: Duration) -> bool {
        let began = Instant::now();
        let woken = self.event.wait(longest);
        self.quick_wakes = if woken && began.elapsed() < QUICK { self.quick_wakes + 1 } else { 0 };
        if self.quick_wakes >= QUICK_WAKES {
            std::thread::sleep(Duration::from_millis(1));
        }
        woken
    }

    fn alive(&mut self) -> bool {
        self.view = None;
        self.view = View::open(&self.names.map, Access::Read).ok();
        self.view.is_some() && self.process.as_ref().is_none_or(SimProcess::is_running)
    }

    fn taken(&self, tick: i32) {
        if let Some(taken) = &self.taken {
            taken.bytes().store_i32(TAKEN, tick, Ordering::Release);
        }
    }
}

/// A mapping that is written: what a sim would make. Dropped, it is gone as soon as no reader holds it.
pub struct WindowsMapWriter {
    map: View,
    event: Event,
    taken: View,
}

impl WindowsMapWriter {
    /// Makes a mapping of at least `bytes` zeros under the sim's names.
    ///
    /// # Errors
    /// What the system says; `AlreadyExists` when another sim has it, or a reader does not let go of one that ended.
    pub fn create(bytes: usize) -> io::Result<Self> {
        Self::create_named(MAP_NAME, EVENT_NAME, bytes)
    }

    /// As [`create`](Self::create) under other names, for tests.
    ///
    /// # Errors
    /// As there.
    pub fn create_named(map: &str, event: &str, bytes: usize) -> io::Result<Self> {
        let names = Names::new(map, event);
        let taken = when_free(|| View::create(&names.taken, TAKEN_BYTES))?;
        taken.bytes().store_i32(TAKEN, i32::MIN, Ordering::Relaxed);
        // The event first: a reader that finds the mapping without it would look again later.
        let event = Event::create(&names.event)?;
        let map = when_free(|| View::create(&names.map, bytes))?;
        Ok(WindowsMapWriter { map, event, taken })
    }
}

fn when_free(create: impl Fn() -> io::Result<View>) -> io::Result<View> {
    let end = Instant::now() + LET_GO;
    loop {
        match create() {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && Instant::now() < end => {
                std::thread::sleep(Duration::from_millis(20));
            }
            result => return result,
        }
    }
}

impl MapWriter for WindowsMapWriter {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.map.bytes()
    }

    fn signal(&self) {
        self.event.set();
    }

    fn taken(&self) -> i32 {
        self.taken.bytes().load_i32(TAKEN, Ordering::Acquire).unwrap_or(i32::MIN)
    }

    fn wait_taken(&self, tick: i32, longest: Duration) -> bool {
        let end = Instant::now() + longest;
        while self.taken() < tick {
            if Instant::now() >= end {
                return false;
            }
            std::thread::yield_now();
        }
        true
    }

    fn crash(self: Box<Self>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_found_while_its_writer_lives_and_missed_when_it_is_gone() {
        let (map, event) = ("Local\\RacingCoachTestMap", "Local\\RacingCoachTestEvent");
        let mut finder = WindowsMapFinder::named(map, event);
        assert!(finder.find().unwrap().is_none());
        let writer: Box<dyn MapWriter> = Box::new(WindowsMapWriter::create_named(map, event, 5000).unwrap());
        let mut reader = finder.find().unwrap().unwrap();
        assert!(reader.bytes().len() >= 5000 && reader.alive());
        assert!(writer.bytes().store(4990, b"hello"));
        let mut out = [0; 5];
        assert!(reader.bytes().copy(4990, &mut out));
        assert_eq!(&out, b"hello");
        assert!(!reader.wait(Duration::from_millis(5)));
        writer.signal();
        assert!(reader.wait(Duration::from_secs(5)));
        reader.taken(7);
        assert!(writer.wait_taken(7, Duration::from_secs(5)));
        assert!(!writer.wait_taken(8, Duration::from_millis(5)));
        writer.crash();
        assert!(!reader.alive());
        assert!(reader.bytes().is_empty() && finder.find().unwrap().is_none());
    }
}

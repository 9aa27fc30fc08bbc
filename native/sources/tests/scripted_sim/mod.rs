//! A sim in a script, on a clock of its own: each wait lets the next tick happen, so a test of minutes takes milliseconds and always
//! comes out the same.

#![allow(dead_code, reason = "each test file uses a part of it")]

use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::ibt::{VariableSpec, VariableType};
use racing_coach_sources::live::atomic_bytes::AtomicBytes;
use racing_coach_sources::live::held_memory::HeldMemory;
use racing_coach_sources::live::image::{MapImage, RowWriter, set_connected};
use racing_coach_sources::live::memory::{FindMemory, SimMemory};
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::session_parser::SessionParsing;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::session_text;
use racing_coach_sources::source::{Source, SourceStep};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Ticks a second of the script.
pub const RATE_HZ: u32 = 60;

/// What the sim is made of, at the moment.
pub struct World {
    now: Instant,
    next_tick_at: Instant,
    /// Counts ticks of the script, also while there is no sim.
    pub script_tick: u64,
    memory: Option<HeldMemory>,
    image: MapImage,
    writer: RowWriter,
    /// The tick of the last row.
    pub tick: i32,
    /// Written as `Speed`.
    pub speed_mps: f64,
}

type Script = Box<dyn FnMut(&mut World) + Send>;

/// Variables of a small car; `extra` more make its row longer.
pub fn variables(extra: usize) -> Vec<VariableSpec> {
    let mut list = vec![
        VariableSpec::new("SessionUniqueID", VariableType::Int, "", ""),
        VariableSpec::new("Speed", VariableType::Float, "m/s", ""),
    ];
    let more = (0..extra).map(|n| VariableSpec::new(&format!("dcKnob{n}"), VariableType::Double, "", ""));
    list.extend(more);
    list
}

pub fn text(track: &str, car: &str) -> Vec<u8> {
    let info = SessionInfo {
        sim: "iracing".to_owned(),
        track_name: track.to_owned(),
        track_length_m: Some(4000.0),
        car_path: car.to_owned(),
        ..SessionInfo::default()
    };
    session_text::build(&info)
}

impl World {
    /// The sim starts with a fresh memory; nothing is connected yet.
    pub fn start(&mut self, extra: usize) {
        self.image = MapImage::small(RATE_HZ as i32, &variables(extra), 4096);
        let memory = HeldMemory::new(self.image.bytes() + 4096);
        assert!(self.image.write_head(&memory.bytes()));
        (self.memory, self.writer, self.tick) = (Some(memory), RowWriter::new(), 0);
    }

    /// Starts, writes text and connects.
    pub fn connect(&mut self, track: &str, car: &str, extra: usize) {
        self.start(extra);
        self.session(&text(track, car));
        assert!(set_connected(&self.bytes(), true));
    }

    /// Another car: the list of variables is another under the same memory, ticks go on.
    pub fn change_car(&mut self, track: &str, car: &str, extra: usize) {
        let image = MapImage::small(RATE_HZ as i32, &variables(extra), 4096);
        if image.bytes() > self.bytes().len() {
            // A longer memory has to be a new one.
            let memory = HeldMemory::new(image.bytes());
            assert!(memory.bytes().store(0, &self.copy_of_memory()));
            self.spoil_and_replace(memory);
        }
        self.image = image;
        assert!(self.image.write_head(&self.bytes()));
        self.session(&text(track, car));
        self.writer = RowWriter::new();
    }

    /// Readers of the old memory see a header that points beyond it.
    fn spoil_and_replace(&mut self, memory: HeldMemory) {
        let beyond = (self.bytes().len() as i32 + 100).to_le_bytes();
        assert!(self.bytes().store(52, &beyond));
        self.memory = Some(memory);
    }

    fn copy_of_memory(&self) -> Vec<u8> {
        let mut copy = vec![0; self.bytes().len()];
        assert!(self.bytes().copy(0, &mut copy));
        copy
    }

    pub fn session(&mut self, text: &[u8]) {
        assert!(self.image.write_session(&self.bytes(), text));
    }

    /// Writes the next row.
    pub fn row(&mut self) {
        let mut row = vec![0; self.image.row_bytes()];
        let at = self.image.offset_of("Speed").unwrap();
        row[at..at + 4].copy_from_slice(&(self.speed_mps as f32).to_le_bytes());
        self.tick += 1;
        let memory = self.memory.clone().expect("the script's sim runs");
        assert!(self.writer.put(&memory.bytes(), &self.image, self.tick, &row));
    }

    pub fn say_goodbye(&mut self) {
        assert!(set_connected(&self.bytes(), false));
    }

    /// The sim is gone without a word.
    pub fn vanish(&mut self) {
        self.memory = None;
    }

    pub fn bytes(&self) -> AtomicBytes<'_> {
        self.memory.as_ref().expect("the script's sim runs").bytes()
    }
}

/// The world with its script.
#[derive(Clone)]
pub struct Sim(Arc<Mutex<(World, Script)>>);

impl Sim {
    /// `script` is called for every tick of the clock, with `script_tick` counting from 1.
    pub fn new(script: impl FnMut(&mut World) + Send + 'static) -> Self {
        let now = Instant::now();
        let world = World {
            now,
            next_tick_at: now + period(),
            script_tick: 0,
            memory: None,
            image: MapImage::small(RATE_HZ as i32, &variables(0), 4096),
            writer: RowWriter::new(),
            tick: 0,
            speed_mps: 10.0,
        };
        Sim(Arc::new(Mutex::new((world, Box::new(script)))))
    }

    fn lock(&self) -> MutexGuard<'_, (World, Script)> {
        self.0.lock().expect("no script panicked")
    }

    /// Ticks of the script so far.
    pub fn script_tick(&self) -> u64 {
        self.lock().0.script_tick
    }

    /// Lets time pass, until the next tick at most; true when it came.
    fn advance(&self, longest: Duration) -> bool {
        let mut guard = self.lock();
        let (world, script) = &mut *guard;
        if world.next_tick_at > world.now + longest {
            world.now += longest;
            return false;
        }
        world.now = world.next_tick_at;
        world.next_tick_at += period();
        world.script_tick += 1;
        script(world);
        true
    }
}

pub fn period() -> Duration {
    Duration::from_secs(1) / RATE_HZ
}

impl FindMemory for Sim {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        let memory = self.lock().0.memory.clone();
        Ok(memory.map(|memory| Box::new(View { sim: self.clone(), memory }) as Box<dyn SimMemory>))
    }

    fn name(&self) -> String {
        "script".to_owned()
    }

    fn now(&self) -> Instant {
        self.lock().0.now
    }

    fn rest(&mut self, longest: Duration) {
        self.advance(longest);
    }
}

struct View {
    sim: Sim,
    memory: HeldMemory,
}

impl SimMemory for View {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.memory.bytes()
    }

    fn wait(&mut self, longest: Duration) -> bool {
        self.sim.advance(longest)
    }

    fn alive(&mut self) -> bool {
        self.sim.lock().0.memory.is_some()
    }
}

/// Parsing at once, so that every run is the same.
pub fn options() -> LiveOptions {
    LiveOptions { parsing: SessionParsing::AtOnce, ..LiveOptions::default() }
}

/// What a source said.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    Session(String, String),
    Gap(u64),
    Disconnected,
    /// First and last index of successive rows.
    Rows(u64, u64),
}

/// Runs until the script has had so many ticks, and returns what was said in between; `Idle` is left out.
pub fn run(source: &mut LiveSource, sim: &Sim, until_tick: u64) -> Vec<Said> {
    let mut said = Vec::new();
    let mut sample = Sample::EMPTY;
    while sim.script_tick() < until_tick {
        match source.next(&mut sample).unwrap() {
            SourceStep::Sample => match said.last_mut() {
                Some(Said::Rows(_, last)) => {
                    assert_eq!(sample.index, *last + 1, "a gap must be told");
                    *last = sample.index;
                }
                _ => said.push(Said::Rows(sample.index, sample.index)),
            },
            SourceStep::Session => {
                let session = source.session();
                said.push(Said::Session(session.track_name.clone(), session.car_path.clone()));
            }
            SourceStep::Gap(ticks) => said.push(Said::Gap(ticks)),
            SourceStep::Disconnected => said.push(Said::Disconnected),
            SourceStep::Idle => {}
            SourceStep::End => panic!("a sim has no end"),
        }
    }
    said
}

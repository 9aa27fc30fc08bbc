//! A dump of a sim's memory: a file with its bytes. For `doctor --map`, and as a sim whose ticks stand still.

use super::atomic_bytes::AtomicBytes;
use super::decoder::LiveDecoder;
use super::header;
use super::held_memory::HeldMemory;
use super::memory::{FindMemory, SimMemory};
use super::row_reader::{Polled, RowReader};
use super::schema::Schema;
use super::session_text_copy::copy_session_text;
use crate::recording::open_file;
use crate::session_text;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, ErrorCode, Sample};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Largest dump that is read: the sim's memory has little more than 1 MiB.
const MOST_BYTES: u64 = 64 << 20;

/// A dump in memory.
#[derive(Debug, Clone)]
pub struct Dump {
    memory: HeldMemory,
    name: String,
}

impl Dump {
    /// Reads a dump; what it holds is looked at later.
    ///
    /// # Errors
    /// `file-not-found`, `file-unreadable`, or `sim-memory-bad` for a file far too large.
    pub fn open(path: &Path) -> Result<Self, CodedError> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        open_file(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|cause| {
            CodedError::new(ErrorCode::FileUnreadable).with("file", &name).with("cause", cause)
        })?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(bad(&name, "it is larger than any"));
        }
        Ok(Self::of(&bytes, &name))
    }

    /// A dump that is in memory already; `name` is for error texts.
    pub fn of(bytes: &[u8], name: &str) -> Self {
        Dump { memory: HeldMemory::of(bytes), name: name.to_owned() }
    }

    /// What it holds.
    ///
    /// # Errors
    /// `sim-memory-bad` when it is not the memory of a sim.
    pub fn document(&self) -> Result<DumpDocument, CodedError> {
        let bytes = self.memory.bytes();
        let schema = Schema::read(&bytes).map_err(|cause| bad(&self.name, &cause))?;
        let (session, session_update) = self.session(&schema);
        let mut row = vec![0; schema.header.row_bytes];
        let mut sample = Sample::EMPTY;
        let newest_tick = match RowReader::new().poll(&bytes, &schema.header, &mut row) {
            Polled::Row { tick, .. } => {
                LiveDecoder::new(&schema.variables).decode(&row, session.track_length_m, &mut sample);
                Some(tick)
            }
            _ => None,
        };
        let fast = schema.variables.iter().filter(|variable| variable.count > 1 && variable.count_as_time);
        Ok(DumpDocument {
            connected: header::is_connected(&bytes),
            tick_rate_hz: schema.header.tick_rate_hz,
            variables: schema.variables.len(),
            rows: schema.header.buffer_count,
            row_bytes: schema.header.row_bytes,
            newest_tick,
            session_update,
            track: named(&session.track_display_name, &session.track_name),
            car: named(&session.car_name, &session.car_path),
            arrays_360_hz: fast.map(|variable| variable.name.clone()).collect(),
            sample: DumpSample(sample),
        })
    }

    fn session(&self, schema: &Schema) -> (SessionInfo, i32) {
        let mut text = Vec::new();
        let update = copy_session_text(&self.memory.bytes(), &schema.header, &mut text);
        (session_text::parse(&text), update.unwrap_or(0))
    }
}

fn bad(name: &str, cause: &str) -> CodedError {
    CodedError::new(ErrorCode::SimMemoryBad).with("name", name).with("cause", cause)
}

/// The first that is not empty.
fn named(first: &str, second: &str) -> Option<String> {
    [first, second].into_iter().find(|name| !name.is_empty()).map(str::to_owned)
}

/// The document of `doctor --map`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DumpDocument {
    /// Whether the sim said that it was connected.
    pub connected: bool,
    /// Ticks a second.
    pub tick_rate_hz: i32,
    /// Number of variables.
    pub variables: usize,
    /// Number of row buffers.
    pub rows: usize,
    /// Bytes of a row.
    pub row_bytes: usize,
    /// Tick of the newest row; `None` when none was written.
    pub newest_tick: Option<i32>,
    /// The sim's count of changes of its session text.
    pub session_update: i32,
    /// The track's name for people.
    pub track: Option<String>,
    /// The car's name for people.
    pub car: Option<String>,
    /// Variables with several values for each tick.
    #[serde(rename = "arrays360Hz")]
    pub arrays_360_hz: Vec<String>,
    /// The newest row.
    pub sample: DumpSample,
}

/// A sample as JSON: every channel under its name, in the table's order; `null` for those that are missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DumpSample(pub Sample);

impl Serialize for DumpSample {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(Channel::ALL.len()))?;
        for channel in Channel::ALL {
            let value = self.0.get(channel);
            map.serialize_entry(channel.name(), &value.is_finite().then_some(value))?;
        }
        map.end()
    }
}

impl FindMemory for Dump {
    fn find(&mut self) -> Result<Option<Box<dyn SimMemory>>, CodedError> {
        Ok(Some(Box::new(self.clone())))
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

impl SimMemory for Dump {
    fn bytes(&self) -> AtomicBytes<'_> {
        self.memory.bytes()
    }

    fn wait(&mut self, longest: Duration) -> bool {
        std::thread::sleep(longest);
        false
    }

    fn alive(&mut self) -> bool {
        true
    }
}

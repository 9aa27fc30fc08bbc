//! What a runner reads, as JSON says it, and how it is opened.

use crate::loaded;
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_sources::gt7::{Gt7Options, Gt7Source, Line, line_file};
use racing_coach_sources::live::file_map::FileMapFinder;
use racing_coach_sources::live::memory::FindMemory;
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::raw::RawSink;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::Source;
use racing_coach_sources::tape::{TapeHandle, TapePlace, TapeReader, TapeSource, TapeWriter};
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::path::{Path, PathBuf};

/// `runnerSource` of the contract.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum SourceSpec {
    /// A recording, played at the pace that is asked for.
    Recording {
        /// .ibt, .csv, .csv.gz or a lap file.
        path: PathBuf,
    },
    /// A tape, played likewise.
    Tape {
        /// The tape.
        path: PathBuf,
    },
    /// iRacing's memory on this machine, which has to be Windows.
    Iracing,
    /// A file-backed map, as our simulator writes it.
    Map {
        /// The map.
        path: PathBuf,
    },
    /// A console in this network.
    Gt7 {
        /// Its address or name, or a network's broadcast address; none: the first that answers.
        host: Option<String>,
        /// Where it listens, when that is not where consoles do.
        port: Option<u16>,
    },
}

/// What else an opening needs to know.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Where a raw tape of a live source goes.
    pub record_to: Option<PathBuf>,
    /// Of a tape: seconds after which it begins.
    pub from_s: Option<f64>,
    /// Lines that were learned before, as JSON, for sims without lap distance.
    pub lines: Vec<String>,
}

/// An open source, and the tape that is made of it.
pub struct Opened {
    /// What is read.
    pub source: Box<dyn Source>,
    /// Finishes the tape when it goes.
    pub tape: Option<TapeHandle>,
}

impl SourceSpec {
    /// Whether the rows come when they come, instead of when they are wanted.
    pub fn is_live(&self) -> bool {
        !matches!(self, SourceSpec::Recording { .. } | SourceSpec::Tape { .. })
    }

    /// Whether it begins where `Opening::from_s` says by itself.
    pub fn seeks(&self) -> bool {
        matches!(self, SourceSpec::Tape { .. })
    }

    /// Opens it.
    ///
    /// # Errors
    /// What is wrong with the file, the port, or the tape that is to be made.
    pub fn open(&self, opening: &Opening) -> Result<Opened, CodedError> {
        let (sink, tape) = match &opening.record_to {
            Some(path) if self.is_live() => {
                let (sink, tape) = TapeWriter::create(path)?;
                (Some(Box::new(sink) as Box<dyn RawSink>), Some(tape))
            }
            _ => (None, None),
        };
        match (self.open_source(opening, sink), tape) {
            (Ok(source), tape) => Ok(Opened { source, tape }),
            (Err(error), tape) => {
                discard(tape, opening.record_to.as_deref());
                Err(error)
            }
        }
    }

    fn open_source(
        &self,
        opening: &Opening,
        sink: Option<Box<dyn RawSink>>,
    ) -> Result<Box<dyn Source>, CodedError> {
        match self {
            SourceSpec::Recording { path } => loaded::open_source(path),
            SourceSpec::Tape { path } => open_tape(path, opening.from_s),
            SourceSpec::Iracing => Ok(live(iracing()?, sink)),
            SourceSpec::Map { path } => Ok(live(Box::new(FileMapFinder::new(path)), sink)),
            SourceSpec::Gt7 { host, port } => open_gt7(host.as_deref(), *port, &opening.lines, sink),
        }
    }
}

/// A tape of a source that did not open holds nothing, and would be in the way of the next try.
fn discard(tape: Option<TapeHandle>, path: Option<&Path>) {
    if let (Some(tape), Some(path)) = (tape, path) {
        drop(tape);
        // What cannot be removed is an empty tape, which says so when it is read.
        let _ = std::fs::remove_file(path);
    }
}

fn open_tape(path: &Path, from_s: Option<f64>) -> Result<Box<dyn Source>, CodedError> {
    let mut source = TapeSource::new(TapeReader::open(path)?)?;
    if let Some(from_s) = from_s {
        // By rows, as in any recording: the tape's own clock also counts how long the sim was waited for. A place behind the end leaves nothing to
        // play, which is told as such.
        source.seek(TapePlace::Row((from_s * source.rate_hz()) as u64))?;
    }
    Ok(Box::new(source))
}

fn live(finder: Box<dyn FindMemory>, sink: Option<Box<dyn RawSink>>) -> Box<dyn Source> {
    let source = LiveSource::new(finder, LiveOptions::default());
    match sink {
        Some(sink) => Box::new(source.with_sink(sink)),
        None => Box::new(source),
    }
}

#[cfg(windows)]
fn iracing() -> Result<Box<dyn FindMemory>, CodedError> {
    Ok(Box::new(racing_coach_sources::live::windows_map::WindowsMapFinder::new()))
}

#[cfg(not(windows))]
fn iracing() -> Result<Box<dyn FindMemory>, CodedError> {
    Err(CodedError::new(ErrorCode::SimElsewhere).with("name", "iRacing").with("where", "Windows"))
}

fn open_gt7(
    host: Option<&str>,
    port: Option<u16>,
    lines: &[String],
    sink: Option<Box<dyn RawSink>>,
) -> Result<Box<dyn Source>, CodedError> {
    let address = host.map(address_of).transpose()?;
    let broadcast = address.and_then(broadcast_of);
    // A line that cannot be read is learned anew.
    let known: Vec<Line> =
        lines.iter().filter_map(|json| line_file::from_json("a learned line", json).ok()).collect();
    let usual = Gt7Options::default();
    let source = Gt7Source::new(Gt7Options {
        console: address.filter(|_| broadcast.is_none()),
        broadcast: broadcast.unwrap_or(usual.broadcast),
        // A console sends to a port of its own choice; what listens elsewhere is a simulator or a relay, and answers whoever asks.
        listen: SocketAddr::new(usual.listen.ip(), if port.is_some() { 0 } else { usual.listen.port() }),
        console_port: port.unwrap_or(usual.console_port),
        known_lines: known,
        ..usual
    })?;
    Ok(match sink {
        Some(sink) => Box::new(source.with_sink(sink)),
        None => Box::new(source),
    })
}

/// A network's broadcast address, as far as that can be seen: a host's hardly ever ends with 255.
fn broadcast_of(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(v4) if v4.octets()[3] == 255 => Some(v4),
        _ => None,
    }
}

/// An address, or a name that the network knows.
fn address_of(host: &str) -> Result<IpAddr, CodedError> {
    let unknown = || CodedError::new(ErrorCode::ConsoleUnknown).with("host", host);
    if let Ok(address) = host.parse() {
        return Ok(address);
    }
    let mut found = (host, 0).to_socket_addrs().map_err(|_| unknown())?;
    found.find(|address| address.is_ipv4()).map(|address| address.ip()).ok_or_else(unknown)
}

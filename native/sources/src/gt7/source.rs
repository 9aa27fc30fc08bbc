//! A console as a source of samples.
//!
//! Awkward values. A paused simulation sends packets that say so, and no rows come of them; a console that falls silent for half a second after it had
//! answered is paused as well, and after five seconds it is lost. It may be found again, at another address.

use super::decoder::{Gt7Decoder, Taken};
use super::heartbeat::Heartbeats;
use super::layout::{LONGEST, PacketKind, TICK_HZ, at, flag};
use super::line::Line;
use super::socket::{CONSOLE_PORT, ConsoleSocket, OUR_PORT, Received};
use crate::live::raw::{RawKind, RawRecord, RawSink};
use crate::source::{LONGEST_WAIT, Presence, Source, SourceCounts, SourceStep};
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

/// Datagrams that are looked at in one call, so that a flood does not keep it.
const MOST_DATAGRAMS: u32 = 64;

/// Which console, and what is known of its tracks.
#[derive(Debug, Clone)]
pub struct Gt7Options {
    /// The console. `None`: the heartbeat is broadcast on the local network, and the first console that answers is it.
    pub console: Option<IpAddr>,
    /// Where the heartbeat is broadcast: every network's, or that of one network.
    pub broadcast: Ipv4Addr,
    /// Where we listen.
    pub listen: SocketAddr,
    /// Where the console listens.
    pub console_port: u16,
    /// Lines that were learned before ([`Source::learned_line`], [`super::line_file::from_json`]).
    pub known_lines: Vec<Line>,
    /// Silence after which it is paused.
    pub paused_after: Duration,
    /// Silence after which it is lost.
    pub lost_after: Duration,
}

impl Default for Gt7Options {
    fn default() -> Self {
        Gt7Options {
            console: None,
            broadcast: Ipv4Addr::BROADCAST,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), OUR_PORT),
            console_port: CONSOLE_PORT,
            known_lines: Vec::new(),
            paused_after: Duration::from_millis(500),
            lost_after: Duration::from_secs(5),
        }
    }
}

/// See the module.
pub struct Gt7Source {
    socket: ConsoleSocket,
    heartbeats: Heartbeats,
    decoder: Gt7Decoder,
    sink: Option<Box<dyn RawSink>>,
    line_updates: i32,
    paused_after: Duration,
    lost_after: Duration,
    presence: Presence,
    counts: SourceCounts,
    /// When the newest packet came.
    packet_at: Option<Instant>,
    /// When the newest sample's packet came.
    read_at: Option<Instant>,
}

impl Gt7Source {
    /// Opens the socket. The first heartbeat goes out with the first call of `next`.
    ///
    /// # Errors
    /// `udp-port-in-use`.
    pub fn new(options: Gt7Options) -> Result<Self, CodedError> {
        Ok(Gt7Source {
            socket: ConsoleSocket::open(
                options.listen,
                options.console,
                options.broadcast,
                options.console_port,
            )?,
            heartbeats: Heartbeats::default(),
            decoder: Gt7Decoder::new(options.known_lines),
            sink: None,
            line_updates: 0,
            paused_after: options.paused_after,
            lost_after: options.lost_after,
            presence: Presence::Absent,
            counts: SourceCounts::default(),
            packet_at: None,
            read_at: None,
        })
    }

    /// Gives everything that comes to a sink as well: decrypted packets as rows, and each line that places are told on as a session text.
    #[must_use]
    pub fn with_sink(mut self, sink: Box<dyn RawSink>) -> Self {
        self.sink = Some(sink);
        self
    }

    /// Where we listen.
    pub fn address(&self) -> Option<SocketAddr> {
        self.socket.address()
    }

    /// The console, when one was named or found.
    pub fn console(&self) -> Option<IpAddr> {
        self.socket.console()
    }

    fn put(&mut self, record: RawRecord<'_>) {
        if let Some(sink) = &mut self.sink {
            sink.put(record);
        }
    }

    /// A packet of the console.
    fn take(&mut self, kind: PacketKind, now: Instant) {
        if matches!(self.presence, Presence::Absent | Presence::Lost) {
            self.counts.connections += 1;
            self.decoder.tell_session();
            self.put(RawRecord::Schema {
                kind: RawKind::Gt7,
                tick_rate_hz: TICK_HZ as i32,
                row_bytes: LONGEST,
                variables: &[],
            });
        }
        let taken = self.decoder.row(self.socket.packet(kind));
        match taken {
            Taken::Ignored => self.counts.ignored += 1,
            Taken::Late => self.counts.late += 1,
            Taken::Row | Taken::Paused => self.record(kind, now),
        }
        self.packet_at = Some(now);
        self.presence = if taken == Taken::Paused { Presence::Paused } else { Presence::Sending };
        if taken == Taken::Row {
            self.read_at = Some(now);
        }
        let flags = self.socket.packet(kind)[at::FLAGS];
        self.heartbeats.answered(kind, u16::from(flags) & flag::ON_TRACK != 0, now);
    }

    fn record(&mut self, kind: PacketKind, now: Instant) {
        let line = self.decoder.take_changed_line();
        let Some(sink) = &mut self.sink else { return };
        if let Some(json) = line {
            self.line_updates += 1;
            sink.put(RawRecord::Session { update: self.line_updates, text: json.as_bytes() });
        }
        let ticks = self.decoder.missing();
        if ticks > 0 {
            sink.put(RawRecord::Gap { ticks });
        }
        let tick = self.decoder.newest_id();
        sink.put(RawRecord::Row { tick, read_at: now, bytes: self.socket.packet(kind) });
    }

    /// What the silence says; a step when it says that the console is gone.
    fn silence(&mut self, now: Instant) -> Option<SourceStep> {
        let silent = now.saturating_duration_since(self.packet_at?);
        if silent >= self.lost_after && self.presence != Presence::Lost {
            self.presence = Presence::Lost;
            self.heartbeats.silent();
            self.socket.forget();
            self.put(RawRecord::Disconnected);
            return Some(SourceStep::Disconnected);
        }
        if silent >= self.paused_after && self.presence == Presence::Sending {
            self.presence = Presence::Paused;
        }
        None
    }

    /// A step that waits from the newest packet.
    fn step(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        let step = self.decoder.next(sample)?;
        match step {
            SourceStep::Sample => self.counts.seen += 1,
            SourceStep::Gap(ticks) => self.counts.missed += ticks,
            _ => {}
        }
        Some(step)
    }
}

impl Source for Gt7Source {
    fn rate_hz(&self) -> f64 {
        TICK_HZ
    }

    fn session(&self) -> &SessionInfo {
        self.decoder.session()
    }

    fn next(&mut self, sample: &mut Sample) -> Result<SourceStep, CodedError> {
        let end = Instant::now() + LONGEST_WAIT;
        for _ in 0..MOST_DATAGRAMS {
            if self.packet_at.is_some()
                && let Some(step) = self.step(sample)
            {
                return Ok(step);
            }
            let now = Instant::now();
            if let Some(kind) = self.heartbeats.due(now) {
                self.socket.ask(kind);
            }
            let until = end.min(self.heartbeats.next_at(now));
            match self.socket.receive(until.saturating_duration_since(now)) {
                Received::Packet(kind) => self.take(kind, Instant::now()),
                Received::Foreign => self.counts.ignored += 1,
                Received::Nothing => {}
            }
            let now = Instant::now();
            if let Some(step) = self.silence(now) {
                return Ok(step);
            }
            if now >= end {
                break;
            }
        }
        // What came with the last datagram.
        let waiting = if self.packet_at.is_some() { self.step(sample) } else { None };
        Ok(waiting.unwrap_or(SourceStep::Idle))
    }

    fn read_at(&self) -> Option<Instant> {
        self.read_at
    }

    fn presence(&self) -> Presence {
        self.presence
    }

    fn counts(&self) -> SourceCounts {
        self.counts
    }

    fn learned_line(&mut self) -> Option<String> {
        self.decoder.take_learned_line()
    }
}

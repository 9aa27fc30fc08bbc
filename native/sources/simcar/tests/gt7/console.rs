//! A console on the loopback address: answers heartbeats with encrypted packets, loses and reorders them when told to.

use racing_coach_core::Sample;
use racing_coach_core::session::SessionInfo;
use racing_coach_simcar::prng::Prng;
use racing_coach_sources::gt7::layout::PacketKind;
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use racing_coach_sources::gt7::{Gt7Options, Gt7Source, Line};
use racing_coach_sources::source::{Source, SourceStep};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

pub const LOOPBACK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// Datagrams on the way at a time: the system's buffer holds more.
const BATCH: usize = 32;
/// Steps without anything, a twentieth of a second each, after which a test gives up: 30 s.
const PATIENCE: u32 = 600;

/// What the network does to packets, as shares of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Network {
    pub lost: f64,
    pub repeated: f64,
    pub swapped: f64,
}

/// What a source said.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub samples: Vec<Sample>,
    pub sessions: Vec<SessionInfo>,
    pub gaps: u64,
    pub learned: Vec<String>,
    pub disconnected: u32,
    /// Everything in order but `Idle`.
    pub steps: Vec<SourceStep>,
}

impl Said {
    pub fn track(&self) -> String {
        self.sessions.last().map(|session| session.track_name.clone()).unwrap_or_default()
    }
}

/// A console and a source that asks it.
pub struct Pair {
    pub source: Gt7Source,
    pub said: Said,
    /// The richest kind that this console knows.
    knows: PacketKind,
    console: UdpSocket,
    asked: Option<PacketKind>,
    network: Network,
    prng: Prng,
}

pub fn options(console: &UdpSocket, known_lines: Vec<Line>) -> Gt7Options {
    let console = console.local_addr().unwrap();
    Gt7Options {
        console: Some(console.ip()),
        listen: LOOPBACK,
        console_port: console.port(),
        known_lines,
        ..Gt7Options::default()
    }
}

impl Pair {
    pub fn new(known_lines: Vec<Line>, network: Network, seed: u64) -> Self {
        Pair::with(known_lines, network, seed, |source| source)
    }

    pub fn with(
        known_lines: Vec<Line>,
        network: Network,
        seed: u64,
        change: impl FnOnce(Gt7Source) -> Gt7Source,
    ) -> Self {
        let console = UdpSocket::bind(LOOPBACK).unwrap();
        console.set_nonblocking(true).unwrap();
        // A console that stops is soon lost, so that tests need not wait for it.
        let options =
            Gt7Options { lost_after: Duration::from_millis(1500), ..options(&console, known_lines) };
        let source = change(Gt7Source::new(options).unwrap());
        let prng = Prng::stream(seed, &[77]);
        let knows = PacketKind::C;
        Pair { source, said: Said::default(), knows, console, asked: None, network, prng }
    }

    /// A console of an older version.
    pub fn that_knows(mut self, knows: PacketKind) -> Self {
        self.knows = knows;
        self
    }

    /// Takes heartbeats; a kind that this console does not know is left unanswered.
    fn listen(&mut self) {
        let mut heartbeat = [0; 8];
        while let Ok(bytes) = self.console.recv(&mut heartbeat) {
            assert_eq!(bytes, 1, "a heartbeat is one byte");
            let kind = PacketKind::ALL.into_iter().find(|kind| kind.letter() == heartbeat[0]).unwrap();
            self.asked = if kind <= self.knows { Some(kind) } else { self.asked };
        }
    }

    fn send(&mut self, spec: &PacketSpec) -> usize {
        self.listen();
        let Some(kind) = self.asked else { return 0 };
        let seed = spec.id as u32 ^ 0x5eed_0000;
        let packet = PacketSpec { kind, ..*spec }.sealed(seed);
        let to = self.source.address().unwrap();
        self.console.send_to(&packet, to).unwrap();
        1
    }

    /// Sends packets, and lets the source take them.
    pub fn drive(&mut self, specs: &[PacketSpec]) {
        let mut idle = 0;
        while self.asked.is_none() {
            idle += u32::from(self.take() == SourceStep::Idle);
            assert!(idle < PATIENCE, "no heartbeat came");
            self.listen();
        }
        for batch in specs.chunks(BATCH) {
            let mut order: Vec<PacketSpec> = Vec::with_capacity(batch.len());
            for spec in batch {
                if self.prng.uniform() < self.network.lost {
                    continue;
                }
                order.push(*spec);
                if self.prng.uniform() < self.network.repeated {
                    order.push(*spec);
                }
                let newest = order.len() - 1;
                if newest > 0 && self.prng.uniform() < self.network.swapped {
                    order.swap(newest - 1, newest);
                }
            }
            let before = self.taken();
            let sent: usize = order.iter().map(|spec| self.send(spec)).sum();
            let paused = order.iter().filter(|spec| spec.flags & 2 != 0).count();
            while self.taken() < before + sent - paused {
                idle += u32::from(self.take() == SourceStep::Idle);
                assert!(idle < PATIENCE, "packets are lost on the loopback");
            }
            if paused > 0 {
                while self.take() != SourceStep::Idle {}
            }
        }
    }

    fn taken(&self) -> usize {
        let counts = self.source.counts();
        (counts.seen + counts.ignored + counts.late) as usize
    }

    /// One step of the source.
    pub fn take(&mut self) -> SourceStep {
        let mut sample = Sample::EMPTY;
        let step = self.source.next(&mut sample).unwrap();
        self.said.steps.extend((step != SourceStep::Idle).then_some(step));
        match step {
            SourceStep::Sample => self.said.samples.push(sample),
            SourceStep::Session => {
                self.said.sessions.push(self.source.session().clone());
                self.said.learned.extend(self.source.learned_line());
            }
            SourceStep::Gap(rows) => self.said.gaps += rows,
            SourceStep::Disconnected => self.said.disconnected += 1,
            SourceStep::Idle | SourceStep::End => {}
        }
        step
    }

    /// The console is switched off.
    pub fn lose(&mut self) {
        let before = self.said.disconnected;
        let mut idle = 0;
        while self.said.disconnected == before {
            idle += u32::from(self.take() == SourceStep::Idle);
            assert!(idle < PATIENCE, "it is not lost");
        }
        self.asked = None;
    }

    /// Any bytes from any address.
    pub fn send_raw(&self, bytes: &[u8]) {
        self.console.send_to(bytes, self.source.address().unwrap()).unwrap();
    }
}

//! A console that sends as Gran Turismo 7 does: encrypted packets to everybody who asked not long ago, of the kind that was asked for.

use crate::pace::Pacer;
use racing_coach_sources::gt7::layout::{PacketKind, TICK_HZ};
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

/// A console stops so long after the last heartbeat (gt7-udp: 1000 packets).
const HEARTBEAT_LASTS: Duration = Duration::from_secs(16);

struct Asker {
    address: SocketAddr,
    kind: PacketKind,
    asked: Instant,
}

/// See the module.
pub struct Gt7Console {
    socket: UdpSocket,
    askers: Vec<Asker>,
}

impl Gt7Console {
    /// A console that listens there.
    ///
    /// # Errors
    /// When the address is taken.
    pub fn open(listen: SocketAddr) -> io::Result<Self> {
        let socket = UdpSocket::bind(listen)?;
        socket.set_nonblocking(true)?;
        Ok(Gt7Console { socket, askers: Vec::new() })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not know.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Waits until so many have asked.
    pub fn wait_for(&mut self, askers: usize) {
        while self.askers.len() < askers {
            self.listen();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends packets at their pace: those whose ids are missing among them are time that passes.
    pub fn play(&mut self, packets: &[PacketSpec], speed: f64) {
        let mut pacer = Pacer::new(TICK_HZ, speed);
        let mut last_id = None;
        for packet in packets {
            let passed = last_id.map_or(1, |last: i32| packet.id.wrapping_sub(last).max(1));
            last_id = Some(packet.id);
            pacer.wait(passed as u32);
            self.listen();
            self.send(packet);
        }
    }

    fn listen(&mut self) {
        let mut heartbeat = [0; 8];
        while let Ok((bytes, address)) = self.socket.recv_from(&mut heartbeat) {
            let kind = PacketKind::ALL.into_iter().find(|kind| heartbeat[..bytes] == [kind.letter()]);
            let Some(kind) = kind else { continue };
            self.askers.retain(|asker| asker.address != address);
            self.askers.push(Asker { address, kind, asked: Instant::now() });
        }
    }

    fn send(&mut self, packet: &PacketSpec) {
        self.askers.retain(|asker| asker.asked.elapsed() < HEARTBEAT_LASTS);
        for Asker { address, kind, .. } in &self.askers {
            let sealed = PacketSpec { kind: *kind, ..*packet }.sealed(packet.id as u32 ^ 0x5eed_0000);
            // Who has gone is not there any more: a console does not notice either.
            let _ = self.socket.send_to(&sealed, address);
        }
    }
}

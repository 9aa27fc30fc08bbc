//! The socket: heartbeats out, packets in, from one console only.
//!
//! With an address nothing is sent but to it. Without one the heartbeat is broadcast on the local network until a console answers; only somebody who
//! chose this sim and named no console gets that. Packets from anybody but the named or found console are not looked at.

use super::cipher;
use super::layout::{LONGEST, PacketKind};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Where the console listens.
pub const CONSOLE_PORT: u16 = 33_739;
/// Where it sends to.
pub const OUR_PORT: u16 = 33_740;

/// Errors of receiving that mean that nothing came: the time is over, or (on Windows) nobody took an earlier heartbeat.
const NOTHING: [ErrorKind; 5] = [
    ErrorKind::WouldBlock,
    ErrorKind::TimedOut,
    ErrorKind::Interrupted,
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionRefused,
];

/// A datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// A decrypted packet of the console, in the buffer.
    Packet(PacketKind),
    /// Something else.
    Foreign,
    /// Nothing in the time.
    Nothing,
}

/// See the module.
#[derive(Debug)]
pub struct ConsoleSocket {
    socket: UdpSocket,
    named: Option<IpAddr>,
    found: Option<IpAddr>,
    /// Whom to ask while no console is known.
    broadcast: Ipv4Addr,
    console_port: u16,
    /// One byte more than the longest packet, so that a longer datagram is seen to be one.
    buffer: [u8; LONGEST + 1],
}

impl ConsoleSocket {
    /// Opens it at an address of ours. Without a console `broadcast` is asked, which is a broadcast address.
    ///
    /// # Errors
    /// `udp-port-in-use`.
    pub fn open(
        listen: SocketAddr,
        console: Option<IpAddr>,
        broadcast: Ipv4Addr,
        console_port: u16,
    ) -> Result<Self, CodedError> {
        let failed = |cause: std::io::Error| {
            CodedError::new(ErrorCode::UdpPortInUse).with("port", listen.port()).with("cause", cause)
        };
        let socket = UdpSocket::bind(listen).map_err(failed)?;
        if console.is_none() {
            socket.set_broadcast(true).map_err(failed)?;
        }
        let buffer = [0; LONGEST + 1];
        Ok(ConsoleSocket { socket, named: console, found: None, broadcast, console_port, buffer })
    }

    /// The address that the system gave us.
    pub fn address(&self) -> Option<SocketAddr> {
        self.socket.local_addr().ok()
    }

    /// The console, when it is known.
    pub fn console(&self) -> Option<IpAddr> {
        self.named.or(self.found)
    }

    /// Asks for packets. A network that is down is no error: it comes back.
    pub fn ask(&self, kind: PacketKind) {
        let console = self.console().unwrap_or(IpAddr::V4(self.broadcast));
        // Nobody there is as good as nobody answering.
        let _ = self.socket.send_to(&[kind.letter()], (console, self.console_port));
    }

    /// Waits for a datagram. (Any other error is that of a datagram longer than the buffer, which Windows cuts and complains about.)
    pub fn receive(&mut self, longest: Duration) -> Received {
        // Zero would mean to wait for ever.
        let _ = self.socket.set_read_timeout(Some(longest.max(Duration::from_millis(1))));
        match self.socket.recv_from(&mut self.buffer) {
            Ok((bytes, from)) => self.judge(bytes, from.ip()),
            Err(cause) if NOTHING.contains(&cause.kind()) => Received::Nothing,
            Err(_) => Received::Foreign,
        }
    }

    fn judge(&mut self, bytes: usize, from: IpAddr) -> Received {
        if self.console().is_some_and(|console| console != from.to_canonical()) {
            return Received::Foreign;
        }
        match cipher::decrypt(&mut self.buffer[..bytes]) {
            Some(kind) => {
                self.found = self.found.or(Some(from.to_canonical()));
                Received::Packet(kind)
            }
            None => Received::Foreign,
        }
    }

    /// The packet that was received.
    pub fn packet(&self, kind: PacketKind) -> &[u8] {
        &self.buffer[..kind.bytes()]
    }

    /// A console that was found may have another address by now.
    pub fn forget(&mut self) {
        self.found = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gt7::packet_bytes::PacketSpec;

    const ANY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

    #[test]
    fn a_taken_port_is_an_error_that_names_it() {
        let first = ConsoleSocket::open(ANY, Some(ANY.ip()), Ipv4Addr::BROADCAST, 1).unwrap();
        let taken = first.address().unwrap();
        let error = ConsoleSocket::open(taken, Some(ANY.ip()), Ipv4Addr::BROADCAST, 1).unwrap_err();
        assert_eq!(error.code, ErrorCode::UdpPortInUse);
        assert!(error.to_string().contains(&taken.port().to_string()));
    }

    #[test]
    fn only_packets_of_the_console_are_taken() {
        let console = UdpSocket::bind(ANY).unwrap();
        let port = console.local_addr().unwrap().port();
        let other: IpAddr = "127.0.0.9".parse().unwrap();
        let send =
            |socket: &ConsoleSocket, bytes: &[u8]| console.send_to(bytes, socket.address().unwrap()).unwrap();
        let packet = PacketSpec::menu(PacketKind::B, 1).sealed(9);
        let mut socket = ConsoleSocket::open(ANY, Some(ANY.ip()), Ipv4Addr::BROADCAST, port).unwrap();
        socket.ask(PacketKind::Tilde);
        let mut asked = [0; 4];
        assert_eq!(console.recv(&mut asked).unwrap(), 1);
        assert_eq!(asked[0], b'~');
        let wait = Duration::from_secs(5);
        for (bytes, expected) in [
            (packet.clone(), Received::Packet(PacketKind::B)),
            (packet[..315].to_vec(), Received::Foreign),
            (vec![0; 1400], Received::Foreign),
            (vec![], Received::Foreign),
        ] {
            send(&socket, &bytes);
            assert_eq!(socket.receive(wait), expected);
        }
        assert_eq!(socket.receive(Duration::ZERO), Received::Nothing);
        let mut socket = ConsoleSocket::open(ANY, Some(other), Ipv4Addr::BROADCAST, port).unwrap();
        send(&socket, &packet);
        assert_eq!(socket.receive(wait), Received::Foreign, "not from the console that was named");
    }
}

//! The cipher: Salsa20 with a fixed key and a nonce that travels in the packet (PDTools, gt7-udp).

use super::layout::{MAGIC, PacketKind, at};
use salsa20::Salsa20;
use salsa20::cipher::{KeyIvInit, StreamCipher};

/// The first 32 bytes of the text "Simulator Interface Packet GT7 ver 0.0".
const KEY: &[u8; 32] = b"Simulator Interface Packet GT7 v";

fn apply(bytes: &mut [u8], kind: PacketKind, seed: u32) {
    let mut nonce = [0; 8];
    nonce[..4].copy_from_slice(&(seed ^ kind.nonce_mask()).to_le_bytes());
    nonce[4..].copy_from_slice(&seed.to_le_bytes());
    Salsa20::new(KEY.into(), &nonce.into()).apply_keystream(bytes);
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Decrypts a packet in place. `None` when it is none: another length, or it does not begin as packets do.
pub fn decrypt(bytes: &mut [u8]) -> Option<PacketKind> {
    let kind = PacketKind::of_length(bytes.len())?;
    let seed = word(bytes, at::NONCE)?;
    apply(bytes, kind, seed);
    (word(bytes, at::MAGIC) == Some(MAGIC)).then_some(kind)
}

/// Encrypts a packet in place, as the console does; for tests. What is at the nonce's place is lost. False when it is no packet's length.
#[must_use]
pub fn encrypt(bytes: &mut [u8], seed: u32) -> bool {
    let Some(kind) = PacketKind::of_length(bytes.len()) else { return false };
    apply(bytes, kind, seed);
    bytes[at::NONCE..at::NONCE + 4].copy_from_slice(&seed.to_le_bytes());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first keystream bytes for seed 1, by an implementation of the cipher of our own from its definition (Bernstein 2005).
    const KEYSTREAM_A: [u8; 8] = [0x9d, 0x45, 0x83, 0x8c, 0x37, 0x11, 0xc4, 0xc7];

    #[test]
    fn key_and_nonce_are_put_together_as_the_sim_does() {
        let mut bytes = [0; PacketKind::A.bytes()];
        assert!(encrypt(&mut bytes, 1));
        assert_eq!(bytes[..8], KEYSTREAM_A);
    }

    #[test]
    fn every_kind_comes_back_and_nothing_else_does() {
        for kind in PacketKind::ALL {
            let mut bytes = vec![7; kind.bytes()];
            bytes[..4].copy_from_slice(&MAGIC.to_le_bytes());
            let plain = bytes.clone();
            assert!(encrypt(&mut bytes, 0x1234_5678));
            assert_ne!(bytes[..4], plain[..4]);
            assert_eq!(decrypt(&mut bytes), Some(kind));
            assert_eq!(bytes[0x44..], plain[0x44..]);
        }
        assert_eq!(decrypt(&mut [0; 296]), None);
        assert_eq!(decrypt(&mut [0; 297]), None);
        assert_eq!(decrypt(&mut []), None);
        assert!(!encrypt(&mut [0; 4], 1));
    }
}

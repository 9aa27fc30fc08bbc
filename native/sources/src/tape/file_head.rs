//! The first bytes of a tape: that it is one, and when it was made with what. Nothing about who made it.

use super::layout::{FILE_HEAD_BYTES, FILE_MAGIC, FORMAT_VERSION};
use super::numbers::{array_at, u32_at};
use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;

/// Offsets.
mod at {
    pub const VERSION: usize = 8;
    pub const CREATED: usize = 16;
    pub const PRODUCT: usize = 24;
    pub const CRC: usize = 44;
}

/// What the head says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHead {
    /// When the recording began, in seconds since 1970.
    pub created_unix_s: i64,
    /// The Racing Coach that wrote it, for example `0.1.0`.
    pub product_version: String,
}

impl FileHead {
    /// A head of this program.
    pub fn new(created_unix_s: i64) -> Self {
        FileHead { created_unix_s, product_version: env!("CARGO_PKG_VERSION").to_owned() }
    }

    /// As it stands in the file.
    pub(super) fn to_bytes(&self) -> [u8; FILE_HEAD_BYTES] {
        let mut bytes = [0; FILE_HEAD_BYTES];
        bytes[..at::VERSION].copy_from_slice(&FILE_MAGIC);
        bytes[at::VERSION..at::VERSION + 2].copy_from_slice(&FORMAT_VERSION.to_le_bytes());
        bytes[at::CREATED..at::PRODUCT].copy_from_slice(&self.created_unix_s.to_le_bytes());
        let product = self.product_version.as_bytes();
        let kept = product.len().min(at::CRC - at::PRODUCT);
        bytes[at::PRODUCT..at::PRODUCT + kept].copy_from_slice(&product[..kept]);
        let crc = crc32fast::hash(&bytes[..at::CRC]);
        bytes[at::CRC..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// Reads the head from the file's first bytes; fewer than a head only when the file has no more.
    ///
    /// # Errors
    /// `tape-empty`, `tape-damaged`, `tape-version`, without the file's name.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, CodedError> {
        if bytes.is_empty() {
            return Err(CodedError::new(ErrorCode::TapeEmpty));
        }
        let damaged = |cause| CodedError::new(ErrorCode::TapeDamaged).with("cause", cause);
        if !bytes.starts_with(&FILE_MAGIC) {
            return Err(damaged("it does not begin as one"));
        }
        if bytes.len() < FILE_HEAD_BYTES {
            return Err(damaged("it is cut off in its head"));
        }
        let version = u16::from_le_bytes(array_at(bytes, at::VERSION));
        if version > FORMAT_VERSION {
            let error = CodedError::new(ErrorCode::TapeVersion).with("found", version);
            return Err(error.with("known", FORMAT_VERSION));
        }
        if version == 0 || u32_at(bytes, at::CRC) != crc32fast::hash(&bytes[..at::CRC]) {
            return Err(damaged("the checksum of its head is wrong"));
        }
        let product = &bytes[at::PRODUCT..at::CRC];
        let end = product.iter().position(|byte| *byte == 0).unwrap_or(product.len());
        Ok(FileHead {
            created_unix_s: i64::from_le_bytes(array_at(bytes, at::CREATED)),
            product_version: String::from_utf8_lossy(&product[..end]).into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_and_says_what_is_wrong() {
        let head = FileHead::new(1_700_000_000);
        let bytes = head.to_bytes();
        assert_eq!(FileHead::parse(&bytes), Ok(head));
        let code = |bytes: &[u8]| FileHead::parse(bytes).unwrap_err().code;
        assert_eq!(code(&[]), ErrorCode::TapeEmpty);
        assert_eq!(code(b"PK\x03\x04"), ErrorCode::TapeDamaged);
        assert_eq!(code(&bytes[..47]), ErrorCode::TapeDamaged);
        let mut newer = bytes;
        newer[8] = 9;
        assert_eq!(code(&newer), ErrorCode::TapeVersion);
        for bit in 0..8 * FILE_HEAD_BYTES {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(FileHead::parse(&flipped).is_err(), "bit {bit}");
        }
    }
}

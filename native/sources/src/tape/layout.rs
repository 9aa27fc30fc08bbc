//! The numbers of the format: magics, sizes and the limits that a reader holds every length against. [`super`] has the whole picture.

use crate::ibt::MAX_SESSION_BYTES;

/// How every tape begins. The line end shows a copy that was made as text.
pub const FILE_MAGIC: [u8; 8] = *b"RCTape\r\n";
/// How a tape ends that was finished.
pub const END_MAGIC: [u8; 8] = *b"RCTapEnd";
/// How a block begins.
pub const BLOCK_MAGIC: [u8; 4] = *b"TBLK";
/// How the index begins.
pub const INDEX_MAGIC: [u8; 4] = *b"TIDX";

/// The format that this version writes, and the newest that it reads.
pub const FORMAT_VERSION: u16 = 1;

/// Bytes of the file's head.
pub const FILE_HEAD_BYTES: usize = 48;
/// Bytes of a block's head.
pub const BLOCK_HEAD_BYTES: usize = 88;
/// Bytes of the index around its entries: magic, count and checksum.
pub const INDEX_FRAME_BYTES: usize = 12;
/// Bytes of an index entry: the block's place and its head.
pub const INDEX_ENTRY_BYTES: usize = 8 + BLOCK_HEAD_BYTES;
/// Bytes at the very end: where the index begins, and the magic.
pub const TRAILER_BYTES: usize = 16;

/// A block is closed at this size, so that seeking stays cheap.
pub const BLOCK_TARGET_BYTES: usize = 1 << 20;
/// Largest block before it is packed: a session text of the length that an `.ibt` may have and its tag, which is more than the longest list of variables or a
/// block that was about to be closed and the longest row.
pub const MAX_BLOCK_BYTES: usize = MAX_SESSION_BYTES as usize + 64;
/// Largest block in the file: what zstd makes of noise is a little longer than the noise.
pub const MAX_STORED_BYTES: usize = MAX_BLOCK_BYTES + (1 << 17);
/// No block inflates to more than this many times what it takes in the file. Writers pad: a bomb is refused before it is opened.
pub const MAX_RATIO: usize = 1024;
/// Each record takes at least this much of the file, for the same reason.
pub const MIN_RECORD_BYTES: usize = 2;
/// Most rows of a tape: two years at 60 Hz. What matters is that sums of it do not overflow.
pub const MAX_ROWS: u64 = 1 << 32;
/// Most ticks that a tape covers; doubles count that far.
pub const MAX_INDEX: u64 = 1 << 52;
/// Latest time on a tape, in µs: 140 years.
pub const MAX_TIME_US: u64 = 1 << 52;
/// Fastest tick rate.
pub const MAX_TICK_RATE_HZ: i32 = 1000;

//! Tapes: raw recordings of a live source, `.tape`. Everything that the sim delivered, bit for bit, with the moments it came at: what a
//! bug report, a test or a replay needs. An `.ibt` of the same session is five to six times as large and lacks the live-only variables.
//!
//! ```text
//! head, 48 bytes     "RCTape\r\n", format version (u16), 6 unused, created (i64, s since 1970), product version (20 bytes), CRC-32
//! blocks             head of 88 bytes, then the payload
//!   head             "TBLK", stored bytes, unpacked bytes, CRC-32 of the stored ones, first record's kind, records, rows (all u32),
//!                    rows before (u64), first row's index (u64), first and last tick (i32), first and last time (u64, µs), places of the
//!                    blocks whose schema and session text are in force (u64), CRC-32 of the head
//!   payload          a zstd frame, padded where a limit below asks for it: length of the records (u32), records, rows
//!   records          a tag and numbers of seven bits a byte each, see `record::tag`; a row's ticks and µs count from the row before
//!   rows             folded: differences from the row before, byte planes side by side, see `lanes`
//! index              "TIDX", count (u32), each block's place (u64) and head, CRC-32; only when the recorder finished
//! end                place of the index (u64), "RCTapEnd"
//! ```
//!
//! All numbers are little-endian. Nothing on a tape says who recorded it but the session text, which is the sim's own.
//!
//! - Each block can be unpacked by itself; to be understood it needs the schema that its head points at. A schema and a session text begin a
//!   block, ticks do not run backwards inside one, and a block is closed after a second at most.
//! - A block is written in one piece. Killed, the recorder leaves whole blocks and at worst a torn one: the reader finds the blocks by their heads,
//!   drops what is torn and says how many bytes that was. A machine that loses its power loses what the disk had not kept: about two seconds.
//! - A damaged block is left out and its rows are told as lost; after a damaged head the search goes on byte by byte.
//! - A reader believes nothing before it is checked: heads against their checksum, the file's size and the limits in `layout`; payloads
//!   against theirs before zstd sees them. No block inflates to more than 1,024 times what it takes in the file and no record takes less than two bytes of
//!   it; the writer pads to keep that. So a small file cannot ask for much memory.
//! - A row's index counts ticks since the first row over all resets of the sim's count ([`crate::tick_index`]); the writer finds it and the block keeps
//!   it, so that it is the same after a seek.

mod block;
mod block_builder;
mod block_head;
mod blocks;
mod convert;
mod damage;
mod decoder;
mod encoder;
mod file_head;
mod frame;
mod ibt_part;
mod index;
mod lanes;
mod layout;
mod numbers;
mod parts;
mod queue;
mod raw_decoder;
mod reader;
mod record;
mod recording;
mod scan;
mod source;
mod syncer;
mod window;
mod writer;
mod writer_thread;

pub use convert::{copy_tape, ibt_to_tape, tape_to_ibt};
pub use damage::{TapeDamage, tape_damage};
pub use encoder::TapeEncoder;
pub use file_head::FileHead;
pub use reader::{TapeFacts, TapePlace, TapeReader};
pub use record::{TapeRecord, TapeSchema};
pub(crate) use recording::read_recording;
pub use source::TapeSource;
pub use writer::{TapeHandle, TapeSink, TapeStats, TapeWriter};

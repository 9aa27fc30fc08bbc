//! Damaged tapes: cut at every byte, a bit turned, lengths that lie, noise. Whatever is told of them was on the tape, nothing panics, and
//! what is missing is said.

mod tape_support;

use racing_coach_core::ErrorCode;
use racing_coach_core::error::CodedError;
use racing_coach_sources::tape::{TapePlace, TapeReader, TapeSource};
use std::io::Cursor;
use tape_support::live_like::header;
use tape_support::random_tape::{Random, random_tape};
use tape_support::{Kept, open, rest_of, rounds, rows_of, tape_of};

/// Three connections, five blocks and more, about 2 kB.
fn small_tape() -> (Vec<Kept>, Vec<u8>) {
    let mut records = Vec::new();
    for connection in 0..3 {
        let variables = [header("Speed", 4, 0, 1), header("SessionTick", 2, 4, 1)].concat();
        records.push(Kept::Schema { gt7: false, tick_rate_hz: 60, row_bytes: 8, variables });
        records.push(Kept::Session(
            connection,
            format!("---\nWeekendInfo:\n TrackName: t{connection}\n").into(),
        ));
        for row in 0..90u64 {
            let tick = 1000 * connection + row as i32;
            let bytes = [(row as f32).to_le_bytes(), tick.to_le_bytes()].concat();
            let index = 90 * connection as u64 + row;
            records.push(Kept::Row { tick, time_us: index * 16_667, index, bytes });
        }
        records.push(Kept::Disconnected);
    }
    let bytes = tape_of(&records);
    let kept = rest_of(&mut open(&bytes));
    (kept, bytes)
}

fn read(bytes: &[u8]) -> Result<TapeReader<Cursor<&[u8]>>, CodedError> {
    TapeReader::read(Cursor::new(bytes), "x.tape")
}

/// Every row that comes is one that was there, in order, and what is missing between them is told in number.
fn assert_honest(all: &[Kept], bytes: &[u8], what: &str) -> (u64, u64) {
    let Ok(mut reader) = read(bytes) else { return (0, 0) };
    let (mut next, mut lost, mut told) = (0, 0, 0);
    for record in rest_of(&mut reader) {
        match record {
            Kept::Lost(rows) => {
                lost += rows;
                next += rows as usize;
            }
            Kept::Row { .. } => {
                assert_eq!(Some(&record), all.get(next), "{what}");
                (next, told) = (next + 1, told + 1);
            }
            Kept::Schema { .. } | Kept::Session(..) | Kept::Gap(_) | Kept::Disconnected => {}
        }
    }
    assert_eq!(reader.facts().rows, told + lost, "{what}");
    assert_eq!(reader.damage().unwrap().lost_rows, lost, "{what}: told before it is read");
    (told, lost)
}

#[test]
fn cut_at_every_byte_it_opens_and_keeps_every_whole_block() {
    let (records, bytes) = small_tape();
    let rows = rows_of(&records);
    let mut before = 0;
    for length in 0..bytes.len() {
        let cut = &bytes[..length];
        if length < 48 {
            let wanted = if length == 0 { ErrorCode::TapeEmpty } else { ErrorCode::TapeDamaged };
            assert_eq!(read(cut).unwrap_err().code, wanted, "{length} bytes");
            continue;
        }
        let (told, lost) = assert_honest(&rows, cut, &format!("{length} bytes"));
        assert!(lost == 0 && told >= before, "{length} bytes: {told} rows after {before}");
        let facts = open(cut).facts().clone();
        assert!(!facts.finished && facts.damaged_bytes == 0);
        // What is not dropped reads as a tape of its own.
        let sound = length as u64 - facts.torn_bytes;
        assert_eq!(open(&bytes[..sound as usize]).facts().torn_bytes, 0, "{length} bytes");
        before = told;
    }
    assert_eq!(before, rows.len() as u64);
}

#[test]
fn every_turned_bit_is_found() {
    let (records, bytes) = small_tape();
    let rows = rows_of(&records);
    let whole = bytes.len();
    let end = bytes.windows(4).rposition(|four| four == b"TIDX").unwrap() as u64;
    let step = if rounds(0, 1) == 1 { 1 } else { 5 };
    for bit in (0..8 * whole).step_by(step) {
        let mut turned = bytes.clone();
        turned[bit / 8] ^= 1 << (bit % 8);
        let what = format!("bit {bit}");
        assert_honest(&rows, &turned, &what);
        let Ok(mut reader) = read(&turned) else { continue };
        let seen = rest_of(&mut reader);
        let facts = reader.facts().clone();
        // The index keeps every head a second time, so a turned bit in one of the two costs nothing; all others must be noticed.
        let noticed = !facts.finished || reader.damaged_blocks() > 0;
        assert!(noticed || seen == records, "{what} went unseen");
        if reader.damaged_blocks() == 0
            && facts.damaged_bytes == 0
            && facts.torn_bytes == bytes.len() as u64 - end
        {
            assert_eq!(seen, records, "{what}");
        }
        // Seeking does not trip over it either.
        for row in [0, 100, 200] {
            if reader.seek(TapePlace::Row(row)).unwrap() {
                let next = rows_of(&rest_of(&mut reader));
                assert!(next.iter().all(|row| rows.contains(row)), "{what}");
            }
        }
    }
}

#[test]
fn a_damaged_block_costs_its_own_rows_only() {
    let (records, bytes) = small_tape();
    let mut turned = bytes.clone();
    let block = bytes.windows(4).position(|four| four == b"TBLK").unwrap();
    let blocks: Vec<usize> = (block..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == b"TBLK").collect();
    // The rows of the second connection's text: the head stays, the payload does not.
    turned[blocks[blocks.len() / 4] + 100] ^= 1;
    let (told, lost) = assert_honest(&rows_of(&records), &turned, "payload");
    assert!(lost > 0 && lost < 91 && told + lost == 270, "{told} {lost}");
}

#[test]
fn noise_behind_a_tape_and_inside_it_is_stepped_over_seed_3() {
    let (records, bytes) = small_tape();
    let rows = rows_of(&records);
    let mut random = Random(3);
    for _ in 0..rounds(50, 2000) {
        let length = random.below(5000);
        let noise: Vec<u8> = (0..length).map(|_| b"TBLK\0\x01\xff"[random.below(7) as usize]).collect();
        let at = 48 + random.below(bytes.len() as u64 - 48) as usize;
        let mut mixed = bytes.clone();
        mixed.splice(at..at, noise);
        assert_honest(&rows, &mixed, &format!("{length} bytes at {at}"));
    }
}

#[test]
fn lengths_that_lie_under_a_right_checksum_are_refused() {
    let (records, bytes) = small_tape();
    let rows = rows_of(&records);
    // Past the index every head is read from the file itself.
    let end = bytes.windows(4).rposition(|four| four == b"TIDX").unwrap();
    let bytes = &bytes[..end];
    let heads: Vec<usize> = (0..end - 88).filter(|at| &bytes[*at..at + 4] == b"TBLK").collect();
    for at in heads {
        for field in (4..84).step_by(4) {
            for value in [0, 1, 2, 255, 1 << 20, 1 << 24, i32::MAX as u32, u32::MAX] {
                let mut lying = bytes.to_vec();
                lying[at + field..at + field + 4].copy_from_slice(&value.to_le_bytes());
                let crc = crc32(&lying[at..at + 84]);
                lying[at + 84..at + 88].copy_from_slice(&crc.to_le_bytes());
                let Ok(mut reader) = read(&lying) else { continue };
                for record in rest_of(&mut reader) {
                    let Kept::Row { tick, bytes, .. } = &record else { continue };
                    let same = |row: &Kept| matches!(row, Kept::Row { tick: t, bytes: b, .. } if t == tick && b == bytes);
                    // Times and ticks are the head's; under a right checksum they are what the tape says. The bytes are not.
                    let known = rows.iter().any(same);
                    assert!(known || (28..68).contains(&field), "block at {at}, field {field}, {value}");
                }
            }
        }
    }
}

/// CRC-32 as in gzip, bit by bit.
fn crc32(bytes: &[u8]) -> u32 {
    let fold = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| fold(crc)))
}

#[test]
fn as_a_source_it_says_why_there_is_nothing() {
    let code = |bytes: &[u8]| TapeSource::new(read(bytes).unwrap()).err().map(|error| error.code);
    assert_eq!(code(&tape_of(&[])), Some(ErrorCode::TapeEmpty));
    assert_eq!(code(&tape_of(&[Kept::Disconnected])), Some(ErrorCode::TapeEmpty));
    let (_, bytes) = small_tape();
    assert_eq!(code(&bytes), None);
    let mut ruined = bytes.clone();
    let end = bytes.windows(4).rposition(|four| four == b"TIDX").unwrap();
    let heads: Vec<usize> = (0..end - 88).filter(|at| &bytes[*at..at + 4] == b"TBLK").collect();
    heads.iter().for_each(|at| ruined[at + 90] ^= 1);
    assert_eq!(code(&ruined), Some(ErrorCode::TapeDamaged));
    let packets = Kept::Schema { gt7: true, tick_rate_hz: 60, row_bytes: 4, variables: Vec::new() };
    let row = Kept::Row { tick: 0, time_us: 0, index: 0, bytes: vec![0; 4] };
    assert_eq!(code(&tape_of(&[packets, row.clone()])), Some(ErrorCode::TapeDamaged));
    let lying = header("Speed", 4, 2, 1);
    let schema = Kept::Schema { gt7: false, tick_rate_hz: 60, row_bytes: 4, variables: lying };
    assert_eq!(code(&tape_of(&[schema, row])), Some(ErrorCode::TapeDamaged));
}

#[test]
fn random_damage_to_random_tapes_seed_1() {
    let mut random = Random(1);
    for _ in 0..rounds(200, 20_000) {
        let records = random_tape(random.next(), 60);
        let mut bytes = tape_of(&records);
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len() as u64) as usize;
            match random.below(3) {
                0 => bytes[at] ^= 1 << random.below(8),
                1 => bytes.truncate(at.max(1)),
                _ => drop(bytes.drain(at..(at + random.below(50) as usize).min(bytes.len()))),
            }
        }
        assert_honest(&rows_of(&records), &bytes, "random damage");
    }
}

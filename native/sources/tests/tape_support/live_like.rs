//! An `.ibt` put on a tape as if it had come from the sim's live memory: other variables, another order, other offsets, rows with room behind them, and a
//! tick count of its own.

use racing_coach_sources::ibt::{IbtFile, Variable};
use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::tape::{FileHead, TapeEncoder, TapeRecord, TapeSchema};
use std::path::Path;

/// What the sim writes to disk only.
const DISK_ONLY: [&str; 3] = ["Lat", "Lon", "Alt"];
/// Live tick counts do not begin with the session's.
pub const TICK_AHEAD: i32 = 4711;

/// A variable's header.
pub fn header(name: &str, variable_type: i32, offset: usize, count: usize) -> Vec<u8> {
    let mut head = vec![0; 144];
    head[..4].copy_from_slice(&variable_type.to_le_bytes());
    head[4..8].copy_from_slice(&(offset as i32).to_le_bytes());
    head[8..12].copy_from_slice(&(count as i32).to_le_bytes());
    head[16..16 + name.len()].copy_from_slice(name.as_bytes());
    head
}

/// The tape.
pub fn live_like_tape(path: &Path) -> Vec<u8> {
    let mut file = IbtFile::open(path).unwrap();
    let mut kept: Vec<Variable> = file
        .variables()
        .iter()
        .filter(|variable| !DISK_ONLY.contains(&variable.name.as_str()))
        .cloned()
        .collect();
    kept.reverse();
    // Live only: cars beside, and an array over all cars.
    let mut headers = [header("CarLeftRight", 2, 3, 1), header("CarIdxLapDistPct", 4, 7, 64)].concat();
    let mut at = 7 + 256;
    let mut places = Vec::new();
    for variable in &kept {
        headers.extend(header(&variable.name, variable.variable_type.number(), at, variable.count));
        places.push((variable.clone(), at));
        at += variable.bytes() + 1;
    }
    let row_bytes = at + 100;
    let mut tape = TapeEncoder::new(Vec::new(), &FileHead::new(0)).unwrap();
    let schema = TapeSchema { kind: RawKind::Irsdk, tick_rate_hz: 60, row_bytes, variables: &headers };
    tape.put(&TapeRecord::Schema(schema)).unwrap();
    tape.put(&TapeRecord::Session { update: 1, text: file.session_text() }).unwrap();
    let columns: Vec<Vec<u8>> =
        places.iter().map(|(variable, _)| file.read_raw(&variable.name).unwrap().unwrap()).collect();
    let indices: Vec<u64> = file.samples().unwrap().iter().map(|sample| sample.index).collect();
    let mut row = vec![0; row_bytes];
    row[3] = 1;
    for (place, index) in indices.iter().enumerate() {
        for ((variable, at), column) in places.iter().zip(&columns) {
            let bytes = variable.bytes();
            row[*at..at + bytes].copy_from_slice(&column[place * bytes..(place + 1) * bytes]);
        }
        let (tick, time_us) = (TICK_AHEAD + *index as i32, index * 1_000_000 / 60);
        tape.put(&TapeRecord::Row { tick, time_us, index: 0, bytes: &row }).unwrap();
    }
    tape.finish().unwrap()
}

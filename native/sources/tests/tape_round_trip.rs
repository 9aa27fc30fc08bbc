//! What is put on a tape comes back: every record, bit for bit, with or without an index, from any place on.

mod tape_support;

use racing_coach_sources::tape::TapePlace;
use tape_support::random_tape::{Random, random_tape};
use tape_support::{Kept, assert_same, encoder, open, rest_of, rounds, rows_of, tape_of};

#[test]
fn random_tapes_come_back_seeds_1_and_on() {
    for seed in 1..=u64::from(rounds(60, 3000)) {
        let records = random_tape(seed, 400);
        let bytes = tape_of(&records);
        let mut reader = open(&bytes);
        assert!(reader.facts().finished);
        assert_eq!(reader.facts().rows, rows_of(&records).len() as u64);
        assert_same(&rest_of(&mut reader), &records, &format!("seed {seed}"));
        assert_eq!(reader.damaged_blocks(), 0);
    }
}

#[test]
fn without_an_index_the_blocks_are_found_again_seeds_1_and_on() {
    for seed in 1..=u64::from(rounds(40, 1000)) {
        let records = random_tape(seed, 300);
        let whole = tape_of(&records);
        let mut tape = encoder();
        for record in &records {
            tape.put(&record.record()).unwrap();
        }
        tape.close_block().unwrap();
        let bytes = &whole[..tape.written_bytes() as usize];
        let mut reader = open(bytes);
        assert!(!reader.facts().finished && reader.facts().torn_bytes == 0);
        assert_same(&rest_of(&mut reader), &records, &format!("seed {seed}"));
    }
}

/// Where a row lies among the rows of a linear read.
fn place_of(rows: &[Kept], place: TapePlace) -> Option<usize> {
    rows.iter().enumerate().position(|(number, row)| {
        let Kept::Row { tick, time_us, .. } = row else { return false };
        match place {
            TapePlace::Row(wanted) => number as u64 >= wanted,
            TapePlace::TimeUs(wanted) => *time_us >= wanted,
            TapePlace::Tick(wanted) => *tick >= wanted,
        }
    })
}

/// The records from a row on, and before them what is in force there: the last schema and the last text.
fn from_row(records: &[Kept], row: usize) -> Vec<Kept> {
    let at = records.iter().enumerate().filter(|(_, record)| record.is_row()).nth(row).unwrap().0;
    let last = |is: fn(&Kept) -> bool| records[..at].iter().rev().find(|record| is(record)).cloned();
    let schema = last(|record| matches!(record, Kept::Schema { .. }));
    let session = last(|record| matches!(record, Kept::Session(..)));
    schema.into_iter().chain(session).chain(records[at..].to_vec()).collect()
}

#[test]
fn a_seek_reads_on_as_a_linear_read_does_seeds_1_and_on() {
    for seed in 1..=u64::from(rounds(20, 400)) {
        let records = random_tape(seed, 300);
        let rows = rows_of(&records);
        let bytes = tape_of(&records);
        let mut reader = open(&bytes);
        let mut random = Random(seed);
        for _ in 0..40 {
            let near = &rows[random.below(rows.len() as u64) as usize];
            let Kept::Row { tick, time_us, .. } = near else { unreachable!() };
            let place = match random.below(3) {
                0 => TapePlace::Row(random.below(rows.len() as u64 + 2)),
                1 => TapePlace::TimeUs((time_us + random.below(3)).saturating_sub(1)),
                _ => TapePlace::Tick((tick.saturating_add(random.below(3) as i32)).saturating_sub(1)),
            };
            let found = reader.seek(place).unwrap();
            let wanted = place_of(&rows, place).map_or(Vec::new(), |row| from_row(&records, row));
            assert_eq!(found, !wanted.is_empty(), "seed {seed}, {place:?}");
            assert_same(&rest_of(&mut reader), &wanted, &format!("seed {seed}, {place:?}"));
        }
    }
}

#[test]
fn the_head_says_when_and_with_what_and_nothing_else() {
    let bytes = tape_of(&random_tape(1, 50));
    let facts = open(&bytes).facts().clone();
    assert_eq!(facts.head.created_unix_s, 1_700_000_000);
    assert_eq!(facts.head.product_version, env!("CARGO_PKG_VERSION"));
}

#[test]
fn what_a_tape_cannot_hold_is_refused_and_the_tape_goes_on() {
    let row = |length: usize| Kept::Row { tick: 1, time_us: 5, index: 0, bytes: vec![1; length] };
    let schema = |tick_rate_hz: i32, row_bytes: usize, variables: usize| {
        let variables = vec![0; variables];
        Kept::Schema { gt7: false, tick_rate_hz, row_bytes, variables }
    };
    let mut tape = encoder();
    let mut refused = |record: &Kept| tape.put(&record.record()).is_err();
    assert!(refused(&row(4)), "no schema yet");
    for bad in
        [schema(0, 4, 0), schema(1001, 4, 0), schema(60, 0, 0), schema(60, 2 << 20, 0), schema(60, 4, 143)]
    {
        assert!(refused(&bad), "{bad:?}");
    }
    assert!(!refused(&schema(60, 4, 144)));
    assert!(refused(&row(5)));
    assert!(!refused(&row(4)) && !refused(&row(0)));
    let bytes = tape.finish().unwrap();
    let lengths: Vec<usize> = rows_of(&rest_of(&mut open(&bytes)))
        .iter()
        .map(|row| if let Kept::Row { bytes, .. } = row { bytes.len() } else { 99 })
        .collect();
    assert_eq!(lengths, [4, 0]);
}

#[test]
fn blocks_cover_a_second_and_a_megabyte_at_most_and_stay_within_the_ratio() {
    // A row of a megabyte that never changes: zstd makes nothing of it, the format's limit does.
    let mut records =
        vec![Kept::Schema { gt7: true, tick_rate_hz: 60, row_bytes: 1 << 20, variables: Vec::new() }];
    let row = |tick: i32| Kept::Row {
        tick,
        time_us: tick as u64 * 10,
        index: tick as u64,
        bytes: vec![0; 1 << 20],
    };
    records.extend((0..8).map(row));
    let bytes = tape_of(&records);
    assert!(bytes.len() >= 8 << 10 && bytes.len() < 16 << 10, "{}", bytes.len());
    assert!(rest_of(&mut open(&bytes)) == records);
}

//! What is written is laid out as the real sim's memory, and arrives row by row.

mod support;

use racing_coach_simwriter::feed::{Action, Feed, Schema};
use racing_coach_simwriter::ibt_feed::IbtFeed;
use racing_coach_simwriter::life::{LifeFeed, TakeBank, write};
use racing_coach_simwriter::live_memory::{LiveMemory, MEMORY_BYTES};
use racing_coach_simwriter::map_place::MapPlace;
use racing_coach_simwriter::measuring_reader::{Counts, MeasuringReader};
use racing_coach_simwriter::playback::{PlayOptions, Playback, Played};
use racing_coach_simwriter::row_maker::{RowOptions, find, value_or};
use racing_coach_sources::ibt::{IbtFile, RowLayout, VariableSpec, VariableType};
use racing_coach_sources::live::file_map::{FileMapFinder, FileMapWriter};
use racing_coach_sources::live::layout::header_at;
use racing_coach_sources::live::memory::FindMemory;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use support::{TestMap, quick, variables_of};

#[test]
fn the_memory_is_laid_out_as_the_dump_of_the_sim() {
    let map = TestMap::new("layout");
    let mut memory = LiveMemory::new(Box::new(FileMapWriter::create(&map.0, MEMORY_BYTES).unwrap()));
    let layout = RowLayout::new(&[
        VariableSpec::new("SessionTime", VariableType::Double, "s", "Clock"),
        VariableSpec::new("Lap", VariableType::Int, "", ""),
    ]);
    assert!(memory.begin(&Schema::of(&layout)));
    memory.set_session(b"---\nlong text\n");
    memory.set_session(b"---\n");
    let reader = FileMapFinder::new(&map.0).find().unwrap().expect("there");
    let bytes = reader.bytes();
    let int = |at| bytes.load_i32(at, Ordering::Acquire).unwrap();
    assert_eq!(int(header_at::STATUS), 0, "nobody is connected before the first row");
    for tick in 2003..=2005 {
        memory.publish(tick, &[tick as u8; 12]);
    }
    // Everything but the update count, the variables and the row's length as in `live-memory-w13-monza.bin`.
    let head: Vec<i32> = (0..24).map(|word| int(4 * word)).collect();
    let dump = [
        2, 1, 60, 2, 524_288, 112, 2, 524_400, 3, 12, 0, 0, 2004, 1_114_224, 0, 0, 2005, 1_138_800, 0, 0,
        2003, 1_163_376, 0, 0,
    ];
    assert_eq!(head, dump);
    assert_eq!(bytes.len(), 1_191_936);
    let (mut text, mut name) = ([9; 16], [0; 4]);
    assert!(bytes.copy(112, &mut text) && bytes.copy(524_400 + 144 + 16, &mut name));
    assert_eq!(&text[..5], b"---\n\0");
    assert!(text[5..].iter().all(|byte| *byte == 0), "nothing is left of the longer text");
    assert_eq!(&name, b"Lap\0");
    memory.disconnect();
    assert_eq!(int(header_at::STATUS), 0);
    let too_long = Schema { row_bytes: 24_577, ..Schema::of(&layout) };
    assert!(!memory.begin(&too_long));
}

/// Plays in a thread of its own while the reader reads.
fn play_and_read(map: &Path, options: PlayOptions, mut feed: impl Feed + 'static) -> (Played, Counts) {
    let place = MapPlace::new(Some(map));
    let player = std::thread::spawn(move || Playback::new(place, options).play(&mut feed));
    let mut reader = MeasuringReader::new(Box::new(FileMapFinder::new(map)), quick());
    while !player.is_finished() {
        reader.run(Instant::now() + Duration::from_millis(50)).expect("reads");
    }
    (player.join().expect("no panic").expect("plays"), reader.counts())
}

#[test]
fn a_life_in_lockstep_arrives_whole_seed_2() {
    let map = TestMap::new("life");
    let (scenes, truth) = write(&TakeBank::default(), 2).expect("a life");
    let options = PlayOptions { speed: 1.0, lockstep: true, stamp: true };
    let (played, counts) = play_and_read(&map.0, options, LifeFeed::new(scenes));
    assert_eq!(counts.seen, played.rows);
    assert_eq!((counts.missed, counts.torn, counts.wrong_sums), (0, 0, 0));
    assert_eq!(played.connections, u64::from(truth.connections));
    assert!(counts.connections >= played.connections, "{counts:?}");
}

#[test]
fn a_recording_arrives_as_it_was_recorded() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference-laps/demo-session.ibt");
    let options = RowOptions { full_rate: true, padding: 323, ..RowOptions::default() };
    let mut feed = IbtFeed::open(&file, 12, false, &options).expect("opens");
    let recorded = IbtFile::open(&file).expect("opens").samples().expect("reads");
    let mut row = Vec::new();
    let Some(Action::Schema(schema)) = feed.next(&mut row).expect("begins") else { panic!("no schema") };
    let variables = variables_of(&schema);
    assert!(find(&variables, "Lat").is_none() && find(&variables, "CarIdxLapDistPct").is_some());
    assert!(matches!(feed.next(&mut row), Ok(Some(Action::Session(text))) if text.starts_with(b"---")));
    let mut rows = 0;
    let mut beside = 0;
    while let Some(action) = feed.next(&mut row).expect("plays") {
        let (value, sample) =
            (|name| value_or(find(&variables, name).as_ref(), &row, f64::NAN), &recorded[rows]);
        assert_eq!(action, Action::Row { tick: 600 + sample.index as i32 });
        assert_eq!(value("Speed"), sample.speed_mps, "row {rows}");
        assert_eq!(value("YawRate"), sample.yaw_rate_radps, "row {rows}: the newest of six");
        assert_eq!(value("LapDistPct"), sample.lap_fraction, "row {rows}");
        beside += u32::from(value("CarLeftRight") > 1.0);
        rows += 1;
    }
    assert_eq!(rows, recorded.len());
    assert!(beside > 0, "nobody was ever alongside");
}

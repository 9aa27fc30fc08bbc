//! Tapes with more than one session on them: another car, a sim that counts anew, a layout that grew.

mod tape_support;

use racing_coach_core::ErrorCode;
use racing_coach_core::laps::find_laps;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::convert::convert;
use racing_coach_sources::ibt::IbtFile;
use racing_coach_sources::recording::open_recording;
use racing_coach_sources::session_text;
use racing_coach_sources::source::{Source, SourceStep};
use racing_coach_sources::tape::TapeSource;
use std::fs;
use tape_support::live_like::header;
use tape_support::{Folder, Kept, open, tape_of};

fn text(track: &str, car: &str) -> Kept {
    let info = SessionInfo {
        sim: "iracing".into(),
        track_name: track.into(),
        car_path: car.into(),
        ..SessionInfo::default()
    };
    Kept::Session(1, session_text::build(&info))
}

/// `Speed` and, when asked for, `SessionTick` at its place in a live row.
fn schema(with_tick: bool) -> Kept {
    let mut variables = header("Speed", 4, 1, 1);
    if with_tick {
        variables.extend(header("SessionTick", 2, 5, 1));
    }
    Kept::Schema { gt7: false, tick_rate_hz: 60, row_bytes: 12, variables }
}

/// A row whose speed is its number.
fn row(number: i32, tick: i32, session_tick: i32) -> Kept {
    let bytes =
        [&[0xaa][..], &(number as f32).to_le_bytes(), &session_tick.to_le_bytes(), &[1, 2, 3]].concat();
    Kept::Row { tick, time_us: number as u64 * 16_667, index: 0, bytes }
}

#[test]
fn another_car_becomes_another_ibt_and_never_the_same_recording() {
    let folder = Folder::new("cars");
    let mut records = vec![schema(true), text("okayama", "mx5")];
    records.extend((0..70).map(|number| row(number, 500 + number, number)));
    // A later text of the same session, then another car, then the first again.
    records.push(text("okayama", "mx5"));
    records.extend((70..100).map(|number| row(number, 500 + number, number)));
    records.extend([Kept::Disconnected, schema(true), text("okayama", "gt3")]);
    records.extend((100..150).map(|number| row(number, number, number)));
    records.extend([Kept::Disconnected, schema(true), text("okayama", "mx5")]);
    records.extend((300..310).map(|number| row(number, number, number)));
    let (tape, ibt) = (folder.file("a.tape"), folder.file("out.ibt"));
    fs::write(&tape, tape_of(&records)).unwrap();
    let converted = convert(&tape, &ibt, &mut |_| ()).unwrap();
    let names: Vec<_> =
        converted.files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["out-1.ibt", "out-2.ibt", "out-3.ibt"]);
    assert_eq!(converted.rows, 160);
    let cars: Vec<(String, usize)> = converted
        .files
        .iter()
        .map(|file| IbtFile::open(file).unwrap())
        .map(|file| (file.session().car_path, file.row_count()))
        .collect();
    assert_eq!(cars, [("mx5".into(), 100), ("gt3".into(), 50), ("mx5".into(), 10)]);
    let recording = open_recording(&tape).unwrap();
    assert_eq!((recording.session.car_path.as_str(), recording.samples.len()), ("mx5", 110));
    assert!(recording.samples.iter().all(|sample| !(100.0..150.0).contains(&sample.speed_mps)));
    let gap = recording.samples.windows(2).map(|pair| pair[1].index - pair[0].index).max();
    assert!(gap >= Some(171), "the other car's rows are missing, and a second for each disconnect: {gap:?}");
}

#[test]
fn a_text_that_lost_its_car_changes_nothing() {
    let Kept::Session(_, whole) = text("okayama", "mx5") else { panic!("a text") };
    let lost = String::from_utf8(whole).unwrap().replace("DriverCarIdx: 0", "DriverCarIdx: 5");
    assert!(lost.contains("DriverCarIdx: 5"));
    let lost = Kept::Session(2, lost.into_bytes());
    let steps = steps(&[schema(true), text("okayama", "mx5"), row(0, 1, 0), lost, row(1, 2, 1)]);
    assert_eq!(steps, ["mx5 at 60", "0: 0", "1: 1", "End"]);
}

/// A car that stands through a lost connection: live nothing of its lap goes on, and so it is when the tape is analysed.
#[test]
fn a_lap_does_not_go_on_over_a_disconnect() {
    let folder = Folder::new("away");
    let mut records = vec![schema(true), text("okayama", "mx5")];
    records.extend((0..90).map(|number| row(number, number, 3)));
    records.extend([Kept::Disconnected, schema(true), text("okayama", "mx5")]);
    records.extend((90..180).map(|number| row(number, number, 3)));
    let tape = folder.file("a.tape");
    fs::write(&tape, tape_of(&records)).unwrap();
    let mut samples = open_recording(&tape).unwrap().samples;
    for sample in &mut samples {
        (sample.lap, sample.lap_distance_m, sample.lap_fraction) = (1.0, 500.0, 0.25);
    }
    let parts: Vec<(u32, u64)> = find_laps(&samples, 60.0, None)
        .laps
        .iter()
        .map(|lap| (lap.id.stint, lap.end_sample - lap.start_sample))
        .collect();
    assert_eq!(parts, [(0, 89), (1, 89)]);
}

/// The steps of a tape as text, samples by their speed.
fn steps(records: &[Kept]) -> Vec<String> {
    let bytes = tape_of(records);
    let mut source = TapeSource::new(open(&bytes)).unwrap();
    let mut sample = racing_coach_core::Sample::EMPTY;
    let mut steps = vec![format!("{} at {}", source.session().car_path, source.rate_hz())];
    loop {
        let step = source.next(&mut sample).unwrap();
        steps.push(match step {
            SourceStep::Sample => format!("{}: {}", sample.index, sample.speed_mps),
            SourceStep::Session => format!("session {}", source.session().car_path),
            step => format!("{step:?}"),
        });
        if step == SourceStep::End {
            return steps;
        }
    }
}

#[test]
fn a_source_tells_what_happened_where_it_happened() {
    let records = [
        Kept::Disconnected,
        schema(true),
        text("okayama", "mx5"),
        row(0, 10, 0),
        row(1, 11, 0),
        Kept::Gap(3),
        row(5, 15, 0),
        Kept::Disconnected,
        schema(false),
        text("okayama", "gt3"),
        row(65, 3, 0),
        text("okayama", "gt3"),
        row(66, 4, 0),
        Kept::Disconnected,
    ];
    let wanted = [
        "mx5 at 60",
        "0: 0",
        "1: 1",
        "Gap(3)",
        "5: 5",
        "Disconnected",
        "session gt3",
        "6: 65",
        "7: 66",
        "Disconnected",
        "End",
    ];
    assert_eq!(steps(&records), wanted);
}

#[test]
fn rows_wait_for_the_text_of_their_session_a_second_at_most() {
    let mut records = vec![schema(true), row(0, 10, 0), row(1, 11, 0), text("okayama", "mx5"), row(2, 12, 0)];
    assert_eq!(steps(&records)[..4], ["mx5 at 60", "0: 0", "1: 1", "2: 2"]);
    records.extend([
        Kept::Disconnected,
        schema(true),
        row(3, 1, 0),
        Kept::Gap(1),
        row(5, 3, 0),
        text("okayama", "gt3"),
    ]);
    records.extend([row(6, 4, 0), Kept::Disconnected, schema(true)]);
    records.extend((7..100).map(|number| row(number, number, 0)));
    records.push(text("okayama", "gt4"));
    records.push(row(100, 100, 0));
    let steps = steps(&records);
    let wanted =
        ["Disconnected", "session gt3", "3: 3", "Gap(1)", "5: 5", "6: 6", "Disconnected", "session ", "7: 7"];
    assert_eq!(steps[4..13], wanted);
    assert_eq!(steps[steps.len() - 4..], ["99: 99", "session gt4", "100: 100", "End"]);
}

#[test]
fn gaps_reach_the_ibt_by_ticks_or_by_a_row_of_zeros() {
    let folder = Folder::new("gaps");
    let (tape, ibt) = (folder.file("a.tape"), folder.file("out.ibt"));
    let convert_rows = |records: &[Kept]| {
        fs::write(&tape, tape_of(records)).unwrap();
        let _ = fs::remove_file(&ibt);
        convert(&tape, &ibt, &mut |_| ()).unwrap();
        let samples = IbtFile::open(&ibt).unwrap().samples().unwrap();
        samples.iter().map(|sample| (sample.index, sample.speed_mps)).collect::<Vec<_>>()
    };
    let told = [schema(true), text("a", "b"), row(1, 10, 100), row(2, 11, 101), row(9, 18, 108)];
    assert_eq!(convert_rows(&told), [(0, 1.0), (1, 2.0), (8, 9.0)]);
    // The sim began to count anew: its ticks do not show that half a minute is missing.
    let anew = [
        schema(true),
        text("a", "b"),
        row(1, 10, 100),
        row(2, 11, 101),
        Kept::Disconnected,
        schema(true),
        text("a", "b"),
        row(1802, 7, 3),
        row(1803, 8, 4),
    ];
    assert_eq!(convert_rows(&anew), [(0, 1.0), (1, 2.0), (2, 0.0), (3, 1802.0), (4, 1803.0)]);
    // Without ticks in the rows they are added.
    let without = [schema(false), text("a", "b"), row(1, 10, 0), row(2, 11, 0), row(9, 18, 0)];
    assert_eq!(convert_rows(&without), [(0, 1.0), (1, 2.0), (8, 9.0)]);
}

#[test]
fn what_cannot_be_converted_says_so_and_leaves_no_file() {
    let folder = Folder::new("bad");
    let error = |bytes: &[u8], to: &str| {
        let tape = folder.file("a.tape");
        fs::write(&tape, bytes).unwrap();
        convert(&tape, &folder.file(to), &mut |_| ()).unwrap_err()
    };
    let gt7 = Kept::Schema { gt7: true, tick_rate_hz: 60, row_bytes: 12, variables: Vec::new() };
    for to in ["b.ibt", "b.csv", "b.parquet"] {
        assert_eq!(error(&[], to).code, ErrorCode::TapeEmpty);
        assert_eq!(error(&tape_of(&[schema(true)]), to).code, ErrorCode::TapeEmpty);
        let refused = if to == "b.ibt" { ErrorCode::TapeOtherSim } else { ErrorCode::TapeDamaged };
        assert_eq!(error(&tape_of(&[gt7.clone(), row(1, 1, 1)]), to).code, refused);
        let text = error(b"not a tape at all", to).to_string();
        assert!(text.contains("a.tape: the tape is damaged (it does not begin as one)"), "{text}");
    }
    assert_eq!(error(&tape_of(&[schema(true)]), "b.tape").code, ErrorCode::TapeEmpty);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1, "only the input");
}

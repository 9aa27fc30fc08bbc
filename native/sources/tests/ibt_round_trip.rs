//! What the writer writes the reader reads: types, arrays, versions, counts.

use proptest::prelude::*;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use racing_coach_sources::ibt::{
    IbtFile, IbtSource, IbtSpec, IbtWriter, VariableSpec, VariableType, standard_channels, write_samples,
};
use racing_coach_sources::session_text;
use racing_coach_sources::source::{Source, SourceStep};
use std::io::Cursor;

fn variable(name: &str, variable_type: VariableType, count: u32) -> VariableSpec {
    VariableSpec {
        count,
        count_as_time: count > 1,
        ..VariableSpec::new(name, variable_type, "m/s", "A \u{e9}")
    }
}

fn written(version: i32, variables: Vec<VariableSpec>, rows: &[Vec<f64>]) -> Vec<u8> {
    let spec = IbtSpec {
        version,
        tick_rate_hz: 60,
        variables: variables.clone(),
        session_text: session_text::build(&SessionInfo::default()),
        start_unix_s: 1_700_000_000,
    };
    let mut writer = IbtWriter::new(Cursor::new(Vec::new()), &spec).unwrap();
    for row in rows {
        let mut values = row.iter();
        for (index, variable) in variables.iter().enumerate() {
            for element in 0..variable.count as usize {
                writer.set_element(index, element, *values.next().unwrap());
            }
        }
        writer.end_row().unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read(bytes: Vec<u8>) -> IbtFile<Cursor<Vec<u8>>> {
    IbtFile::read(Cursor::new(bytes), "x.ibt").unwrap()
}

#[test]
fn every_type_unaligned_in_both_versions() {
    use VariableType::{BitField, Bool, Char, Double, Float, Int};
    for version in [1, 2] {
        let types = [("c", Char), ("b", Bool), ("i", Int), ("f", BitField), ("x", Float), ("d", Double)];
        let variables = types.iter().map(|(name, kind)| variable(name, *kind, 1)).collect();
        let row = vec![65.0, 1.0, -7.0, 4_294_967_295.0, 0.25, 1e300];
        let mut file = read(written(version, variables, &[row.clone(), row.clone()]));
        assert_eq!((file.header().version, file.header().row_bytes), (version, 22));
        let last = file.variable("d").unwrap();
        assert_eq!(last.offset, 14, "packed without padding");
        assert_eq!((last.description().as_str(), last.unit().as_str()), ("A \u{e9}", "m/s"));
        assert_eq!(file.header().start_unix_s, 1_700_000_000);
        let names: Vec<&str> = types.iter().map(|(name, _)| *name).collect();
        let columns = file.read_columns(&names).unwrap();
        let values: Vec<f64> =
            columns.iter().map(|column| column.as_ref().unwrap().values.to_f64()[1]).collect();
        assert_eq!(values, row);
    }
}

#[test]
fn a_variable_at_360_hz_gives_its_last_element() {
    let variables = vec![variable("YawRate", VariableType::Float, 6), variable("Lap", VariableType::Int, 1)];
    let row = vec![0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 3.0];
    let mut file = read(written(2, variables, &[row]));
    assert_eq!(file.variable("YawRate").unwrap().count, 6);
    let samples = file.samples().unwrap();
    assert_eq!((samples[0].yaw_rate_radps, samples[0].lap), (0.75, 3.0));
    assert!(samples[0].speed_mps.is_nan());
    assert_eq!(file.read_raw("YawRate").unwrap().unwrap().len(), 24);
    assert!(file.read_raw("Speed").unwrap().is_none());
}

#[test]
fn a_stale_count_and_a_cut_last_row_do_not_matter() {
    let rows: Vec<Vec<f64>> = (0..10).map(|row| vec![f64::from(row)]).collect();
    let mut bytes = written(2, vec![variable("Speed", VariableType::Float, 1)], &rows);
    assert_eq!(read(bytes.clone()).header().recorded_row_count, 10);
    bytes[140..144].copy_from_slice(&3i32.to_le_bytes());
    bytes.truncate(bytes.len() - 2);
    let mut file = read(bytes);
    assert_eq!((file.row_count(), file.header().recorded_row_count), (9, 3));
    assert_eq!(file.samples().unwrap().len(), 9);
}

#[test]
fn ticks_number_the_samples_and_a_stream_reports_the_gap() {
    let ticks = [7.0, 8.0, 9.0, 14.0, 15.0, 3.0, 4.0];
    let rows: Vec<Vec<f64>> = ticks.iter().map(|tick| vec![*tick]).collect();
    let bytes = written(2, vec![variable("SessionTick", VariableType::Int, 1)], &rows);
    let indices: Vec<u64> =
        read(bytes.clone()).samples().unwrap().iter().map(|sample| sample.index).collect();
    assert_eq!(indices, [0, 1, 2, 7, 8, 9, 10], "a count that runs backwards belongs to another session");
    let mut source = IbtSource::new(read(bytes)).unwrap();
    let mut sample = Sample::EMPTY;
    let mut steps = Vec::new();
    loop {
        let step = source.next(&mut sample).unwrap();
        steps.push((step, sample.index));
        if step == SourceStep::End {
            break;
        }
    }
    assert_eq!(steps[2..5], [(SourceStep::Sample, 2), (SourceStep::Gap(4), 2), (SourceStep::Sample, 7)]);
    assert_eq!(steps.len(), 9);
}

#[test]
fn samples_come_back_from_a_file_and_no_part_is_left() {
    let folder = std::env::temp_dir().join(format!("racing-coach-ibt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("out.ibt");
    let samples: Vec<Sample> = (0..300u64)
        .map(|index| {
            let mut sample = Sample { index, ..Sample::EMPTY };
            for (place, channel) in standard_channels().into_iter().enumerate() {
                sample.set(channel, ((index as usize + place) % 2) as f64);
            }
            sample.session_tick = index as f64;
            sample.latitude_deg = 47.123_456_789;
            sample
        })
        .collect();
    let info = SessionInfo { sim: "simcar".into(), track_name: "demo".into(), ..SessionInfo::default() };
    write_samples(&path, session_text::build(&info), 60.0, &samples, &standard_channels()).unwrap();
    let mut file = IbtFile::open(&path).unwrap();
    let back = file.samples().unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!((file.session().sim, file.session().track_name), ("simcar".into(), "demo".into()));
    for channel in standard_channels() {
        let same = samples.iter().zip(&back).all(|(want, got)| want.get(channel) == got.get(channel));
        assert!(same, "{}", channel.name());
    }
    assert!(back[0].get(Channel::CarLeftRight).is_nan());
}

#[test]
fn values_out_of_range_are_kept_in_range() {
    let variables = vec![variable("Lap", VariableType::Int, 1), variable("IsOnTrack", VariableType::Bool, 1)];
    let rows = [vec![1e12, f64::NAN], vec![f64::NAN, -3.0], vec![-2.9, 0.0]];
    let samples = read(written(2, variables, &rows)).samples().unwrap();
    let seen: Vec<_> = samples.iter().map(|sample| (sample.lap, sample.is_on_track)).collect();
    assert_eq!(seen, [(f64::from(i32::MAX), 0.0), (0.0, 1.0), (-2.0, 0.0)]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("RACING_COACH_LONG").is_some() { 2000 } else { 50 },
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn doubles_and_floats_come_back_bit_for_bit_seed_7(rows in prop::collection::vec((any::<f64>(), any::<f32>()), 1..50)) {
        let variables = vec![variable("SessionTime", VariableType::Double, 1), variable("Speed", VariableType::Float, 1)];
        let values: Vec<Vec<f64>> = rows.iter().map(|(double, float)| vec![*double, f64::from(*float)]).collect();
        let samples = read(written(2, variables, &values)).samples().unwrap();
        prop_assert_eq!(samples.len(), rows.len());
        for (sample, (double, float)) in samples.iter().zip(&rows) {
            prop_assert!(sample.session_time_s.to_bits() == double.to_bits() || double.is_nan());
            prop_assert!(sample.speed_mps as f32 == *float || float.is_nan());
        }
    }
}

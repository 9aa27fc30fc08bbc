//! What is encoded comes back, bit for bit; what is damaged is refused.

use proptest::prelude::*;
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, ErrorCode, Sample};
use racing_coach_lapfile::{LapFile, LapFileInput, PADDING_ROWS, decode, encode, rows_around};

fn lap(start_sample: u64, end_sample: u64) -> Lap {
    let (start_row, end_row) = (start_sample as f64 - 0.25, end_sample as f64 + 0.5);
    Lap {
        id: LapId { stint: 2, lap: 5 },
        start_sample,
        end_sample,
        start_row: Some(start_row),
        end_row: Some(end_row),
        official_time_s: Some(1.0),
        own_time_s: Some((end_row - start_row) / 60.0),
        reasons: ReasonSet::EMPTY,
        spoils: Spoils::EMPTY,
    }
}

fn session() -> SessionInfo {
    SessionInfo {
        sim: "iracing".into(),
        track_name: "okayama short".into(),
        track_config: "Kurz \u{fc}".into(),
        car_path: "mx5".into(),
        driver_name: "must not be in the file".into(),
        ..SessionInfo::default()
    }
}

fn drive(rows: u64) -> Vec<Sample> {
    (0..rows)
        .map(|index| Sample {
            index,
            session_time_s: index as f64 / 60.0,
            speed_mps: f64::from(40.0 + (index as f32 / 50.0).sin()),
            gear: (index / 100 % 6) as f64,
            brake: f64::from((index % 7) as f32 / 7.0),
            session_flags: 2_415_919_104.0,
            latitude_deg: 34.91 + index as f64 * 9e-8,
            on_pit_road: 0.0,
            ..Sample::EMPTY
        })
        .collect()
}

fn encoded(samples: &[Sample], lap: &Lap) -> Vec<u8> {
    let session = session();
    encode(&LapFileInput {
        session: &session,
        rate_hz: 60.0,
        length_m: 1929.25,
        lap,
        assisted: None,
        samples,
    })
    .unwrap()
}

#[test]
fn whether_a_lap_was_assisted_comes_back_and_old_files_do_not_tell() {
    let (samples, lap, session) = (drive(4000), lap(100, 3700), session());
    let of = |assisted| {
        let input = LapFileInput {
            session: &session,
            rate_hz: 60.0,
            length_m: 1929.25,
            lap: &lap,
            assisted,
            samples: rows_around(&samples, &lap),
        };
        decode(&encode(&input).unwrap(), "lap.parquet").unwrap().facts.assisted
    };
    assert_eq!([None, Some(true), Some(false)].map(of), [None, Some(true), Some(false)]);
    let facts = String::from_utf8_lossy(&encoded(&samples, &lap)).into_owned();
    assert!(!facts.contains("assisted"));
}

#[test]
fn a_lap_comes_back_with_its_facts() {
    let (samples, lap) = (drive(4000), lap(100, 3700));
    let rows = rows_around(&samples, &lap);
    assert_eq!((rows[0].index, rows.last().unwrap().index), (100 - PADDING_ROWS, 3700 + PADDING_ROWS));
    let bytes = encoded(rows, &lap);
    let file = decode(&bytes, "lap.parquet").unwrap();
    assert_eq!(file.first_row, -(PADDING_ROWS as i64));
    assert_eq!(file.facts.length_m, 1929.25);
    assert_eq!(file.facts.session().car_path, "mx5");
    let back = file.lap();
    assert_eq!((back.start_sample, back.end_sample), (PADDING_ROWS, PADDING_ROWS + 3600));
    assert_eq!(back.start_row, Some(PADDING_ROWS as f64 - 0.25));
    assert_eq!(back.own_time_s, lap.own_time_s);
    assert_eq!((back.id, back.official_time_s), (lap.id, None), "the official time travels beside the file");
    assert_same(rows, &file);
    assert!(file.channels().contains(&Channel::Gear) && !file.channels().contains(&Channel::FuelL));
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("must not be in the file"));
    // 3,661 rows of 44 bytes are 161 kB plain.
    assert!(bytes.len() < 60_000, "{} bytes", bytes.len());
}

fn assert_same(rows: &[Sample], file: &LapFile) {
    assert_eq!(rows.len(), file.samples.len());
    for (row, back) in rows.iter().zip(&file.samples) {
        assert_eq!(row.index - rows[0].index, back.index);
        for channel in Channel::ALL {
            let (want, got) = (row.get(channel), back.get(channel));
            assert!(want.to_bits() == got.to_bits() || (want.is_nan() && got.is_nan()), "{}", channel.name());
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    let (samples, lap) = (drive(500), lap(0, 499));
    assert_eq!(encoded(&samples, &lap), encoded(&samples, &lap));
}

#[test]
fn a_gap_and_a_lap_without_a_beginning_come_back() {
    let mut samples = drive(300);
    samples.drain(100..150);
    let mut lap = lap(0, 299);
    lap.start_row = None;
    let file = decode(&encoded(&samples, &lap), "x").unwrap();
    assert_same(&samples, &file);
    assert_eq!((file.lap().start_row, file.lap().own_time_s), (None, None));
}

#[test]
fn what_is_not_a_lap_file_says_so() {
    let bytes = encoded(&drive(200), &lap(0, 199));
    let code = |bytes: &[u8]| decode(bytes, "a.parquet").unwrap_err().code;
    assert_eq!(code(&[]), ErrorCode::LapfileDamaged);
    assert_eq!(code(b"PAR1PAR1"), ErrorCode::LapfileDamaged);
    for cut in (0..bytes.len()).step_by(97) {
        assert_eq!(code(&bytes[..cut]), ErrorCode::LapfileDamaged, "cut at {cut}");
    }
    let at = bytes.windows(15).position(|window| window == b"format-version\x18").unwrap() + 16;
    let mut newer = bytes.clone();
    newer[at] = b'9';
    let error = decode(&newer, "a.parquet").unwrap_err();
    assert_eq!(error.code, ErrorCode::LapfileVersion);
    assert_eq!(
        error.to_string(),
        "a.parquet: the lap file has format 9; this version reads up to 1. Update Racing Coach."
    );
    let error = decode(b"nonsense", "dir/b.parquet").unwrap_err();
    assert!(error.to_string().starts_with("dir/b.parquet: the lap file is damaged ("), "{error}");
}

#[test]
fn an_empty_or_disordered_lap_is_not_encoded() {
    let (session, lap) = (session(), lap(0, 1));
    let input = |samples| LapFileInput {
        session: &session,
        rate_hz: 60.0,
        length_m: 1.0,
        lap: &lap,
        assisted: None,
        samples,
    };
    assert!(encode(&input(&[])).is_err());
    let mut samples = drive(2);
    samples.swap(0, 1);
    assert!(encode(&input(&samples)).is_err());
}

fn any_sample() -> impl Strategy<Value = (u64, Vec<(usize, f64)>)> {
    let value = prop_oneof![
        any::<f64>(),
        any::<f32>().prop_map(f64::from),
        (-5i32..100).prop_map(f64::from),
        any::<u32>().prop_map(f64::from),
    ];
    (1u64..4, prop::collection::vec((0..Channel::ALL.len(), value), 0..8))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if std::env::var_os("RACING_COACH_LONG").is_some() { 2000 } else { 60 },
        rng_seed: proptest::test_runner::RngSeed::Fixed(11),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_values_come_back_seed_11(steps in prop::collection::vec(any_sample(), 1..40)) {
        let mut samples = Vec::new();
        let mut index = 0;
        for (step, values) in steps {
            let mut sample = Sample { index, ..Sample::EMPTY };
            for (channel, value) in values {
                sample.set(Channel::ALL[channel], value);
            }
            samples.push(sample);
            index += step;
        }
        let file = decode(&encoded(&samples, &lap(0, index)), "x").unwrap();
        assert_same(&samples, &file);
    }
}

//! Real recordings, read from the folder beside the repository. The expected values were read with pyirsdk 1.3.7 and with a hex dump.

use racing_coach_core::{Channel, ErrorCode};
use racing_coach_sources::ibt::{IbtFile, IbtSource, VariableType};
use racing_coach_sources::source::{Source, SourceStep};
use std::path::PathBuf;

fn shared(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

#[test]
fn amg_gt4_at_red_bull_ring() {
    let Some(path) = shared("redbullring-amg-gt4.ibt") else { return };
    let mut file = IbtFile::open(&path).unwrap();
    assert_eq!((file.variables().len(), file.row_count(), file.rate_hz()), (267, 3371, 60.0));
    assert_eq!(file.header().start_unix_s, 1_681_113_045);
    let session = file.session();
    assert_eq!(session.track_name, "spielberg gp");
    assert_eq!((session.track_config.as_str(), session.track_length_m), ("Grand Prix", Some(4280.0)));
    assert_eq!(session.car_path, "mercedesamggt4");
    let samples = file.samples().unwrap();
    assert_eq!(samples.len(), 3371);
    assert_eq!(samples.last().unwrap().index, 3370, "its ticks are contiguous");
    let sample = &samples[1000];
    assert_eq!(sample.session_time_s, 70.84999974568521);
    assert_eq!(sample.session_tick, 4360.0);
    assert_eq!(sample.lap_distance_m, f64::from(412.92056_f32));
    assert_eq!(sample.lap_fraction, f64::from(0.09640111_f32));
    assert_eq!(sample.track_surface, 2.0);
    assert!(sample.car_left_right.is_nan(), "live only");
    assert_eq!(samples[3000].track_surface, 0.0, "off the track from row 2989 to 3190");
}

#[test]
fn parked_w13() {
    let Some(path) = shared("redbullring-w13-parked.ibt") else { return };
    let mut file = IbtFile::open(&path).unwrap();
    assert_eq!((file.variables().len(), file.row_count()), (276, 390));
    let session = file.session();
    assert_eq!(session.car_path, "mercedesw13");
    assert_eq!(session.car_name, "Mercedes-AMG W13 E Performance");
    assert_eq!(session.driver_id, 111_111);
    assert_eq!(session.session_types, ["Offline Testing"]);
    assert_eq!(session.date, "2024-04-01 12:00 pm");
    assert_eq!(session.track_type, "road course");
    let torque = file.variable("SteeringWheelTorque_ST").unwrap().clone();
    assert_eq!((torque.count, torque.count_as_time, torque.variable_type), (6, true, VariableType::Float));
    let raw = file.read_raw("SteeringWheelTorque_ST").unwrap().unwrap();
    assert_eq!(raw.len(), 390 * 24);
    let columns = file.read_columns(&["SteeringWheelTorque_ST", "NoSuchThing", "FuelLevel"]).unwrap();
    let newest = f32::from_le_bytes([raw[20], raw[21], raw[22], raw[23]]);
    assert_eq!(columns[0].as_ref().unwrap().values.to_f64()[0], f64::from(newest));
    assert!(columns[1].is_none());
    assert_eq!(columns[2].as_ref().unwrap().values.len(), 390);
}

#[test]
fn columns_rows_and_stream_agree() {
    let Some(path) = shared("redbullring-amg-gt4.ibt") else { return };
    let mut file = IbtFile::open(&path).unwrap();
    let samples = file.samples().unwrap();
    for channel in file.channels() {
        let column = file.read_columns(&[channel.iracing_name()]).unwrap().remove(0).unwrap();
        let same =
            column.values.to_f64().iter().zip(&samples).all(|(value, sample)| *value == sample.get(channel));
        assert!(same && column.values.len() == samples.len(), "{}", channel.name());
    }
    let mut source = IbtSource::new(file).unwrap();
    let mut sample = racing_coach_core::Sample::EMPTY;
    let mut rows = 0;
    while source.next(&mut sample).unwrap() == SourceStep::Sample {
        assert_eq!(sample.get(Channel::SpeedMps), samples[rows].speed_mps);
        rows += 1;
    }
    assert_eq!(rows, samples.len());
}

#[test]
fn a_dump_of_the_live_memory_is_not_a_recording() {
    let Some(path) = shared("live-memory-w13-monza.bin") else { return };
    let error = IbtFile::open(&path).unwrap_err();
    assert_eq!(error.code, ErrorCode::IbtBadHeader);
    assert!(error.to_string().contains("live memory"), "{error}");
}

//! A real dump of the live memory, read from the folder beside the repository. The expected values were read with a script of their own, by the
//! offsets in the dump's variable headers (`struct.unpack_from` on the file), not with this reader.

use racing_coach_core::coach::{Coach, CoachConfig, Event, Events};
use racing_coach_core::{ErrorCode, Sample, Status};
use racing_coach_sources::live::dump::Dump;
use racing_coach_sources::live::options::LiveOptions;
use racing_coach_sources::live::source::LiveSource;
use racing_coach_sources::source::{Presence, Source, SourceStep};
use serde_json::{Value, json};
use std::path::PathBuf;

fn dump() -> Option<PathBuf> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry/live-memory-w13-monza.bin");
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn the_document_of_a_real_dump() {
    let Some(path) = dump() else { return };
    let document = serde_json::to_value(Dump::open(&path).unwrap().document().unwrap()).unwrap();
    let facts = [
        ("connected", json!(true)),
        ("tickRateHz", json!(60)),
        ("variables", json!(323)),
        ("rows", json!(3)),
        ("rowBytes", json!(8154)),
        ("newestTick", json!(2005)),
        ("sessionUpdate", json!(3)),
        ("track", json!("Autodromo Nazionale Monza")),
        ("car", json!("Mercedes-AMG W13 E Performance")),
    ];
    for (name, value) in facts {
        assert_eq!(document[name], value, "{name}");
    }
    let fast: Vec<&str> =
        document["arrays360Hz"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(fast.len(), 36, "{fast:?}");
    assert!(
        ["VelocityX", "YawRate", "LatAccel", "SteeringWheelTorque_ST"].iter().all(|name| fast.contains(name))
    );
    let sample = &document["sample"];
    let values = [
        ("sessionTimeS", json!(53.149_999_237_058_67)),
        ("sessionTick", json!(3443.0)),
        ("sessionState", json!(4.0)),
        ("sessionFlags", json!(268_435_968.0)),
        ("lap", json!(0.0)),
        ("rpm", json!(300.0)),
        ("brake", json!(1.0)),
        ("brakePedal", json!(0.0)),
        ("trackSurface", json!(-1.0)),
        ("isReplayPlaying", json!(1.0)),
        ("isInGarage", json!(0.0)),
        ("replayFramesToEnd", json!(1.0)),
        ("frameRateHz", json!(149.267_639_160_156_25)),
        ("cpuUsage", json!(0.142_276_465_892_791_75)),
        ("gpuUsage", json!(0.364_400_058_984_756_47)),
        ("trackTempC", json!(30.0)),
        ("trackWetness", json!(1.0)),
        ("velocityXMps", json!(0.0)),
        ("latitudeDeg", Value::Null),
        ("carAheadM", Value::Null),
        ("worldXM", Value::Null),
    ];
    for (name, value) in values {
        assert_eq!(sample[name], value, "{name}");
    }
    let last = |array: &[u8]| f32::from_le_bytes(array[20..24].try_into().unwrap());
    let bytes = std::fs::read(&path).unwrap();
    let shock = &bytes[1_138_800 + 7770..];
    assert_eq!(last(shock), 0.110_481_314, "CFshockDefl of the newest row, by hand");
}

/// The same dump with six different values in an array of 360 Hz: the newest, which stands last, is the sample's.
#[test]
fn arrays_of_360_hz_give_their_newest_value() {
    let Some(path) = dump() else { return };
    let mut bytes = std::fs::read(&path).unwrap();
    // `VelocityX` stands at byte 7198 of the row, which begins at 1138800.
    for element in 0..6_u8 {
        let at = 1_138_800 + 7198 + 4 * usize::from(element);
        bytes[at..at + 4].copy_from_slice(&(40.0 + f32::from(element)).to_le_bytes());
    }
    let document = Dump::of(&bytes, "x").document().unwrap();
    assert_eq!(document.sample.0.velocity_x_mps, 45.0);
}

#[test]
fn as_a_sim_the_dump_is_a_paused_one() {
    let Some(path) = dump() else { return };
    let dump = Dump::open(&path).unwrap();
    let options = LiveOptions { pause_after: std::time::Duration::from_millis(60), ..LiveOptions::default() };
    let mut source = LiveSource::new(Box::new(dump.clone()), options);
    let mut sample = Sample::EMPTY;
    let mut steps = Vec::new();
    while steps.len() < 3 || (source.presence() == Presence::Sending && steps.len() < 50) {
        steps.push(source.next(&mut sample).unwrap());
    }
    let told: Vec<_> = steps.iter().filter(|step| **step != SourceStep::Idle).collect();
    assert_eq!(told, [&SourceStep::Session, &SourceStep::Sample]);
    assert_eq!(source.session().track_name, "monza full");
    assert_eq!(source.session().track_length_m, Some(5750.0));
    assert_eq!((sample.index, source.counts().seen, source.presence()), (0, 1, Presence::Paused));
    let mut expected = dump.document().unwrap().sample.0;
    // `NaN` is not itself.
    for channel in racing_coach_core::Channel::ALL {
        if expected.get(channel).is_nan() {
            assert!(sample.get(channel).is_nan(), "{}", channel.name());
            sample.set(channel, 0.0);
            expected.set(channel, 0.0);
        }
    }
    assert_eq!(sample, expected);
}

#[test]
fn what_is_not_a_dump_says_so() {
    let error = Dump::of(b"Speed,Lap\n", "my lap.csv").document().unwrap_err();
    assert_eq!(error.code, ErrorCode::SimMemoryBad);
    assert_eq!(
        error.to_string(),
        "my lap.csv: this is not the memory of a sim (it has 10 bytes, no header)."
    );
    let error = Dump::open(&PathBuf::from("/no/such/file")).unwrap_err();
    assert_eq!(error.code, ErrorCode::FileNotFound);
    let recording = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/telemetry/redbullring-w13-parked.ibt");
    if recording.exists() {
        let error = Dump::open(&recording).unwrap().document().unwrap_err();
        assert!(error.to_string().contains("it says 1 row buffers"), "{error}");
    }
}

#[test]
fn cars_tyres_and_drivers_of_a_real_dump() {
    use racing_coach_core::board::{CarState, CarStates};
    let Some(path) = dump() else { return };
    let mut source = LiveSource::new(Box::new(Dump::open(&path).unwrap()), LiveOptions::default());
    let mut sample = Sample::EMPTY;
    while source.next(&mut sample).unwrap() != SourceStep::Sample {}
    let mut states = CarStates::NOBODY;
    assert!(source.cars(&mut states));
    // In the menus: the own car is known and in no world, and nobody else is there.
    assert_eq!(states.own, Some(0));
    assert!(
        states.cars.iter().all(|car| !car.is_there() && car.track_surface == CarState::ABSENT.track_surface)
    );
    let tyres = source.tyres().expect("tyres");
    assert!(tyres.iter().all(|tyre| tyre.wear == [1.0; 3] && tyre.cold_pressure_kpa > 100.0), "{tyres:?}");
    let [driver] = source.session().field.cars() else { panic!("one driver") };
    assert_eq!((driver.index, driver.number.as_str()), (0, "64"));
    assert_eq!((driver.class_colour, driver.class_lap_s), (Some(0xff_ff_ff), 84.5946));
}

/// The dump's sim stands in its menus, with rows of zeros: that is what the driver reads, and nobody was moved.
#[test]
fn a_driver_in_the_menus_reads_so() {
    let Some(path) = dump() else { return };
    let row = Dump::open(&path).unwrap().document().unwrap().sample.0;
    assert!(row.is_reset_row());
    for learn in [true, false] {
        let mut coach = Coach::new(CoachConfig { learn, ..CoachConfig::new(60.0) }, None);
        let mut events = Events::new();
        for index in 0..120 {
            coach.step(&Sample { index, ..row }, &mut events);
        }
        let said: Vec<&Event> = events.iter().collect();
        assert!(matches!(said[..], [Event::Status(event)] if event.status == Status::InMenus), "{said:?}");
    }
}

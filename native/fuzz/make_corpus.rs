//! Writes the corpus: small files of our own, whole, cut and lying. `cargo run --example make_corpus` in this folder.

use flate2::Compression;
use flate2::write::GzEncoder;
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Channel, Sample};
use racing_coach_lapfile::{LapFileInput, encode};
use racing_coach_sources::gt7::layout::{PacketKind, flag};
use racing_coach_sources::gt7::packet_bytes::PacketSpec;
use racing_coach_sources::gt7::{Gt7Decoder, Line, line_file};
use racing_coach_sources::ibt::{IbtSpec, IbtWriter, VariableSpec, VariableType, channel_variable};
use racing_coach_sources::live::held_memory::HeldMemory;
use racing_coach_sources::live::image::{MapImage, RowWriter, set_connected};
use racing_coach_sources::live::layout::header_at;
use racing_coach_sources::live::raw::RawKind;
use racing_coach_sources::tape::{FileHead, TapeEncoder, TapeRecord, TapeSchema};
use racing_coach_sources::{csv, session_text};
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

fn main() {
    ibt_files();
    session_texts();
    csv_files();
    lap_files();
    gt7_files();
    live_maps();
    tapes();
}

fn save(target: &str, name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder).expect("the corpus folder can be made");
    fs::write(folder.join(name), bytes).expect("the corpus can be written");
}

fn info() -> SessionInfo {
    SessionInfo {
        track_name: "demo".into(),
        track_length_m: Some(300.0),
        car_path: "demo gt".into(),
        driver_name: "Anna: \"A\" \u{e9}".into(),
        session_types: vec!["Race".into()],
        ..SessionInfo::default()
    }
}

/// Two short laps of 300 m.
fn samples() -> Vec<Sample> {
    let at = |index: u64| {
        let way_m = 250.0 + index as f64 * 4.0;
        Sample {
            index,
            session_time_s: index as f64 / 10.0,
            session_tick: index as f64,
            lap: (way_m / 300.0).floor(),
            lap_distance_m: way_m % 300.0,
            lap_fraction: way_m % 300.0 / 300.0,
            speed_mps: 40.0,
            gear: 3.0,
            brake: if index % 30 < 5 { 0.5 } else { 0.0 },
            throttle: 0.75,
            track_surface: 3.0,
            lap_last_time_s: -1.0,
            ..Sample::EMPTY
        }
    };
    (0..160).map(at).collect()
}

fn ibt(version: i32, variables: Vec<VariableSpec>, text: Vec<u8>, rows: &[Vec<f64>]) -> Vec<u8> {
    let spec = IbtSpec { version, tick_rate_hz: 10, variables, session_text: text, start_unix_s: 0 };
    let mut writer = IbtWriter::new(Cursor::new(Vec::new()), &spec).expect("memory can be written");
    for row in rows {
        for (index, value) in row.iter().enumerate() {
            writer.set(index, *value);
        }
        writer.end_row().expect("memory can be written");
    }
    writer.finish().expect("memory can be written").into_inner()
}

fn ibt_files() {
    let channels = [
        Channel::SessionTimeS,
        Channel::SessionTick,
        Channel::Lap,
        Channel::LapDistanceM,
        Channel::LapFraction,
        Channel::SpeedMps,
        Channel::Brake,
        Channel::TrackSurface,
        Channel::OnPitRoad,
        Channel::SessionFlags,
    ];
    let rows: Vec<Vec<f64>> = samples()
        .iter()
        .map(|sample| channels.iter().map(|channel| sample.get(*channel)).collect())
        .collect();
    let variables: Vec<_> = channels.iter().map(|channel| channel_variable(*channel)).collect();
    let whole = ibt(2, variables.clone(), session_text::build(&info()), &rows);
    save("ibt", "laps.ibt", &whole);
    save("ibt", "cut-in-session-text.ibt", &whole[..144 + 144 * channels.len() + 40]);
    save("ibt", "cut-in-header.ibt", &whole[..90]);
    let mut lying = whole;
    lying[24..28].copy_from_slice(&i32::MAX.to_le_bytes());
    save("ibt", "lying-count.ibt", &lying[..600]);
    let mut fast = VariableSpec::new("YawRate", VariableType::Float, "rad/s", "");
    (fast.count, fast.count_as_time) = (6, true);
    let types = [fast, VariableSpec::new("Note", VariableType::Char, "", "")];
    save(
        "ibt",
        "version-1-arrays.ibt",
        &ibt(1, types.to_vec(), Vec::new(), &[vec![1.0, 65.0], vec![2.0, 66.0]]),
    );
}

fn session_texts() {
    save("session_text", "built.yaml", &session_text::build(&info()));
    let odd: &[u8] = b"---\nWeekendInfo:\n TrackName: okayama\n TrackLength: 1.93 km\n WeekendOptions:\n  Date: 2024-04-01\n\
DriverInfo:\n DriverCarIdx: 1\n Drivers:\n - CarIdx: 0\n   UserName: Max: the \"Man\"\\\n - CarIdx: 1\n   UserName: *@%?-,\x81\tx\n\
and more: text\n   CarPath: mx5\nSessionInfo:\n Sessions:\n - SessionNum: 0\n   SessionType: Race\n...\n";
    save("session_text", "odd-names.yaml", odd);
    save(
        "session_text",
        "yaml-tricks.yaml",
        b"A:\n x: &a [1]\n y: *a\nB:\n - - - - z\n- {a: b}\n ? k\n : v\n |\n  t\n",
    );
}

fn csv_files() {
    let mut own = Vec::new();
    let channels = [Channel::Lap, Channel::LapDistanceM, Channel::SpeedMps, Channel::Brake];
    csv::write(&mut own, &info(), 10.0, &samples()[..60], &channels, |_| ()).expect("memory can be written");
    save("csv", "own.csv", &own);
    let mut garage =
        String::from("Speed,LapDistPct,Lat,Lon,Brake,Throttle,Gear,ABSActive,YawRate,PositionType\n");
    for row in 0..60 {
        garage += &format!("50,{},45.1,9.2,0.5,0,3,false,0.01,3\n", (f64::from(row) + 0.5) / 60.0);
    }
    save("csv", "garage61.csv", garage.as_bytes());
    let wall = wall_clock();
    save("csv", "wall-clock.csv", wall.as_bytes());
    let mut zipped = GzEncoder::new(Vec::new(), Compression::default());
    zipped.write_all(wall.as_bytes()).expect("memory can be written");
    save("csv", "wall-clock.csv.gz", &zipped.finish().expect("memory can be written"));
}

fn wall_clock() -> String {
    let mut text = String::from(
        "_time,CarModel,CurrentLap,GameName,TrackCode,CurrentLapIsValid,CurrentLapTime,DistanceRoundTrack,LapTimePrevious,SpeedMs\n",
    );
    for row in 0..80 {
        let (way_m, lap) = (250.0 + f64::from(row) * 1.5, 1 + i32::from(row > 33));
        let seconds = f64::from(row) / 30.0;
        text += &format!(
            "2024-01-01 10:00:{seconds:09.6}+00:00,\"Car, red\",{lap},iRacing,demo,True,{seconds:.4},{},-1.0,45.0\n",
            way_m % 300.0
        );
    }
    text
}

fn lap_files() {
    let samples = samples();
    let lap = Lap {
        id: LapId { stint: 0, lap: 1 },
        start_sample: 13,
        end_sample: 87,
        start_row: Some(12.5),
        end_row: Some(87.5),
        official_time_s: None,
        own_time_s: Some(7.5),
        reasons: ReasonSet::EMPTY,
        spoils: Spoils::EMPTY,
    };
    let session = info();
    let input = LapFileInput {
        session: &session,
        rate_hz: 10.0,
        length_m: 300.0,
        lap: &lap,
        assisted: None,
        samples: &samples[..100],
    };
    let bytes = encode(&input).expect("the lap can be encoded");
    save("lap_file", "lap.parquet", &bytes);
    save("lap_file", "cut.parquet", &bytes[..bytes.len() / 2]);
}

/// Round a ring of 35 m radius, 2 m a row: two laps and a half, one of which teaches a line.
fn gt7_ring(kind: PacketKind) -> Vec<PacketSpec> {
    let packet = |row: i32| {
        let way_m = f64::from(row) * 2.0;
        let angle_rad = way_m / 35.0;
        let (x, y) = (35.0 * angle_rad.cos(), 35.0 * angle_rad.sin());
        PacketSpec {
            position_m: [x, y, 1.0],
            velocity_mps: [-120.0 * y / 35.0, 120.0 * x / 35.0, 0.0],
            heading_rad: Some(angle_rad + std::f64::consts::FRAC_PI_2),
            speed_mps: 120.0,
            ..PacketSpec::standing(kind, 100 + row, (way_m / (35.0 * std::f64::consts::TAU)) as i16)
        }
    };
    (0..275).map(packet).collect()
}

/// Packets as the target takes them.
fn gt7_bytes(packets: &[PacketSpec]) -> Vec<u8> {
    let one = |packet: &PacketSpec| {
        let kind = PacketKind::ALL.iter().position(|kind| *kind == packet.kind).expect("one of all") as u8;
        [vec![kind], packet.plain()].concat()
    };
    packets.iter().flat_map(one).collect()
}

fn gt7_files() {
    let ring = gt7_ring(PacketKind::A);
    save("gt7_packet", "laps.bin", &gt7_bytes(&ring));
    let mut mixed: Vec<PacketSpec> =
        PacketKind::ALL.iter().flat_map(|kind| gt7_ring(*kind)[..8].to_vec()).collect();
    mixed.push(PacketSpec::menu(PacketKind::B, 400));
    mixed.push(PacketSpec {
        flags: flag::ON_TRACK | flag::PAUSED,
        ..PacketSpec::standing(PacketKind::C, 401, 1)
    });
    mixed.push(PacketSpec { position_m: [f64::NAN; 3], ..PacketSpec::standing(PacketKind::Tilde, 402, 1) });
    mixed.push(PacketSpec::standing(PacketKind::A, -7, 1));
    save("gt7_packet", "kinds-menu-pause.bin", &gt7_bytes(&mixed));
    save("gt7_packet", "sealed.bin", &[vec![0], ring[0].sealed(5)].concat());
    let mut decoder = Gt7Decoder::new(Vec::new());
    for packet in &ring {
        decoder.row(&packet.plain());
        while decoder.next(&mut Sample::EMPTY.clone()).is_some() {}
    }
    let json = decoder.take_learned_line().expect("two laps teach a line");
    save("gt7_line", "ring.line", json.as_bytes());
    let line = line_file::from_json("ring", &json).expect("it can be read");
    let named = Line::new(&line.id, "Ring \u{e9} \"1\"", line.points()).expect("it is a line");
    save("gt7_line", "named-cut.line", &line_file::to_json(&named).as_bytes()[..1000]);
}

/// A live memory of a few variables, with cars and an array of 360 Hz, and three rows.
fn live_maps() {
    let list = |name: &str, variable_type, count| VariableSpec {
        count,
        ..VariableSpec::new(name, variable_type, "", "")
    };
    let mut fast = list("YawRate", VariableType::Float, 6);
    fast.count_as_time = true;
    let variables = [
        VariableSpec::new("SessionUniqueID", VariableType::Int, "", ""),
        channel_variable(Channel::SessionTimeS),
        channel_variable(Channel::LapFraction),
        channel_variable(Channel::LapDistanceM),
        channel_variable(Channel::TrackSurface),
        VariableSpec::new("PlayerCarIdx", VariableType::Int, "", ""),
        list("CarIdxLapDistPct", VariableType::Float, 4),
        list("CarIdxTrackSurface", VariableType::Int, 4),
        list("CarIdxOnPitRoad", VariableType::Bool, 4),
        fast,
    ];
    let image = MapImage::small(60, &variables, 1024);
    let memory = HeldMemory::new(image.bytes());
    let bytes = memory.bytes();
    let mut writer = RowWriter::new();
    let row: Vec<u8> = (0..image.row_bytes()).map(|at| if at % 4 == 3 { 0x3e } else { 0 }).collect();
    let rows = |writer: &mut RowWriter| (41..44).all(|tick| writer.put(&bytes, &image, tick, &row));
    let text = session_text::build(&info());
    let whole = image.write_head(&bytes)
        && image.write_session(&bytes, &text)
        && rows(&mut writer)
        && set_connected(&bytes, true);
    let mut file = vec![0; image.bytes()];
    assert!(whole && bytes.copy(0, &mut file));
    save("live_map", "connected.bin", &file);
    save("live_map", "cut-in-rows.bin", &file[..file.len() - 100]);
    let mut lying = file.clone();
    lying[header_at::ROW_BYTES..header_at::ROW_BYTES + 4].copy_from_slice(&i32::MAX.to_le_bytes());
    save("live_map", "lying-row.bin", &lying);
    let mut anew = file;
    for buffer in 0..3 {
        anew[header_at::tick(buffer)..header_at::tick(buffer) + 4]
            .copy_from_slice(&(i32::MAX - 2 + buffer as i32).to_le_bytes());
    }
    save("live_map", "ticks-at-their-end.bin", &anew);
}

/// Two connections with rows, a gap and a text that changes; whole, killed, and torn.
fn tapes() {
    let head = FileHead { created_unix_s: 1_700_000_000, product_version: "0.1.0".to_owned() };
    let mut tape = TapeEncoder::new(Vec::new(), &head).expect("memory can be written");
    let mut put = |record: TapeRecord<'_>| tape.put(&record).expect("memory can be written");
    let variables =
        [variable("Speed", 4, 0, 1), variable("YawRate", 4, 4, 6), variable("SessionTick", 2, 29, 1)];
    let variables = variables.concat();
    let schema = |kind, variables| TapeSchema { kind, tick_rate_hz: 60, row_bytes: 33, variables };
    for connection in 0..2 {
        put(TapeRecord::Schema(schema(RawKind::Irsdk, &variables)));
        put(TapeRecord::Session { update: connection, text: &session_text::build(&info()) });
        for row in 0..80u8 {
            let (tick, mut bytes) = (i32::from(row) + 1000 * connection, [row; 33]);
            bytes[29..].copy_from_slice(&tick.to_le_bytes());
            put(TapeRecord::Row { tick, time_us: u64::from(row) * 16_667, index: 0, bytes: &bytes });
        }
        put(TapeRecord::Gap { ticks: 5 });
        put(TapeRecord::Disconnected);
    }
    put(TapeRecord::Schema(schema(RawKind::Gt7, &[])));
    put(TapeRecord::Row { tick: 1, time_us: 9_000_000, index: 0, bytes: &[9; 12] });
    let whole = tape.finish().expect("memory can be written");
    let index_at = whole.windows(4).rposition(|four| four == b"TIDX").expect("there is an index");
    save("tape", "whole.tape", &whole);
    save("tape", "killed.tape", &whole[..index_at]);
    save("tape", "torn.tape", &whole[..index_at - 40]);
}

fn variable(name: &str, variable_type: u8, offset: u8, count: u8) -> Vec<u8> {
    let mut head = vec![0; 144];
    (head[0], head[4], head[8]) = (variable_type, offset, count);
    head[16..16 + name.len()].copy_from_slice(name.as_bytes());
    head
}

//! Tests of making samples.

use super::*;
use crate::gt7::packet_bytes::PacketSpec;

fn packet(spec: PacketSpec) -> Packet {
    Packet::parse(&spec.plain()).unwrap()
}

fn nowhere() -> Placed {
    Placed { foot: None, lap: Some(2), last_lap_ms: Some(81_500), changed: false }
}

#[test]
fn a_menu_a_parked_car_and_a_replay_are_not_driven_and_only_the_replay_is_one() {
    let replay = PacketSpec { flags: 0, speed_mps: 40.0, ..PacketSpec::standing(PacketKind::A, 1, 1) };
    let cases = [
        (PacketSpec::menu(PacketKind::A, 1), 0.0),
        (PacketSpec { speed_mps: 0.0, ..replay }, 0.0),
        (PacketSpec { flags: flag::LOADING, ..replay }, 0.0),
        (replay, 1.0),
    ];
    for (spec, playing) in cases {
        let packet = packet(spec);
        assert!(!packet.is_driven());
        let sample = not_driven(&packet, 7);
        assert_eq!((sample.index, sample.is_on_track, sample.is_replay_playing), (7, 0.0, playing));
        assert!(sample.lap.is_nan() && sample.lap_distance_m.is_nan() && !sample.is_reset_row());
    }
}

#[test]
fn times_are_told_when_there_are_any_and_a_race_ends() {
    let race = PacketSpec { laps_in_race: 3, ..PacketSpec::standing(PacketKind::C, 1, 3) };
    let sample = driven(&packet(race), 0, &nowhere(), f64::NAN);
    assert_eq!((sample.lap, sample.lap_last_time_s, sample.session_state), (2.0, 81.5, RACING));
    assert!(sample.lap_best_time_s.is_nan() && sample.lap_distance_m.is_nan());
    let over = PacketSpec { lap: 4, ..race };
    assert_eq!(driven(&packet(over), 0, &nowhere(), f64::NAN).session_state, COOL_DOWN);
    let practice = PacketSpec { laps_in_race: 0, ..over };
    assert_eq!(driven(&packet(practice), 0, &nowhere(), f64::NAN).session_state, RACING);
}

#[test]
fn a_turn_to_the_left_is_positive_in_everything() {
    let before = PacketSpec {
        velocity_mps: [30.0, 0.0, 0.0],
        speed_mps: 30.0,
        yaw_rate_radps: 0.3,
        steering_rad: 0.8,
        ..PacketSpec::standing(PacketKind::C, 1, 1)
    };
    let after = packet(PacketSpec { velocity_mps: [29.99, 0.15, 0.0], ..before });
    let sample = driven(&after, 1, &nowhere(), f64::NAN);
    assert!(sample.yaw_rate_radps > 0.29 && sample.steering_rad > 0.79 && sample.velocity_y_mps > 0.14);
    assert!((lateral_accel_mps2(before.velocity_mps, &after) - 9.0).abs() < 0.01);
}

#[test]
fn off_the_track_is_known_on_tarmac_only_and_from_packet_c_only() {
    let on = |kind, surface: &[u8; 4]| {
        packet(PacketSpec { surface: *surface, ..PacketSpec::standing(kind, 1, 1) })
    };
    let mut road = Surface::default();
    assert!(road.step(&on(PacketKind::Tilde, b"TTTT")).is_nan());
    for _ in 0..100 {
        assert_eq!(road.step(&on(PacketKind::C, b"TTTC")), 3.0);
    }
    assert_eq!(
        [b"DDDD", b"DTDD", b"CDDD"].map(|surface| road.step(&on(PacketKind::C, surface))),
        [0.0, 3.0, 3.0]
    );
    assert!(road.step(&on(PacketKind::C, &[0; 4])).is_nan());
    let mut stage = Surface::default();
    assert!((0..100).all(|_| stage.step(&on(PacketKind::C, b"DDDD")).is_nan()));
}

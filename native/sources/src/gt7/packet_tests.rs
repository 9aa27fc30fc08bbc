//! Tests of reading packets.

use super::*;
use crate::gt7::cipher::decrypt;
use crate::gt7::packet_bytes::PacketSpec;
use proptest::prelude::*;

fn driven(kind: PacketKind) -> PacketSpec {
    PacketSpec {
        position_m: [10.0, -20.0, 3.0],
        velocity_mps: [0.0, 30.0, -1.0],
        heading_rad: Some(std::f64::consts::FRAC_PI_2),
        yaw_rate_radps: 0.25,
        speed_mps: 30.0,
        throttle: 1.0,
        brake: 0.2,
        steering_rad: 0.5,
        last_lap_ms: 80_123,
        ..PacketSpec::standing(kind, 77, 3)
    }
}

#[test]
fn a_packet_reads_back_in_our_units_and_frame() {
    for kind in PacketKind::ALL {
        let packet = Packet::parse(&driven(kind).plain()).unwrap();
        assert_eq!((packet.kind, packet.id, packet.lap, packet.gear), (kind, 77, Some(3), 1));
        assert_eq!((packet.last_lap_ms, packet.best_lap_ms), (Some(80_123), None));
        assert_eq!((packet.position_m, packet.velocity_mps), ([10.0, -20.0, 3.0], [0.0, 30.0, -1.0]));
        let attitude = packet.attitude.unwrap();
        let near = |a: Vector, b: Vector| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(near(attitude.forward, [0.0, 1.0, 0.0]) && near(attitude.left, [-1.0, 0.0, 0.0]));
        assert!((packet.angular_velocity_radps[2] - 0.25).abs() < 1e-6);
        assert_eq!(packet.throttle, 1.0);
        assert_eq!(packet.steering_rad.is_nan(), kind == PacketKind::A);
        assert_eq!(packet.throttle_pedal.is_nan(), kind < PacketKind::Tilde);
        assert_eq!(packet.surface, (kind == PacketKind::C).then_some(*b"TTTT"));
        assert!(packet.is_driven());
    }
}

#[test]
fn a_menu_is_a_packet_without_a_car() {
    let packet = Packet::parse(&PacketSpec::menu(PacketKind::A, 5).plain()).unwrap();
    assert_eq!((packet.lap, packet.attitude, packet.car_code), (None, None, None));
    assert!(!packet.is_driven() && packet.fuel_l.is_nan());
}

#[test]
fn motion_that_is_no_cars_makes_the_packet_unusable_and_anything_else_is_missing() {
    let with = |at: usize, value: f32| {
        let mut plain = driven(PacketKind::C).plain();
        plain[at..at + 4].copy_from_slice(&value.to_le_bytes());
        Packet::parse(&plain)
    };
    for at in [at::POSITION, at::VELOCITY + 4, at::ANGULAR_VELOCITY + 8, at::SPEED] {
        for value in [f32::NAN, f32::INFINITY, f32::MIN, 1e30] {
            assert!(with(at, value).is_none(), "{at:#x} {value}");
        }
    }
    assert!(with(at::SPEED, -1.0).is_none());
    assert!(with(at::RPM, f32::NAN).unwrap().rpm.is_nan());
    assert!(with(at::FUEL, 1e9).unwrap().fuel_l.is_nan());
    assert!(with(at::FUEL_CAPACITY, 0.0).unwrap().fuel_l.is_nan());
    assert!(with(at::STEERING, f32::INFINITY).unwrap().steering_rad.is_nan());
    assert!(with(at::ROTATION, 0.9).unwrap().attitude.is_none());
    assert_eq!(with(at::CAR_CODE, 0.773).unwrap().car_code, None, "a gear's ratio");
    assert!(with(at::MAGIC, 0.0).is_none());
    assert!(Packet::parse(&driven(PacketKind::A).plain()[..295]).is_none());
}

#[test]
fn reverse_and_neutral() {
    assert_eq!([0xF0, 0xFF, 0x51, 0x0E].map(gear), [-1, 0, 1, 14]);
}

proptest! {
    /// What is sealed, opened and read again is what it was, to the precision of a packet.
    #[test]
    fn a_packet_survives_the_way(
        kind in 0..4usize,
        id in any::<i32>(),
        lap in 0..i16::MAX,
        position in prop::array::uniform3(-5000.0..5000.0f64),
        heading_rad in -3.1..3.1f64,
        speed_mps in 0.0..120.0f64,
        brake in 0.0..1.0f64,
        gear in -1..9i8,
        seed in any::<u32>(),
    ) {
        let kind = PacketKind::ALL[kind];
        let spec = PacketSpec {
            position_m: position,
            heading_rad: Some(heading_rad),
            speed_mps,
            brake,
            gear,
            ..PacketSpec::standing(kind, id, lap)
        };
        let mut bytes = spec.sealed(seed);
        prop_assert_eq!(decrypt(&mut bytes), Some(kind));
        let packet = Packet::parse(&bytes).unwrap();
        prop_assert_eq!((packet.id, packet.lap, packet.gear), (id, Some(lap), gear));
        for (read, sent) in packet.position_m.iter().zip(position) {
            prop_assert!((read - sent).abs() < 1e-3);
        }
        let forward = packet.attitude.unwrap().forward;
        let turned = libm::atan2(forward[1], forward[0]) - heading_rad;
        prop_assert!(libm::sin(turned).abs() < 1e-5 && libm::cos(turned) > 0.0);
        prop_assert!((packet.speed_mps - speed_mps).abs() < 1e-4 && (packet.brake - brake).abs() < 0.002);
    }

    /// Whatever the bytes are, nothing that is read is beyond what a car can do.
    #[test]
    fn hostile_bytes_are_no_packet_or_a_sane_one(kind in 0..4usize, mut bytes in prop::collection::vec(any::<u8>(), 368)) {
        bytes.truncate(PacketKind::ALL[kind].bytes());
        bytes[..4].copy_from_slice(&MAGIC.to_le_bytes());
        if let Some(packet) = Packet::parse(&bytes) {
            prop_assert!(packet.position_m.iter().all(|value| value.abs() <= FURTHEST_M));
            prop_assert!(packet.velocity_mps.iter().all(|value| value.abs() <= FASTEST_MPS));
            prop_assert!((0.0..=FASTEST_MPS).contains(&packet.speed_mps));
            prop_assert!(packet.lap.is_none_or(|lap| lap >= 0) && packet.last_lap_ms.is_none_or(|ms| ms >= 0));
        }
        decrypt(&mut bytes);
    }
}

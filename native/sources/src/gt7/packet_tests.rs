//! Tests of reading packets.

use super::*;
use crate::gt7::packet_bytes::PacketSpec;

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

//! What a network, an old console and strangers do.

use super::*;

#[test]
fn an_older_console_is_asked_for_what_it_knows_seed_14() {
    let simulated = session(1, 14, vec![]);
    let mut pair = Pair::new(vec![], Network::default(), 14).that_knows(PacketKind::Tilde);
    pair.drive(&packets(&simulated, 1, 5)[..600]);
    let sample = pair.said.samples.last().unwrap();
    assert!(
        sample.track_surface.is_nan() && sample.steering_rad.is_finite() && sample.throttle_pedal.is_finite()
    );
}

#[test]
fn silence_is_a_pause_then_a_loss_and_the_console_is_found_again() {
    let console = UdpSocket::bind(LOOPBACK).unwrap();
    let quick = Gt7Options {
        paused_after: Duration::from_millis(120),
        lost_after: Duration::from_millis(400),
        ..options(&console, vec![])
    };
    let mut source = Gt7Source::new(quick).unwrap();
    let (mut sample, to) = (Sample::EMPTY, source.address().unwrap());
    let send = |id: i32| console.send_to(&PacketSpec::standing(PacketKind::B, id, 1).sealed(1), to).unwrap();
    assert_eq!((source.next(&mut sample), source.presence()), (Ok(SourceStep::Idle), Presence::Absent));
    send(1);
    assert_eq!(source.next(&mut sample), Ok(SourceStep::Session));
    assert_eq!((source.next(&mut sample), source.presence()), (Ok(SourceStep::Sample), Presence::Sending));
    assert!(source.read_at().is_some());
    let mut wait_for = |source: &mut Gt7Source, presence: Presence| {
        let mut steps = vec![];
        while source.presence() != presence {
            assert!(steps.len() < 400, "each waits a twentieth of a second at most");
            steps.push(source.next(&mut sample).unwrap());
        }
        steps
    };
    wait_for(&mut source, Presence::Paused);
    let steps = wait_for(&mut source, Presence::Lost);
    assert_eq!(steps.last(), Some(&SourceStep::Disconnected));
    send(40);
    assert_eq!(source.next(&mut sample), Ok(SourceStep::Session));
    assert_eq!(source.next(&mut sample), Ok(SourceStep::Gap(38)));
    assert_eq!((source.next(&mut sample), sample.index), (Ok(SourceStep::Sample), 39));
    assert_eq!(source.counts().connections, 2);
}

#[test]
fn hostile_datagrams_are_counted_and_nothing_else_seed_15() {
    let mut pair = Pair::new(vec![], Network::default(), 15);
    let specs: Vec<PacketSpec> = (0..200).map(|id| PacketSpec::standing(PacketKind::A, id, 1)).collect();
    pair.drive(&specs[..100]);
    let mut hostile = vec![vec![0_u8; 296], vec![255; 344], vec![7; 1400], vec![], vec![1; 368]];
    let far = PacketSpec { position_m: [f64::NAN, 1e30, 0.0], ..specs[150] };
    hostile.push(far.sealed(3));
    let count = 20;
    for _ in 0..count {
        hostile.iter().for_each(|bytes| pair.send_raw(bytes));
        while pair.take() != SourceStep::Idle {}
    }
    assert_eq!(pair.source.counts().ignored, count * hostile.len() as u64);
    pair.drive(&specs[100..]);
    assert_eq!(pair.said.samples.len(), specs.len());
}

/// Through the sim's frame and back: what the car did is what arrives.
#[test]
fn channels_are_those_of_the_simulation_seed_20() {
    let (simulated, said, _) = driven(Network::default(), 20);
    let (mut rows, mut lateral_error) = (0.0, 0.0);
    for (there, here) in
        simulated.samples.iter().zip(&said.samples).filter(|(there, _)| there.track_surface == 3.0)
    {
        let near = |a: f64, b: f64, by: f64| assert!((a - b).abs() <= by, "{a} {b} at {}", here.index);
        near(here.speed_mps, there.speed_mps, 1e-4);
        near(here.velocity_x_mps, there.velocity_x_mps, 1e-3);
        near(here.velocity_y_mps, there.velocity_y_mps, 1e-3);
        near(here.yaw_rate_radps, there.yaw_rate_radps, 1e-5);
        near(here.steering_rad, there.steering_rad, 1e-5);
        near(here.brake, there.brake, 0.002);
        near(here.throttle, there.throttle, 0.002);
        near(here.gear, there.gear, 0.0);
        if here.lateral_accel_mps2.is_finite() {
            lateral_error += (here.lateral_accel_mps2 - there.lateral_accel_mps2).abs();
            rows += 1.0;
        }
    }
    assert!(rows > 10_000.0 && lateral_error / rows < 0.3, "{lateral_error} {rows}");
}

/// The network's broadcast address stands for it: on the loopback it is one as well.
#[test]
#[cfg(target_os = "linux")]
fn a_console_that_was_not_named_is_found_by_broadcast_and_only_it_is_listened_to() {
    let console = UdpSocket::bind((std::net::Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    console.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    let options = Gt7Options {
        console: None,
        broadcast: "127.255.255.255".parse().unwrap(),
        listen: LOOPBACK,
        console_port: console.local_addr().unwrap().port(),
        ..Gt7Options::default()
    };
    let mut source = Gt7Source::new(options).unwrap();
    let mut sample = Sample::EMPTY;
    assert_eq!((source.next(&mut sample), source.console()), (Ok(SourceStep::Idle), None));
    let (mut heartbeat, packet) = ([0; 4], |id| PacketSpec::standing(PacketKind::C, id, 1).sealed(1));
    let (bytes, asker) = console.recv_from(&mut heartbeat).unwrap();
    assert_eq!((bytes, heartbeat[0]), (1, PacketKind::C.letter()));
    assert_eq!(asker, source.address().unwrap());
    console.send_to(&packet(1), asker).unwrap();
    assert_eq!(source.next(&mut sample), Ok(SourceStep::Session));
    assert_eq!(source.console(), Some(LOOPBACK.ip()));
    assert_eq!(source.next(&mut sample), Ok(SourceStep::Sample));
    let stranger = UdpSocket::bind("127.0.0.9:0").unwrap();
    stranger.send_to(&packet(2), asker).unwrap();
    assert_eq!((source.next(&mut sample), source.counts().ignored), (Ok(SourceStep::Idle), 1));
}

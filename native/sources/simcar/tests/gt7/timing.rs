//! Laps and their times.

use super::*;

#[test]
fn the_first_lap_teaches_the_line_and_the_following_are_timed_seed_3() {
    let (simulated, said, pair) = driven(Network::default(), 3);
    let table = laps(&said);
    assert_eq!(check_times(&simulated, &complete(&table)), [2, 3, 4, 5]);
    assert!((table.length_m / simulated.truth.length_m - 1.0).abs() < 0.02, "{}", table.length_m);
    assert_eq!(said.samples.len(), simulated.samples.len());
    let counts = pair.source.counts();
    assert_eq!((counts.missed, counts.ignored, counts.late, counts.connections), (0, 0, 0, 1));
    let session = said.sessions.last().unwrap();
    assert!(session.track_name.starts_with("gt7-") && session.car_name == "Car 3358", "{session:?}");
    assert_eq!(said.sessions.len(), 3, "connected, then the car, then the track");
    assert_eq!(said.learned.len(), 1);
    assert_eq!(line_file::from_json("learned", &said.learned[0]).unwrap().id, session.track_name);
    // The first row is a screen that loads.
    let (before, after) = said.samples[1..].split_at(1000);
    assert!(before.iter().all(|sample| sample.lap_distance_m.is_nan() && sample.is_on_track == 1.0));
    assert!(after.iter().filter(|sample| sample.lap >= 2.0).all(|sample| sample.lap_distance_m >= 0.0));
}

#[test]
fn distance_is_continuous_and_begins_anew_with_the_lap_seed_4() {
    let (_, said, _) = driven(Network::default(), 4);
    let placed: Vec<&Sample> =
        said.samples.iter().filter(|sample| sample.lap_distance_m.is_finite()).collect();
    let length_m = placed[100].lap_distance_m / placed[100].lap_fraction;
    let mut wraps = 0;
    for pair in placed.windows(2) {
        let wrapped = pair[1].lap_distance_m < pair[0].lap_distance_m;
        assert_eq!(wrapped, pair[1].lap == pair[0].lap + 1.0, "the counter changes with the distance");
        assert!(wrapped || pair[1].lap == pair[0].lap);
        let moved_m = (pair[1].lap_distance_m - pair[0].lap_distance_m).rem_euclid(length_m);
        let driven_m = pair[1].speed_mps / RATE_HZ;
        assert!((moved_m - driven_m).abs() < 0.1 * driven_m + 0.05, "{moved_m} {driven_m}");
        wraps += u32::from(wrapped);
    }
    assert_eq!(wraps, 4);
}

#[test]
fn loss_repeats_and_reordering_spoil_no_time_seed_8() {
    let network = Network { lost: 0.02, repeated: 0.02, swapped: 0.02 };
    let (simulated, said, pair) = driven(network, 8);
    assert_eq!(check_times(&simulated, &complete(&laps(&said))), [2, 3, 4, 5]);
    let counts = pair.source.counts();
    assert!(
        counts.missed > 300 && counts.missed == said.gaps && counts.ignored > 300 && counts.late > 200,
        "{counts:?}"
    );
    assert!(said.samples.windows(2).all(|pair| pair[0].index < pair[1].index));
    let newest = said.samples.last().unwrap().index;
    assert_eq!(newest + 1, counts.seen + counts.missed);
}

#[test]
fn a_pause_is_no_time_and_a_stop_is_seed_9() {
    let simulated = session(4, 9, vec![]);
    let specs = packets(&simulated, 1, 12);
    let in_lap = |lap: i16, row: usize| specs.iter().position(|spec| spec.lap == lap).unwrap() + row;
    let mut pair = Pair::new(vec![], Network::default(), 9);
    let paused = with_pause(&specs, in_lap(3, 900), 400);
    let at = in_lap(3, 1000);
    pair.drive(&paused[..at]);
    assert_eq!(pair.source.presence(), Presence::Paused);
    pair.drive(&paused[at..]);
    assert_eq!(pair.source.presence(), Presence::Sending);
    assert_eq!(check_times(&simulated, &complete(&laps(&pair.said))), [2, 3, 4]);
    assert_eq!((pair.source.counts().missed, pair.said.samples.len()), (0, specs.len()));
    let mut pair = Pair::new(vec![], Network::default(), 9);
    pair.drive(&with_stop(&specs, in_lap(3, 900), 300));
    let stopped = complete(&laps(&pair.said))[1];
    assert!(stopped.reasons.contains(Reason::Stopped) && !stopped.reference_grade());
    let truth_s = simulated.truth.laps.iter().find(|truth| truth.lap == 3).unwrap().lap_time_s;
    assert!((stopped.own_time_s.unwrap() - truth_s - 5.0).abs() < TIME_S);
}

#[test]
fn a_restart_makes_no_lap_and_loses_no_other_seed_12() {
    let simulated = session(4, 12, vec![]);
    let specs = packets(&simulated, 1, 5);
    let cut = specs.iter().position(|spec| spec.lap == 4).unwrap() + 800;
    let next_id = specs[cut - 1].id + 1;
    let again: Vec<PacketSpec> =
        specs.iter().map(|spec| PacketSpec { id: spec.id + next_id + 60, ..*spec }).collect();
    let mut pair = Pair::new(vec![], Network::default(), 12);
    pair.drive(&specs[..cut]);
    pair.drive(&menus(next_id, 60));
    pair.drive(&again);
    let table = laps(&pair.said);
    let found = complete(&table);
    assert_eq!(check_times(&simulated, &found), [2, 3, 1, 2, 3, 4]);
    assert!(found.windows(2).all(|pair| pair[0].id < pair[1].id), "no two laps have one identity");
}

#[test]
fn a_reset_to_the_pits_ends_the_lap_seed_13() {
    let interruptions = vec![Interruption { kind: InterruptionKind::Reset, lap: 3, at_m: 900.0 }];
    let simulated = session(5, 13, interruptions);
    let mut pair = Pair::new(vec![], Network::default(), 13);
    pair.drive(&packets(&simulated, 1, 5));
    let expected: Vec<i32> =
        simulated.truth.laps.iter().map(|lap| lap.lap as i32).filter(|lap| *lap > 1).collect();
    assert_eq!(check_times(&simulated, &complete(&laps(&pair.said))), expected);
    assert!(!expected.contains(&3) && expected.len() >= 2);
}

#[test]
fn noise_of_positions_hardly_moves_a_time_seed_18() {
    let simulated = session(3, 18, vec![]);
    let mut pair = Pair::new(vec![], Network::default(), 18);
    pair.drive(&noisy(&packets(&simulated, 1, 5), 0.05, 18));
    assert_eq!(check_times(&simulated, &complete(&laps(&pair.said))), [2, 3]);
}

#[test]
fn far_from_the_line_there_is_no_place_and_the_lap_says_so_seed_19() {
    let simulated = session(4, 19, vec![]);
    let specs = packets(&simulated, 1, 5);
    let at = specs.iter().position(|spec| spec.lap == 3).unwrap() + 1200;
    let mut pair = Pair::new(vec![], Network::default(), 19);
    pair.drive(&with_detour(&specs, at, 60.0));
    let table = laps(&pair.said);
    let good: Vec<Lap> = complete(&table).into_iter().filter(Lap::reference_grade).collect();
    assert_eq!(check_times(&simulated, &good), [2, 4]);
    assert_eq!(pair.said.learned.len(), 1, "the line stays");
    let away = pair.said.samples[at + 250..at + 450].iter();
    assert!(away.clone().all(|sample| sample.lap_distance_m.is_nan() && sample.speed_mps > 0.0));
}

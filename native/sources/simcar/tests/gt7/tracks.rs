//! Lines: learned, recognised, told apart.

use super::*;

#[test]
fn laps_along_the_line_are_equally_long_seed_5() {
    let (_, said, _) = driven(Network::default(), 5);
    let line = line_file::from_json("learned", &said.learned[0]).unwrap();
    // Another line from each of the following laps: as long to a thousandth.
    let mut lengths_m = vec![line.length_m()];
    for skipped in 2..=4 {
        let mut builder = racing_coach_sources::gt7::builder::Builder::default();
        let rows = said.samples.iter().filter(|sample| sample.lap >= f64::from(skipped));
        let learned = rows.filter_map(|sample| {
            builder.step(&racing_coach_sources::gt7::builder::DrivenRow {
                position_m: [sample.world_x_m, sample.world_y_m, sample.world_z_m],
                lap: sample.lap as i16,
                speed_mps: sample.speed_mps,
                missing: 0,
                jumped: false,
            })
        });
        let points = learned.last().expect("a lap");
        lengths_m.push(Line::new("again", "", &points).unwrap().length_m());
    }
    let spread = lengths_m.iter().map(|length_m| (length_m / lengths_m[0] - 1.0).abs()).fold(0.0, f64::max);
    println!("| GT7 line, length of laps apart (largest share) | {:.5} |", spread);
    assert!(spread < 1e-3, "{lengths_m:?}");
}

#[test]
fn a_known_track_is_told_after_300_metres_and_another_is_learned_seed_10() {
    let simulated = session(3, 10, vec![]);
    let specs = packets(&simulated, 500, 77);
    let mut pair = Pair::new(vec![], Network::default(), 10);
    pair.drive(&specs);
    let learned = line_file::from_json("learned", &pair.said.learned[0]).unwrap();
    let known = Line::new(&learned.id, "Larkmoor", learned.points()).unwrap();
    // Another driver on another day.
    let again = session(3, 11, vec![]);
    let mut pair = Pair::new(vec![known], Network::default(), 11);
    pair.drive(&packets(&again, 9, 77));
    assert_eq!(check_times(&again, &complete(&laps(&pair.said))), [1, 2, 3], "the first lap counts as well");
    assert_eq!(pair.said.sessions.last().unwrap().track_display_name, "Larkmoor");
    assert!(pair.said.learned.is_empty());
    let first = pair.said.samples.iter().position(|sample| sample.lap_distance_m.is_finite()).unwrap();
    let driven_m: f64 = pair.said.samples[1..first].iter().map(|sample| sample.speed_mps / RATE_HZ).sum();
    assert!((250.0..420.0).contains(&driven_m), "{driven_m}");
    // On to another track, through the menus, in another car.
    let next_id = 9 + again.samples.len() as i32;
    let there = moved(&packets(&again, 0, 78), next_id + 200, 300.0);
    let before = pair.said.samples.len();
    pair.drive(&menus(next_id, 200));
    pair.drive(&there);
    assert_eq!(pair.said.learned.len(), 1);
    assert_ne!(pair.said.track(), learned.id);
    assert_eq!(pair.said.sessions.last().unwrap().car_name, "Car 78");
    let after = Said { samples: pair.said.samples[before..].to_vec(), ..Said::default() };
    assert_eq!(check_times(&again, &complete(&laps(&after))), [2, 3]);
    let menus = &after.samples[..200];
    assert!(menus.iter().all(|sample| sample.is_on_track == 0.0 && sample.lap.is_nan()));
}

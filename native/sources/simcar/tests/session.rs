//! The recording has the sim's habits, the truth its exact times, and the same seed the same bytes.

mod support;

use racing_coach_core::laps::find_laps;
use racing_coach_simcar::session::{Interruption, InterruptionKind, Start};
use racing_coach_simcar::{Simulated, simulate};
use support::{demo, of_lap, request};

fn with(kind: InterruptionKind, lap: u32) -> Simulated {
    let mut request = request("demo", "club", 3, 4, "none");
    request.interruptions = vec![Interruption { kind, lap, at_m: 1500.0 }];
    simulate(&request).expect("simulates")
}

#[test]
fn official_times_are_the_crossings_of_the_integration_seed_2() {
    let simulated = demo("club", 4, 2, "random");
    let table = find_laps(&simulated.samples, simulated.rate_hz, None);
    let complete: Vec<_> = table.laps.iter().filter(|lap| lap.complete()).collect();
    assert_eq!(complete.len(), simulated.truth.laps.len());
    for (lap, truth) in complete.iter().zip(&simulated.truth.laps) {
        assert_eq!(lap.id.lap as u32, truth.lap);
        let own_s = lap.own_time_s.expect("timed");
        assert!(
            (own_s - truth.lap_time_s).abs() < 0.003,
            "lap {}: {own_s} against {}",
            truth.lap,
            truth.lap_time_s
        );
        if truth.valid {
            assert!((lap.official_time_s.expect("published") - truth.lap_time_s).abs() < 1e-4);
        }
    }
    assert!((table.length_m - simulated.truth.length_m).abs() < 0.01);
}

#[test]
fn the_same_seed_gives_the_same_session_and_another_another_seed_9() {
    let key = |simulated: &Simulated| format!("{:?} {:?}", simulated.samples, simulated.truth);
    let first = demo("club", 1, 9, "random");
    assert!(key(&first) == key(&demo("club", 1, 9, "random")));
    assert!(key(&first) != key(&demo("club", 1, 10, "random")));
}

#[test]
fn the_file_begins_with_a_row_of_zeros_and_the_clock_jumps_seed_2() {
    let simulated = demo("pro", 1, 2, "none");
    assert!(simulated.samples[0].is_reset_row());
    assert!(simulated.samples[1..].iter().all(|sample| !sample.is_reset_row()));
    let jumps =
        simulated.samples.windows(2).filter(|p| p[1].session_time_s - p[0].session_time_s > 0.03).count();
    assert!((4..20).contains(&jumps), "{jumps} jumps");
    let ticks: Vec<f64> =
        simulated.samples.windows(2).map(|p| p[1].session_tick - p[0].session_tick).collect();
    assert!(ticks.iter().all(|&tick| tick == 1.0));
}

#[test]
fn the_official_time_comes_late_and_never_for_the_out_lap_seed_2() {
    let simulated = demo("pro", 2, 2, "none");
    let first_of = |lap: f64| simulated.samples.iter().position(|s| s.lap == lap).expect("driven");
    let published = simulated.samples.iter().position(|s| s.lap_last_time_s > 0.0).expect("published");
    let late = published - first_of(2.0);
    assert!((5..=112).contains(&late), "{late} rows late");
    assert!(simulated.samples[..published].iter().all(|s| s.lap_last_time_s == -1.0 || s.is_reset_row()));
    assert_eq!(simulated.truth.incomplete_laps, vec![0, 3]);
}

#[test]
fn out_lap_begins_in_the_stall_and_passes_the_pit_road_seed_2() {
    let out = of_lap(&demo("pro", 1, 2, "none"), 0);
    assert_eq!(out[1].track_surface, 1.0);
    assert!(out.iter().any(|row| row.on_pit_road == 1.0 && row.track_surface == 2.0 && row.speed_mps > 10.0));
    assert!(
        out.iter().filter(|row| row.on_pit_road == 1.0).all(|row| row.speed_mps < 17.5),
        "the limit is kept"
    );
    assert_eq!(out[out.len() - 1].track_surface, 3.0);
}

#[test]
fn a_tow_leaves_a_row_of_zeros_and_the_stall_on_the_same_lap_seed_4() {
    for kind in [InterruptionKind::Tow, InterruptionKind::Reset] {
        let simulated = with(kind, 2);
        let at = 1 + simulated.samples[1..].iter().position(|s| s.is_reset_row()).expect("a row of zeros");
        assert_eq!((simulated.samples[at - 1].lap, simulated.samples[at + 1].lap), (2.0, 2.0));
        assert_eq!(simulated.samples[at + 1].track_surface, 1.0);
        let laps: Vec<u32> = simulated.truth.laps.iter().map(|lap| lap.lap).collect();
        assert_eq!(laps, [1, 3]);
    }
}

#[test]
fn an_active_reset_jumps_back_at_speed_seed_4() {
    let simulated = with(InterruptionKind::ActiveReset, 2);
    let jump = simulated
        .samples
        .windows(2)
        .find(|pair| {
            pair[0].lap == 2.0 && pair[1].lap == 2.0 && pair[1].lap_distance_m < pair[0].lap_distance_m
        })
        .expect("a jump");
    assert!((350.0..450.0).contains(&(jump[0].lap_distance_m - jump[1].lap_distance_m)));
    assert!(jump[1].speed_mps > 20.0);
    let laps: Vec<u32> = simulated.truth.laps.iter().map(|lap| lap.lap).collect();
    assert_eq!(laps, [1, 3]);
}

#[test]
fn a_race_begins_standing_behind_the_line_seed_4() {
    let mut request = request("demo", "club", 2, 4, "none");
    request.start = Start::Grid;
    let simulated = simulate(&request).expect("simulates");
    assert_eq!(simulated.session.session_types, ["Race"]);
    let grid = of_lap(&simulated, 0);
    assert!(
        grid[2..200]
            .iter()
            .all(|row| row.speed_mps == 0.0 && row.on_pit_road == 0.0 && row.session_state == 3.0)
    );
    let first = of_lap(&simulated, 1);
    assert!(first[0].speed_mps < 40.0 && first[0].session_state == 4.0);
    assert!(simulated.truth.laps[0].lap_time_s > simulated.truth.laps[1].lap_time_s + 0.5);
}

#[test]
fn leaving_the_road_costs_the_lap_and_a_late_point_seed_4() {
    let simulated = demo("club", 2, 4, "T11:runs-wide=6@1");
    let lap = of_lap(&simulated, 1);
    let left = lap.iter().position(|row| row.track_surface == 0.0).expect("off the road");
    assert!(lap[..left].iter().all(|row| row.incident_count == 0.0));
    assert!(!simulated.truth.laps[0].valid);
    let point = simulated.samples.iter().position(|row| row.incident_count > 0.0).expect("a point");
    let at = simulated.samples.iter().position(|row| row.index == lap[left].index).expect("the row");
    assert!((40..160).contains(&(point - at)), "{} rows late", point - at);
    assert!(
        !simulated
            .samples
            .iter()
            .any(|row| (row.lap_last_time_s - simulated.truth.laps[0].lap_time_s).abs() < 1e-3)
    );
}

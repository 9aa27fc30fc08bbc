//! Each mistake is in the inputs, and costs what the physics makes of it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests compare with tolerances; the system's functions will do"
)]

mod support;

use racing_coach_core::{Cause, Sample};
use racing_coach_simcar::mistakes::KINDS;
use racing_coach_simcar::simulate;
use racing_coach_simcar::truth::LapTruth;
use support::{circuits, demo, long, of_lap, request};

/// What a lap may be faster by chance: the mistake's lap takes another path through the rounding of shifts and pedal steps.
const NOISE_S: f64 = 0.005;

/// A lap by a driver with one mistake at the hairpin, and the same lap without.
struct Pair {
    with: Vec<Sample>,
    without: Vec<Sample>,
    truth: LapTruth,
    clean: LapTruth,
}

fn pair(mistake: &str) -> Pair {
    let [with, without] = [mistake, "none"].map(|spec| demo("pro", 2, 6, spec));
    Pair {
        with: of_lap(&with, 2),
        without: of_lap(&without, 2),
        truth: with.truth.laps[1].clone(),
        clean: without.truth.laps[1].clone(),
    }
}

fn onset_m(lap: &LapTruth) -> f64 {
    lap.brake_onsets.iter().find(|onset| onset.corner_id == "T6").expect("braked").lap_distance_m
}

/// Rows around the hairpin.
fn there(rows: &[Sample]) -> impl Iterator<Item = &Sample> {
    rows.iter().filter(|row| (1300.0..1800.0).contains(&row.lap_distance_m))
}

fn slowest(rows: &[Sample]) -> &Sample {
    there(rows).min_by(|a, b| a.speed_mps.total_cmp(&b.speed_mps)).expect("rows")
}

/// Place of the first throttle over 40 %, more than holding the speed takes, outside shifts after the slowest row.
fn pick_up_m(rows: &[Sample]) -> f64 {
    let from_m = slowest(rows).lap_distance_m;
    there(rows)
        .find(|row| row.lap_distance_m > from_m && row.throttle > 0.4 && row.gear > 0.0)
        .expect("throttle")
        .lap_distance_m
}

fn both_off_s(rows: &[Sample]) -> f64 {
    there(rows).filter(|row| row.throttle < 0.02 && row.brake < 0.02 && row.gear > 0.0).count() as f64 / 60.0
}

#[test]
fn braking_early_and_late_move_the_onset_by_their_size_seed_6() {
    let early = pair("T6:brakes-early=20");
    assert!((onset_m(&early.clean) - onset_m(&early.truth) - 20.0).abs() < 3.0);
    let late = pair("T6:brakes-late=12");
    assert!((onset_m(&late.truth) - onset_m(&late.clean) - 12.0).abs() < 3.0);
}

#[test]
fn braking_softly_lowers_the_peak_by_its_share_seed_6() {
    let Pair { with, without, .. } = pair("T6:brakes-soft=0.3");
    let peak = |rows: &[Sample]| there(rows).map(|row| row.brake).fold(0.0, f64::max);
    assert!((peak(&with) / peak(&without) - 0.7).abs() < 0.06, "{} {}", peak(&with), peak(&without));
}

#[test]
fn trailing_too_little_lets_go_of_the_brake_sooner_seed_6() {
    let Pair { with, without, .. } = pair("T6:trails-too-little=15");
    let release = |rows: &[Sample]| {
        there(rows).filter(|row| row.brake > 0.02).map(|row| row.lap_distance_m).fold(0.0, f64::max)
    };
    let sooner = release(&without) - release(&with);
    assert!((8.0..22.0).contains(&sooner), "{sooner} m");
}

#[test]
fn over_slowing_lowers_the_minimum_by_its_size_seed_6() {
    let Pair { with, without, .. } = pair("T6:over-slows=3");
    let lower = slowest(&without).speed_mps - slowest(&with).speed_mps;
    assert!((lower - 3.0).abs() < 0.6, "{lower}");
}

#[test]
fn late_throttle_and_coasting_delay_the_pick_up_seed_6() {
    let late = pair("T6:late-throttle=20");
    let later = pick_up_m(&late.with) - pick_up_m(&late.without);
    assert!((10.0..28.0).contains(&later), "{later} m");
    let coasting = pair("T6:coasts=0.8");
    let longer = both_off_s(&coasting.with) - both_off_s(&coasting.without);
    assert!((0.5..1.2).contains(&longer), "{longer} s");
}

#[test]
fn a_wrong_gear_is_one_higher_and_running_wide_further_out_seed_6() {
    let gear = pair("T6:wrong-gear");
    assert_eq!(slowest(&gear.with).gear, slowest(&gear.without).gear + 1.0);
    let wide = pair("T6:runs-wide=2.5");
    let apart_m = there(&wide.without)
        .map(|row| {
            let near = |other: &&Sample| (other.lap_distance_m - row.lap_distance_m).abs();
            let other = there(&wide.with).min_by(|a, b| near(a).total_cmp(&near(b))).expect("rows");
            let metres = 111_200.0;
            let east = (row.longitude_deg - other.longitude_deg) * metres * 46.9_f64.to_radians().cos();
            east.hypot((row.latitude_deg - other.latitude_deg) * metres)
        })
        .fold(0.0, f64::max);
    assert!((1.6..4.0).contains(&apart_m), "{apart_m} m");
}

#[test]
fn a_mistake_costs_the_difference_to_the_same_lap_without_it_seed_6() {
    for kind in &KINDS {
        let pair = pair(&format!("T6:{}@2", kind.cause.code()));
        let mistake = &pair.truth.mistakes[0];
        assert!(
            (pair.truth.lap_time_s - pair.clean.lap_time_s - mistake.cost_s).abs() < 1e-9,
            "{}",
            mistake.code
        );
        assert!(mistake.cost_s > 0.01, "{} costs {}", mistake.code, mistake.cost_s);
    }
}

/// Every mistake at every corner where it can be made: some are cheap (a gear too high where grip limits
/// the exit), at most one in fifty is a gain, by what follows from another entry into the next corner. One
/// circuit by default, with `RACING_COACH_LONG=1` the real ones as well.
#[test]
fn hardly_any_mistake_gains_time_seed_1() {
    let mut table: Vec<(Cause, usize, f64, f64)> =
        KINDS.iter().map(|kind| (kind.cause, 0, f64::INFINITY, 0.0)).collect();
    let real = if long() { circuits() } else { Vec::new() };
    let named = real.iter().map(|path| path.to_string_lossy().into_owned());
    let mut gains = Vec::new();
    for track in named.chain(["demo".to_owned()]) {
        let plain = simulate(&request(&track, "pro", 1, 1, "none")).expect("simulates").truth;
        let mut parts = Vec::new();
        for corner in plain.corners.iter().filter(|corner| !corner.flat_out) {
            let may = |code: &str| {
                simulate(&request(&track, "pro", 1, 1, &format!("{}:{code}", corner.id))).is_ok()
            };
            let (brakes, slows) = (may("brakes-early"), may("coasts"));
            for kind in KINDS.iter().filter(|kind| if kind.needs_brake { brakes } else { slows }) {
                parts.push(format!("{}:{}@{}", corner.id, kind.cause.code(), parts.len() + 1));
            }
        }
        // One mistake a lap, in one long session.
        let simulated =
            simulate(&request(&track, "pro", parts.len() as u32, 1, &parts.join(","))).expect("simulates");
        for mistake in simulated.truth.laps.iter().flat_map(|lap| &lap.mistakes) {
            let row = table.iter_mut().find(|row| row.0.code() == mistake.code).expect("a known code");
            *row = (row.0, row.1 + 1, row.2.min(mistake.cost_s), row.3 + mistake.cost_s);
            if mistake.cost_s < -NOISE_S {
                gains.push(format!("{track} {} {} {:.3} s", mistake.corner_id, mistake.code, mistake.cost_s));
            }
        }
    }
    for (cause, made, least_s, sum_s) in &table {
        println!(
            "{:18} {made:3} times, least {least_s:6.3} s, mean {:.3} s",
            cause.code(),
            sum_s / *made as f64
        );
        assert!(*made > 0 && sum_s / *made as f64 > 0.01, "{}", cause.code());
    }
    assert!(gains.len() * 50 <= table.iter().map(|row| row.1).sum::<usize>(), "{gains:#?}");
    println!("gains: {gains:#?}");
}

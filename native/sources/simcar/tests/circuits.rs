//! Laps on real circuits take the time they take, and what is no circuit is refused.
#![allow(
    clippy::disallowed_methods,
    reason = "tests compare with tolerances; the system's functions will do"
)]

mod support;

use proptest::prelude::*;
use racing_coach_core::analysis::Recording;
use racing_coach_simcar::centre_line::CentreLine;
use racing_coach_simcar::driver_spec::DriverSpec;
use racing_coach_simcar::oval::oval;
use racing_coach_simcar::request::Resolved;
use racing_coach_simcar::simulate::simulate_resolved;
use racing_coach_simcar::{SimulateRequest, car_spec::CarSpec, simulate};
use support::{circuits, demo, of_lap, request};

/// Lap times of GT3 cars in club racing, in seconds, and brake zones a lap, with room for a flat simulation of hilly places.
const GT3: [(&str, [f64; 2], [usize; 2]); 10] = [
    ("Austin", [122.0, 132.0], [9, 14]),
    ("BrandsHatch", [80.5, 88.0], [6, 10]),
    ("Budapest", [101.0, 108.0], [8, 13]),
    ("Catalunya", [102.0, 110.0], [8, 12]),
    ("Melbourne", [109.0, 122.0], [9, 14]),
    ("Monza", [106.5, 112.0], [6, 9]),
    ("Sakhir", [115.0, 124.0], [8, 12]),
    ("Silverstone", [117.0, 123.0], [8, 13]),
    ("Spa", [137.0, 143.0], [9, 15]),
    ("Spielberg", [87.5, 93.0], [6, 9]),
];

#[test]
fn a_professional_drives_plausible_times_with_plausible_zones_seed_1() {
    for path in circuits() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let simulated = simulate(&request(&path.to_string_lossy(), "pro", 2, 1, "none")).expect("simulates");
        let lap = &simulated.truth.laps[1];
        let (_, time_s, zones) = GT3.iter().find(|row| row.0 == name).expect("a known circuit");
        println!("{name}: {:.2} s, {} zones", lap.lap_time_s, lap.brake_onsets.len());
        assert!((time_s[0]..time_s[1]).contains(&lap.lap_time_s), "{name}: {} s", lap.lap_time_s);
        assert!(
            (zones[0]..=zones[1]).contains(&lap.brake_onsets.len()),
            "{name}: {}",
            lap.brake_onsets.len()
        );
        assert!(lap.valid, "{name}: stays on the road");
    }
}

#[test]
fn skill_and_car_order_the_lap_times_seed_1() {
    let best = |car: &str, driver: &str| {
        let mut request = request("demo", driver, 3, 1, "none");
        request.car = car.to_owned();
        let laps = simulate(&request).expect("simulates").truth.laps;
        laps.iter().map(|lap| lap.lap_time_s).fold(f64::INFINITY, f64::min)
    };
    let drivers = DriverSpec::PRESETS.map(|driver| best("gt3", driver));
    assert!(drivers.windows(2).all(|pair| pair[0] < pair[1]), "{drivers:?}");
    let cars = ["formula", "gt3", "gt4", "mx5"].map(|car| best(car, "pro"));
    assert!(cars.windows(2).all(|pair| pair[0] < pair[1]), "{cars:?}");
}

#[test]
fn a_club_drivers_onsets_spread_as_real_ones_seed_8() {
    let laps = demo("club", 24, 8, "none").truth.laps;
    for corner in ["T1", "T6", "T7"] {
        let onsets: Vec<f64> = laps
            .iter()
            .flat_map(|lap| lap.brake_onsets.iter().find(|onset| onset.corner_id == corner))
            .map(|onset| onset.lap_distance_m)
            .collect();
        let mean = onsets.iter().sum::<f64>() / onsets.len() as f64;
        let spread =
            (onsets.iter().map(|m| (m - mean) * (m - mean)).sum::<f64>() / onsets.len() as f64).sqrt();
        println!("{corner}: {spread:.1} m over {} laps", onsets.len());
        assert!((2.0..10.0).contains(&spread), "{corner}: {spread}");
    }
}

#[test]
fn an_oval_is_driven_with_two_corners_seed_1() {
    let line = oval(900.0, 190.0, 18.0);
    let request = SimulateRequest { track: "oval".to_owned(), ..request("demo", "pro", 2, 1, "none") };
    let resolved = Resolved {
        line,
        car: CarSpec::preset("gt3").expect("known"),
        driver: DriverSpec::preset("pro").expect("known"),
    };
    let simulated = simulate_resolved(&request, &resolved).expect("simulates");
    assert_eq!(simulated.truth.corners.len(), 2);
    assert_eq!(simulated.session.track_type, "oval");
    assert!(simulated.truth.laps.iter().all(|lap| lap.valid));
}

#[test]
fn names_that_are_not_known_are_answered_with_those_that_are() {
    let words = |change: fn(&mut SimulateRequest)| {
        let mut request = request("demo", "pro", 1, 1, "none");
        change(&mut request);
        simulate(&request).expect_err("refused").to_string()
    };
    assert!(words(|r| r.track = "monza".to_owned()).contains("demo"));
    assert!(words(|r| r.car = "tractor".to_owned()).contains("gt3, gt4, mx5, formula"));
    assert!(words(|r| r.driver = "granny".to_owned()).contains("alien, pro, club, novice"));
    assert!(words(|r| r.laps = 0).contains("1 to 500"));
    assert!(words(|r| r.mistakes = "T99:coasts".to_owned()).contains("T1, T2"));
    assert!(words(|r| r.mistakes = "T5:coasts".to_owned()).contains("without slowing down"));
    assert!(words(|r| r.track = "missing.csv".to_owned()).contains("missing.csv"));
}

#[test]
fn damaged_centre_lines_are_refused_with_the_line_that_is_wrong() {
    let circle: String = (0..64)
        .map(|i| {
            let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 64.0).sin_cos();
            format!("{},{},5,5\n", 100.0 * cos, 100.0 * sin)
        })
        .collect();
    assert!(CentreLine::parse("ring", "ring.csv", &circle).is_ok());
    let cases = [
        (String::new(), "0 points"),
        ("# only a comment\n".to_owned(), "0 points"),
        (format!("{circle}1,2,3\n"), "line 65: fewer than four"),
        (format!("{circle}1,x,3,3\n"), "line 65: not a number"),
        (format!("{circle}1,inf,3,3\n"), "line 65: not a number"),
        (format!("{circle}9e99,0,3,3\n"), "more than 1000 km"),
        (format!("{circle}1,2,-3,9\n"), "below 0"),
        (format!("{circle}1,2,1,1\n"), "narrower than 4 m"),
        (format!("{circle}9000,0,5,5\n"), "a hole"),
    ];
    for (text, words) in cases {
        let error = CentreLine::parse("ring", "ring.csv", &text).expect_err(words).to_string();
        assert!(error.contains("ring.csv") && error.contains(words), "{words} not in: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-0-9.,e#a\n ]{0,400}") {
        let _ = CentreLine::parse("any", "any.csv", &text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// Whatever the reader lets through can be driven, however ugly: the lap may take long, the simulation must end.
    #[test]
    fn every_ragged_circle_can_be_driven(shape in prop::collection::vec((40.0..400.0_f64, 2.0..12.0_f64), 12..40)) {
        let count = shape.len() as f64;
        let text: String = shape.iter().enumerate().map(|(i, (radius, width))| {
            let (sin, cos) = (i as f64 * std::f64::consts::TAU / count).sin_cos();
            format!("{},{},{width},{width}\n", radius * cos, radius * sin)
        }).collect();
        if let Ok(line) = CentreLine::parse("ragged", "ragged.csv", &text) {
            let request = request("demo", "club", 1, 1, "none");
            let resolved = Resolved {
                line,
                car: CarSpec::preset("gt4").expect("known"),
                driver: DriverSpec::preset("club").expect("known"),
            };
            let simulated = simulate_resolved(&request, &resolved).expect("simulates");
            prop_assert!(simulated.samples.iter().all(|sample| sample.speed_mps.is_finite() && sample.latitude_deg.is_finite()));
        }
    }
}

#[test]
fn a_car_far_inside_a_bend_still_drives_its_lap_seed_14() {
    for path in circuits().iter().filter(|path| path.ends_with("Melbourne.csv")) {
        let mut request =
            request(&path.to_string_lossy(), "pro", 1, 14, "T11:runs-wide=1.7,T6:runs-wide=1.53");
        request.car = "formula".to_owned();
        let simulated = simulate(&request).expect("simulates");
        assert!(!simulated.truth.laps[0].valid, "the car leaves the road");
        let recording = Recording {
            samples: &simulated.samples,
            rate_hz: simulated.rate_hz,
            session: &simulated.session,
        };
        let complete = recording.laps().laps.iter().filter(|lap| lap.complete()).count();
        assert_eq!(complete, 1, "no place along the road is jumped over");
    }
}

#[test]
fn the_slowest_place_is_a_minimum_or_an_end_of_its_corner_seed_1() {
    let simulated = demo("alien", 1, 1, "none");
    let lap = of_lap(&simulated, 1);
    let truth = &simulated.truth;
    for slowest in &truth.laps[0].min_speeds {
        let corner = truth.corners.iter().find(|corner| corner.id == slowest.corner_id).expect("a corner");
        let row =
            lap.iter().position(|row| row.lap_distance_m >= slowest.lap_distance_m - 1e-3).expect("a row");
        let minimum = [row - 1, row + 1].iter().all(|&beside| lap[beside].speed_mps >= lap[row].speed_mps);
        let from_end_m = [corner.start_m, corner.end_m].map(|end_m| (end_m - slowest.lap_distance_m).abs());
        assert!(minimum || from_end_m.iter().any(|apart_m| *apart_m < 1.5), "{slowest:?} in {corner:?}");
    }
}

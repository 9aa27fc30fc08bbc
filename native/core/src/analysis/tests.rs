use super::*;
use crate::Reason;
use crate::corner::Section;
use crate::lap::{LapId, Spoil, Spoils};
use crate::reason_set::ReasonSet;
use crate::synthetic_lap::{CornerPlan, drive};
use std::collections::BTreeSet;

const LENGTH_M: f64 = 2000.0;
const RATE_HZ: f64 = 60.0;

/// Rows at 60 Hz of a stint that begins at 1,500 m: a partial lap, then one lap for each set of plans, then a partial lap.
fn rows(laps: &[Vec<CornerPlan>]) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    let first = &laps[0];
    let stint = std::iter::once(first).chain(laps).chain(std::iter::once(first));
    let (mut begin_s, mut row) = (0.0, 0u64);
    for (number, plans) in stint.enumerate() {
        let (grid, _) = drive(LENGTH_M, plans);
        let mut index = 0;
        while (row as f64) / RATE_HZ < begin_s + grid.lap_time_s() {
            let lap_s = row as f64 / RATE_HZ - begin_s;
            while grid.time_s[index + 1] < lap_s {
                index += 1;
            }
            let part = (lap_s - grid.time_s[index]) / (grid.time_s[index + 1] - grid.time_s[index]);
            let place_m = (index as f64 + part) * grid.step_m;
            let value = |column: &[f64]| column[index] + (column[index + 1] - column[index]) * part;
            let too_early = number == 0 && place_m < 1500.0;
            let too_late = number == laps.len() + 1 && place_m > 300.0;
            if !too_early && !too_late {
                samples.push(Sample {
                    index: row,
                    lap: number as f64,
                    lap_distance_m: place_m,
                    lap_fraction: place_m / LENGTH_M,
                    speed_mps: value(&grid.speed_mps),
                    throttle: value(&grid.throttle),
                    brake: value(&grid.brake),
                    gear: f64::from(grid.gear[index]),
                    yaw_rate_radps: value(&grid.yaw_rate_radps),
                    track_surface: 3.0,
                    is_on_track: 1.0,
                    ..Sample::EMPTY
                });
            }
            row += 1;
        }
        begin_s += grid.lap_time_s();
    }
    samples
}

fn plans() -> Vec<CornerPlan> {
    let right = CornerPlan { curvature_per_m: -0.02, ..CornerPlan::at(1200.0, 30.0) };
    vec![CornerPlan::at(500.0, 20.0), right]
}

fn slower() -> Vec<CornerPlan> {
    let mut plans = plans();
    plans[0].min_speed_mps = 16.0;
    plans
}

#[test]
fn every_complete_lap_has_the_corners_of_the_best_lap() {
    let samples = rows(&[slower(), plans(), slower()]);
    let session = SessionInfo { sim: "simcar".into(), track_name: "Ring".into(), ..SessionInfo::default() };
    let recording = Recording { samples: &samples, rate_hz: RATE_HZ, session: &session };
    let analysis = analyze(&recording, None);
    assert_eq!((analysis.track.name.as_str(), analysis.samples), ("Ring", samples.len()));
    assert!((analysis.track.length_m.expect("a length") - LENGTH_M).abs() < 0.01);
    let complete: Vec<&LapEntry> = analysis.laps.iter().filter(|lap| lap.complete).collect();
    assert_eq!((analysis.laps.len(), complete.len()), (5, 3));
    let ids =
        |lap: &LapEntry| -> Vec<String> { lap.corners.iter().map(|corner| corner.id.clone()).collect() };
    assert_eq!(ids(complete[0]).len(), 2);
    assert_eq!(ids(complete[0]).iter().collect::<BTreeSet<_>>().len(), 2, "ids are unique");
    for lap in &complete {
        assert_eq!(ids(lap), ids(complete[1]));
        assert_eq!(lap.sections, complete[1].sections);
        assert_eq!(lap.brake_zones.len(), 2);
        assert!(lap.brake_zones.iter().all(|zone| zone.trail_brake_m.is_some()));
        assert!(lap.sections.iter().all(|section| section.usable));
        let time_s: f64 = lap.own_lap_time_s.expect("complete laps have a time");
        let planned = if lap.lap == 2 { plans() } else { slower() };
        assert!((time_s - drive(LENGTH_M, &planned).0.lap_time_s()).abs() < 0.002);
    }
    assert!(complete[0].corners[0].min_speed_mps < complete[1].corners[0].min_speed_mps - 2.0);
    for lap in analysis.laps.iter().filter(|lap| !lap.complete) {
        assert!(lap.sections.is_empty() && lap.corners.is_empty() && lap.brake_zones.is_empty());
        assert_eq!(lap.lap_time_s, None);
        assert!(!lap.reasons.is_empty());
    }
}

#[test]
fn a_recording_without_rows_has_no_laps() {
    let session = SessionInfo::default();
    let analysis = analyze(&Recording { samples: &[], rate_hz: RATE_HZ, session: &session }, None);
    assert!(analysis.laps.is_empty());
    assert_eq!(analysis.track.length_m, None);
}

#[test]
fn the_document_holds_no_null_but_where_the_contract_allows_it() {
    let samples = rows(&[plans(), slower()]);
    let session = SessionInfo::default();
    let analysis = analyze(&Recording { samples: &samples, rate_hz: RATE_HZ, session: &session }, None);
    let allowed: BTreeSet<&str> = [
        "assisted",
        "lapTimeS",
        "officialLapTimeS",
        "ownLapTimeS",
        "cornerId",
        "name",
        "apexM",
        "throttleOnM",
        "fullThrottleM",
        "trailBrakeM",
        "brakeOnsetM",
        "minGear",
        "complex",
        "secondMinSpeedM",
    ]
    .into();
    let document = serde_json::to_value(&analysis).expect("serialises");
    let mut open = vec![("files", &document)];
    while let Some((name, value)) = open.pop() {
        match value {
            serde_json::Value::Null => assert!(allowed.contains(name), "{name} is null"),
            serde_json::Value::Array(items) => open.extend(items.iter().map(|item| (name, item))),
            serde_json::Value::Object(fields) => {
                open.extend(fields.iter().map(|(name, item)| (name.as_str(), item)))
            }
            _ => {}
        }
    }
    assert!(document["laps"][1]["corners"][0]["minSpeedMps"].is_f64());
    assert_eq!(document["laps"][1]["timeSource"], "interpolated");
}

#[test]
fn a_lap_as_reference_compares_with_another_of_the_file() {
    let samples = rows(&[plans(), slower()]);
    let session = SessionInfo { other_cars: Some(0), ..SessionInfo::default() };
    let recording = Recording { samples: &samples, rate_hz: RATE_HZ, session: &session };
    let table = recording.laps();
    let best = best_lap(&table.laps).expect("a good lap");
    assert_eq!(best.id.lap, 1);
    let reference = reference_from_lap(&recording, best, true, None).expect("a reference");
    let other = find_lap(&table.laps, None, 2, "a.ibt").expect("lap 2");
    let prepared = PreparedLap::new(&recording, other, table.length_m).expect("a grid");
    let comparison = crate::compare::compare(&reference, &prepared.compared());
    let sum: f64 = comparison.sections.iter().map(|section| section.delta_s).sum();
    assert!(comparison.lap_delta_s > 0.1 && (sum - comparison.lap_delta_s).abs() < 1e-3);
    let worst = comparison.sections.iter().max_by(|a, b| a.delta_s.total_cmp(&b.delta_s)).expect("sections");
    assert_eq!(worst.corner_id.as_deref(), Some(reference.corners[0].id.as_str()));
    assert_eq!(worst.causes[0].code, crate::Cause::OverSlows);
    let partial = table.laps.iter().find(|lap| !lap.complete()).expect("a partial lap");
    let error = PreparedLap::new(&recording, partial, table.length_m).expect_err("no time");
    assert_eq!(error.code, crate::ErrorCode::LapNotComparable);
}

/// The comparison of the second, slower lap with the first; before that `change` is told each of its rows.
fn compared_among(
    other_cars: Option<u32>,
    change: impl Fn(&mut Sample),
) -> (Vec<Lap>, crate::compare::Comparison) {
    let mut samples = rows(&[plans(), slower()]);
    samples.iter_mut().for_each(change);
    let session = SessionInfo { other_cars, ..SessionInfo::default() };
    let recording = Recording { samples: &samples, rate_hz: RATE_HZ, session: &session };
    let table = recording.laps();
    let reference =
        reference_from_lap(&recording, best_lap(&table.laps).expect("it"), true, None).expect("it");
    let other = find_lap(&table.laps, None, 2, "a.ibt").expect("lap 2");
    let prepared = PreparedLap::new(&recording, other, table.length_m).expect("a grid");
    let comparison = crate::compare::compare(&reference, &prepared.compared());
    (table.laps, comparison)
}

#[test]
fn a_loss_that_traffic_could_explain_is_not_blamed_where_nobody_knows_of_the_traffic() {
    let (alone, blamed) = compared_among(Some(0), |_| ());
    let (told, clear) = compared_among(Some(20), |row| row.car_left_right = 1.0);
    assert!(alone.iter().chain(&told).all(|lap| !lap.reasons.contains(Reason::TrafficUnknown)));
    assert_eq!(blamed, clear);
    for other_cars in [None, Some(20)] {
        let (laps, excused) = compared_among(other_cars, |_| ());
        assert!(laps.iter().all(|lap| lap.reasons.contains(Reason::TrafficUnknown)));
        assert!(laps.iter().any(Lap::reference_grade), "it spoils nothing");
        for (section, full) in excused.sections.iter().zip(&blamed.sections) {
            assert_eq!((section.delta_s, section.phases), (full.delta_s, full.phases));
            let kept: Vec<_> = full.causes.iter().filter(|cause| !cause.code.traffic_explains()).collect();
            assert_eq!(section.causes.iter().collect::<Vec<_>>(), kept);
            let left_out = kept.len() < full.causes.len();
            assert_eq!(section.reasons.contains(Reason::TrafficUnknown), left_out);
            assert_eq!(section.reasons.is_empty(), !left_out);
        }
        assert!(excused.sections.iter().any(|section| !section.reasons.is_empty()));
    }
}

#[test]
fn a_car_alongside_excuses_its_section_only_and_makes_it_unusable() {
    let beside = |row: &mut Sample| {
        let there = row.lap == 2.0 && (480.0..520.0).contains(&row.lap_distance_m);
        row.car_left_right = if there { 3.0 } else { 1.0 };
    };
    let (laps, excused) = compared_among(Some(20), beside);
    let (_, blamed) = compared_among(Some(0), |_| ());
    let lap = laps.iter().find(|lap| lap.id.lap == 2).expect("lap 2");
    assert!(lap.reference_grade() && lap.reasons.contains(Reason::Traffic));
    let with_traffic: ReasonSet = [Reason::Traffic].into_iter().collect();
    let touched: Vec<bool> = excused.sections.iter().map(|section| section.reasons == with_traffic).collect();
    assert_eq!(touched.iter().filter(|touched| **touched).count(), 1, "{touched:?}");
    for ((section, full), touched) in excused.sections.iter().zip(&blamed.sections).zip(touched) {
        assert!(touched || section.causes == full.causes);
    }
    let mut samples = rows(&[plans(), slower()]);
    samples.iter_mut().for_each(beside);
    let session = SessionInfo { other_cars: Some(20), ..SessionInfo::default() };
    let analysis = analyze(&Recording { samples: &samples, rate_hz: RATE_HZ, session: &session }, None);
    let entry = analysis.laps.iter().find(|lap| lap.lap == 2).expect("lap 2");
    let spoiled: Vec<_> = entry.sections.iter().filter(|section| !section.usable).collect();
    assert!(spoiled.len() == 1 && spoiled[0].reasons == with_traffic, "{spoiled:?}");
}

fn lap(stint: u32, number: i32, time_s: Option<f64>, reasons: &[Reason]) -> Lap {
    Lap {
        id: LapId { stint, lap: number },
        start_sample: 0,
        end_sample: 1,
        start_row: None,
        end_row: None,
        official_time_s: None,
        own_time_s: time_s,
        reasons: reasons.iter().copied().collect::<ReasonSet>(),
        spoils: Spoils::EMPTY,
    }
}

#[test]
fn a_lap_is_found_by_number_and_stint_and_errors_list_the_complete_ones() {
    let laps = [
        lap(0, 1, None, &[Reason::OutLap]),
        lap(0, 2, Some(90.0), &[]),
        lap(1, 2, Some(89.0), &[]),
        lap(1, 3, Some(88.0), &[Reason::OffTrack]),
    ];
    assert_eq!(find_lap(&laps, None, 3, "a.ibt").map(|lap| lap.id.stint), Ok(1));
    assert_eq!(find_lap(&laps, Some(0), 2, "a.ibt").map(|lap| lap.own_time_s), Ok(Some(90.0)));
    let missing = find_lap(&laps, None, 1, "a.ibt").expect_err("an out-lap is not complete");
    assert_eq!(missing.to_string(), "a.ibt: there is no complete lap 1. Complete laps: 0:2, 1:2, 1:3.");
    let ambiguous = find_lap(&laps, None, 2, "a.ibt").expect_err("two stints");
    assert_eq!(ambiguous.to_string(), "a.ibt: lap 2 exists in several stints. Say which: 0:2, 1:2.");
    assert_eq!(best_lap(&laps).map(|lap| lap.id), Some(LapId { stint: 1, lap: 2 }), "lap 3 left the track");
    assert!(best_lap(&laps[..1]).is_none());
}

fn section(id: Option<&str>, start_m: f64, end_m: f64) -> Section {
    let places = [start_m; 4];
    let [turn_in_m, min_speed_m, pick_up_m, exit_m] = places;
    let corner_ids = id.into_iter().map(str::to_owned).collect();
    Section {
        corner_id: id.map(str::to_owned),
        corner_ids,
        start_m,
        turn_in_m,
        min_speed_m,
        pick_up_m,
        exit_m,
        end_m,
    }
}

fn usable(sections: &[Section], lap: &Lap, before: Option<&Lap>) -> Vec<bool> {
    section_entries(sections, LENGTH_M, lap, before).iter().map(|section| section.usable).collect()
}

fn spoiled(start_m: f64, end_m: f64, reason: Reason) -> Lap {
    let mut lap = lap(0, 1, Some(90.0), &[reason]);
    lap.spoils.add(Spoil { start_m, end_m, reason });
    lap
}

#[test]
fn a_spoiled_stretch_spoils_the_sections_it_touches() {
    let sections =
        [section(None, 0.0, 300.0), section(Some("T1"), 300.0, 900.0), section(Some("T2"), 900.0, 2000.0)];
    let clean = lap(0, 1, Some(90.0), &[]);
    assert_eq!(usable(&sections, &clean, None), [true, true, true]);
    let off = spoiled(450.0, 500.0, Reason::OffTrack);
    assert_eq!(usable(&sections, &off, None), [true, false, true]);
    let entries = section_entries(&sections, LENGTH_M, &off, None);
    assert_eq!(entries[1].reasons.iter().collect::<Vec<_>>(), [Reason::OffTrack]);
    assert_eq!(
        usable(&sections, &spoiled(850.0, 950.0, Reason::SlowDownPenalty), None),
        [true, false, false]
    );
    assert_eq!(usable(&sections, &spoiled(450.0, 500.0, Reason::Contact), None), [true, true, true]);
    assert_eq!(usable(&sections, &spoiled(100.0, 2000.0, Reason::Damage), None), [false, false, false]);
}

#[test]
fn leaving_the_track_before_the_line_spoils_the_straight_after_it() {
    let sections =
        [section(None, 0.0, 300.0), section(Some("T1"), 300.0, 900.0), section(Some("T2"), 900.0, 2000.0)];
    let clean = lap(0, 2, Some(90.0), &[]);
    assert_eq!(
        usable(&sections, &clean, Some(&spoiled(950.0, 990.0, Reason::OffTrack))),
        [false, true, true]
    );
    assert_eq!(usable(&sections, &clean, Some(&spoiled(450.0, 500.0, Reason::OffTrack))), [true, true, true]);
}

#[test]
fn a_section_across_the_line_is_spoiled_on_either_side() {
    let sections = [section(Some("T1"), 300.0, 1700.0), section(Some("T2"), 1700.0, 300.0)];
    assert_eq!(usable(&sections, &spoiled(10.0, 20.0, Reason::OffTrack), None), [true, false]);
    assert_eq!(usable(&sections, &spoiled(1900.0, 1950.0, Reason::OffTrack), None), [true, false]);
    assert_eq!(usable(&sections, &spoiled(400.0, 410.0, Reason::OffTrack), None), [false, true]);
}

#[test]
fn a_standing_start_and_a_reason_without_a_place_spoil_the_lap() {
    let sections = [section(Some("T1"), 0.0, 900.0), section(Some("T2"), 900.0, 2000.0)];
    assert_eq!(usable(&sections, &lap(0, 1, Some(90.0), &[Reason::GridStart]), None), [false, false]);
    assert_eq!(usable(&sections, &lap(0, 1, Some(90.0), &[Reason::OffTrack]), None), [false, false]);
    assert_eq!(usable(&sections, &lap(0, 1, Some(90.0), &[Reason::NoOfficialTime]), None), [true, true]);
    assert_eq!(usable(&sections, &lap(0, 1, Some(90.0), &[Reason::Contact]), None), [true, true]);
}

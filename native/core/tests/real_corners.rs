//! Corners of real laps, which carry steering and speed but no yaw rate: the same corners with the same ids on every lap.

mod recordings;

use racing_coach_core::brake_zones::brake_zones_of_rows;
use racing_coach_core::corner::Direction::{Left, Right};
use racing_coach_core::corner::{BrakeZone, Corner, CornerKind, Direction};
use racing_coach_core::corners::{TrackModel, detect_corners};
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::Lap;
use racing_coach_core::laps::find_laps;
use recordings::RATE_HZ;

/// What one lap shows.
type LapCorners = (Vec<Corner>, Vec<BrakeZone>);

/// The reference-grade laps of a recording: corners with lasting ids, and brake zones. `None` where the recording is missing.
fn laps(name: &str, length_hint_m: f64) -> Option<(TrackModel, Vec<LapCorners>)> {
    let recording = recordings::read(name)?;
    let table = find_laps(&recording.samples, RATE_HZ, Some(length_hint_m));
    let mut model = TrackModel::new("test/real/", table.length_m);
    let mut out = Vec::new();
    for lap in table.laps.iter().filter(|lap| lap.reference_grade()) {
        let rows = rows(&recording.samples, lap);
        let grid = LapGrid::resample(rows, lap, table.length_m, RATE_HZ).expect("a grid");
        let zones = brake_zones_of_rows(rows, lap, table.length_m, RATE_HZ);
        let mut corners = detect_corners(&grid, &zones);
        model.assign(&mut corners);
        out.push((corners, zones));
    }
    Some((model, out))
}

fn rows<'a>(samples: &'a [racing_coach_core::Sample], lap: &Lap) -> &'a [racing_coach_core::Sample] {
    let from = samples.partition_point(|sample| sample.index + 20 < lap.start_sample);
    let to = samples.partition_point(|sample| sample.index < lap.end_sample + 600);
    &samples[from..to]
}

/// Every lap has these directions in this order under one set of ids, and each brake zone is for a corner of its own.
fn check(name: &str, length_m: f64, expected: &[Direction], most_extra: usize) {
    let Some((model, laps)) = laps(name, length_m) else { return };
    let extra = model.corners.len() - expected.len();
    assert!(extra <= most_extra, "{name}: {:#?}", model.corners);
    let common: Vec<&str> = model
        .corners
        .iter()
        .map(|corner| corner.id.as_str())
        .filter(|id| laps.iter().all(|(corners, _)| corners.iter().any(|corner| corner.id == *id)))
        .collect();
    assert_eq!(common.len(), expected.len(), "{name}: on every lap: {common:?}");
    for (corners, zones) in &laps {
        let known = corners.iter().filter(|corner| common.contains(&corner.id.as_str()));
        let directions: Vec<Direction> = known.map(|corner| corner.direction).collect();
        assert_eq!(directions, expected, "{name}: {corners:#?}");
        let braked = corners.iter().filter(|corner| corner.kind == CornerKind::Brake).count();
        assert!(braked <= zones.len() && braked + 2 >= zones.len(), "{name}: {zones:#?} {corners:#?}");
    }
}

#[test]
fn okayama_short_has_seven_corners_on_every_lap() {
    let expected = [Right, Right, Left, Left, Right, Right, Right];
    // On lap 14 the car slides through the fourth corner on full opposite lock for more than a second, which steering alone cannot tell
    // from a corner: that lap sees a right-hander and the rest of the corner behind it.
    check("okayama-short-mx5-race-30hz.csv.gz", 1930.0, &expected, 2);
}

#[test]
fn fuji_has_nine_corners_on_every_lap() {
    let expected = [Right, Left, Right, Left, Right, Right, Right, Left, Right];
    // Bends that only some laps have: the exit of the first corner, the two parts of the fourth and of the eighth.
    check("fuji-ferrari488gt3-practice-60hz.csv.gz", 4460.0, &expected, 3);
}

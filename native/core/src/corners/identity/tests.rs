use super::*;
use crate::corner::Direction::{Left, Right};

const LENGTH_M: f64 = 3000.0;

fn corner(start_m: f64, end_m: f64, direction: Direction) -> Corner {
    Corner {
        id: String::new(),
        name: None,
        direction,
        kind: CornerKind::Brake,
        complex: None,
        start_m,
        apex_m: Some(middle_m(start_m, end_m, LENGTH_M)),
        min_speed_m: start_m,
        second_min_speed_m: None,
        end_m,
        peak_curvature_per_m: 0.02,
    }
}

fn first_reference() -> Vec<Corner> {
    vec![
        corner(300.0, 400.0, Right),
        corner(900.0, 950.0, Left),
        corner(960.0, 1010.0, Right),
        corner(1800.0, 2100.0, Left),
        corner(2950.0, 40.0, Right),
    ]
}

fn ids(corners: &[Corner]) -> Vec<&str> {
    corners.iter().map(|corner| corner.id.as_str()).collect()
}

fn model() -> TrackModel {
    TrackModel::from_corners("sim/track/", LENGTH_M, &first_reference())
}

#[test]
fn the_first_reference_is_numbered_in_order_and_keeps_its_ids() {
    let mut model = model();
    let mut again = first_reference();
    model.assign(&mut again);
    assert_eq!(ids(&again), ["T1", "T2", "T3", "T4", "T5"]);
    assert_eq!(model.corners.len(), 5);
}

#[test]
fn another_line_through_the_same_corners_keeps_their_ids() {
    let mut model = model();
    let mut moved = vec![
        corner(285.0, 390.0, Right),
        corner(905.0, 962.0, Left),
        corner(971.0, 1030.0, Right),
        corner(1950.0, 2150.0, Left),
        corner(2970.0, 20.0, Right),
    ];
    model.assign(&mut moved);
    assert_eq!(ids(&moved), ["T1", "T2", "T3", "T4", "T5"]);
    assert_eq!(model, self::model(), "known corners never move");
}

#[test]
fn a_new_corner_gets_a_new_id_and_a_missing_one_keeps_its_own() {
    let mut model = model();
    let mut other =
        vec![corner(300.0, 400.0, Right), corner(1400.0, 1500.0, Left), corner(1800.0, 2100.0, Left)];
    model.assign(&mut other);
    assert_eq!(ids(&other), ["T1", "T6", "T4"]);
    let mut first = first_reference();
    model.assign(&mut first);
    assert_eq!(ids(&first), ["T1", "T2", "T3", "T4", "T5"]);
    let places: Vec<f64> = model.corners.iter().map(|corner| corner.start_m).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_corner_that_moves_over_the_line_keeps_its_id() {
    let mut model = model();
    // With the old reference it lay across the line and came last; now it begins behind it and comes first.
    let mut other = vec![corner(5.0, 60.0, Right), corner(300.0, 400.0, Right)];
    model.assign(&mut other);
    assert_eq!(ids(&other), ["T5", "T1"]);
}

#[test]
fn a_corner_of_the_other_direction_is_another_corner() {
    let mut model = model();
    let mut other = vec![corner(300.0, 400.0, Left)];
    model.assign(&mut other);
    assert_eq!(ids(&other), ["T6"]);
}

#[test]
fn a_lap_that_does_not_tell_the_direction_takes_it_from_the_model() {
    let mut model = model();
    let blind = Corner { apex_m: None, peak_curvature_per_m: 0.0, ..corner(1850.0, 2050.0, Right) };
    let mut other = vec![blind];
    model.assign(&mut other);
    assert_eq!((ids(&other), other[0].direction), (vec!["T4"], Left));
}

#[test]
fn one_corner_where_there_were_two_takes_the_id_of_the_one_it_shares_most_with() {
    let mut model = model();
    let mut wide = vec![corner(880.0, 965.0, Left)];
    model.assign(&mut wide);
    assert_eq!(ids(&wide), ["T2"]);
}

#[test]
fn ids_are_never_given_twice_even_after_a_round_trip_through_json() {
    let mut model = model();
    model.corners.retain(|corner| corner.id != "T5");
    let text = serde_json::to_string(&model).expect("a model can be written");
    let mut model: TrackModel = serde_json::from_str(&text).expect("and read");
    let mut other = vec![corner(1400.0, 1500.0, Left)];
    model.assign(&mut other);
    assert_eq!(ids(&other), ["T6"]);
}

fn file() -> TrackFile {
    let text = r#"{ "formatVersion": 1, "trackKey": "sim/track/", "name": "Track", "config": "", "lengthM": 3000,
        "provenance": "drawn", "status": "verified", "landmarks": [], "corners": [
        { "id": "hairpin", "name": "Hairpin", "direction": "right", "startM": 310, "apexM": 350, "endM": 390 },
        { "id": "T1", "name": "Esses", "direction": "left", "startM": 905, "endM": 945, "complex": 3 },
        { "id": "esses-2", "direction": "right", "startM": 955, "endM": 1000, "complex": 3 }
    ] }"#;
    TrackFile::parse("track.json", text).expect("a good file")
}

#[test]
fn a_track_file_gives_ids_names_and_complexes_and_new_corners_avoid_its_ids() {
    let mut model = TrackModel::from_track_file(&file());
    let mut corners = first_reference();
    corners[4].complex = Some(1);
    model.assign(&mut corners);
    assert_eq!(ids(&corners), ["hairpin", "T1", "esses-2", "T2", "T3"]);
    assert_eq!(corners[0].name.as_deref(), Some("Hairpin"));
    let complexes: Vec<Option<u32>> = corners.iter().map(|corner| corner.complex).collect();
    assert_eq!(complexes, [None, Some(3), Some(3), None, None]);
}

#[test]
fn a_flat_corner_leaves_its_complex() {
    let mut model = TrackModel::from_track_file(&file());
    let mut corners = first_reference();
    corners[2].kind = CornerKind::Flat;
    model.assign(&mut corners);
    assert!(corners.iter().all(|corner| corner.complex.is_none()), "{corners:?}");
}

use super::*;

fn good() -> TrackFile {
    let text = r#"{
        "formatVersion": 1, "trackKey": "simcar/ring/", "name": "Ring", "lengthM": 3000, "provenance": "drawn",
        "status": "detected", "someday": "an unknown field",
        "corners": [
            { "id": "T1", "number": "1", "direction": "right", "startM": 300, "apexM": 350, "endM": 400 },
            { "id": "T2", "direction": "left", "startM": 900, "endM": 950, "complex": 1 },
            { "id": "T3", "direction": "right", "startM": 950, "endM": 1000, "complex": 1 },
            { "id": "T4", "direction": "right", "startM": 2950, "apexM": 10, "endM": 40 }
        ],
        "landmarks": [{ "lapDistanceM": 200, "words": "100 board", "cornerId": "T1" }]
    }"#;
    TrackFile::parse("ring.json", text).expect("a good file")
}

type Change = fn(&mut TrackFile);

/// What is wrong after a change of a good file.
fn wrong(change: Change) -> String {
    let mut track = good();
    change(&mut track);
    let text = serde_json::to_string(&track).expect("a track can be written");
    TrackFile::parse("ring.json", &text).expect_err("a bad file").to_string()
}

#[test]
fn a_good_file_survives_a_round_trip() {
    let text = serde_json::to_string(&good()).expect("a track can be written");
    assert_eq!(TrackFile::parse("ring.json", &text).expect("and read"), good());
}

#[test]
fn what_is_no_json_or_lacks_a_field_says_so_with_the_file() {
    let error = TrackFile::parse("ring.json", "{").expect_err("no JSON").to_string();
    assert!(error.starts_with("ring.json:") && error.contains("EOF"), "{error}");
    let error =
        TrackFile::parse("ring.json", "{ \"formatVersion\": 1 }").expect_err("fields lack").to_string();
    assert!(error.contains("trackKey"), "{error}");
}

#[test]
fn the_example_in_the_format_s_document_is_a_good_file() {
    let document = include_str!("../../../../reference-laps/TRACK-FORMAT.md");
    let (_, example) = document.split_once("```json").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    TrackFile::parse("example", example).expect("a good file");
}

#[test]
fn a_newer_format_is_refused() {
    assert!(wrong(|track| track.format_version = 2).contains("format 2 is not known"));
}

#[test]
fn each_problem_is_named() {
    let cases: [(Change, &str); 13] = [
        (|t| t.length_m = -1.0, "a lap of -1 m cannot be"),
        (|t| t.name.clear(), "name is empty"),
        (|t| t.corners[1].id = "T1".to_owned(), "two corners have the id T1"),
        (|t| t.corners[1].id.clear(), "a corner has no id"),
        (|t| t.corners[0].end_m = 3000.0, "corner T1 lies outside the lap"),
        (|t| t.corners[0].apex_m = Some(500.0), "the apex of corner T1"),
        (|t| t.corners[0].end_m = 300.0, "corner T1 has no length"),
        (|t| t.corners[2].start_m = 940.0, "corners T2 and T3 overlap"),
        (|t| t.corners[3].end_m = 310.0, "corners T4 and T1 overlap"),
        (|t| t.corners.swap(0, 1), "corner T1 comes before corner T2"),
        (|t| t.landmarks[0].words.clear(), "has no words"),
        (|t| t.landmarks[0].lap_distance_m = 9e9, "lies outside the lap"),
        (|t| t.landmarks[0].corner_id = Some("T9".to_owned()), "names the corner T9"),
    ];
    for (change, words) in cases {
        let error = wrong(change);
        assert!(error.contains(words), "{error} should say: {words}");
    }
}

#[test]
fn every_problem_is_reported_at_once_and_a_long_list_is_cut() {
    let two = wrong(|t| {
        t.name.clear();
        t.provenance.clear();
    });
    assert!(two.contains("name is empty") && two.contains("provenance is empty"), "{two}");
    let many = wrong(|t| {
        let landmark = Landmark { lap_distance_m: 10.0, words: String::new(), corner_id: None };
        t.landmarks = vec![landmark; 12];
    });
    assert!(many.contains("; and 7 more"), "{many}");
}

#[test]
fn a_complex_follows_one_another_also_round_the_line() {
    let mut track = good();
    track.corners[0].complex = Some(2);
    track.corners[3].complex = Some(2);
    assert!(track.problems().is_empty(), "{:?}", track.problems());
    track.corners[3].complex = Some(1);
    track.corners[2].complex = None;
    assert_eq!(track.problems(), ["the corners of complex 1 do not follow one another"]);
}

fn circle(count: u32) -> Vec<CentreLinePoint> {
    let at = |i: u32| f64::from(i) / f64::from(count) * core::f64::consts::TAU;
    let radius_m = 3000.0 / core::f64::consts::TAU;
    let point = |i| CentreLinePoint {
        x_m: radius_m * libm::cos(at(i)),
        y_m: radius_m * libm::sin(at(i)),
        width_right_m: 5.0,
        width_left_m: 5.0,
    };
    (0..count).map(point).collect()
}

#[test]
fn a_centre_line_must_be_dense_closed_and_as_long_as_the_lap() {
    let mut track = good();
    track.centre_line = Some(circle(300));
    assert!(track.problems().is_empty(), "{:?}", track.problems());
    track.centre_line = Some(circle(10));
    assert!(track.problems()[0].contains("has 10 points"));
    track.centre_line = Some(circle(300).into_iter().take(200).collect());
    assert!(track.problems()[0].contains("jumps"), "{:?}", track.problems());
    track.centre_line = Some(circle(300));
    track.length_m = 3200.0;
    assert!(track.problems()[0].contains("is 3000 m long"), "{:?}", track.problems());
    track.centre_line =
        Some(circle(300).into_iter().map(|p| CentreLinePoint { width_left_m: -1.0, ..p }).collect());
    assert!(track.problems()[0].contains("point 0"), "{:?}", track.problems());
}

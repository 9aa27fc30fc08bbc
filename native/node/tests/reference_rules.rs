//! Which lap the coach works from: the rules of the runner, without its thread. They are compiled in here, because a cdylib that needs Node's symbols
//! cannot be linked to a test.
#![allow(dead_code, missing_docs, reason = "the rules' other users are in the addon")]

#[path = "../src/candidates.rs"]
mod candidates;
#[path = "../src/own_reference.rs"]
mod own_reference;

use candidates::Candidates;
use own_reference::{Built, Origin, Standing, may_suit};
use racing_coach_core::Reason;
use racing_coach_core::grid::LapGrid;
use racing_coach_core::lap::{Lap, LapId, Spoils};
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use std::sync::Arc;

fn lap_of(lap_time_s: f64) -> ReferenceLap {
    ReferenceLap {
        track_key: "iracing/monza/".to_owned(),
        car_key: "w13".to_owned(),
        own: true,
        wet: false,
        rough: false,
        clean_corners: vec![],
        lap_time_s,
        grid: LapGrid::default(),
        corners: vec![],
        metrics: vec![],
        sections: vec![],
        brake_zones: vec![],
    }
}

fn built_of(lap: ReferenceLap, number: i32, origin: Origin) -> Built {
    let id = LapId { stint: 0, lap: number };
    let (described, model) = (String::new(), String::new());
    Built { coach: 1, id, origin, lap: Arc::new(lap), described, model }
}

fn session_lap(lap_time_s: f64) -> Built {
    built_of(lap_of(lap_time_s), 1, Origin::Session)
}

fn learned(lap_time_s: f64) -> Built {
    built_of(lap_of(lap_time_s), 1, Origin::Learned)
}

#[test]
fn without_a_reference_the_first_complete_lap_is_one_and_a_faster_one_takes_its_place() {
    assert!(Standing::NONE.gives_way_to(&learned(90.0), 0));
    assert!(!Standing::NONE.gives_way_to(&session_lap(90.0), 3), "a rough one comes first");
    let rough = Standing::built(&learned(90.0));
    assert!(rough.gives_way_to(&learned(89.9), 0) && !rough.gives_way_to(&learned(90.1), 0));
}

#[test]
fn three_good_laps_end_the_learning_however_slow_they_are() {
    let rough = Standing::built(&learned(90.0));
    let ends = |good_laps: u32| rough.gives_way_to(&session_lap(95.0), good_laps);
    assert_eq!([ends(1), ends(2), ends(3), ends(4)], [false, false, true, true]);
}

#[test]
fn an_own_lap_gives_way_to_a_faster_one_or_one_of_the_weather_that_there_is() {
    let own = Standing::given(Some(&lap_of(90.0)), false);
    assert!(own.gives_way_to(&session_lap(89.0), 1) && !own.gives_way_to(&session_lap(91.0), 5));
    let wet = built_of(ReferenceLap { wet: true, ..lap_of(99.0) }, 1, Origin::Session);
    assert!(own.gives_way_to(&wet, 1));
    assert!(Standing::built(&wet).gives_way_to(&session_lap(100.0), 1), "it is dry again");
    assert!(!own.gives_way_to(&learned(80.0), 5), "a rough lap claims nothing");
}

#[test]
fn anothers_lap_and_one_that_the_user_chose_stay() {
    let anothers = ReferenceLap { own: false, ..lap_of(90.0) };
    assert!(!Standing::given(Some(&anothers), false).gives_way_to(&session_lap(80.0), 9));
    assert!(!Standing::given(Some(&lap_of(90.0)), true).gives_way_to(&session_lap(80.0), 9));
    assert!(Standing::given(None, true).gives_way_to(&learned(90.0), 0), "none was chosen");
}

#[test]
fn a_lap_suits_its_track_and_car() {
    let session = |sim: &str, track: &str, car: &str| SessionInfo {
        sim: sim.to_owned(),
        track_name: track.to_owned(),
        car_path: car.to_owned(),
        ..SessionInfo::default()
    };
    let lap = lap_of(90.0);
    assert!(may_suit(&lap, &session("iracing", "Monza", "W13")));
    assert!(
        !may_suit(&lap, &session("iracing", "spa", "w13"))
            && !may_suit(&lap, &session("iracing", "monza", "mx5"))
    );
    assert!(!may_suit(&lap, &SessionInfo::default()));
}

fn settled(number: i32, valid: bool) -> Lap {
    let mut reasons = ReasonSet::EMPTY;
    if !valid {
        reasons.insert(Reason::InvalidBySim);
    }
    Lap {
        id: LapId { stint: 0, lap: number },
        start_sample: 0,
        end_sample: 5400,
        start_row: Some(0.0),
        end_row: Some(5400.0),
        official_time_s: valid.then_some(90.0),
        own_time_s: Some(90.0),
        reasons,
        spoils: Spoils::EMPTY,
    }
}

fn numbered(number: i32, origin: Origin) -> Built {
    built_of(lap_of(90.0), number, origin)
}

#[test]
fn a_lap_is_a_candidate_once_it_is_built_and_settled_in_either_order() {
    let mut candidates = Candidates::default();
    assert!(candidates.built(numbered(1, Origin::Session)).is_none());
    assert_eq!(candidates.settled(&settled(1, true)).map(|built| built.id.lap), Some(1));
    assert!(candidates.settled(&settled(2, true)).is_none());
    assert_eq!(candidates.built(numbered(2, Origin::Session)).map(|built| built.id.lap), Some(2));
}

#[test]
fn a_lap_that_the_sim_does_not_count_is_none() {
    let mut candidates = Candidates::default();
    assert!(candidates.built(numbered(1, Origin::Session)).is_none());
    assert!(candidates.settled(&settled(1, false)).is_none());
    assert!(candidates.settled(&settled(2, false)).is_none());
    assert!(candidates.built(numbered(2, Origin::Session)).is_none());
}

#[test]
fn a_rough_lap_waits_for_nothing_and_another_coach_forgets_all() {
    let mut candidates = Candidates::default();
    assert!(candidates.built(numbered(1, Origin::Learned)).is_some());
    candidates.built(numbered(2, Origin::Session));
    candidates.clear();
    assert!(candidates.settled(&settled(2, true)).is_none());
}

#[test]
fn only_the_newest_few_are_remembered() {
    let mut candidates = Candidates::default();
    for number in 1..=5 {
        assert!(candidates.built(numbered(number, Origin::Session)).is_none());
    }
    assert!(candidates.settled(&settled(1, true)).is_none(), "four wait at most");
    assert!((2..=5).all(|number| candidates.settled(&settled(number, true)).is_some()));
}

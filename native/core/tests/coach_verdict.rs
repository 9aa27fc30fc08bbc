//! Corner verdicts: the cost of each corner against exact answers, and what is worth showing.

mod coach_track;

use coach_track::{CORNERS, Drive, LENGTH_M, Outcome, Profile, coach, reference, reference_of, run};
use racing_coach_core::coach::{Coach, CoachConfig, CornerEvent, CueEvidence, Event};
use racing_coach_core::reason_set::ReasonSet;
use racing_coach_core::{CueCode, Reason, Sample};
use std::sync::Arc;

fn corners(outcome: &Outcome) -> Vec<CornerEvent> {
    let corner = |event: &Event| match event {
        Event::Corner(corner) => Some(*corner),
        _ => None,
    };
    outcome.events.iter().filter_map(corner).collect()
}

fn slower_in(corner: usize, by_mps: f64) -> Profile {
    let mut corners = CORNERS;
    corners[corner].1 -= by_mps;
    Profile::new(&corners)
}

fn coached(rows: &[Sample]) -> Vec<CornerEvent> {
    corners(&coach(CoachConfig::new(60.0), Some(reference(true)), rows))
}

fn only(reason: Reason) -> ReasonSet {
    [reason].into_iter().collect()
}

#[test]
fn every_exit_gives_a_verdict_with_the_true_cost() {
    let (best, slow) = (Profile::new(&CORNERS), slower_in(1, 5.0));
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    drive.add(&slow);
    let verdicts = coached(&drive.rows);
    assert_eq!(verdicts.iter().map(|verdict| verdict.corner).collect::<Vec<_>>(), [0, 1, 2, 3]);
    let reference = reference(true);
    for (verdict, section) in verdicts.iter().zip(&reference.sections[1..]) {
        let (start_m, exit_m) = (section.start_m, section.exit_m);
        let truth_s = slow.between_s(start_m, exit_m) - best.between_s(start_m, exit_m);
        assert!((verdict.delta_s - truth_s).abs() < 1e-3, "{verdict:?} {truth_s}");
        assert!(verdict.usable && verdict.reasons.is_empty());
    }
    let second = verdicts[1];
    assert!((second.min_speed_mps - 30.0).abs() < 0.3, "{}", second.min_speed_mps);
    assert!((second.reference_min_speed_mps - 35.0).abs() < 0.1, "{second:?}");
    assert!((second.brake_onset_m.unwrap() - slow.onset_m(CORNERS[1].0)).abs() < 0.8, "{second:?}");
    assert_eq!(second.reference_brake_onset_m, Some(best.onset_m(CORNERS[1].0)));
}

#[test]
fn only_a_clear_loss_is_shown_and_its_cue_says_how_much() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    drive.add(&slower_in(1, 5.0));
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    let shown: Vec<u16> = corners(&outcome).iter().filter(|c| c.show).map(|c| c.corner).collect();
    assert_eq!(shown, [1]);
    let verdict_cue = |event: &Event| match event {
        Event::Cue(cue) if cue.code == CueCode::CornerVerdict => Some(*cue),
        _ => None,
    };
    let cues: Vec<_> = outcome.events.iter().filter_map(verdict_cue).collect();
    assert_eq!(cues.len(), 1);
    let CueEvidence::Verdict { delta_s, spread_s, .. } = cues[0].evidence else { panic!("{:?}", cues[0]) };
    assert_eq!(spread_s, 0.10, "assumed before three passes");
    assert_eq!(delta_s, corners(&outcome)[1].delta_s);
}

#[test]
fn a_loss_before_a_corner_that_follows_at_once_is_reported_without_a_cue() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2900.0, 60.0);
    drive.add(&slower_in(2, 12.0));
    let outcome = coach(CoachConfig::new(60.0), Some(reference(true)), &drive.rows);
    assert!(corners(&outcome)[2].show);
    let spoken = |event: &Event| matches!(event, Event::Cue(cue) if cue.code == CueCode::CornerVerdict);
    assert!(!outcome.events.iter().any(spoken));
}

#[test]
fn a_gain_is_reported_and_not_shown() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    drive.add(&slower_in(1, -6.0));
    let gained = coached(&drive.rows)[1];
    assert!(gained.delta_s < -0.15 && gained.usable && !gained.show, "{gained:?}");
}

#[test]
fn a_driver_who_always_scatters_hears_only_of_more_than_that() {
    let best = Profile::new(&CORNERS);
    let mut steady = Drive::from_m(&best, 2800.0, 60.0);
    let mut wild = Drive::from_m(&best, 2800.0, 60.0);
    for lap in 0..6 {
        steady.add(&slower_in(1, 0.2 * f64::from(lap % 2)));
        wild.add(&slower_in(1, 6.0 * f64::from(lap % 2)));
    }
    steady.add(&slower_in(1, 3.0));
    wild.add(&slower_in(1, 3.0));
    let last = |rows: &[Sample]| *coached(rows).iter().rfind(|verdict| verdict.corner == 1).unwrap();
    let (of_steady, of_wild) = (last(&steady.rows), last(&wild.rows));
    assert!((of_steady.delta_s - of_wild.delta_s).abs() < 2e-3);
    assert!(of_steady.show && !of_wild.show, "{of_steady:?} {of_wild:?}");
    assert!(of_steady.spread_s.unwrap() < 0.02 && of_wild.spread_s.unwrap() > 0.05);
}

#[test]
fn spread_is_null_before_three_usable_passes() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    (0..5).for_each(|_| {
        drive.add(&best);
    });
    let known: Vec<bool> =
        coached(&drive.rows).iter().filter(|c| c.corner == 0).map(|c| c.spread_s.is_some()).collect();
    assert_eq!(known, [false, false, false, true, true]);
}

#[test]
fn an_off_track_spoils_its_corner_only_and_says_so() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    drive.add(&slower_in(1, 5.0));
    let off = |row: &&mut Sample| row.lap == 1.0 && (1520.0..1545.0).contains(&row.lap_distance_m);
    drive.rows.iter_mut().filter(off).for_each(|row| row.track_surface = 0.0);
    let verdicts = coached(&drive.rows);
    assert_eq!(verdicts.iter().map(|v| v.usable).collect::<Vec<_>>(), [true, false, true, true]);
    assert_eq!(verdicts[1].reasons, only(Reason::OffTrack));
    assert!(!verdicts[1].show);
}

#[test]
fn an_out_lap_is_reported_as_not_usable() {
    let best = Profile::new(&CORNERS);
    let drive = Drive::from_m(&best, 1000.0, 60.0);
    let verdicts = coached(&drive.rows);
    assert_eq!(verdicts.len(), 3);
    assert!(verdicts.iter().all(|verdict| !verdict.usable && !verdict.show && !verdict.reasons.is_empty()));
}

#[test]
fn a_pass_broken_by_a_jump_gives_no_verdict() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    drive.add(&best);
    // Put back by 300 m in the middle of the second corner, as an active reset does.
    let at = drive.rows.iter().position(|row| row.lap == 1.0 && row.lap_distance_m > 1480.0).unwrap();
    for row in &mut drive.rows[at..] {
        row.lap_distance_m = (row.lap_distance_m - 600.0).rem_euclid(LENGTH_M);
        row.lap_fraction = row.lap_distance_m / LENGTH_M;
    }
    let verdicts = coached(&drive.rows);
    let usable: Vec<u16> = verdicts.iter().filter(|v| v.usable).map(|v| v.corner).collect();
    assert_eq!(usable, [0, 1], "the pass that was broken off, and the one after a run-in: {verdicts:?}");
}

#[test]
fn a_corner_across_the_line_is_measured_whole() {
    let best = Profile::new(&CORNERS);
    let mut crossing = reference_of(&best, true);
    // The section of the last corner now runs on over the line, its exit 40 m after it.
    let first = crossing.sections.remove(0);
    let last = crossing.sections.last_mut().unwrap();
    (last.exit_m, last.end_m) = (40.0, first.end_m);
    let slow = slower_in(3, 4.0);
    let mut drive = Drive::from_m(&best, 2000.0, 60.0);
    drive.add(&slow).add(&best);
    let outcome = coach(CoachConfig::new(60.0), Some(Arc::new(crossing.clone())), &drive.rows);
    let section = crossing.sections.last().unwrap();
    let to_line_s = |profile: &Profile| profile.between_s(section.start_m, LENGTH_M);
    let truth_s = to_line_s(&slow) - to_line_s(&best);
    let verdict = *corners(&outcome).iter().rfind(|verdict| verdict.corner == 3).unwrap();
    assert!((verdict.delta_s - truth_s).abs() < 2e-3, "{} {truth_s}", verdict.delta_s);
    assert!(verdict.usable);
}

#[test]
fn a_new_reference_keeps_what_is_known_of_the_drivers_scatter() {
    let best = Profile::new(&CORNERS);
    let mut drive = Drive::from_m(&best, 2800.0, 60.0);
    for lap in 0..4 {
        drive.add(&slower_in(1, f64::from(lap % 2)));
    }
    let at = drive.rows.len();
    drive.add(&best);
    let mut live = Coach::new(CoachConfig::new(60.0), Some(reference(true)));
    run(&mut live, &drive.rows[..at]);
    live.set_reference(Some(Arc::new(reference_of(&slower_in(1, 0.5), true))));
    let after = corners(&run(&mut live, &drive.rows[at..]));
    assert!(after.iter().all(|verdict| verdict.spread_s.is_some()), "{after:?}");
}

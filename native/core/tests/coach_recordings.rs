//! The coach on real recordings, against the driver's own best lap in them.

mod recordings;

use racing_coach_core::analysis::{PreparedLap, Recording, best_lap, reference_from_lap};
use racing_coach_core::coach::{Coach, CoachConfig, CornerEvent, CueEvent, Event, Events};
use racing_coach_core::compare::{PhaseDeltas, compare};
use racing_coach_core::lap::{Lap, LapId};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{CueCode, Reason, Sample, Status};
use std::sync::Arc;

struct Coached {
    best: LapId,
    reference: Arc<ReferenceLap>,
    events: Vec<Event>,
    samples: Vec<Sample>,
}

/// The recording coached against its own best lap; `None` with a printed reason where it is missing.
fn coached(name: &str, length_m: f64) -> Option<Coached> {
    let read = recordings::read(name)?;
    let session = SessionInfo { track_length_m: Some(length_m), ..SessionInfo::default() };
    let recording = Recording { samples: &read.samples, rate_hz: recordings::RATE_HZ, session: &session };
    let laps = recording.laps();
    let best = best_lap(&laps.laps).expect("a good lap");
    let reference = Arc::new(reference_from_lap(&recording, best, true, None).expect("a reference"));
    let config = CoachConfig { length_hint_m: Some(length_m), ..CoachConfig::new(recordings::RATE_HZ) };
    let mut coach = Coach::new(config, Some(reference.clone()));
    let (mut events, mut all) = (Events::new(), vec![]);
    for row in &read.samples {
        events.clear();
        coach.step(row, &mut events);
        all.extend(events.iter().copied());
    }
    events.clear();
    coach.finish(&mut events);
    all.extend(events.iter().copied());
    assert_eq!(events.overflowed(), 0);
    Some(Coached { best: best.id, reference, events: all, samples: read.samples })
}

fn okayama() -> Option<Coached> {
    coached("okayama-short-mx5-race-30hz.csv.gz", 1930.0)
}

fn fuji() -> Option<Coached> {
    coached("fuji-ferrari488gt3-practice-60hz.csv.gz", 4460.0)
}

impl Coached {
    fn corners(&self, id: LapId) -> Vec<CornerEvent> {
        let corner = |event: &Event| match event {
            Event::Corner(corner) if corner.place.id == id => Some(*corner),
            _ => None,
        };
        self.events.iter().filter_map(corner).collect()
    }

    fn brake_cues(&self) -> impl Iterator<Item = CueEvent> {
        self.events.iter().filter_map(|event| match event {
            Event::Cue(cue) if cue.code != CueCode::CornerVerdict => Some(*cue),
            _ => None,
        })
    }

    fn coached_sections(&self) -> usize {
        self.reference.sections.iter().filter(|section| section.corner_id.is_some()).count()
    }

    /// What holds on every recording.
    fn check_rules(&self) {
        let mut status = Status::NoSource;
        for event in &self.events {
            match event {
                Event::Status(event) => status = event.status,
                Event::Cue(cue) => assert_eq!(status, Status::Coaching, "{cue:?}"),
                Event::Corner(corner) => assert!(corner.usable || !corner.show, "{corner:?}"),
                Event::Lap(_) | Event::LapOpened(_) => {}
            }
        }
        assert_eq!(status, Status::Ended);
        self.brake_cues().filter(|cue| cue.code == CueCode::BrakeGo).for_each(|go| self.check_go(&go));
    }

    /// GO lies within half a row of the point, and every beat came before it, half a second apart.
    fn check_go(&self, go: &CueEvent) {
        let at = self.samples.iter().position(|row| row.index == go.place.sample).unwrap();
        let (row, next) = (&self.samples[at], &self.samples[at + 1]);
        let row_s =
            (next.index - row.index).max(row.index - self.samples[at - 1].index) as f64 / recordings::RATE_HZ;
        assert!(go.lead_m.abs() <= row.speed_mps * (0.5 * row_s + 0.002), "{go:?} {row_s}");
        let beats: Vec<u64> = self
            .brake_cues()
            .filter(|cue| cue.corner == go.corner && cue.place.sample <= go.place.sample)
            .map(|cue| cue.place.sample)
            .collect();
        let [.., third, second, first, go_row] = beats[..] else { panic!("{beats:?}") };
        for apart in [second - third, first - second, go_row - first] {
            assert!((25..=35).contains(&apart), "{apart} ticks before {go:?}");
        }
    }
}

#[test]
fn okayama_every_corner_of_every_lap_gets_its_verdict() {
    let Some(race) = okayama() else { return };
    race.check_rules();
    assert!(race.coached_sections() >= 4, "five corners are braked for; two of them may be one complex");
    for lap in 2..=14 {
        let verdicts = race.corners(LapId { stint: 0, lap });
        assert_eq!(verdicts.len(), race.coached_sections(), "lap {lap}");
        assert!(verdicts.iter().all(|verdict| verdict.usable), "lap {lap}");
    }
    let from_grid = race.corners(LapId { stint: 0, lap: 1 });
    assert!(from_grid.iter().all(|verdict| !verdict.usable));
}

#[test]
fn okayama_the_best_lap_costs_nothing_against_itself() {
    let Some(race) = okayama() else { return };
    for verdict in race.corners(race.best) {
        assert!(verdict.delta_s.abs() < 0.002, "{verdict:?}");
        assert!((verdict.brake_onset_m.unwrap() - verdict.reference_brake_onset_m.unwrap()).abs() < 0.1);
    }
}

#[test]
fn okayama_a_driver_who_coasts_into_every_corner_hears_few_more_beats_than_go() {
    let Some(race) = okayama() else { return };
    let count = |code: CueCode| race.brake_cues().filter(|cue| cue.code == code).count();
    let (third, go) = (count(CueCode::BrakeBeat3), count(CueCode::BrakeGo));
    // 14 laps of four or five brake points; the other GOs were dropped because he had lifted.
    assert!((52..=75).contains(&third), "{third}");
    assert!(go <= third && 2 * go >= third, "{go} of {third}");
}

/// On lap 7 the car is put into its stall, which this recorder does not tell, and later, at speed, to where it had been before.
#[test]
fn fuji_is_silent_after_a_reset_to_a_standstill_and_coached_after_a_move_at_speed() {
    let Some(practice) = fuji() else { return };
    practice.check_rules();
    assert!(practice.corners(practice.best).iter().all(|verdict| verdict.delta_s.abs() < 0.002));
    let told = |status: Status, stint: u32| {
        let is = |event: &Event| matches!(event, Event::Status(event) if event.status == status && event.place.id == LapId { stint, lap: 7 });
        practice.events.iter().position(is).expect("the status is told on lap 7")
    };
    let (reset, coached) = (told(Status::Reset, 2), told(Status::Coaching, 3));
    let is_cue = |event: &Event| matches!(event, Event::Cue(_));
    let is_usable = |event: &Event| matches!(event, Event::Corner(corner) if corner.usable);
    assert!(!practice.events[reset..coached].iter().any(|event| is_cue(event) || is_usable(event)));
    assert!(
        practice.events[coached..].iter().any(is_cue) && practice.events[coached..].iter().any(is_usable)
    );
}

#[test]
fn fuji_every_brake_point_is_counted_down_on_the_best_lap() {
    let Some(practice) = fuji() else { return };
    let go: Vec<u16> = practice
        .brake_cues()
        .filter(|cue| cue.code == CueCode::BrakeGo && cue.place.id == practice.best)
        .map(|cue| cue.corner)
        .collect();
    assert!(go.windows(2).all(|pair| pair[0] < pair[1]), "{go:?}");
    assert!(go.len() >= 5, "{go:?} of {} sections", practice.coached_sections());
}

/// The live verdict and the comparison of the stored lap are one piece of arithmetic done twice: largest difference in seconds.
fn worst_disagreement_s(coached: &Coached, length_m: f64) -> f64 {
    let session = SessionInfo { track_length_m: Some(length_m), ..SessionInfo::default() };
    let recording = Recording { samples: &coached.samples, rate_hz: recordings::RATE_HZ, session: &session };
    let table = recording.laps();
    let mut worst_s: f64 = 0.0;
    // The lap from the grid is timed from the green light, which the coach does not know of.
    let flying = |lap: &&Lap| lap.complete() && !lap.reasons.contains(Reason::GridStart);
    for lap in table.laps.iter().filter(flying) {
        let stored = PreparedLap::new(&recording, lap, table.length_m).expect("a complete lap");
        let comparison = compare(&coached.reference, &stored.compared());
        for verdict in coached.corners(lap.id) {
            let id = &coached.reference.corners[usize::from(verdict.corner)].id;
            let section = comparison.sections.iter().find(|section| section.corner_id.as_ref() == Some(id));
            let PhaseDeltas { braking, entry, middle, exit, .. } = section.expect("the section").phases;
            worst_s = worst_s.max((verdict.delta_s - (braking + entry + middle + exit)).abs());
        }
    }
    worst_s
}

#[test]
fn live_verdicts_agree_with_the_comparison_of_stored_laps() {
    if let Some(race) = okayama() {
        assert!(worst_disagreement_s(&race, 1930.0) < 0.005, "{}", worst_disagreement_s(&race, 1930.0));
    }
    if let Some(practice) = fuji() {
        assert!(
            worst_disagreement_s(&practice, 4460.0) < 0.005,
            "{}",
            worst_disagreement_s(&practice, 4460.0)
        );
    }
}

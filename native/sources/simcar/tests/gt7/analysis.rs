//! The coach and the analysis behind the source.

use super::*;
use racing_coach_core::analysis::{best_lap, reference_from_lap};
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events};
use racing_coach_core::lap::LapId;
use racing_coach_core::session::SessionInfo;
use std::sync::Arc;

fn analysis_of(samples: &[Sample], session: &racing_coach_core::session::SessionInfo) -> FileAnalysis {
    analyze(&Recording { samples, rate_hz: RATE_HZ, session }, None)
}

#[test]
fn corners_and_brake_zones_are_those_of_the_recording_seed_6() {
    let (simulated, said, _) = driven(Network::default(), 6);
    let recorded = analysis_of(&simulated.samples, &simulated.session);
    let live = analysis_of(&said.samples, said.sessions.last().unwrap());
    for lap in live.laps.iter().filter(|lap| lap.complete) {
        let same = recorded.laps.iter().find(|other| other.complete && other.lap == lap.lap).unwrap();
        assert_eq!(lap.corners.len(), same.corners.len(), "lap {}", lap.lap);
        assert_eq!(lap.brake_zones.len(), same.brake_zones.len(), "lap {}", lap.lap);
        let (line_m, centre_m) = (live.track.length_m.unwrap(), recorded.track.length_m.unwrap());
        for (zone, other) in lap.brake_zones.iter().zip(&same.brake_zones) {
            // The line and the track's middle cover different ground up to here.
            let (here, there) = (zone.start_m / line_m, other.start_m / centre_m);
            assert!((here - there).abs() < 0.008, "{here} {there}");
            assert!((zone.peak_brake - other.peak_brake).abs() < 0.01);
        }
        for (corner, other) in lap.corners.iter().zip(&same.corners) {
            assert_eq!(corner.direction, other.direction);
            assert!((corner.min_speed_mps - other.min_speed_mps).abs() < 0.5);
        }
    }
}

/// Corner passes that the coach judges and cues that it gives, coached against the best lap.
fn coached(samples: &[Sample], session: &SessionInfo) -> (Vec<(LapId, usize)>, usize) {
    let recording = Recording { samples, rate_hz: RATE_HZ, session };
    let laps = recording.laps();
    let best = best_lap(&laps.laps).expect("a lap of reference grade");
    let reference = Arc::new(reference_from_lap(&recording, best, true, None).expect("a reference"));
    let mut coach = Coach::new(CoachConfig::new(RATE_HZ), Some(reference.clone()));
    let (mut events, mut passes, mut cues) = (Events::new(), vec![], 0);
    for sample in samples {
        events.clear();
        coach.step(sample, &mut events);
        for event in events.iter() {
            match event {
                Event::Corner(corner) => passes.push((corner.place.id, corner.corner as usize)),
                Event::Cue(_) => cues += 1,
                _ => {}
            }
        }
    }
    (passes, cues)
}

/// Driven once to learn, and the coach does what it does with the recording of the same session.
#[test]
fn the_coach_coaches_on_a_learned_line_seed_17() {
    let (simulated, said, _) = driven(Network::default(), 17);
    let (live, live_cues) = coached(&said.samples, said.sessions.last().unwrap());
    let (recorded, recorded_cues) = coached(&simulated.samples, &simulated.session);
    let timed: Vec<_> = recorded.into_iter().filter(|(lap, _)| lap.lap >= 2).collect();
    assert_eq!(live, timed);
    assert!(live.len() >= 16, "{live:?}");
    assert!(live_cues > recorded_cues / 2, "{live_cues} {recorded_cues}");
}

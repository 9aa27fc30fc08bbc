//! What the lap tracker says about real .ibt files that lie beside the repository.

use racing_coach_core::lap::Lap;
use racing_coach_core::laps::{LapTracker, TrackerStep};
use racing_coach_core::{Reason, Status};
use racing_coach_sources::ibt::IbtFile;
use std::path::PathBuf;

/// The tracker's steps and the laps that settled; `None` with a printed reason where the file is missing.
fn follow(name: &str) -> Option<(Vec<TrackerStep>, Vec<Lap>, f64)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/telemetry").join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    let mut file = IbtFile::open(&path).unwrap();
    let mut tracker = LapTracker::new(file.rate_hz());
    let mut steps: Vec<TrackerStep> =
        file.samples().unwrap().iter().map(|sample| tracker.step(sample)).collect();
    steps.push(tracker.finish());
    let laps = steps.iter().flat_map(|step| step.settled.into_iter().flatten()).collect();
    Some((steps, laps, tracker.length_m().unwrap()))
}

#[test]
fn an_out_lap_that_ends_off_the_track_is_one_part_of_a_lap() {
    let Some((steps, laps, length_m)) = follow("redbullring-amg-gt4.ibt") else { return };
    assert!((length_m - 4283.359).abs() < 0.001, "{length_m}");
    assert_eq!(laps.len(), 1);
    for reason in
        [Reason::OutLap, Reason::StartsMidLap, Reason::EndsMidLap, Reason::OffTrack, Reason::Incident]
    {
        assert!(laps[0].reasons.contains(reason), "{reason:?}");
    }
    assert!(!laps[0].complete());
    // In the pits to row 1321, off the track from row 2989 to 3190, then backing up.
    let blocked = |row: usize| steps[row].blocked;
    assert_eq!((blocked(0), blocked(1321)), (Some(Status::InPits), Some(Status::InPits)));
    assert_eq!((blocked(1322), blocked(2988)), (Some(Status::OutLap), Some(Status::OutLap)));
    assert_eq!((blocked(2989), blocked(3190)), (Some(Status::OffTrack), Some(Status::OffTrack)));
    assert_eq!(blocked(3300), Some(Status::WrongWay));
    assert!(steps.iter().all(|step| !step.crossed));
}

#[test]
fn a_parked_car_drives_no_lap() {
    let Some((steps, laps, _)) = follow("redbullring-w13-parked.ibt") else { return };
    assert!(laps.iter().all(|lap| !lap.complete() && lap.reasons.contains(Reason::OutLap)));
    assert!(steps[..390].iter().all(|step| step.blocked == Some(Status::InPits)));
}

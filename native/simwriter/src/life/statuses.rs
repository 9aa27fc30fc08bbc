//! What the driver must read in each scene of a life.

use super::scene::Scene;
use super::take::TakeKind;
use racing_coach_core::Status;

/// A scene's status has changed by so many rows after its beginning.
const CHANGES_ROWS: u64 = 30;

/// Rows of a scene.
fn rows_of(scene: &Scene) -> u64 {
    match scene {
        Scene::Menus { rows, .. } | Scene::Garage { rows, .. } => u64::from(*rows),
        Scene::Drive { rows, .. } | Scene::Replay { rows, .. } => rows.len() as u64,
        Scene::MadeUp { rows, .. } => rows.len() as u64,
        _ => 0,
    }
}

/// Whether a driver may read this in a scene.
fn fits(scene: &Scene, status: Status) -> bool {
    use Status::{InGarage, InMenus, NoSource, NotDriving, Replay, Reset};
    let drives = || !matches!(status, InGarage | InMenus | NoSource | NotDriving | Replay);
    match scene {
        Scene::Menus { .. } => status == InMenus,
        Scene::Garage { .. } => status == InGarage,
        // It ends where it is no longer told from the picture behind the menus.
        Scene::Replay { .. } => matches!(status, Replay | InMenus),
        Scene::Drive { take, .. } => {
            let moves = matches!(take.key.kind, TakeKind::Reset | TakeKind::Tow | TakeKind::ActiveReset);
            drives() && (moves || status != Reset)
        }
        _ => drives(),
    }
}

/// Every status that does not fit its scene, in words. `told`: each status with the number of rows that had been read when it was told.
pub fn differences(scenes: &[Scene], told: &[(u64, Status)]) -> Vec<String> {
    let (mut differences, mut begin) = (Vec::new(), 0);
    for (number, scene) in scenes.iter().enumerate() {
        let end = begin + rows_of(scene);
        let settled = begin + CHANGES_ROWS;
        if settled < end {
            let holds = told.iter().rev().find(|(row, _)| *row <= settled);
            // That no row comes is told behind the last one, and is another scene's.
            let by_rows = |status: Status| {
                !matches!(status, Status::NoSource | Status::ConnectionLost | Status::Paused)
            };
            let later =
                told.iter().filter(|(row, status)| (settled + 1..=end).contains(row) && by_rows(*status));
            let wrong = holds.into_iter().chain(later).find(|(_, status)| !fits(scene, *status));
            if let Some((row, status)) = wrong {
                let what = status.code();
                differences.push(format!("scene {number} from row {begin}: {what} was told at row {row}"));
            }
            if holds.is_none() {
                differences.push(format!("scene {number} from row {begin}: nothing was told"));
            }
        }
        begin = end;
    }
    differences
}

//! What a damaged or mixed text may not take away: the sim replaces its text in place, and a copy of that moment can lose any section.

use racing_coach_core::session::SessionInfo;

/// The facts that hold after `info` was read of a text: those of the car and driver that it lost stay as they were known. `None` when it lost
/// its track: then nothing of it counts. `known` is empty where another car or connection has begun.
pub(crate) fn keep_known(known: &SessionInfo, info: SessionInfo) -> Option<SessionInfo> {
    if info.track_name.is_empty() && !known.track_name.is_empty() {
        return None;
    }
    if !info.car_key().is_empty() || known.car_key().is_empty() {
        return Some(info);
    }
    // Who the others are is counted from the same list, without one's own entry.
    Some(SessionInfo {
        car_path: known.car_path.clone(),
        car_name: known.car_name.clone(),
        driver_name: known.driver_name.clone(),
        driver_id: known.driver_id,
        other_cars: known.other_cars,
        ..info
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(track: &str, car: &str, others: Option<u32>) -> SessionInfo {
        let (track_name, car_path) = (track.to_owned(), car.to_owned());
        let driver_id = if car.is_empty() { 0 } else { 7 };
        SessionInfo { track_name, car_path, driver_id, other_cars: others, ..SessionInfo::default() }
    }

    #[test]
    fn what_is_lost_stays_and_what_is_told_counts() {
        let known = of("monza", "w13", Some(3));
        let kept = |info: SessionInfo| keep_known(&known, info);
        assert_eq!(kept(of("", "mx5", None)), None);
        assert_eq!(kept(of("spa", "mx5", Some(1))), Some(of("spa", "mx5", Some(1))));
        assert_eq!(kept(of("monza", "", Some(4))), Some(known.clone()));
        let unknown = SessionInfo::default();
        assert_eq!(keep_known(&unknown, of("", "", None)), Some(of("", "", None)));
        assert_eq!(keep_known(&unknown, of("monza", "", None)), Some(of("monza", "", None)));
    }
}

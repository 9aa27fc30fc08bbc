//! Which brake zone belongs to which corner, and how far the brake is trailed into it.

use crate::corner::{BrakeZone, Corner, CornerKind};
use crate::metrics::ring::wrap_m;
use crate::metrics::windows::CornerWindow;

/// The zone of each corner, one to one and in order: among the zones that begin after the minimum speed of the coached corner
/// before and not after this one's, the one that loses the most speed. `None` for flat corners and where nobody brakes.
/// `min_speed_m` are the lap's own slowest places, as the windows in unrolled metres.
pub fn zones_by_corner(
    corners: &[Corner],
    windows: &[CornerWindow],
    min_speed_m: &[f64],
    zones: &[BrakeZone],
    length_m: f64,
) -> Vec<Option<usize>> {
    let coached: Vec<usize> =
        (0..corners.len()).filter(|&index| corners[index].kind != CornerKind::Flat).collect();
    let mut matched = vec![None; corners.len()];
    for (rank, &index) in coached.iter().enumerate() {
        let previous = coached[(rank + coached.len() - 1) % coached.len()];
        let reach_m = match wrap_m(min_speed_m[index] - min_speed_m[previous], length_m) {
            _ if previous == index => length_m,
            reach_m => reach_m,
        };
        // Counted back from the minimum speed: a zone that begins there is the nearest, one a whole reach back is the neighbour's.
        let back_m = |zone: &BrakeZone| wrap_m(min_speed_m[index] - zone.start_m, length_m);
        matched[index] = (0..zones.len())
            .filter(|&zone| {
                back_m(&zones[zone]) < reach_m && ends_near(&zones[zone], &windows[index], length_m)
            })
            .max_by(|&a, &b| speed_loss(&zones[a]).total_cmp(&speed_loss(&zones[b])).then(b.cmp(&a)));
    }
    matched
}

/// A touch of the brake that is over long before the corner, on a long straight, is not for the corner.
const OVER_BEFORE_TURN_IN_M: f64 = 150.0;

fn ends_near(zone: &BrakeZone, window: &CornerWindow, length_m: f64) -> bool {
    let back_m = wrap_m(window.start_m - zone.end_m + length_m / 2.0, length_m) - length_m / 2.0;
    back_m < OVER_BEFORE_TURN_IN_M
}

fn speed_loss(zone: &BrakeZone) -> f64 {
    zone.start_speed_mps - zone.min_speed_mps
}

/// Metres from turn-in to the release of a zone's brake; 0 when it was released before.
pub fn trail_brake_m(zone: &BrakeZone, window: &CornerWindow, length_m: f64) -> f64 {
    let zone_m = wrap_m(zone.end_m - zone.start_m, length_m);
    let start_m =
        window.start_m + wrap_m(zone.start_m - window.start_m + length_m / 2.0, length_m) - length_m / 2.0;
    (start_m + zone_m - window.start_m).max(0.0)
}

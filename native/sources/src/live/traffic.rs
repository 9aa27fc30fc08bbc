//! How far the next cars are, worked out of the sim's list of all cars, for builds that do not tell it themselves.

use crate::ibt::Variable;
use racing_coach_core::{Channel, Sample};

/// What stands for "no car on the road": longer than any lap.
pub const NO_CAR_M: f64 = 100_000.0;
/// Most cars that are looked at; the sim's lists have 64.
const MOST_CARS: usize = 1024;
/// Below this share of a lap the quotient of distance and share is too coarse to give the lap's length.
const LEAST_SHARE: f64 = 0.05;

/// `CarIdxTrackSurface` of a car that is on its way into the pits or stands there.
const IN_PIT_STALL: f64 = 1.0;
const APPROACHING_PITS: f64 = 2.0;
const NOT_IN_WORLD: f64 = -1.0;

/// The variables that tell where the cars are.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic {
    share: Variable,
    surface: Option<Variable>,
    on_pit_road: Option<Variable>,
    player: Variable,
}

impl Traffic {
    /// `None` when the sim does not list cars: then the distances are not known.
    pub fn new(variables: &[Variable]) -> Option<Self> {
        let variable = |name: &str| variables.iter().find(|variable| variable.name == name).cloned();
        Some(Traffic {
            share: variable("CarIdxLapDistPct")?,
            surface: variable("CarIdxTrackSurface"),
            on_pit_road: variable("CarIdxOnPitRoad"),
            player: variable("PlayerCarIdx")?,
        })
    }

    /// Fills those of the distances ahead and behind that are NaN, along the road and over the line: [`NO_CAR_M`] when no other car is on it. Cars in the
    /// pits, on their way in, or not in the world are none. NaN when the own place or the lap's length is not known; the length is
    /// taken from the sample itself where it can be, because the session text rounds it.
    pub fn fill(&self, row: &[u8], track_length_m: Option<f64>, sample: &mut Sample) {
        let Some((length_m, own_share, own)) = self.own_place(row, track_length_m, sample) else { return };
        let (mut ahead_m, mut behind_m) = (NO_CAR_M, NO_CAR_M);
        for car in 0..self.share.count.min(MOST_CARS) {
            let share = self.share.decode_element(row, car);
            if car as f64 == own || !is_share(share) || !self.is_on_road(row, car) {
                continue;
            }
            let before = (share - own_share).rem_euclid(1.0) * length_m;
            ahead_m = ahead_m.min(before);
            behind_m = behind_m.min(length_m - before);
        }
        for (channel, distance_m) in [(Channel::CarAheadM, ahead_m), (Channel::CarBehindM, behind_m)] {
            if sample.get(channel).is_nan() {
                sample.set(channel, distance_m);
            }
        }
    }

    /// Length of the lap, the own share of it, and the own number in the list.
    fn own_place(&self, row: &[u8], track_length_m: Option<f64>, sample: &Sample) -> Option<(f64, f64, f64)> {
        let own = self.player.decode(row);
        let listed = (own >= 0.0).then(|| self.share.decode_element(row, own as usize));
        // The list first: it has all cars at the same moment.
        let share =
            [listed.unwrap_or(f64::NAN), sample.lap_fraction].into_iter().find(|share| is_share(*share))?;
        let exact_m = sample.lap_distance_m / sample.lap_fraction;
        let exact = sample.lap_fraction > LEAST_SHARE && exact_m.is_finite() && exact_m > 0.0;
        let length_m = if exact { Some(exact_m) } else { track_length_m };
        let in_world = sample.track_surface != NOT_IN_WORLD;
        length_m.filter(|length| in_world && length.is_finite()).map(|length| (length, share, own))
    }

    fn is_on_road(&self, row: &[u8], car: usize) -> bool {
        let surface = self.surface.as_ref().map_or(f64::NAN, |surface| surface.decode_element(row, car));
        let on_pit_road = self.on_pit_road.as_ref().is_some_and(|pit| pit.decode_element(row, car) == 1.0);
        !on_pit_road && ![NOT_IN_WORLD, IN_PIT_STALL, APPROACHING_PITS].contains(&surface)
    }
}

/// A car that is not in the world has -1. Just behind the line the sim says a little less than 0 at times.
fn is_share(share: f64) -> bool {
    (-0.01..=1.01).contains(&share)
}

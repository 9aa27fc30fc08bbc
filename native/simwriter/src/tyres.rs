//! The tyres as the sim tells them: as the car was handed over, and from then on as the crew finds them at each stop in the stall.

use crate::opponents::PlayerNow;

/// Wheels with the sim's names.
pub const WHEELS: [&str; 4] = ["LF", "RF", "LR", "RR"];
/// What is told of each: the sim's names, and units.
pub const OF_A_WHEEL: [(&str, &str); 7] = [
    ("tempCL", "C"),
    ("tempCM", "C"),
    ("tempCR", "C"),
    ("wearL", "%"),
    ("wearM", "%"),
    ("wearR", "%"),
    ("coldPressure", "kPa"),
];

/// Values of the wheels, in the order of the names.
pub type TyreValues = [[f64; OF_A_WHEEL.len()]; WHEELS.len()];

/// New tyres at the air's temperature.
const NEW: TyreValues = [[31.0, 31.0, 31.0, 1.0, 1.0, 1.0, 165.5]; WHEELS.len()];
/// `PlayerTrackSurface` in the stall.
const IN_STALL: f64 = 1.0;
/// Tread that a lap takes, of the most loaded tyre.
const WEAR_A_LAP: f64 = 0.012;

/// The tyres of the driver's car.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tyres {
    told: TyreValues,
    laps: f64,
    last_lap: f64,
    stood: bool,
}

impl Default for Tyres {
    fn default() -> Self {
        Tyres { told: NEW, laps: 0.0, last_lap: f64::NAN, stood: true }
    }
}

impl Tyres {
    /// Follows the driver, and gives what the sim tells: other values from the row on at which he stops in his stall after at least a lap.
    pub fn step(&mut self, player: &PlayerNow) -> &TyreValues {
        let stands = player.track_surface == IN_STALL;
        if player.lap == self.last_lap + 1.0 && !stands {
            self.laps += 1.0;
        }
        self.last_lap = player.lap;
        if stands && !self.stood && self.laps > 0.0 {
            self.told = measured(self.laps);
        }
        self.stood = stands;
        &self.told
    }
}

/// Tyres after so many laps: the outer edges of a right-hand circuit's left tyres are the hottest and go first.
fn measured(laps: f64) -> TyreValues {
    std::array::from_fn(|wheel| {
        let load = [1.0, 0.85, 0.9, 0.78][wheel];
        let edge = |place: usize| 1.0 - 0.06 * place as f64;
        let temperature_c = |place: usize| 31.0 + 58.0 * load * edge(place);
        let wear = |place: usize| (1.0 - WEAR_A_LAP * laps * load * edge(place)).max(0.0);
        [temperature_c(0), temperature_c(1), temperature_c(2), wear(0), wear(1), wear(2), 165.5]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_change_at_stops_after_a_lap_and_nowhere_else() {
        let mut tyres = Tyres::default();
        let mut at = |lap: f64, track_surface: f64| {
            *tyres.step(&PlayerNow { lap, track_surface, ..PlayerNow::default() })
        };
        let handed_over = at(0.0, 1.0);
        assert_eq!(at(1.0, 3.0), handed_over);
        assert_eq!(at(2.0, 3.0), handed_over);
        let stopped = at(2.0, 1.0);
        assert_eq!(stopped[0][3], 1.0 - 2.0 * WEAR_A_LAP);
        assert!(stopped[0][0] > 80.0);
        assert_eq!(at(3.0, 3.0), stopped);
    }
}

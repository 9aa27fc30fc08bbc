//! The truth about braking: applications of the pedal at the resolution of the integration.

/// The pedal counts as on above this.
pub const ON: f64 = 0.05;
/// And as off below this.
pub const OFF: f64 = 0.02;
/// Applications with less road between them are one.
const MERGE_GAP_M: f64 = 15.0;
/// A zone loses at least this speed: 10 km/h.
pub const LEAST_LOSS_MPS: f64 = 10.0 / 3.6;

/// One application. Distances are not wrapped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BrakeZoneTruth {
    /// Where the pedal passed 5 %.
    pub onset_m: f64,
    /// Where it fell below 2 %.
    pub release_m: f64,
    /// Speed at the onset.
    pub onset_mps: f64,
    /// Lowest speed in it.
    pub lowest_mps: f64,
    /// Highest pedal.
    pub peak_brake: f64,
}

/// Collects applications.
#[derive(Debug, Clone, Default)]
pub struct BrakeLog {
    zones: Vec<BrakeZoneTruth>,
    pressed: bool,
    last: Option<(f64, f64)>,
}

impl BrakeLog {
    /// One step: distance, speed, pedal.
    pub fn add(&mut self, distance_m: f64, speed_mps: f64, brake: f64) {
        let (before_m, before) = self.last.unwrap_or((distance_m, brake));
        let crossing =
            |level: f64| before_m + (distance_m - before_m) * ((level - before) / (brake - before));
        if !self.pressed && brake > ON && before <= ON {
            self.begin(crossing(ON), speed_mps);
        }
        if self.pressed
            && let Some(zone) = self.zones.last_mut()
        {
            zone.lowest_mps = zone.lowest_mps.min(speed_mps);
            zone.peak_brake = zone.peak_brake.max(brake);
            zone.release_m = distance_m;
            if brake < OFF {
                zone.release_m = crossing(OFF);
                self.pressed = false;
            }
        }
        self.last = Some((distance_m, brake));
    }

    fn begin(&mut self, onset_m: f64, speed_mps: f64) {
        self.pressed = true;
        let continues = self.zones.last().is_some_and(|last| onset_m - last.release_m < MERGE_GAP_M);
        if !continues {
            self.zones.push(BrakeZoneTruth {
                onset_m,
                release_m: onset_m,
                onset_mps: speed_mps,
                lowest_mps: speed_mps,
                peak_brake: 0.0,
            });
        }
    }

    /// Those that lose at least 10 km/h, in order.
    pub fn zones(&self) -> impl Iterator<Item = &BrakeZoneTruth> {
        self.zones.iter().filter(|zone| zone.onset_mps - zone.lowest_mps >= LEAST_LOSS_MPS)
    }

    /// The car was put somewhere else.
    pub fn jump(&mut self) {
        self.last = None;
        self.pressed = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onset_lies_where_the_pedal_passes_five_per_cent() {
        let mut log = BrakeLog::default();
        for (distance_m, speed_mps, brake) in [
            (0.0, 50.0, 0.0),
            (1.0, 50.0, 0.1),
            (2.0, 49.0, 0.9),
            (30.0, 40.0, 0.01),
            (60.0, 40.0, 0.0),
            (61.0, 40.0, 0.3),
            (62.0, 39.0, 0.0),
        ] {
            log.add(distance_m, speed_mps, brake);
        }
        let zones: Vec<_> = log.zones().collect();
        assert_eq!(zones.len(), 1, "a dab without a loss of speed is no zone");
        assert!((zones[0].onset_m - 0.5).abs() < 1e-9);
    }

    #[test]
    fn two_dabs_with_little_road_between_are_one() {
        let mut log = BrakeLog::default();
        for (distance_m, speed_mps, brake) in [
            (0.0, 50.0, 0.0),
            (1.0, 50.0, 0.5),
            (10.0, 45.0, 0.0),
            (20.0, 45.0, 0.0),
            (21.0, 45.0, 0.5),
            (30.0, 35.0, 0.0),
        ] {
            log.add(distance_m, speed_mps, brake);
        }
        assert_eq!(log.zones().count(), 1);
    }
}

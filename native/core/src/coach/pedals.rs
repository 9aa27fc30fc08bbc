//! What the driver's feet do, as far as the coach needs it while he drives.

use super::lessons::Onset;
use super::road::{Movement, Spot};

/// The pedal is on from here, with the reader of recorded brake zones' hysteresis (5 % on, 2 % off).
const BRAKE_ON: f64 = 0.05;
const BRAKE_OFF: f64 = 0.02;
/// A brake application counts when it took off this much speed: 10 km/h.
const LOST_MPS: f64 = 10.0 / 3.6;
/// Below this the throttle is no longer that of a driver who accelerates.
const LIFTED_BELOW: f64 = 0.5;
/// People act some tens of milliseconds before a beat that they expect: a brake that is on for less is on the beat.
const EARLY_S: f64 = 0.1;
/// The throttle dips for 50 to 150 ms in a shift; a lift is longer.
const LIFTED_FOR_S: f64 = 0.2;

/// One brake application.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Application {
    onset_progress_m: f64,
    onset_speed_mps: f64,
    onset_clock_s: f64,
    lost_mps: f64,
}

/// Follows brake and throttle. A missing pedal counts as not touched: without it nothing is held back.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pedals {
    application: Option<Application>,
    last_brake: f64,
    low_since_s: Option<f64>,
    lifted: bool,
}

impl Pedals {
    /// Takes a row.
    pub fn step(&mut self, movement: &Movement, brake: f64, throttle: f64, speed_mps: f64) {
        let Some(now) = movement.now() else {
            *self = Pedals::default();
            return;
        };
        if matches!(movement, Movement::Began(_)) {
            *self = Pedals::default();
        }
        self.step_brake(movement, &now, brake, speed_mps);
        self.step_throttle(throttle, now.clock_s);
    }

    /// The brake is on.
    pub fn braking(&self) -> bool {
        self.application.is_some()
    }

    /// The brake was put on before now, not just now.
    pub fn braked_early(&self, clock_s: f64) -> bool {
        self.application.is_some_and(|application| clock_s - application.onset_clock_s >= EARLY_S)
    }

    /// The throttle is off, and not for a shift.
    pub fn lifted(&self) -> bool {
        self.lifted
    }

    /// Where the present application began, once it has taken off enough speed to be meant.
    pub fn meant_onset(&self) -> Option<Onset> {
        let application = self.application.filter(|application| application.lost_mps >= LOST_MPS)?;
        Some(Onset { progress_m: application.onset_progress_m, speed_mps: application.onset_speed_mps })
    }

    fn step_brake(&mut self, movement: &Movement, now: &Spot, brake: f64, speed_mps: f64) {
        match &mut self.application {
            Some(application) => {
                let lost_mps = application.onset_speed_mps - speed_mps;
                if lost_mps > application.lost_mps {
                    application.lost_mps = lost_mps;
                }
                if brake <= BRAKE_OFF || brake.is_nan() {
                    self.application = None;
                }
            }
            None if brake > BRAKE_ON => {
                self.application = Some(Application {
                    onset_progress_m: self.onset_progress_m(movement, now, brake),
                    onset_speed_mps: speed_mps,
                    onset_clock_s: now.clock_s,
                    lost_mps: 0.0,
                });
            }
            None => {}
        }
        self.last_brake = brake;
    }

    /// Progress at which the pedal passed 5 % between the rows.
    fn onset_progress_m(&self, movement: &Movement, now: &Spot, brake: f64) -> f64 {
        match movement {
            Movement::Moved { before, .. } if self.last_brake < BRAKE_ON => {
                let left = ((brake - BRAKE_ON) / (brake - self.last_brake)).clamp(0.0, 1.0);
                now.progress_m - left * (now.progress_m - before.progress_m)
            }
            _ => now.progress_m,
        }
    }

    fn step_throttle(&mut self, throttle: f64, clock_s: f64) {
        if throttle < LIFTED_BELOW {
            let since_s = *self.low_since_s.get_or_insert(clock_s);
            self.lifted = clock_s - since_s >= LIFTED_FOR_S;
        } else {
            self.low_since_s = None;
            self.lifted = false;
        }
    }
}

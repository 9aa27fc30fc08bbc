//! From the next brake point to what is shown and commanded about it.
//!
//! Only a reference that this driver drove himself may command: its points are within his own reach. Of a faster driver's lap the point
//! is shown. In every silent state nothing is shown at all, and nothing of a point that is still being learned.

use super::brake_marker::{Ahead, BrakeMarker, time_to_point_s};
use super::config::CoachConfig;
use super::countdown::{Countdown, CountdownInput};
use super::pedals::Pedals;
use super::plan::Plan;
use super::road::Spot;
use crate::CueCode;

/// A point of another driver is shown this long before it: as long as a countdown takes.
const SHOWN_AHEAD_S: f64 = 1.5;
/// In the last part of a countdown nothing about its target may change.
const FROZEN_S: f64 = 0.6;

/// One row, as far as braking is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct BrakeInput<'a> {
    pub now: Spot,
    pub plan: &'a Plan,
    pub pedals: &'a Pedals,
    pub config: &'a CoachConfig,
    pub half_row_s: f64,
    pub speed_mps: f64,
    /// NaN when the reference has none.
    pub reference_speed_mps: f64,
    /// NaN when the reference has none.
    pub reference_throttle: f64,
    pub coaching: bool,
}

/// What there is to draw and to say about braking.
#[derive(Debug, Clone, Copy)]
pub(super) struct BrakeAdvice {
    /// The point, when it may be shown.
    pub ahead: Option<Ahead>,
    /// The cue that is due.
    pub cue: Option<CueCode>,
    /// Predicted seconds to the point.
    pub to_point_s: f64,
}

impl BrakeAdvice {
    pub const NONE: BrakeAdvice = BrakeAdvice { ahead: None, cue: None, to_point_s: f64::NAN };
}

/// See the file's header.
#[derive(Debug, Clone, Copy)]
pub(super) struct BrakeCoach {
    marker: BrakeMarker,
    countdown: Countdown,
    shown_progress_m: f64,
    frozen: bool,
}

impl BrakeCoach {
    pub fn new() -> Self {
        BrakeCoach {
            marker: BrakeMarker::default(),
            countdown: Countdown::new(),
            shown_progress_m: f64::NAN,
            frozen: false,
        }
    }

    /// A new segment, or another reference.
    pub fn restart(&mut self) {
        self.marker.leave();
        self.countdown.restart();
        self.shown_progress_m = f64::NAN;
        self.frozen = false;
    }

    /// The corners' points have moved: one that was already chosen is chosen anew.
    pub fn forget_points_of(&mut self, corners: &[u16]) {
        if corners.iter().any(|corner| self.marker.is_of(*corner)) {
            self.marker.leave();
        }
    }

    /// The last part of a countdown is running.
    pub fn frozen(&self) -> bool {
        self.frozen
    }

    /// See the snapshot's `beat`.
    pub fn beat(&mut self, clock_s: f64) -> i32 {
        self.countdown.beat(clock_s)
    }

    /// Takes a row.
    pub fn step(&mut self, input: BrakeInput) -> BrakeAdvice {
        let ahead = self.marker.step(&input.now, input.plan, input.pedals);
        let Some(ahead) = ahead.filter(|ahead| input.coaching && ahead.point.ready) else {
            self.countdown.leave();
            self.frozen = false;
            return BrakeAdvice::NONE;
        };
        let to_point_s = time_to_point_s(&ahead, &input.now, input.plan, input.speed_mps);
        let reference_lifts = input.reference_throttle < 0.5;
        let slowing =
            input.pedals.braked_early(input.now.clock_s) || (input.pedals.lifted() && !reference_lifts);
        let cue = if input.plan.reference.own {
            let count = CountdownInput {
                clock_s: input.now.clock_s,
                half_row_s: input.half_row_s,
                to_point_s,
                slowing,
                speed_fits: speed_fits(&input, &ahead),
            };
            self.countdown.step(&ahead, count, input.config)
        } else {
            self.show_once(&ahead, to_point_s, slowing)
        };
        self.frozen = self.countdown.counting() && to_point_s - input.config.lead_s <= FROZEN_S;
        let in_reach = ahead.in_m <= input.config.brake_reach_m;
        BrakeAdvice { ahead: Some(ahead).filter(|_| in_reach), cue, to_point_s }
    }

    fn show_once(&mut self, ahead: &Ahead, to_point_s: f64, slowing: bool) -> Option<CueCode> {
        let due = to_point_s <= SHOWN_AHEAD_S && ahead.in_m > 0.0 && !slowing;
        if !due || ahead.progress_m == self.shown_progress_m {
            return None;
        }
        self.shown_progress_m = ahead.progress_m;
        Some(CueCode::BrakePointShown)
    }
}

/// The reference's point is right for about the reference's speed only, a learned one for the driver's own when he braked there. A speed
/// that is not known is taken to fit.
fn speed_fits(input: &BrakeInput, ahead: &Ahead) -> bool {
    let usual_mps = if ahead.point.faster_mps.is_nan() { 0.0 } else { ahead.point.faster_mps };
    let faster_mps = input.speed_mps - input.reference_speed_mps - usual_mps;
    !(faster_mps > input.config.max_faster_mps || faster_mps < -input.config.max_slower_mps)
}

//! The next brake point ahead, kept until the driver has reached it.

use super::landmarks::BrakePoint;
use super::pedals::Pedals;
use super::plan::Plan;
use super::road::Spot;

/// The point that the marker shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ahead {
    pub point: BrakePoint,
    /// Metres to it along the road; negative just after it.
    pub in_m: f64,
    /// Progress at which it is reached: tells one passing of the point from the next.
    pub progress_m: f64,
}

#[derive(Debug, Clone, Copy)]
struct Chosen {
    point: BrakePoint,
    progress_m: f64,
    passed_at_s: Option<f64>,
}

/// Chooses the point. It is let go when the driver brakes after it, or when he obviously does not mean to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BrakeMarker {
    chosen: Option<Chosen>,
}

impl BrakeMarker {
    /// Forgets the point.
    pub fn leave(&mut self) {
        self.chosen = None;
    }

    /// Whether the point is this corner's.
    pub fn is_of(&self, corner: u16) -> bool {
        self.chosen.is_some_and(|chosen| chosen.point.corner == corner)
    }

    /// Takes a row; `None` when the reference has no point.
    pub fn step(&mut self, now: &Spot, plan: &Plan, pedals: &Pedals) -> Option<Ahead> {
        /// After so long, or so far, nobody will brake for this point any more.
        const GIVEN_UP_S: f64 = 1.0;
        const GIVEN_UP_M: f64 = 60.0;
        if let Some(chosen) = &mut self.chosen {
            let in_m = chosen.progress_m - now.progress_m;
            if in_m < 0.0 {
                let since_s = now.clock_s - *chosen.passed_at_s.get_or_insert(now.clock_s);
                // The first row past the point may still be the one nearest to it, on which GO is due.
                let entered = pedals.braking() && since_s > 0.0;
                if entered || since_s > GIVEN_UP_S || in_m < -GIVEN_UP_M {
                    self.chosen = None;
                }
            } else if in_m > plan.curve.length_m {
                self.chosen = None;
            }
        }
        if self.chosen.is_none() {
            let point = plan.next_point(now.place_m)?;
            let progress_m = now.progress_m + plan.curve.ahead_m(now.place_m, point.place_m);
            self.chosen = Some(Chosen { point, progress_m, passed_at_s: None });
        }
        self.chosen.map(|chosen| Ahead {
            point: chosen.point,
            in_m: chosen.progress_m - now.progress_m,
            progress_m: chosen.progress_m,
        })
    }
}

/// Seconds to a point ahead: what the reference takes from here, by the ratio of the speeds. Unlike distance over speed it knows
/// that the car goes on accelerating, which over 1.5 s is worth several metres. Infinite when the car stands.
pub(super) fn time_to_point_s(ahead: &Ahead, now: &Spot, plan: &Plan, speed_mps: f64) -> f64 {
    /// Outside of this the reference's time says nothing about this car's.
    const RATIO: std::ops::RangeInclusive<f64> = 0.5..=2.0;
    /// Nearer than this the speed is as good, and rounding cannot turn "just before" into "a lap before".
    const NEAR_M: f64 = 1.0;
    let by_speed_s = if speed_mps > 0.0 { ahead.in_m / speed_mps } else { f64::INFINITY };
    let ratio = plan.curve.speed_mps(now.place_m) / speed_mps;
    if ahead.in_m > NEAR_M && RATIO.contains(&ratio) {
        plan.curve.between(now.place_m, ahead.point.place_m) * ratio
    } else {
        by_speed_s
    }
}

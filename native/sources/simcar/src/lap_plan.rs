//! What the driver means to do on one lap: skill, the lap's scatter and its mistakes, turned into a braking curve, a throttle point, a
//! gear and a line for each slow point. From here on only pedals, wheel and gear lever act on the car.

use crate::mistakes::Mistake;
use crate::passage::{Passage, passage};
use crate::prng::Prng;
use crate::stage::Stage;
use racing_coach_core::Cause;
use racing_coach_core::corner::Direction;

/// A stretch on which the driver lifts because the car runs wide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WideLift {
    /// Begin, metres from the line.
    pub from_m: f64,
    /// Length.
    pub length_m: f64,
}

/// One lap's intentions.
#[derive(Debug, Clone)]
pub struct LapPlan {
    /// In order of the plan's slow points.
    pub passages: Vec<Passage>,
    /// Metres to the left of the racing line, in tables with the track's points, and first and second derivatives by distance.
    pub aside_m: Vec<f64>,
    /// First derivative.
    pub aside_slope: Vec<f64>,
    /// Second derivative.
    pub aside_bend_per_m: Vec<f64>,
    /// Where the throttle is held back.
    pub wide_lifts: Vec<WideLift>,
}

/// Throttle that a driver who runs wide keeps.
pub const WIDE_THROTTLE: f64 = 0.7;
/// Metres after a corner's end over which the car comes back to the line.
const WIDE_RETURN_M: f64 = 90.0;

impl LapPlan {
    /// The plan of a lap with the mistakes of that lap.
    pub fn new(stage: &Stage, seed: u64, lap: u32, mistakes: &[&Mistake]) -> Self {
        let count = stage.track.count();
        let mut plan = LapPlan {
            passages: Vec::with_capacity(stage.plan.slow_points.len()),
            aside_m: vec![0.0; count],
            aside_slope: vec![0.0; count],
            aside_bend_per_m: vec![0.0; count],
            wide_lifts: Vec::new(),
        };
        plan.add_waves(stage, Prng::stream(seed, &[u64::from(lap), 1]));
        for (corner_index, corner) in stage.corners.iter().enumerate() {
            for mistake in mistakes.iter().filter(|m| m.cause == Cause::RunsWide && m.corner_id == corner.id)
            {
                plan.run_wide(stage, corner_index, mistake.size);
            }
        }
        plan.derive(stage.track.step_m);
        for slow in 0..stage.plan.slow_points.len() {
            let prng = Prng::stream(seed, &[u64::from(lap), 2, slow as u64]);
            plan.passages.push(passage(stage, slow, prng, mistakes));
        }
        plan
    }

    /// The line wanders a little, in waves of 100 to 500 m that are still at the line, where one lap's plan follows the other's.
    fn add_waves(&mut self, stage: &Stage, mut prng: Prng) {
        let length_m = stage.track.length_m;
        for _ in 0..4 {
            let angular = 2.0 * std::f64::consts::PI / prng.between(100.0, 500.0);
            let phase_rad = prng.between(0.0, 2.0 * std::f64::consts::PI);
            let size_m = 0.7 * stage.driver.line_spread_m * prng.normal();
            for (i, aside_m) in self.aside_m.iter_mut().enumerate() {
                let place_m = i as f64 * stage.track.step_m;
                let fade = smoother(place_m.min(length_m - place_m) / 150.0);
                *aside_m += fade * size_m * libm::sin(angular * place_m + phase_rad);
            }
        }
    }

    /// A bulge to the outside that is widest where the corner ends.
    fn run_wide(&mut self, stage: &Stage, corner_index: usize, size_m: f64) {
        let track = &stage.track;
        let corner = &stage.corners[corner_index];
        let slowest = stage.slow_points_of(corner_index).last().copied();
        let from_m = slowest.map_or(corner.apex_m, |slow| stage.plan.slow_points[slow].min_m);
        let out_m = track.ahead_m(from_m, corner.end_m).clamp(30.0, 150.0);
        let outward = if corner.direction == Direction::Left { -1.0 } else { 1.0 };
        // Back on the line before the next corner, as far as that goes.
        let next = &stage.corners[(corner_index + 1) % stage.corners.len()];
        let return_m = track.ahead_m(corner.end_m, next.start_m).clamp(0.5 * WIDE_RETURN_M, WIDE_RETURN_M);
        let length_m = out_m + return_m;
        for step in 0..(length_m / track.step_m) as usize {
            let along_m = step as f64 * track.step_m;
            let share = smoother(along_m / out_m) * smoother((length_m - along_m) / return_m);
            let (index, _, _) = track.cell(from_m + along_m);
            self.aside_m[index] += outward * size_m * share;
        }
        let lift = WideLift {
            from_m: track.wrapped_m(from_m + 0.5 * out_m),
            length_m: 0.35 * out_m + 0.2 * return_m,
        };
        self.wide_lifts.push(lift);
    }

    /// Derivatives around the ring.
    fn derive(&mut self, step_m: f64) {
        let count = self.aside_m.len();
        for i in 0..count {
            let (before, here, after) =
                (self.aside_m[(i + count - 1) % count], self.aside_m[i], self.aside_m[(i + 1) % count]);
            self.aside_slope[i] = (after - before) / (2.0 * step_m);
            self.aside_bend_per_m[i] = (after - 2.0 * here + before) / (step_m * step_m);
        }
    }
}

/// From 0 to 1 without a step in the second derivative: for paths.
fn smoother(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * x * (10.0 + x * (6.0 * x - 15.0))
}

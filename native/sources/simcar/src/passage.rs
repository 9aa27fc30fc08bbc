//! One slow point on one lap: how the driver means to brake into it, roll through it and leave it.

use crate::mistakes::Mistake;
use crate::prng::Prng;
use crate::road_corners::RoadCorner;
use crate::speed_plan::BrakingStyle;
use crate::stage::Stage;
use racing_coach_core::Cause;

/// What the driver does with the throttle between the brake and the pick-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rolling {
    /// Holds the speed with as much throttle as that takes.
    Balanced,
    /// Keeps the throttle under a tenth.
    Light,
    /// Both pedals off.
    Coasting,
}

/// One slow point on one lap.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Speeds to be down to: entry `j` is `j` table steps before the slowest point.
    pub curve_mps: Vec<f64>,
    /// Minimum speed as a share of the planned one.
    pub speed_share: f64,
    /// Metres before the slowest point where braking is due at the planned speed.
    pub onset_before_m: f64,
    /// Metres by which braking is moved forward (negative: later).
    pub early_m: f64,
    /// Share of the lateness that is still there at the slowest point.
    pub late_share: f64,
    /// Metres by which the brake is let go sooner.
    pub release_early_m: f64,
    /// Metres after the slowest point where the throttle comes in.
    pub pick_up_m: f64,
    /// Until then.
    pub rolling: Rolling,
    /// Metres before the slowest point from which both pedals stay off.
    pub coasts_before_m: f64,
    /// Most brake pedal.
    pub brake_cap: f64,
    /// Gears too high.
    pub gear_offset: i8,
}

/// Skill and scatter, then the mistakes on top.
pub fn passage(stage: &Stage, slow: usize, mut prng: Prng, mistakes: &[&Mistake]) -> Passage {
    let driver = &stage.driver;
    let point = &stage.plan.slow_points[slow];
    let corner_index = stage.corner_of_slow_point[slow];
    // However brave the day: a little under what the tyres hold.
    let fastest = (0.985 / driver.corner_share).sqrt().max(1.0);
    let mut style = BrakingStyle {
        speed_share: (1.0 + driver.min_speed_spread_mps * prng.normal() / point.speed_mps).min(fastest),
        brake_share: driver.brake_share * (1.0 + driver.pressure_spread * prng.normal()).min(1.03),
        trail_share: driver.trail_share,
    };
    // How evenly a driver brakes differs from corner to corner: a third to one and a half of the spread, the same on every lap.
    let corner_spread = 0.65 + 0.35 * f64::from((slow * 7 % 5) as u32) / 2.0;
    let mut passage = Passage {
        curve_mps: Vec::new(),
        speed_share: 1.0,
        onset_before_m: 0.0,
        early_m: driver.onset_spread_m * corner_spread * prng.normal(),
        late_share: 0.0,
        release_early_m: 0.0,
        pick_up_m: (driver.pick_up_m + driver.pick_up_spread_m * prng.normal()).max(0.0),
        rolling: Rolling::Balanced,
        coasts_before_m: 0.0,
        brake_cap: 1.0,
        gear_offset: 0,
    };
    let points = stage.slow_points_of(corner_index);
    let (is_first, is_last) = (points.first() == Some(&slow), points.last() == Some(&slow));
    let corner: Option<&RoadCorner> = stage.corners.get(corner_index);
    // The more speed there is to lose, the more of it is left where braking began too late.
    let slowing = (0.9 * (arrival_mps(stage, slow) / point.speed_mps - 1.0)).max(1.0);
    for mistake in mistakes.iter().filter(|m| corner.is_some_and(|corner| corner.id == m.corner_id)) {
        apply(mistake, is_first, is_last, point.speed_mps, slowing, &mut style, &mut passage);
    }
    passage.speed_share = style.speed_share;
    passage.brake_cap = (1.02 * style.brake_share).min(1.0);
    passage.curve_mps = stage.plan.braking_curve(&stage.car, point, &style, stage.track.step_m);
    passage.onset_before_m = onset_before_m(stage, slow, &passage.curve_mps);
    passage
}

/// A mistake at a corner with two slow points: braking goes wrong at the first, the rest at the last.
fn apply(
    mistake: &Mistake,
    is_first: bool,
    is_last: bool,
    speed_mps: f64,
    slowing: f64,
    style: &mut BrakingStyle,
    passage: &mut Passage,
) {
    let size = mistake.size;
    match mistake.cause {
        Cause::BrakesEarly if is_first => passage.early_m += size,
        Cause::BrakesLate if is_first => {
            passage.early_m -= size;
            passage.late_share = 0.6;
            // The apex is missed: the car has to be turned before there can be throttle.
            passage.pick_up_m += 2.5 * size;
            passage.rolling = Rolling::Light;
            style.speed_share -= 0.008 * size * slowing;
        }
        Cause::BrakesSoft if is_first => style.brake_share *= 1.0 - size,
        Cause::TrailsTooLittle if is_first => {
            // Without weight on the front wheels the car turns less: slower in the middle, later on the throttle.
            passage.release_early_m += size;
            passage.pick_up_m += 0.4 * size;
            style.speed_share -= 0.0015 * size;
            passage.rolling = Rolling::Light;
        }
        Cause::OverSlows if is_last => style.speed_share -= size / speed_mps,
        Cause::LateThrottle if is_last => {
            passage.pick_up_m += size;
            passage.rolling = Rolling::Light;
        }
        Cause::Coasts if is_last => {
            passage.coasts_before_m = 0.4 * size * speed_mps;
            passage.release_early_m += passage.coasts_before_m;
            passage.pick_up_m += 0.6 * size * speed_mps;
            passage.rolling = Rolling::Coasting;
        }
        Cause::WrongGear if is_last => passage.gear_offset += size.round() as i8,
        _ => {}
    }
    style.speed_share = style.speed_share.max(0.35);
}

/// The highest planned speed since the slow point before.
fn arrival_mps(stage: &Stage, slow: usize) -> f64 {
    let (count, point) = (stage.track.count(), &stage.plan.slow_points[slow]);
    (0..point.reach)
        .map(|back| stage.plan.speed_mps[(point.index + count - back) % count])
        .fold(0.0, f64::max)
}

/// Where the braking curve leaves the planned speed.
fn onset_before_m(stage: &Stage, slow: usize, curve_mps: &[f64]) -> f64 {
    let (count, index) = (stage.track.count(), stage.plan.slow_points[slow].index);
    let planned = |back: usize| stage.plan.speed_mps[(index + count - back % count) % count];
    let back =
        (1..curve_mps.len()).find(|&back| curve_mps[back] > planned(back) + 0.5).unwrap_or(curve_mps.len());
    (back as f64 * stage.track.step_m).max(5.0)
}

impl Passage {
    /// Speed to be down to, some metres before the slowest point; infinite where braking is not due yet.
    pub fn target_mps(&self, before_m: f64, step_m: f64) -> f64 {
        let progress = (1.0 - before_m / self.onset_before_m).clamp(0.0, 1.0);
        let moved_m = if self.early_m >= 0.0 {
            self.early_m * (1.0 - smooth((progress - 0.45) / 0.55))
        } else {
            self.early_m * (1.0 - (1.0 - self.late_share) * progress)
        };
        let released_m = self.release_early_m * (0.25 + 0.75 * smooth(progress / 0.7));
        let place = (before_m - moved_m - released_m).max(0.0) / step_m;
        let index = place as usize;
        match (self.curve_mps.get(index), self.curve_mps.get(index + 1)) {
            (Some(&near), Some(&far)) => near + (far - near) * (place - index as f64),
            _ => f64::INFINITY,
        }
    }
}

fn smooth(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

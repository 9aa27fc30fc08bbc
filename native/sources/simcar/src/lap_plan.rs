//! What the driver means to do on one lap: skill, the lap's scatter and its mistakes, turned into a braking curve, a throttle point, a
//! gear and a line for each slow point. From here on only pedals, wheel and gear lever act on the car.

use crate::mistakes::Mistake;
use crate::prng::Prng;
use crate::road_corners::RoadCorner;
use crate::speed_plan::BrakingStyle;
use crate::stage::Stage;
use racing_coach_core::Cause;
use racing_coach_core::corner::Direction;

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

/// Skill and scatter, then the mistakes on top.
fn passage(stage: &Stage, slow: usize, mut prng: Prng, mistakes: &[&Mistake]) -> Passage {
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

/// As [`smooth`], with no step in the second derivative: for paths.
fn smoother(x: f64) -> f64 {
    let x = x.clamp(0.0, 1.0);
    x * x * x * (10.0 + x * (6.0 * x - 15.0))
}

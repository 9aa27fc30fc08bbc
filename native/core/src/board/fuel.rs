//! Fuel: how much a lap takes, how many laps are left, and whether that is enough.
//!
//! A lap's use is the level at its line less that at the next one, both on the first row behind the line. Only laps that were driven at the driver's own pace from
//! line to line count. Nothing is guessed: before the first such lap there is no use a lap. The level is unknown while nobody sits in the car: the sim then says 0.

use crate::lap::Lap;
use crate::{Reason, Sample};
use serde::Serialize;

/// Laps whose mean counts.
const LAPS: usize = 5;
/// A rise of the level by more than this within a lap is refuelling, in litres. The level of a running engine only falls; a refueller adds some 0.04 l a row.
const REFUELLED_L: f64 = 0.1;
/// `SessionTimeRemain` of a session without an end: a week.
const NO_TIME_S: f64 = 604_800.0;
/// `SessionLapsRemainEx` of one.
const NO_LAPS: f64 = 32_767.0;
/// `SessionState` while the session runs towards its end.
const RACING: f64 = 4.0;

/// A lap with any of these says nothing about the next one's fuel or pace.
const NOT_OWN_PACE: [Reason; 14] = [
    Reason::StartsMidLap,
    Reason::EndsMidLap,
    Reason::OutLap,
    Reason::InLap,
    Reason::PitLane,
    Reason::Tow,
    Reason::Reset,
    Reason::Jump,
    Reason::Caution,
    Reason::PaceLap,
    Reason::CoolDown,
    Reason::Replay,
    Reason::GridStart,
    Reason::Stopped,
];

/// What is known about the fuel: `fuelMessage` of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fuel {
    /// Litres in the tank.
    pub level_l: Option<f64>,
    /// Litres a lap.
    pub per_lap_l: Option<f64>,
    /// Laps that it is the mean of.
    pub laps_counted: u32,
    /// Laps that the tank still holds.
    pub laps_left: Option<f64>,
    /// Laps to the flag from here, the running one in part.
    pub laps_to_flag: Option<f64>,
    /// `laps_left` less `laps_to_flag`.
    pub margin_laps: Option<f64>,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct FuelBook {
    /// Litres and seconds of the last laps that count.
    laps: [(f64, f64); LAPS],
    counted: usize,
    next: usize,
    level_l: f64,
    at_line_l: f64,
    lowest_l: f64,
    refuelled: bool,
}

impl Default for FuelBook {
    fn default() -> Self {
        FuelBook {
            laps: [(0.0, 0.0); LAPS],
            counted: 0,
            next: 0,
            level_l: f64::NAN,
            at_line_l: f64::NAN,
            lowest_l: f64::NAN,
            refuelled: false,
        }
    }
}

impl FuelBook {
    /// Takes a row, before [`line`](Self::line) is told of a lap that ended at it.
    pub fn row(&mut self, sample: &Sample) {
        let in_car = Sample::flag(sample.is_on_track) != Some(false) && !sample.is_reset_row();
        let known = in_car && sample.fuel_l.is_finite() && sample.fuel_l >= 0.0;
        self.level_l = if known { sample.fuel_l } else { f64::NAN };
        if known {
            self.refuelled |= self.level_l > self.lowest_l + REFUELLED_L;
            self.lowest_l = self.lowest_l.min(self.level_l);
        }
    }

    /// A lap has ended, whether at the line or not: the next one begins.
    pub fn line(&mut self, lap: &Lap) {
        let used_l = self.at_line_l - self.level_l;
        let own_pace = lap.complete() && !NOT_OWN_PACE.iter().any(|reason| lap.reasons.contains(*reason));
        if let Some(time_s) = lap.own_time_s.filter(|_| own_pace && !self.refuelled && used_l > 0.0) {
            self.laps[self.next] = (used_l, time_s);
            self.next = (self.next + 1) % LAPS;
            self.counted = (self.counted + 1).min(LAPS);
        }
        (self.at_line_l, self.lowest_l, self.refuelled) = (self.level_l, self.level_l, false);
    }

    /// What is known now; `lap_share` is the share of the running lap that is driven, NaN when that is not known. Numbers are rounded to hundredths: they
    /// change often enough.
    pub fn now(&self, sample: &Sample, lap_share: f64, race: bool) -> Fuel {
        let (per_lap_l, pace_s) = self.means();
        let laps_left = self.level_l / per_lap_l;
        let laps_to_flag = laps_to_flag(sample, lap_share, pace_s, race);
        Fuel {
            level_l: hundredths(self.level_l),
            per_lap_l: hundredths(per_lap_l),
            laps_counted: self.counted as u32,
            laps_left: hundredths(laps_left),
            laps_to_flag: hundredths(laps_to_flag),
            margin_laps: hundredths(laps_left - laps_to_flag),
        }
    }

    fn means(&self) -> (f64, f64) {
        let laps = &self.laps[..self.counted];
        let mean = |of: fn(&(f64, f64)) -> f64| laps.iter().map(of).sum::<f64>() / laps.len() as f64;
        (mean(|lap| lap.0), mean(|lap| lap.1))
    }
}

/// Laps from here to the flag, the most that there can be: by the session's laps, by its time at the driver's own pace, or whichever ends sooner where there are
/// both (a race of ten laps may have a clock of a day). By time the last lap is the one that runs when the time is out; in a race the white flag comes at the end of that one, and
/// a last lap follows. The leader, whose laps and clock these are, may take the flag earlier than we: then we need less than this, never more. NaN when the
/// session has no end, has not begun or is over.
fn laps_to_flag(sample: &Sample, lap_share: f64, pace_s: f64, race: bool) -> f64 {
    if sample.session_state.is_finite() && sample.session_state != RACING {
        return f64::NAN;
    }
    let laps = sample.session_laps_remain;
    let by_laps = if (1.0..NO_LAPS).contains(&laps) { laps - lap_share } else { f64::NAN };
    let time_s = sample.session_time_remain_s;
    let by_time = if time_s > 0.0 && time_s < NO_TIME_S {
        libm::ceil(time_s / pace_s + lap_share) - lap_share + f64::from(u8::from(race))
    } else {
        f64::NAN
    };
    // `min` takes the other one where one is NaN.
    by_laps.min(by_time)
}

fn hundredths(value: f64) -> Option<f64> {
    value.is_finite().then(|| libm::round(value * 100.0) / 100.0)
}

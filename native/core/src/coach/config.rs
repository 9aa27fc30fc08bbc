//! What can be chosen about the coach. Defaults carry their reasons.

use crate::session::SessionInfo;

/// How a brake point is announced.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Countdown {
    /// Three beats 0.5 s apart, then GO on the point: a rhythm turns a reaction into keeping time.
    Beats,
    /// GO alone, ahead of the point by the driver's own lead. Start at 0.3 s: simple reaction plus the foot's way.
    GoAlone,
    /// Nothing; the marker still shows the point.
    Off,
}

/// Where the car's place on the lap comes from: what it means that there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placing {
    /// The sim tells it.
    BySim,
    /// A line along the road: away from it there is no place.
    ByLine,
    /// A line that is still to be learned, in one whole lap.
    LineToCome,
}

impl Placing {
    fn of(session: &SessionInfo) -> Self {
        match (session.is_placed_by_line(), session.track_name.is_empty()) {
            (false, _) => Placing::BySim,
            (true, false) => Placing::ByLine,
            (true, true) => Placing::LineToCome,
        }
    }
}

/// Configuration of a [`super::Coach`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoachConfig {
    /// Rows a second of the source. Anything that is not a positive number counts as 60.
    pub rate_hz: f64,
    /// Rounded length from the session text, for sources without a lap fraction.
    pub length_hint_m: Option<f64>,
    /// Where the car's place comes from.
    pub placing: Placing,
    /// Whether the samples come from a recording; only copied into the snapshot's flags.
    pub replaying: bool,
    /// [`SessionInfo::alone`]: where others may have been on the track and the source does not tell where, a loss is reported and not
    /// held against the driver. `None`, not known, is as bad as `Some(false)`.
    pub alone: Option<bool>,
    /// Whether the coach says that it learns while it has no reference: only where somebody will give it one from the laps driven.
    pub learn: bool,
    /// How a brake point is announced.
    pub countdown: Countdown,
    /// Everything audible comes this much earlier, in seconds: the devices' latency, and with `GoAlone` the reaction as well.
    pub lead_s: f64,
    /// No countdown begins within this time of the previous beat or GO, in seconds.
    pub quiet_after_cue_s: f64,
    /// How far ahead a brake point is announced to the marker, in metres.
    pub brake_reach_m: f64,
    /// No countdown when the car is faster than the reference here by more, in m/s. At racing speeds 1 m/s costs 2.5 m of
    /// braking, so 3 m/s is a point 7.5 m too late: as much as a driver's own scatter, and a late cue is a crash.
    pub max_faster_mps: f64,
    /// No countdown when the car is slower than the reference here by more, in m/s: the point is then 15 m too early and more.
    pub max_slower_mps: f64,
    /// The smallest loss in a corner worth showing, in seconds.
    pub show_loss_s: f64,
    /// A loss is shown when it is at least this many times the driver's spread there.
    pub show_spreads: f64,
    /// Spread assumed before three passes, in seconds: the middle of the 0.05 to 0.16 s measured on a real driver.
    pub default_spread_s: f64,
}

impl CoachConfig {
    /// The defaults for a source of this session and `rate_hz` rows a second.
    pub fn for_session(session: &SessionInfo, rate_hz: f64) -> Self {
        CoachConfig {
            length_hint_m: session.track_length_m,
            placing: Placing::of(session),
            alone: session.alone(),
            ..CoachConfig::new(rate_hz)
        }
    }

    /// The defaults for a source of `rate_hz` rows a second whose car is alone.
    pub fn new(rate_hz: f64) -> Self {
        CoachConfig {
            rate_hz,
            length_hint_m: None,
            placing: Placing::BySim,
            replaying: false,
            alone: Some(true),
            learn: false,
            countdown: Countdown::Beats,
            lead_s: 0.0,
            quiet_after_cue_s: 2.5,
            brake_reach_m: 500.0,
            max_faster_mps: 3.0,
            max_slower_mps: 6.0,
            show_loss_s: 0.05,
            show_spreads: 1.5,
            default_spread_s: 0.10,
        }
    }

    /// A usable rate whatever was given.
    pub(super) fn sound_rate_hz(&self) -> f64 {
        if self.rate_hz.is_finite() && self.rate_hz > 0.0 { self.rate_hz } else { 60.0 }
    }
}

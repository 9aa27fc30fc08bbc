//! Which lap the coach works from when laps of this very session could serve: the rule, without threads.
//!
//! A reference that the user chose stays. Without one the coach learns: the first complete lap is a rough reference, a faster one replaces it, and
//! after three reference-grade laps, when each corner has been passed often enough, the best of them is a full one.
//! An own reference gives way to a reference-grade lap of this session that is faster, or that was driven in the weather that there is now. Such a lap
//! counts when its time is settled, so that one which the sim does not count is never used.

use racing_coach_core::lap::LapId;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use std::sync::Arc;

/// Good laps after which learning is over: as many as clean passes that teach a brake point.
const ENOUGH_LAPS: u32 = 3;

/// Where a reference is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// There is none.
    None,
    /// Given by JavaScript: the library's, or one that the user chose.
    Given,
    /// A complete lap of this session, rough.
    Learned,
    /// A reference-grade lap of this session.
    Session,
}

impl Origin {
    /// Its word in notes.
    pub fn code(self) -> &'static str {
        match self {
            Origin::None => "none",
            Origin::Given => "given",
            Origin::Learned => "learned",
            Origin::Session => "session",
        }
    }
}

/// A reference that was built from a lap of this run.
pub struct Built {
    /// Which coach drove it: one of another track is of no use.
    pub coach: u32,
    /// The lap.
    pub id: LapId,
    /// [`Origin::Learned`] or [`Origin::Session`].
    pub origin: Origin,
    /// Ready for the coach.
    pub lap: Arc<ReferenceLap>,
    /// `hubReference` as JSON.
    pub described: String,
    /// The track model with its corner ids, as JSON.
    pub model: String,
}

/// Whether a lap of that track and car is of use to a coach of this session, or may turn out to be: a console's track and car are known only later.
pub fn may_suit(lap: &ReferenceLap, session: &SessionInfo) -> bool {
    let may_come = |known: &str| session.is_placed_by_line() && known.is_empty();
    let track = may_come(&session.track_name) || lap.track_key == session.track_key();
    track && (may_come(&session.car_path) || lap.car_key == session.car_key())
}

/// What the coach works from now.
pub struct Standing {
    origin: Origin,
    fixed: bool,
    own: bool,
    wet: bool,
    lap_time_s: f64,
}

impl Standing {
    /// Without a reference.
    pub const NONE: Standing =
        Standing { origin: Origin::None, fixed: false, own: false, wet: false, lap_time_s: f64::INFINITY };

    /// A given reference; `fixed`: the user chose it.
    pub fn given(lap: Option<&ReferenceLap>, fixed: bool) -> Standing {
        lap.map_or(Standing::NONE, |lap| Standing { fixed, ..Standing::of(lap, Origin::Given) })
    }

    /// One that was built here.
    pub fn built(built: &Built) -> Standing {
        Standing::of(&built.lap, built.origin)
    }

    fn of(lap: &ReferenceLap, origin: Origin) -> Standing {
        Standing { origin, fixed: false, own: lap.own, wet: lap.wet, lap_time_s: lap.lap_time_s }
    }

    /// Whether the coach should work from this lap instead; `good_laps`: reference-grade laps of this coach so far.
    pub fn gives_way_to(&self, built: &Built, good_laps: u32) -> bool {
        let faster = built.lap.lap_time_s < self.lap_time_s;
        match (self.origin, built.origin) {
            _ if self.fixed => false,
            (Origin::None, Origin::Learned) => true,
            (Origin::Learned, Origin::Learned) => faster,
            (Origin::Learned, Origin::Session) => good_laps >= ENOUGH_LAPS,
            (Origin::Given | Origin::Session, Origin::Session) => {
                self.own && (faster || built.lap.wet != self.wet)
            }
            _ => false,
        }
    }
}

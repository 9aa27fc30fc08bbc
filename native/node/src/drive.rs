//! One coach and what it drives on: track, car and rate. Another track, car or rate is another drive.

use crate::lap_tap::Driven;
use crate::own_reference::may_suit;
use racing_coach_core::Status;
use racing_coach_core::coach::{Coach, CoachConfig};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::session::SessionInfo;
use racing_coach_sources::source::Source;
use std::sync::Arc;

/// See the file's header.
pub struct Drive {
    /// The coach.
    pub coach: Coach,
    /// What laps carry.
    pub driven: Arc<Driven>,
}

impl Drive {
    /// A drive on what the source says now; `coach` counts coaches.
    pub fn begin(
        source: &dyn Source,
        coach: u32,
        live: bool,
        learn: bool,
        reference: Option<Arc<ReferenceLap>>,
    ) -> Self {
        let session = source.session();
        let for_session = CoachConfig::for_session(session, source.rate_hz());
        let config = CoachConfig { replaying: !live, learn, ..for_session };
        let driven = Driven { session: session.clone(), rate_hz: source.rate_hz(), coach };
        Drive { coach: Coach::new(config, reference), driven: Arc::new(driven) }
    }

    /// What the coach of the drive before said holds until this one knows better.
    pub fn taking_over(self, status: Status) -> Self {
        Drive { coach: self.coach.taking_over(status), ..self }
    }

    /// Whether the source is now on another track, in another car or at another rate.
    pub fn is_over(&self, source: &dyn Source) -> bool {
        let (before, now) = (&self.driven.session, source.session());
        before.track_key() != now.track_key()
            || before.car_key() != now.car_key()
            || self.driven.rate_hz != source.rate_hz()
    }

    /// The session text changed, but neither track nor car: who takes part may have, and then the coach goes on knowing that.
    pub fn set_session(&mut self, session: &SessionInfo) {
        if session.alone() != self.driven.session.alone() {
            self.coach.set_alone(session.alone());
        }
        let Driven { rate_hz, coach, .. } = *self.driven;
        self.driven = Arc::new(Driven { session: session.clone(), rate_hz, coach });
    }

    /// Whether a lap of that track and car is of use here, or may turn out to be: a console's track and car are known only later.
    pub fn may_fit(&self, reference: &ReferenceLap) -> bool {
        may_suit(reference, &self.driven.session)
    }
}

//! One coach and what it drives on: track, car and rate. Another track, car or rate is another drive.

use crate::lap_tap::Driven;
use crate::own_reference::suits;
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

    /// Whether the source is now on another track, in another car or at another rate.
    pub fn is_over(&self, source: &dyn Source) -> bool {
        let (before, now) = (&self.driven.session, source.session());
        before.track_key() != now.track_key()
            || before.car_key() != now.car_key()
            || self.driven.rate_hz != source.rate_hz()
    }

    /// The session text changed, nothing else.
    pub fn set_session(&mut self, session: &SessionInfo) {
        let Driven { rate_hz, coach, .. } = *self.driven;
        self.driven = Arc::new(Driven { session: session.clone(), rate_hz, coach });
    }

    /// Whether a lap of this track and car is of use here.
    pub fn fits(&self, reference: &ReferenceLap) -> bool {
        suits(reference, &self.driven.session)
    }
}

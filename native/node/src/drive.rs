//! One coach and what it drives on: track, car and rate. Another track, car or rate is another drive.

use crate::lap_tap::Driven;
use crate::own_reference::may_suit;
use racing_coach_core::board::{Beside, Board, CarStates, News, RawTyres};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::Snapshot;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{Sample, Status};
use racing_coach_sources::source::Source;
use std::sync::Arc;

/// See the file's header.
pub struct Drive {
    /// The coach.
    pub coach: Coach,
    /// What changes slowly. Boxed: it holds ten laps' corners.
    pub board: Box<Board>,
    /// What laps carry.
    pub driven: Arc<Driven>,
    /// The reference that the board knows of; `None` before the first row.
    board_reference: Option<Option<Arc<ReferenceLap>>>,
}

/// A source's answers to the board.
struct Answers<'a>(&'a dyn Source);

impl Beside for Answers<'_> {
    fn cars(&self, states: &mut CarStates) -> bool {
        self.0.cars(states)
    }

    fn tyres(&self) -> Option<RawTyres> {
        self.0.tyres()
    }
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
        Drive {
            coach: Coach::new(config, reference),
            board: Box::new(Board::new(source.rate_hz())),
            driven: Arc::new(driven),
            board_reference: None,
        }
    }

    /// Whether the coach has worked from another reference since this was last asked: then the board forgets what it knows of the corners.
    pub fn changes_reference(&mut self) -> bool {
        let now = self.coach.reference();
        let same = match (&self.board_reference, now) {
            (Some(Some(before)), Some(now)) => Arc::ptr_eq(before, now),
            (Some(None), None) => true,
            _ => false,
        };
        if same {
            return false;
        }
        self.board_reference = Some(now.cloned());
        self.board.set_reference();
        true
    }

    /// Shows the board a row that was coached.
    pub fn show(
        &mut self,
        source: &dyn Source,
        sample: &Sample,
        snapshot: &Snapshot,
        events: &Events,
    ) -> News {
        self.board.row(sample, snapshot, events, &Answers(source))
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

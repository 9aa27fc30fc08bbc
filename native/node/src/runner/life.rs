//! A source's life beside its rows: it is found, changes track or car, pauses, is lost, has trouble.

use super::Run;
use crate::drive::Drive;
use crate::lap_session::LapSession;
use crate::note::{self, TroubleWith};
use crate::own_reference::Standing;
use crate::pace::LiveLateness;
use racing_coach_core::Status;
use racing_coach_core::coach::{Event, Events};
use racing_coach_core::error::CodedError;
use racing_coach_core::rules::kind_of;
use racing_coach_sources::source::{LONGEST_WAIT, Presence, Source};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How long a live source that has trouble is left alone.
const TROUBLE_PAUSE: Duration = Duration::from_millis(500);

impl Run<'_> {
    /// A coach for what the source says now.
    pub(super) fn begin_drive(&mut self, source: &dyn Source) -> Drive {
        self.coaches += 1;
        self.watch.restart();
        self.lateness = LiveLateness::new(source.rate_hz());
        let drive =
            Drive::begin(source, self.coaches, self.plan.live, self.plan.learn, self.reference.clone());
        self.set_outbox_session(&drive);
        drive
    }

    /// Closes and settles what is open. A live coach that ends is followed by another one: only a recording has ended.
    pub(super) fn end_drive(&mut self, drive: &mut Drive) {
        let mut last = Events::new();
        drive.coach.finish(&mut last);
        let ended = |event: &Event| matches!(event, Event::Status(_));
        for event in last.iter().filter(|event| !(self.plan.live && ended(event))) {
            self.events.push(*event);
        }
        self.hand_over(drive);
        self.candidates.clear();
        (self.good_laps, self.best_lap) = (0, None);
        self.next_reference = None;
        if let Some(tap) = &mut self.tap {
            tap.forget();
        }
    }

    /// The session text changed. Another track, car or rate ends the coach; a reference of another track is of no use to the next one.
    pub(super) fn session(&mut self, source: &mut dyn Source, drive: &mut Drive) {
        if let Some(line) = source.learned_line() {
            self.outbox.note(note::line(&line));
        }
        let source = &*source;
        if drive.is_over(source) {
            let status = drive.coach.status();
            self.end_drive(drive);
            let next = Drive::begin(source, 0, true, false, None);
            if self.reference.as_ref().is_some_and(|reference| !next.may_fit(reference)) {
                self.reference = None;
                self.standing = Standing::NONE;
            }
            *drive = self.begin_drive(source).taking_over(status);
            return;
        }
        let before = self.kind_without_number(drive);
        drive.set_session(source.session());
        self.set_outbox_session(drive);
        if before != self.kind_without_number(drive) {
            return self.begin_another(drive);
        }
        self.rule_again(drive);
        if self.watch.number() > 0 {
            self.tell_session(drive);
        }
    }

    /// Of a source that does not number its sessions, as consoles do not: then another kind is another session.
    fn kind_without_number(&self, drive: &Drive) -> Option<String> {
        if self.watch.number() == 0 || self.watch.session_num().is_some() {
            return None;
        }
        kind_of(&drive.driven.session, None).map(str::to_owned)
    }

    /// What was driven ends in the session in which it was driven; the next row begins one.
    fn begin_another(&mut self, drive: &mut Drive) {
        drive.coach.begin_anew(&mut self.events);
        self.hand_over(drive);
        self.watch.restart();
    }

    /// Nothing came for a while.
    pub(super) fn idle(&mut self, source: &dyn Source, drive: &mut Drive) {
        match source.trouble() {
            Some(trouble) => self.tell_trouble(trouble),
            None => self.trouble_is_over(),
        }
        let presence = source.presence();
        self.set_presence(presence);
        match presence {
            Presence::Absent => self.interrupt(Status::NoSource, source, drive),
            Presence::Loading => self.interrupt(Status::Loading, source, drive),
            Presence::Paused => self.interrupt(Status::Paused, source, drive),
            Presence::Lost => self.interrupt(Status::ConnectionLost, source, drive),
            // A row is late: the next one says more than we could.
            Presence::Sending => {}
        }
    }

    /// The sim went away, with or without a goodbye. What it was driving ends here, in the session in which it was driven.
    pub(super) fn disconnected(&mut self, source: &dyn Source, drive: &mut Drive) {
        let presence = match source.presence() {
            Presence::Sending | Presence::Paused | Presence::Loading => Presence::Lost,
            gone => gone,
        };
        self.set_presence(presence);
        let status = if presence == Presence::Lost { Status::ConnectionLost } else { Status::NoSource };
        self.begin_another(drive);
        self.interrupt(status, source, drive);
    }

    /// A live source that fails is tried again: the sim may be another user's now and ours later. Said once.
    pub(super) fn have_trouble(&mut self, error: &CodedError, source: &dyn Source, drive: &mut Drive) {
        self.tell_trouble(error);
        self.interrupt(Status::NoSource, source, drive);
        let until = Instant::now() + TROUBLE_PAUSE;
        while Instant::now() < until && !self.outbox.stop.load(Ordering::Relaxed) {
            std::thread::sleep(LONGEST_WAIT);
        }
    }

    /// Once for each, until it is over.
    pub(super) fn tell_trouble(&mut self, error: &CodedError) {
        let text = error.to_string();
        if text != self.trouble {
            self.outbox.note(note::trouble(TroubleWith::Source, Some(error)));
            self.trouble = text;
        }
    }

    pub(super) fn trouble_is_over(&mut self) {
        if !self.trouble.is_empty() {
            self.outbox.note(note::trouble(TroubleWith::Source, None));
            self.trouble.clear();
        }
    }

    /// A tape that failed costs the tape, not the coaching. It stays failed.
    pub(super) fn tell_tape_trouble(&mut self, error: &CodedError) {
        if !std::mem::replace(&mut self.tape_trouble_told, true) {
            self.outbox.note(note::trouble(TroubleWith::Tape, Some(error)));
        }
    }

    /// The coach hears why no rows come; pages hear it at once, and then twice a second that it is still so.
    fn interrupt(&mut self, status: Status, source: &dyn Source, drive: &mut Drive) {
        if self.interrupted == Some(status) && !self.publisher.is_due() {
            return;
        }
        self.interrupted = Some(status);
        let snapshot = *drive.coach.interrupt(status, &mut self.events);
        self.publisher.publish(snapshot, Instant::now());
        if matches!(status, Status::NoSource | Status::ConnectionLost) {
            let news = drive.board.interrupt();
            self.outbox.board.put(&drive.board, news);
        }
        self.hand_over(drive);
        self.publish_statistics(source);
    }

    fn set_outbox_session(&self, drive: &Drive) {
        let session = &drive.driven.session;
        let facts = LapSession::new(session, session.track_length_m, drive.driven.rate_hz);
        self.outbox.set_session(facts.to_json());
    }
}

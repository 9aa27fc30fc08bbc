//! What happens with a row, and with what the coach said about it.

use super::Run;
use crate::drive::Drive;
use crate::note::{self, SessionNote};
use crate::statistics::TapeFigures;
use racing_coach_core::Sample;
use racing_coach_core::coach::Event;
use racing_coach_core::sample::Snapshot;
use racing_coach_sources::source::{Presence, Source};
use racing_coach_sources::tape::TapeHandle;
use std::sync::Arc;
use std::time::Instant;

/// In the sim's word for a session in which cars race each other: `Race`, `Heat Race`.
const RACE: &str = "Race";

impl Run<'_> {
    /// Coaches a row. `due`: when it had to come; a live row comes when it comes.
    pub(super) fn row(
        &mut self,
        source: &dyn Source,
        drive: &mut Drive,
        sample: &Sample,
        due: Option<Instant>,
    ) {
        self.set_presence(Presence::Sending);
        self.trouble_is_over();
        if self.watch.begins(sample) {
            drive.board.begin_session();
            self.rule_session(drive);
            self.tell_session(drive);
        }
        drive.coach.set_race_legal(self.forbids(sample, drive));
        self.interrupted = None;
        if let Some(tap) = &mut self.tap {
            tap.keep(sample);
        }
        let read_at = source.read_at().filter(|_| due.is_none()).unwrap_or_else(Instant::now);
        let lateness = match due {
            Some(due) => read_at.saturating_duration_since(due),
            None => source.lateness().unwrap_or_else(|| self.lateness.of(sample.index, read_at)),
        };
        let began = Instant::now();
        let snapshot = *drive.coach.step(sample, &mut self.events);
        let step = began.elapsed();
        self.publisher.publish(snapshot, read_at);
        let work = read_at.elapsed();
        self.show(source, drive, sample, &snapshot);
        self.note_drawing(sample, &snapshot);
        self.gauges.row(lateness, step, work);
        if self.gauges.ticks().is_multiple_of(60) {
            self.publish_statistics(source);
        }
    }

    /// After a row's events: whether another session began with it.
    pub(super) fn after_row(&mut self, drive: &mut Drive, sample: &Sample) {
        if self.watch.changed(sample) {
            drive.board.begin_session();
            self.rule_session(drive);
            self.tell_session(drive);
        }
    }

    /// What changes slowly, after the snapshot is out.
    fn show(&mut self, source: &dyn Source, drive: &mut Drive, sample: &Sample, snapshot: &Snapshot) {
        if drive.changes_reference() {
            self.outbox.board.put_reference(drive.coach.reference());
        }
        let news = drive.show(source, sample, snapshot, &self.events);
        if !news.is_none() {
            self.outbox.board.put(&drive.board, news);
        }
    }

    /// Only a sim that draws now has a frame rate.
    fn note_drawing(&mut self, sample: &Sample, snapshot: &Snapshot) {
        if self.plan.live
            && let Some(drawing) = self.drawing.row(sample, snapshot)
        {
            self.outbox.note(note::drawing(&drawing));
        }
    }

    /// Passes on what the coach said, and wakes JavaScript.
    pub(super) fn hand_over(&mut self, drive: &mut Drive) {
        if self.events.is_empty() {
            return self.outbox.wake();
        }
        let events = std::mem::take(&mut self.events);
        let length_m = drive.coach.length_m().unwrap_or(f64::NAN);
        for event in events.iter().filter(|event| self.plan.window.wants(event)) {
            self.outbox.event(event, drive.coach.reference().map(Arc::as_ref));
            match event {
                Event::LapOpened(opened) => {
                    if let Some(tap) = &mut self.tap {
                        tap.hand_over(opened, &drive.driven, self.watch.number(), length_m);
                    }
                }
                Event::Lap(settled) => self.lap_settled(&settled.lap),
                _ => {}
            }
        }
        if events.iter().any(|event| matches!(event, Event::LapOpened(_))) {
            self.at_the_line(drive);
        }
        self.outbox.wake();
    }

    pub(super) fn tell_session(&self, drive: &mut Drive) {
        let note = SessionNote {
            number: self.watch.number(),
            coach: drive.driven.coach,
            session: &drive.driven.session,
            length_m: drive.coach.length_m().or(drive.driven.session.track_length_m),
            rate_hz: drive.driven.rate_hz,
            session_num: self.watch.session_num(),
            ruling: self.ruling,
            other_ruling: self.other_ruling(drive),
        };
        self.outbox.note(note.to_json());
        let race = note.kind().contains(RACE);
        drive.board.set_field(&drive.driven.session.field, race);
        self.outbox.wake();
    }

    pub(super) fn set_presence(&mut self, presence: Presence) {
        if self.presence != Some(presence) {
            self.presence = Some(presence);
            self.outbox.note(note::presence(presence));
        }
    }

    pub(super) fn publish_statistics(&mut self, source: &dyn Source) {
        let mut statistics = self.gauges.read(self.plan.live, source.presence(), source.counts());
        let tape = self.tape.as_ref().map(TapeHandle::stats);
        if let Some(error) = tape.as_ref().and_then(|tape| tape.error.as_ref()) {
            self.tell_tape_trouble(error);
        }
        statistics.tape = tape.or_else(|| self.last_tape.clone()).map(TapeFigures::from);
        self.outbox.set_statistics(statistics);
    }
}

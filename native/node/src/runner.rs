//! The thread that follows a source through its life, steps the coach and hands over what it says. It never waits for JavaScript.
//!
//! A recording is one drive. A live source comes and goes: rows are coached as they come, a sim that is away or paused is said through the coach's
//! interruption, another track or car ends the coach (its laps are settled) and begins another one, while samples and clock go on.

mod life;
mod references;
mod rows;
mod rules;

use crate::candidates::Candidates;
use crate::drawing::DrawingMeter;
use crate::lap_tap::{LapTap, TapWork};
use crate::lap_window::LapWindow;
use crate::note;
use crate::outbox::Outbox;
use crate::own_reference::{Built, Standing};
use crate::pace::{LiveLateness, Pacer};
use crate::plan::{Given, OpenSource, Order, Orders, Plan};
use crate::publisher::Publisher;
use crate::source_spec::Opened;
use crate::statistics::Gauges;
use racing_coach_core::coach::Events;
use racing_coach_core::error::CodedError;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::rules::{RulesSetting, Ruling};
use racing_coach_core::session_watch::SessionWatch;
use racing_coach_core::{ErrorCode, Sample, Status};
use racing_coach_sources::source::{Presence, Source, SourceStep};
use racing_coach_sources::tape::{TapeHandle, TapeStats};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};

/// Runs until the source ends or `stop` is set. Every error ends up in the outbox.
pub fn run(mut open: OpenSource, plan: &Plan, given: Option<Given>, outbox: &Arc<Outbox>, orders: Orders) {
    let _end = EndGuard(outbox);
    let mut run = match Run::new(plan, given, outbox, orders) {
        Ok(run) => run,
        Err(error) => return outbox.fail(&error),
    };
    loop {
        match open().and_then(|opened| run.play(opened)) {
            Ok(()) if plan.looped && !outbox.stop.load(Ordering::Relaxed) => {}
            Ok(()) => break,
            Err(error) => {
                outbox.fail(&error);
                break;
            }
        }
    }
}

/// Whatever ends the thread, JavaScript hears of it.
struct EndGuard<'a>(&'a Outbox);

impl Drop for EndGuard<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let cause = "the coaching thread failed";
            self.0.fail(&CodedError::new(ErrorCode::Internal).with("cause", cause));
        }
        self.0.end();
    }
}

struct Run<'a> {
    plan: &'a Plan,
    outbox: &'a Arc<Outbox>,
    orders: mpsc::Receiver<Order>,
    tap: Option<LapTap>,
    reference: Option<Arc<ReferenceLap>>,
    standing: Standing,
    candidates: Candidates,
    /// Reference-grade laps of this coach.
    good_laps: u32,
    best_lap: Option<Built>,
    /// Becomes the reference at the next line.
    next_reference: Option<Built>,
    coaches: u32,
    watch: SessionWatch,
    /// The setting of this session, and of the next one.
    rules: RulesSetting,
    next_rules: RulesSetting,
    ruling: Ruling,
    /// The session for which the setting was chosen: it stays.
    ruled_for: u32,
    drawing: DrawingMeter,
    events: Events,
    publisher: Publisher,
    gauges: Gauges,
    lateness: LiveLateness,
    presence: Option<Presence>,
    /// The reason that the coach was interrupted with and that still holds.
    interrupted: Option<Status>,
    /// What was told last of the source's trouble; empty when it has none.
    trouble: String,
    tape: Option<TapeHandle>,
    tape_trouble_told: bool,
    /// What the tape held when it was finished.
    last_tape: Option<TapeStats>,
}

impl<'a> Run<'a> {
    fn new(
        plan: &'a Plan,
        given: Option<Given>,
        outbox: &'a Arc<Outbox>,
        orders: Orders,
    ) -> Result<Self, CodedError> {
        let mut run = Run {
            plan,
            outbox,
            orders: orders.receiver,
            tap: open_tap(plan, outbox, orders.sender)?,
            reference: None,
            standing: Standing::NONE,
            candidates: Candidates::default(),
            good_laps: 0,
            best_lap: None,
            next_reference: None,
            coaches: 0,
            watch: SessionWatch::default(),
            rules: plan.rules.clone(),
            next_rules: plan.rules.clone(),
            ruling: rules::BEFORE_THE_FIRST,
            ruled_for: 0,
            drawing: DrawingMeter::default(),
            events: Events::new(),
            publisher: Publisher::new(Arc::clone(outbox)),
            gauges: Gauges::new(),
            lateness: LiveLateness::new(60.0),
            presence: None,
            interrupted: None,
            trouble: String::new(),
            tape: None,
            tape_trouble_told: false,
            last_tape: None,
        };
        run.take_given(given, true);
        Ok(run)
    }

    /// Follows a source to its end, and finishes the tape that was made of it.
    fn play(&mut self, opened: Opened) -> Result<(), CodedError> {
        let Opened { mut source, tape } = opened;
        self.tape = tape;
        let played = self.once(source.as_mut());
        let taped = self.tape.take().map_or(Ok(()), |tape| {
            let written = tape.stats();
            let taped = tape.finish();
            self.last_tape = Some(taped.as_ref().map_or(written, Clone::clone));
            taped.map(|_| ())
        });
        self.publish_statistics(source.as_ref());
        played.and(taped)
    }

    fn once(&mut self, source: &mut dyn Source) -> Result<(), CodedError> {
        let mut drive = self.begin_drive(source);
        let mut pacer = Pacer::new(source.rate_hz(), self.plan.speed);
        let mut window = LapWindow::new(self.plan.window, source.rate_hz());
        let mut sample = Sample::EMPTY;
        while !self.outbox.stop.load(Ordering::Relaxed) && !window.is_over() {
            self.take_orders(&mut drive);
            match source.next(&mut sample) {
                Ok(SourceStep::Sample) if self.plan.live => {
                    self.row(source, &mut drive, &sample, None);
                    self.hand_over(&mut drive);
                    self.after_row(&mut drive, &sample);
                }
                Ok(SourceStep::Sample) => {
                    window.offer(&sample);
                    while let Some(row) = window.next_row() {
                        let due = pacer.wait(&self.outbox.stop);
                        self.row(source, &mut drive, &row, Some(due));
                        window.watch(&self.events);
                        self.hand_over(&mut drive);
                        self.after_row(&mut drive, &row);
                    }
                }
                Ok(SourceStep::Session) => self.session(source, &mut drive),
                Ok(SourceStep::Gap(rows)) => self.outbox.note(note::gap(rows)),
                Ok(SourceStep::Idle) => self.idle(source, &mut drive),
                Ok(SourceStep::Disconnected) => self.disconnected(source, &mut drive),
                Ok(SourceStep::End) => break,
                Err(error) if self.plan.live => self.have_trouble(&error, source, &mut drive),
                Err(error) => return Err(error),
            }
        }
        self.end_drive(&mut drive);
        Ok(())
    }
}

fn open_tap(
    plan: &Plan,
    outbox: &Arc<Outbox>,
    sender: mpsc::Sender<Order>,
) -> Result<Option<LapTap>, CodedError> {
    if !plan.record && !plan.learn {
        return Ok(None);
    }
    let references = plan.learn.then_some(sender);
    let work = TapWork { record: plan.record, references, track_files: plan.track_files.clone() };
    LapTap::new(work, Arc::clone(outbox))
        .map(Some)
        .map_err(|cause| CodedError::new(ErrorCode::Internal).with("cause", cause))
}

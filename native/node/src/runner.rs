//! The thread that reads a source, paces it, steps the coach and hands over what it says. It never waits for JavaScript.

use crate::clock;
use crate::lap_session::LapSession;
use crate::lap_tap::LapTap;
use crate::lap_window::{LapWindow, Laps};
use crate::outbox::{Outbox, Statistics};
use crate::pace::{Histogram, Pacer};
use racing_coach_core::coach::{Coach, CoachConfig, Events};
use racing_coach_core::error::CodedError;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::Snapshot;
use racing_coach_core::session::SessionInfo;
use racing_coach_core::{ErrorCode, Sample};
use racing_coach_sources::source::{Source, SourceStep};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::time::Instant;

/// Opens the source: once at the start, and once more for every round of a loop.
pub type OpenSource = Box<dyn FnMut() -> Result<Box<dyn Source>, CodedError> + Send>;

/// What the thread is told at its start.
pub struct Plan {
    /// 1 is real time, 0 as fast as possible.
    pub speed: f64,
    /// Which laps to play.
    pub laps: Laps,
    /// Begin again at the end.
    pub looped: bool,
    /// Hand over finished laps as lap files.
    pub record: bool,
}

/// What JavaScript may change while the thread runs.
pub enum Order {
    /// Coach from this lap from now on.
    SetReference(Option<Arc<ReferenceLap>>),
}

struct Run<'a> {
    plan: &'a Plan,
    outbox: &'a Arc<Outbox>,
    orders: &'a mpsc::Receiver<Order>,
    reference: Option<Arc<ReferenceLap>>,
    lateness: Histogram,
    step_time: Histogram,
    sequence: u32,
    ticks: u64,
    began: Instant,
}

/// Runs until the source ends or `stop` is set. Every error ends up in the outbox.
pub fn run(
    mut open: OpenSource,
    plan: &Plan,
    reference: Option<Arc<ReferenceLap>>,
    outbox: &Arc<Outbox>,
    orders: &mpsc::Receiver<Order>,
) {
    let mut run = Run {
        plan,
        outbox,
        orders,
        reference,
        lateness: Histogram::new(10.0),
        step_time: Histogram::new(0.1),
        sequence: 0,
        ticks: 0,
        began: Instant::now(),
    };
    let _end = EndGuard(outbox);
    loop {
        match open().and_then(|source| run.once(source)) {
            Ok(()) if plan.looped && !outbox.stop.load(Ordering::Relaxed) => {}
            Ok(()) => break,
            Err(error) => {
                outbox.fail(&error);
                break;
            }
        }
    }
    run.publish_statistics();
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

impl Run<'_> {
    fn once(&mut self, mut source: Box<dyn Source>) -> Result<(), CodedError> {
        let rate_hz = source.rate_hz();
        let session = source.session();
        self.outbox.set_session(LapSession::new(session, session.track_length_m, rate_hz).to_json());
        let config = CoachConfig { replaying: true, ..CoachConfig::for_session(session, rate_hz) };
        let mut coach = Coach::new(config, self.reference.clone());
        let mut pacer = Pacer::new(rate_hz, self.plan.speed);
        let mut events = Events::new();
        let mut tap = self.open_tap(source.session(), rate_hz)?;
        let mut window = LapWindow::new(self.plan.laps, rate_hz);
        let mut sample = Sample::EMPTY;
        while !self.outbox.stop.load(Ordering::Relaxed) && !window.is_over() {
            match source.next(&mut sample)? {
                SourceStep::Sample => {
                    window.offer(&sample);
                    while let Some(row) = window.next_row() {
                        if let Some(tap) = &mut tap {
                            tap.keep(&row);
                        }
                        self.tick(&mut coach, &row, &mut pacer, &mut events);
                        window.watch(&events);
                        self.hand_over(&coach, &mut events, tap.as_mut());
                    }
                }
                SourceStep::Session | SourceStep::Gap(_) | SourceStep::Idle | SourceStep::Disconnected => {}
                SourceStep::End => break,
            }
        }
        coach.finish(&mut events);
        self.hand_over(&coach, &mut events, tap.as_mut());
        Ok(())
    }

    fn open_tap(&self, session: &SessionInfo, rate_hz: f64) -> Result<Option<LapTap>, CodedError> {
        if !self.plan.record {
            return Ok(None);
        }
        let tap = LapTap::new(session.clone(), rate_hz, Arc::clone(self.outbox));
        tap.map(Some).map_err(|cause| CodedError::new(ErrorCode::Internal).with("cause", cause))
    }

    fn tick(&mut self, coach: &mut Coach, sample: &Sample, pacer: &mut Pacer, events: &mut Events) {
        let due = pacer.wait(&self.outbox.stop);
        let read_at = Instant::now();
        self.lateness.add(read_at.saturating_duration_since(due));
        while let Ok(Order::SetReference(reference)) = self.orders.try_recv() {
            self.reference = reference.clone();
            coach.set_reference(reference);
        }
        let began = Instant::now();
        let mut snapshot: Snapshot = *coach.step(sample, events);
        self.step_time.add(began.elapsed());
        self.sequence = self.sequence.wrapping_add(1);
        snapshot.sequence = self.sequence;
        snapshot.read_at_ms = clock::ms_at(read_at);
        let mut bytes = [0; Snapshot::BYTES];
        snapshot.write(&mut bytes);
        self.outbox.slot.put(&bytes);
        self.ticks += 1;
        if self.ticks.is_multiple_of(60) {
            self.publish_statistics();
        }
    }

    fn hand_over(&self, coach: &Coach, events: &mut Events, mut tap: Option<&mut LapTap>) {
        for event in events.iter().filter(|event| self.plan.laps.wants(event)) {
            self.outbox.event(event, coach.reference().map(Arc::as_ref));
            if let Some(tap) = tap.as_deref_mut() {
                tap.follow(event, coach.length_m().unwrap_or(f64::NAN));
            }
        }
        events.clear();
        self.outbox.wake();
    }

    fn publish_statistics(&self) {
        let seconds = self.began.elapsed().as_secs_f64();
        let statistics = Statistics {
            ticks: self.ticks,
            rate_hz: if seconds > 0.0 { self.ticks as f64 / seconds } else { 0.0 },
            lateness_p50_ms: self.lateness.quantile_ms(0.5),
            lateness_p99_ms: self.lateness.quantile_ms(0.99),
            lateness_max_ms: self.lateness.longest_ms(),
            step_p50_us: self.step_time.quantile_ms(0.5) * 1e3,
            step_p99_us: self.step_time.quantile_ms(0.99) * 1e3,
        };
        self.outbox.set_statistics(statistics);
    }
}

//! The runner as JavaScript sees it.

use crate::outbox::{FinishedLap, Outbox};
use crate::plan::{Given, OpenSource, Order, Orders, Plan};
use crate::reference_binding::ReferenceHandle;
use crate::runner::run;
use crate::runner_options::{RunnerOptions, opening_of, plan_of, rules_of, source_of};
use napi::bindgen_prelude::{Buffer, Function, Uint8Array};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi::{Error, Result};
use napi_derive::napi;
use racing_coach_core::sample::Snapshot;
use serde_json::json;
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// A lap for the store.
#[napi(object, use_nullable = true)]
pub struct ExtractedLap {
    /// The lap's facts as JSON.
    pub summary: String,
    /// The lap file; null when only the official time of a lap that was handed over before has arrived.
    pub lap_file: Option<Buffer>,
    /// Number of the run's session that it was driven in, as session notes have it; 0 when it was extracted.
    pub session_number: u32,
}

impl From<FinishedLap> for ExtractedLap {
    fn from(lap: FinishedLap) -> Self {
        ExtractedLap {
            summary: lap.summary,
            lap_file: lap.lap_file.map(Buffer::from),
            session_number: lap.session,
        }
    }
}

/// What came since the last drain.
#[napi(object, use_nullable = true)]
pub struct Drain {
    /// The buffer holds another snapshot than after the last drain.
    pub fresh: bool,
    /// Events and notes (`coachEvent`, `runnerNote` of the contract) as JSON, in order; each exactly once.
    pub events: Vec<String>,
    /// What is news of fuel, tyres, cars around, laps, corners and map: messages of the contract as JSON, the newest of each.
    pub board: Vec<String>,
    /// Laps for the store, when recording.
    pub laps: Vec<ExtractedLap>,
    /// The run is over and everything was drained.
    pub ended: bool,
    /// Why it ended early, as JSON: `{ code, message }`; null when it did not.
    pub error: Option<String>,
}

struct Prepared {
    open: OpenSource,
    plan: Plan,
    given: Option<Given>,
    orders: Orders,
}

/// One Rust thread that reads a recording at its pace, or a live source as it comes, and coaches it.
#[napi]
pub struct Runner {
    outbox: Arc<Outbox>,
    orders: mpsc::Sender<Order>,
    prepared: Option<Prepared>,
    thread: Option<JoinHandle<()>>,
    version: u32,
}

#[napi]
impl Runner {
    /// Prepares a run. `wake` is called on JavaScript's thread when there is something to drain, once until it was drained. Nothing is read
    /// before `start`.
    #[napi(constructor)]
    pub fn new(
        options: RunnerOptions,
        reference: Option<&ReferenceHandle>,
        wake: Function<(), ()>,
    ) -> Result<Self> {
        let source = source_of(&options)?;
        let plan = plan_of(&options, &source)?;
        let callback = wake.build_threadsafe_function::<()>().callee_handled::<false>().build()?;
        let outbox = Arc::new(Outbox::new(Box::new(move || {
            callback.call((), ThreadsafeFunctionCallMode::NonBlocking);
        })));
        let (sender, receiver) = mpsc::channel();
        let opening = opening_of(options);
        let open: OpenSource = Box::new(move || source.open(&opening));
        let orders = Orders { sender: sender.clone(), receiver };
        let prepared = Prepared { open, plan, given: reference.map(ReferenceHandle::given), orders };
        Ok(Runner { outbox, orders: sender, prepared: Some(prepared), thread: None, version: 0 })
    }

    /// Starts the thread. A second call does nothing.
    #[napi]
    pub fn start(&mut self) -> Result<()> {
        let Some(prepared) = self.prepared.take() else { return Ok(()) };
        let outbox = Arc::clone(&self.outbox);
        let thread = std::thread::Builder::new().name("racing-coach-runner".into()).spawn(move || {
            let Prepared { open, plan, given, orders } = prepared;
            run(open, &plan, given, &outbox, orders);
        })?;
        self.thread = Some(thread);
        Ok(())
    }

    /// Ends the run and waits for the thread, which looks at least every 50 ms. What it left can still be drained.
    #[napi]
    pub fn stop(&mut self) {
        self.outbox.stop.store(true, Ordering::Relaxed);
        if self.prepared.take().is_some() {
            self.outbox.end();
        }
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing more to say; the outbox still holds what it said before.
            let _ = thread.join();
        }
    }

    /// Coaches from another lap from the next sample on; null for none. `fixed` (default true): no lap of the run takes its place.
    #[napi]
    pub fn set_reference(&self, reference: Option<&ReferenceHandle>, fixed: Option<bool>) {
        let given = reference.map(|handle| Box::new(handle.given()));
        // The thread may be gone: then there is nobody to tell.
        let _ = self.orders.send(Order::SetReference { given, fixed: fixed.unwrap_or(true) });
    }

    /// Where live instruction is forbidden (JSON: `rulesSetting` of the contract), from the next session of the sim on. The session note comes again
    /// and says what will be different. `session`: the number of a session note that this answers. The first answer holds in that session as well: which
    /// setting is for its car and track is known only with the note.
    #[napi]
    pub fn set_rules(&self, rules: String, session: Option<u32>) -> Result<()> {
        // The thread may be gone: then there is nobody to tell.
        let _ = self.orders.send(Order::SetRules { rules: rules_of(&rules)?, session });
        Ok(())
    }

    /// Copies the newest snapshot into `snapshot` (see the contract's layout; at least its size) and takes every event and lap that waits.
    #[napi]
    pub fn drain(&mut self, mut snapshot: Uint8Array) -> Result<Drain> {
        let drained = self.outbox.drain();
        // SAFETY: the buffer belongs to the caller, who is on this thread and waits for us; nobody else writes to it meanwhile.
        let view = unsafe { snapshot.as_mut() };
        let bytes = view
            .first_chunk_mut::<{ Snapshot::BYTES }>()
            .ok_or_else(|| Error::from_reason("the snapshot buffer is too small"))?;
        let version = self.outbox.slot.take(bytes);
        let fresh = version != self.version;
        self.version = version;
        let error =
            drained.failed.map(|(code, message)| json!({ "code": code, "message": message }).to_string());
        Ok(Drain {
            fresh,
            events: drained.events,
            board: self.outbox.board.take(),
            laps: drained.laps.into_iter().map(ExtractedLap::from).collect(),
            ended: drained.ended,
            error,
        })
    }

    /// What is known of the session as JSON, see the contract's lap session; reads the file's head, not its rows.
    #[napi]
    pub fn session_json(&self) -> String {
        self.outbox.session()
    }

    /// Ticks, rate, lateness and step times as JSON.
    #[napi]
    pub fn stats_json(&self) -> String {
        serde_json::to_string(&self.outbox.statistics()).unwrap_or_default()
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The hash that identifies the snapshot's layout; readers refuse another.
#[napi]
pub fn snapshot_layout_hash() -> String {
    Snapshot::LAYOUT_HASH.to_owned()
}

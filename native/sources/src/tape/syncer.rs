//! Asks the disk to keep what was written, on a thread of its own: a busy disk takes seconds over that, and blocks must go on being written
//! meanwhile. A killed process loses nothing that was written; this is for a machine that loses its power.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Not more often than this.
const SYNC_EVERY: Duration = Duration::from_secs(1);

/// The syncing thread's front.
pub struct Syncer {
    orders: Option<Sender<()>>,
    results: Receiver<io::Result<()>>,
    thread: Option<JoinHandle<()>>,
    asked: Instant,
    asked_bytes: u64,
    busy: bool,
}

impl Syncer {
    /// For this file; without one there is nothing to do.
    pub fn start(file: Option<File>) -> io::Result<Self> {
        let (orders, work) = channel();
        let (answer, results) = channel();
        let sync = move |file: File| {
            while work.recv().is_ok() && answer.send(file.sync_data()).is_ok() {}
        };
        let thread = file
            .map(|file| std::thread::Builder::new().name("tape-sync".to_owned()).spawn(move || sync(file)));
        let thread = thread.transpose()?;
        let orders = thread.is_some().then_some(orders);
        Ok(Syncer { orders, results, thread, asked: Instant::now(), asked_bytes: 0, busy: false })
    }

    /// So much was written: has it kept, unless that was asked for within the last second or is going on.
    pub fn written(&mut self, bytes: u64) {
        if !self.busy && bytes > self.asked_bytes && self.asked.elapsed() >= SYNC_EVERY {
            self.ask();
            self.asked_bytes = bytes;
        }
    }

    /// What the disk has answered meanwhile.
    pub fn check(&mut self) -> io::Result<()> {
        match self.results.try_recv() {
            Ok(result) => {
                self.busy = false;
                result
            }
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => Ok(()),
        }
    }

    /// Has everything kept, and waits for it.
    pub fn finish(&mut self) -> io::Result<()> {
        self.ask();
        self.orders = None;
        let results = self.results.iter().collect::<io::Result<Vec<()>>>().map(|_| ());
        if let Some(thread) = self.thread.take() {
            // It does nothing that panics, and there is nothing to be done about it.
            let _ = thread.join();
        }
        results
    }

    fn ask(&mut self) {
        if let Some(orders) = &self.orders {
            self.busy = orders.send(()).is_ok();
            self.asked = Instant::now();
        }
    }
}

//! Between the thread that reads the sim and the one that writes the tape: one buffer of bytes that does not grow while rows are put into it.
//!
//! The reading thread holds the lock for the copy of one row, the writing thread for the swap of two buffers, so neither waits for a disk. When
//! the buffer is full because the disk does not follow, rows are counted, and a gap takes their place as soon as there is room again; what
//! later rows need to be understood (schema, session text) is kept.

use super::frame;
use crate::live::raw::{RawKind, RawRecord};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Room for 16 s of live rows.
pub const QUEUE_BYTES: usize = 8 << 20;

/// The queue.
pub struct Queue {
    state: Mutex<State>,
    filled: Condvar,
}

struct State {
    bytes: Vec<u8>,
    room: usize,
    began: Instant,
    backlog: Backlog,
    /// Nothing more is taken: the tape is finished, or its disk is.
    closed: bool,
    lost_rows: u64,
}

/// What found no room and has to come before anything else, in this order.
#[derive(Default)]
struct Backlog {
    disconnected: bool,
    schema: Option<(RawKind, i32, usize, Vec<u8>)>,
    session: Option<(i32, Vec<u8>)>,
    ticks: u64,
}

impl Queue {
    /// An empty queue for `room` bytes; times count from `began`.
    pub fn new(room: usize, began: Instant) -> Self {
        let (bytes, backlog) = (Vec::with_capacity(room), Backlog::default());
        let state = State { bytes, room, began, backlog, closed: false, lost_rows: 0 };
        Queue { state: Mutex::new(state), filled: Condvar::new() }
    }

    /// Copies a record in, or keeps account of it when there is no room. After the end it does nothing.
    pub fn put(&self, record: &RawRecord<'_>) {
        let mut state = self.lock();
        if state.closed {
            return;
        }
        if !state.catch_up() || !state.append(record) {
            state.put_off(record);
        }
        // Rows wait for the writer's next look; waking it for each would cost a system call.
        if state.is_half_full() {
            self.filled.notify_one();
        }
    }

    /// Takes everything into `bytes`, whose old content is gone: at once when the buffer is half full, else when `longest` is over. False when
    /// there will never be anything more.
    pub fn take(&self, bytes: &mut Vec<u8>, longest: Duration) -> bool {
        let idle = |state: &mut State| !state.closed && !state.is_half_full();
        let waited = self.filled.wait_timeout_while(self.lock(), longest, idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        bytes.clear();
        // Both buffers get their room here, on this thread; a text that is larger than that gives it back.
        bytes.shrink_to(state.room);
        bytes.reserve(state.room);
        std::mem::swap(&mut state.bytes, bytes);
        state.catch_up();
        !(state.closed && bytes.is_empty() && state.bytes.is_empty())
    }

    /// Ends it: what is in it can still be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_one();
    }

    /// Rows that found no room.
    pub fn lost_rows(&self) -> u64 {
        self.lock().lost_rows
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that is done under the lock leaves the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_half_full(&self) -> bool {
        self.bytes.len() > self.room / 2
    }

    /// Appends a record if there is room. An empty queue takes any: a text may be larger than the queue.
    fn append(&mut self, record: &RawRecord<'_>) -> bool {
        let has_room = self.bytes.is_empty() || self.bytes.len() + frame::bytes_of(record) <= self.room;
        if has_room {
            frame::put(&mut self.bytes, record, self.began);
        }
        has_room
    }

    /// Keeps account of a record without room.
    fn put_off(&mut self, record: &RawRecord<'_>) {
        let backlog = &mut self.backlog;
        match *record {
            RawRecord::Row { .. } => {
                backlog.ticks += 1;
                self.lost_rows += 1;
            }
            RawRecord::Gap { ticks } => backlog.ticks = backlog.ticks.saturating_add(ticks),
            RawRecord::Session { update, text } => backlog.session = Some((update, text.to_vec())),
            RawRecord::Schema { kind, tick_rate_hz, row_bytes, variables } => {
                backlog.schema = Some((kind, tick_rate_hz, row_bytes, variables.to_vec()));
            }
            // What came before it belongs to a connection that is over.
            RawRecord::Disconnected => *backlog = Backlog { disconnected: true, ..Backlog::default() },
        }
    }

    /// Appends what was put off; true when nothing is left of it.
    fn catch_up(&mut self) -> bool {
        let backlog = std::mem::take(&mut self.backlog);
        let Backlog { disconnected, schema, session, ticks } = backlog;
        if disconnected && !self.append(&RawRecord::Disconnected) {
            self.backlog = Backlog { disconnected, schema, session, ticks };
            return false;
        }
        if let Some((kind, tick_rate_hz, row_bytes, variables)) = schema
            && !self.append(&RawRecord::Schema { kind, tick_rate_hz, row_bytes, variables: &variables })
        {
            let schema = Some((kind, tick_rate_hz, row_bytes, variables));
            self.backlog = Backlog { disconnected: false, schema, session, ticks };
            return false;
        }
        if let Some((update, text)) = session
            && !self.append(&RawRecord::Session { update, text: &text })
        {
            self.backlog.session = Some((update, text));
            self.backlog.ticks = ticks;
            return false;
        }
        if ticks > 0 && !self.append(&RawRecord::Gap { ticks }) {
            self.backlog.ticks = ticks;
            return false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::{TapeRecord, TapeSchema};
    use super::*;

    const SCHEMA: RawRecord<'_> =
        RawRecord::Schema { kind: RawKind::Irsdk, tick_rate_hz: 60, row_bytes: 4, variables: &[7; 144] };

    fn row(tick: i32) -> RawRecord<'static> {
        RawRecord::Row { tick, read_at: Instant::now(), bytes: &[1, 2, 3, 4] }
    }

    /// What is taken, as text: `row 3`, `gap 2`.
    fn taken(queue: &Queue) -> Vec<String> {
        let mut bytes = Vec::new();
        queue.take(&mut bytes, Duration::ZERO);
        let mut rest = &bytes[..];
        let mut names = Vec::new();
        while let Some(record) = frame::take_record(&mut rest) {
            names.push(match record {
                TapeRecord::Schema(TapeSchema { variables, .. }) => format!("schema {}", variables[0]),
                TapeRecord::Session { update, .. } => format!("session {update}"),
                TapeRecord::Row { tick, .. } => format!("row {tick}"),
                TapeRecord::Gap { ticks } => format!("gap {ticks}"),
                TapeRecord::Disconnected => "disconnected".to_owned(),
                TapeRecord::Lost { .. } => "lost".to_owned(),
            });
        }
        names
    }

    #[test]
    fn rows_without_room_become_a_gap_and_what_they_need_stays() {
        let queue = Queue::new(60, Instant::now());
        queue.put(&row(1));
        queue.put(&row(2));
        queue.put(&row(3));
        queue.put(&RawRecord::Gap { ticks: 5 });
        assert_eq!(taken(&queue), ["row 1", "row 2"]);
        queue.put(&row(9));
        assert_eq!(taken(&queue), ["gap 6", "row 9"]);
        assert_eq!(queue.lost_rows(), 1);
        queue.put(&row(10));
        queue.put(&row(11));
        queue.put(&RawRecord::Disconnected);
        queue.put(&SCHEMA);
        queue.put(&RawRecord::Session { update: 4, text: b"---" });
        queue.put(&row(0));
        let seen: Vec<String> = (0..4).flat_map(|_| taken(&queue)).collect();
        assert_eq!(seen, ["row 10", "row 11", "disconnected", "schema 7", "session 4", "gap 1"]);
    }

    #[test]
    fn the_end_comes_after_everything_that_was_put() {
        let queue = Queue::new(60, Instant::now());
        queue.put(&row(1));
        queue.put(&SCHEMA);
        queue.close();
        queue.put(&row(2));
        let mut bytes = Vec::new();
        assert!(queue.take(&mut bytes, Duration::from_secs(60)), "at once");
        assert!(queue.take(&mut bytes, Duration::from_secs(60)) && bytes.len() > 144);
        assert!(!queue.take(&mut bytes, Duration::from_secs(60)));
    }

    #[test]
    fn taking_keeps_the_room_and_gives_a_large_text_back() {
        let queue = Queue::new(100, Instant::now());
        let mut bytes = Vec::new();
        queue.put(&RawRecord::Session { update: 1, text: &[b'-'; 10_000] });
        for _ in 0..3 {
            queue.take(&mut bytes, Duration::ZERO);
        }
        assert!(bytes.capacity() < 1000 && queue.lock().bytes.capacity() < 1000);
    }
}

//! Playing some laps of a recording: which rows the coach gets to see, and which of its events are wanted.
//!
//! A lap can be timed only when the coach saw the car cross the line, and its official time comes up to 3 s after its end: so the rows of the last
//! seconds before the first lap are played too, and the rows after the last lap until its time is settled.

use racing_coach_core::Sample;
use racing_coach_core::coach::{Event, Events, Place};
use std::collections::VecDeque;

const LEAD_IN_S: f64 = 2.0;
/// A little longer than the tracker waits for an official time.
const SETTLING_S: f64 = 3.5;

/// Which laps to play, as the sim counts them, both included.
#[derive(Debug, Clone, Copy, Default)]
pub struct Laps {
    /// The first; none for the beginning.
    pub from: Option<i32>,
    /// The last; none for the end.
    pub to: Option<i32>,
    /// Seconds from the recording's beginning before which nothing is played.
    pub from_s: Option<f64>,
}

impl Laps {
    /// Whether an event belongs to these laps: not to the lead-in, and not to the lap that begins while the last one is settled.
    pub fn wants(&self, event: &Event) -> bool {
        let lap = place_of(event).id.lap;
        self.from.is_none_or(|first| lap >= first) && self.to.is_none_or(|last| lap <= last)
    }
}

fn place_of(event: &Event) -> &Place {
    match event {
        Event::Lap(lap) | Event::LapOpened(lap) => &lap.place,
        Event::Cue(cue) => &cue.place,
        Event::Corner(corner) => &corner.place,
        Event::Status(status) => &status.place,
    }
}

/// Decides row by row.
pub struct LapWindow {
    laps: Laps,
    waiting: VecDeque<Sample>,
    lead_in_rows: usize,
    begun: bool,
    /// The first row that `from_s` lets through, once the first row of all is known.
    first_index: Option<u64>,
    rate_hz: f64,
    settling_rows: Option<u64>,
    most_settling_rows: u64,
}

impl LapWindow {
    /// A window over a source of `rate_hz` rows a second.
    pub fn new(laps: Laps, rate_hz: f64) -> Self {
        LapWindow {
            laps,
            waiting: VecDeque::new(),
            lead_in_rows: (LEAD_IN_S * rate_hz) as usize,
            begun: laps.from.is_none() && laps.from_s.is_none(),
            first_index: None,
            rate_hz,
            settling_rows: None,
            most_settling_rows: (SETTLING_S * rate_hz) as u64,
        }
    }

    /// Takes the next row of the source in. What is to be played then is given by [`next_row`](Self::next_row).
    pub fn offer(&mut self, sample: &Sample) {
        self.waiting.push_back(*sample);
        self.begun = self.begun || self.begins_at(sample);
        if !self.begun && self.waiting.len() > self.lead_in_rows {
            self.waiting.pop_front();
        }
        let past = self.laps.to.is_some_and(|last| sample.lap > f64::from(last));
        if past || self.settling_rows.is_some() {
            *self.settling_rows.get_or_insert(0) += 1;
        }
    }

    /// A place in time wins over a lap: whoever gives both wants to see something from there.
    fn begins_at(&mut self, sample: &Sample) -> bool {
        match (self.laps.from_s, self.laps.from) {
            (Some(from_s), _) => {
                let rows = (from_s * self.rate_hz) as u64;
                sample.index >= *self.first_index.get_or_insert(sample.index.saturating_add(rows))
            }
            (None, Some(first)) => sample.lap >= f64::from(first),
            (None, None) => true,
        }
    }

    /// The next row to play: none before the window, the whole lead-in with the first row in it.
    pub fn next_row(&mut self) -> Option<Sample> {
        if self.begun { self.waiting.pop_front() } else { None }
    }

    /// Sees that the last lap was settled.
    pub fn watch(&mut self, events: &Events) {
        let settled =
            |event: &Event| matches!(event, Event::Lap(lap) if Some(lap.lap.id.lap) == self.laps.to);
        if self.settling_rows.is_some() && events.iter().any(settled) {
            self.settling_rows = Some(self.most_settling_rows);
        }
    }

    /// Nothing more is to be played.
    pub fn is_over(&self) -> bool {
        self.settling_rows.is_some_and(|rows| rows >= self.most_settling_rows)
    }
}

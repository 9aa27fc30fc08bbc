//! The buffer that carries events out of a step.

use super::event::Event;

/// A buffer for the events of one or several steps. It never allocates. One step makes at most [`Events::PER_STEP`]; who
/// clears it before each step loses none. What does not fit is counted, never lost silently.
#[derive(Debug, Clone)]
pub struct Events {
    items: [Option<Event>; Events::CAPACITY],
    len: usize,
    overflowed: u64,
}

impl Events {
    /// The most that one step can make: a lap opened, two settled, a status, a corner with its verdict, a beat or GO, a shown point.
    pub const PER_STEP: usize = 8;
    /// Room: twice what one step can make.
    pub const CAPACITY: usize = 2 * Events::PER_STEP;

    /// An empty buffer.
    pub const fn new() -> Self {
        Events { items: [None; Events::CAPACITY], len: 0, overflowed: 0 }
    }

    /// Adds an event.
    pub fn push(&mut self, event: Event) {
        match self.items.get_mut(self.len) {
            Some(slot) => {
                *slot = Some(event);
                self.len += 1;
            }
            None => self.overflowed += 1,
        }
    }

    /// The events in order.
    pub fn iter(&self) -> impl Iterator<Item = &Event> {
        self.items[..self.len].iter().flatten()
    }

    /// Empties the buffer; the count of overflowed events stays.
    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many events did not fit since the buffer was made. Anything but 0 is a defect of the caller.
    pub fn overflowed(&self) -> u64 {
        self.overflowed
    }
}

impl Default for Events {
    fn default() -> Self {
        Events::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;
    use crate::coach::event::{Place, StatusEvent};
    use crate::lap::LapId;

    #[test]
    fn counts_what_does_not_fit_and_keeps_the_first() {
        let place =
            Place { sample: 1, session_time_s: f64::NAN, id: LapId::default(), lap_distance_m: f64::NAN };
        let mut events = Events::new();
        for sample in 0..Events::CAPACITY as u64 + 3 {
            events.push(Event::Status(StatusEvent { place: Place { sample, ..place }, status: Status::Wet }));
        }
        assert_eq!((events.len(), events.overflowed()), (Events::CAPACITY, 3));
        let Some(Event::Status(first)) = events.iter().next() else { panic!("a status was pushed") };
        assert_eq!(first.place.sample, 0);
        events.clear();
        assert!(events.is_empty());
    }
}

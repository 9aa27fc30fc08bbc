//! From decrypted packets to samples: for the console's own ([`super::source`]) and for those of a tape.
//!
//! A caller gives packets to [`Gt7Decoder::row`] and after each takes steps from [`Gt7Decoder::next`] until there is none. The same packets give the same
//! steps, live or from a tape; the lines that were known when the tape was recorded are on it ([`Gt7Decoder::adopt`]).

use super::layout::{TICK_HZ, flag};
use super::line::Line;
use super::line_file;
use super::order::{Order, Turn};
use super::packet::Packet;
use super::road::{Road, RoadRow};
use super::samples::{self, Surface};
use super::vector::Vector;
use crate::source::SourceStep;
use racing_coach_core::Sample;
use racing_coach_core::error::CodedError;
use racing_coach_core::session::SessionInfo;

/// Another car's code is believed when it was the same for so many rows: a tenth of a second.
const CAR_ROWS: u32 = 6;

/// What became of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// A row: a step waits for it.
    Row,
    /// The simulation stands still: there is no row.
    Paused,
    /// It came after a later one, and was left out.
    Late,
    /// It is none, or was seen before.
    Ignored,
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Gt7Decoder {
    order: Order,
    road: Road,
    session: SessionInfo,
    surface: Surface,
    /// The code that came last, and in how many rows in succession.
    car: (Option<i32>, u32),
    velocity_before: Option<Vector>,
    told_session: bool,
    line_changed: bool,
    gap: u64,
    /// Rows that were lost before a pause: told with the first row after it, whose index counts them.
    lost_before_pause: u64,
    sample: Option<Sample>,
    newest_id: i32,
}

impl Gt7Decoder {
    /// A decoder that knows these lines.
    pub fn new(known: Vec<Line>) -> Self {
        let session = SessionInfo { sim: "gt7".to_owned(), ..SessionInfo::default() };
        Gt7Decoder {
            order: Order::default(),
            road: Road::new(known),
            session,
            surface: Surface::default(),
            car: (None, 0),
            velocity_before: None,
            told_session: false,
            line_changed: false,
            gap: 0,
            lost_before_pause: 0,
            sample: None,
            newest_id: 0,
        }
    }

    /// Rows a second.
    pub fn rate_hz(&self) -> f64 {
        TICK_HZ
    }

    /// What is known about track and car.
    pub fn session(&self) -> &SessionInfo {
        &self.session
    }

    /// The line that is driven, when it is known.
    pub fn line(&self) -> Option<&Line> {
        self.road.line()
    }

    /// Id of the newest packet that was a row or a pause.
    pub fn newest_id(&self) -> i32 {
        self.newest_id
    }

    /// Rows that are missing before the newest one, until that was told.
    pub fn missing(&self) -> u64 {
        self.gap
    }

    /// A decrypted packet. Steps that wait from the one before are lost: take them first.
    pub fn row(&mut self, plain: &[u8]) -> Taken {
        let Some(packet) = Packet::parse(plain) else { return Taken::Ignored };
        self.gap = 0;
        self.sample = None;
        match self.order.take(packet.id, packet.has(flag::PAUSED)) {
            Turn::Next(missing) => self.gap = missing + std::mem::take(&mut self.lost_before_pause),
            Turn::Restarted => {
                self.gap = std::mem::take(&mut self.lost_before_pause);
                self.road.leave();
                self.velocity_before = None;
                self.told_session = false;
            }
            Turn::Paused(missing) => self.lost_before_pause += missing,
            Turn::Repeated => return Taken::Ignored,
            Turn::Late => return Taken::Late,
        }
        self.newest_id = packet.id;
        if packet.has(flag::PAUSED) {
            return Taken::Paused;
        }
        self.sample = Some(self.sample_of(&packet));
        Taken::Row
    }

    /// The next step: `Session`, `Gap`, `Sample`, in this order; `None` until another packet is given.
    pub fn next(&mut self, sample: &mut Sample) -> Option<SourceStep> {
        if !std::mem::replace(&mut self.told_session, true) {
            return Some(SourceStep::Session);
        }
        if self.gap > 0 {
            return Some(SourceStep::Gap(std::mem::take(&mut self.gap)));
        }
        *sample = self.sample.take()?;
        Some(SourceStep::Sample)
    }

    /// The session is told again with the next step: a connection begins.
    pub fn tell_session(&mut self) {
        self.told_session = false;
    }

    /// The line that the tape's recorder knew from here on, as JSON. From here on the tape says which line is driven, until it is
    /// [doubted](Self::doubt_lines).
    ///
    /// # Errors
    /// `track-bad`: the line stays what it was, and is doubted.
    pub fn adopt(&mut self, json: &str) -> Result<(), CodedError> {
        match line_file::from_json("tape", json) {
            Ok(line) => {
                if self.road.adopt(line) {
                    self.tell_track();
                }
                Ok(())
            }
            Err(error) => {
                self.doubt_lines();
                Err(error)
            }
        }
    }

    /// Part of the tape is lost, perhaps a line: what the car drives on is found out again from its rows, as live, until the tape tells a line.
    pub fn doubt_lines(&mut self) {
        self.road.find_out();
    }

    /// The line's JSON when it became another with the last packet: what a tape's `Session` record holds.
    pub fn take_changed_line(&mut self) -> Option<String> {
        std::mem::take(&mut self.line_changed).then(|| self.road.line().map(line_file::to_json)).flatten()
    }

    /// A line that was learned since this was last asked, as JSON: to be kept, and given back at the next start.
    pub fn take_learned_line(&mut self) -> Option<String> {
        self.road.take_learned().map(line_file::to_json)
    }

    fn sample_of(&mut self, packet: &Packet) -> Sample {
        let index = self.order.index();
        let attitude = packet.attitude.filter(|_| packet.is_driven());
        let Some(attitude) = attitude else {
            self.road.leave();
            self.velocity_before = None;
            return samples::not_driven(packet, index);
        };
        self.watch_car(packet);
        let placed = self.road.step(&RoadRow {
            position_m: packet.position_m,
            forward: attitude.forward,
            speed_mps: packet.speed_mps,
            lap: packet.lap,
            last_lap_ms: packet.last_lap_ms,
            missing: self.gap,
        });
        if placed.changed {
            self.line_changed = true;
            self.tell_track();
        }
        let mut sample =
            samples::driven(packet, index, &placed, self.session.track_length_m.unwrap_or(f64::NAN));
        sample.track_surface = self.surface.step(packet);
        let before = self.velocity_before.replace(packet.velocity_mps).filter(|_| self.gap == 0);
        sample.lateral_accel_mps2 =
            before.map_or(f64::NAN, |before| samples::lateral_accel_mps2(before, packet));
        sample
    }

    fn watch_car(&mut self, packet: &Packet) {
        let (code, rows) = self.car;
        self.car =
            if code == packet.car_code { (code, rows.saturating_add(1)) } else { (packet.car_code, 1) };
        if self.car.1 == CAR_ROWS || self.session.car_path.is_empty() {
            let (path, name) = match packet.car_code {
                Some(code) => (format!("gt7-car-{code}"), format!("Car {code}")),
                None => ("gt7-car-unknown".to_owned(), "Unknown car".to_owned()),
            };
            self.told_session &= self.session.car_path == path;
            (self.session.car_path, self.session.car_name) = (path, name);
        }
        let kind = if packet.laps_in_race > 0 { "Race" } else { "Practice" };
        if self.session.session_types.first().is_none_or(|known| known != kind) {
            self.session.session_types = vec![kind.to_owned()];
            self.told_session = false;
        }
    }

    /// Track and length from the line; empty without one.
    fn tell_track(&mut self) {
        let line = self.road.line();
        let id = line.map(|line| line.id.clone()).unwrap_or_default();
        let name = line.map(|line| line.name.clone()).filter(|name| !name.is_empty());
        self.session.track_length_m = line.map(Line::length_m);
        self.session.track_display_name = name.unwrap_or_else(|| id.clone());
        self.session.track_name = id;
        self.told_session = false;
    }
}

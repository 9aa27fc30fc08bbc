//! Makes a live row from a recorded or simulated one: leaves out what exists on disk only, spreads values over the tick where the user logs at
//! 360 Hz, and adds what exists live only.

use crate::frame_rate::{FrameRate, FrameRateSpec};
use crate::live_only::LiveOnly;
use crate::opponents::{Opponents, PlayerNow};
use crate::padding::dummies;
use crate::tyres::Tyres;
use racing_coach_sources::ibt::{RowLayout, VariableSpec, VariableType};

/// Values in a tick at 360 Hz.
pub const VALUES_IN_TICK: usize = 6;
/// Plain names that carry six values when the user logs at 360 Hz, as in the dump of 2024.
const FULL_RATE: [&str; 6] =
    ["VelocityX", "VelocityY", "YawRate", "LatAccel", "LongAccel", "SteeringWheelTorque"];
/// On disk only: place, and what measures each wheel.
const DISK_ONLY: [&str; 5] = ["Lat", "Lon", "Alt", "CFSRrideHeight", "BrakeABScutPct"];
const WHEELS: [&str; 4] = ["LF", "RF", "LR", "RR"];
const DISK_ONLY_OF_A_WHEEL: [&str; 7] =
    ["speed", "rideHeight", "pressure", "tempL", "tempM", "tempR", "odometer"];

/// What the live rows shall have.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RowOptions {
    /// Six values a tick for the plain names.
    pub full_rate: bool,
    /// Dummies up to so many variables; 0 for none.
    pub padding: usize,
    /// The frame rate.
    pub frame_rate: FrameRateSpec,
    /// Seconds that a simulated session lasts; `None` for ever.
    pub session_s: Option<f64>,
    /// Seed of what is made up.
    pub seed: u64,
}

/// A variable of the row that comes in, and where it stands there.
pub type Incoming = (VariableSpec, usize);

/// See the module.
pub struct RowMaker {
    layout: RowLayout,
    copies: Vec<Copy>,
    spreads: Vec<Spread>,
    own: Own,
    live_only: LiveOnly,
    opponents: Opponents,
    tyres: Tyres,
    frame_rate: FrameRate,
    padding_at: usize,
}

/// Bytes that are copied as they are.
struct Copy {
    from: usize,
    to: usize,
    bytes: usize,
}

/// One 32-bit value that becomes six.
struct Spread {
    from: usize,
    to: usize,
    before: f32,
}

/// Where the driver's own place stands in the row that comes in.
struct Own {
    places: [Option<Incoming>; 6],
}

impl RowMaker {
    /// A maker for rows whose variables are `incoming`.
    pub fn new(incoming: &[Incoming], opponents: Opponents, options: &RowOptions) -> Self {
        let live: Vec<&Incoming> = incoming.iter().filter(|(spec, _)| !is_disk_only(&spec.name)).collect();
        let spread = |spec: &VariableSpec| {
            options.full_rate
                && spec.count == 1
                && spec.variable_type == VariableType::Float
                && FULL_RATE.contains(&spec.name.as_str())
        };
        let widened = |spec: &VariableSpec| {
            let count = if spread(spec) { VALUES_IN_TICK as u32 } else { spec.count };
            VariableSpec { count, count_as_time: spec.count_as_time || spread(spec), ..spec.clone() }
        };
        let mut variables: Vec<VariableSpec> = live.iter().map(|(spec, _)| widened(spec)).collect();
        let added = LiveOnly::variables(options.full_rate);
        variables
            .extend(added.into_iter().filter(|spec| incoming.iter().all(|(own, _)| own.name != spec.name)));
        let padding_at = RowLayout::new(&variables).row_bytes();
        variables.extend(dummies(&RowLayout::new(&variables), options.padding));
        let layout = RowLayout::new(&variables);
        let mut maker = RowMaker {
            copies: Vec::new(),
            spreads: Vec::new(),
            own: Own::of(incoming),
            live_only: LiveOnly::of(&layout, incoming),
            opponents,
            tyres: Tyres::default(),
            frame_rate: FrameRate::new(&options.frame_rate, options.seed),
            padding_at,
            layout,
        };
        for (index, (spec, from)) in live.into_iter().enumerate() {
            let to = maker.layout.variable(index).1;
            if spread(spec) {
                maker.spreads.push(Spread { from: *from, to, before: 0.0 });
            } else {
                maker.copy(*from, to, spec.bytes());
            }
        }
        maker
    }

    /// How the rows are laid out that come out.
    pub fn layout(&self) -> &RowLayout {
        &self.layout
    }

    /// The field.
    pub fn opponents(&self) -> &Opponents {
        &self.opponents
    }

    /// The live row that belongs to `incoming`, `ticks` ticks after the beginning.
    pub fn make(&mut self, ticks: u64, incoming: &[u8], row: &mut Vec<u8>) {
        row.clear();
        row.resize(self.layout.row_bytes(), 0);
        for copy in &self.copies {
            row[copy.to..copy.to + copy.bytes].copy_from_slice(&incoming[copy.from..copy.from + copy.bytes]);
        }
        for spread in &mut self.spreads {
            spread.put(incoming, row);
        }
        let player = self.own.now(incoming);
        let drawing = self.frame_rate.step();
        let cars = self.opponents.at(ticks as f64 / 60.0, &player);
        self.live_only.put_cars(&self.layout, row, cars);
        self.live_only.put_tyres(&self.layout, row, self.tyres.step(&player));
        let left_right = self.opponents.left_right(&player);
        self.live_only.put(&self.layout, row, incoming, self.opponents.player(), left_right, &drawing);
        // A pattern that moves with the tick, so that a torn row is seen in the padding as well.
        for (at, byte) in row[self.padding_at..].iter_mut().enumerate() {
            *byte = (ticks as usize).wrapping_mul(7).wrapping_add(at) as u8;
        }
    }

    /// Neighbours go in one piece.
    fn copy(&mut self, from: usize, to: usize, bytes: usize) {
        match self.copies.last_mut() {
            Some(last) if last.from + last.bytes == from && last.to + last.bytes == to => last.bytes += bytes,
            _ => self.copies.push(Copy { from, to, bytes }),
        }
    }
}

impl Spread {
    /// On a straight line from the value of the row before to this one's, oldest first.
    fn put(&mut self, incoming: &[u8], row: &mut [u8]) {
        let value = float_at(incoming, self.from);
        for element in 0..VALUES_IN_TICK {
            let part = (element + 1) as f32 / VALUES_IN_TICK as f32;
            let between = if element + 1 == VALUES_IN_TICK {
                value
            } else {
                self.before + part * (value - self.before)
            };
            let at = self.to + 4 * element;
            row[at..at + 4].copy_from_slice(&between.to_le_bytes());
        }
        self.before = value;
    }
}

impl Own {
    fn of(incoming: &[Incoming]) -> Self {
        let names = ["Lap", "LapDistPct", "PlayerTrackSurface", "OnPitRoad", "LapLastLapTime", "IsOnTrack"];
        Own { places: names.map(|name| find(incoming, name)) }
    }

    fn now(&self, row: &[u8]) -> PlayerNow {
        let [lap, fraction, surface, pits, last, on_track] = self.places.each_ref().map(Option::as_ref);
        PlayerNow {
            lap: value_or(lap, row, 0.0),
            lap_fraction: value_or(fraction, row, 0.0),
            track_surface: value_or(surface, row, 3.0),
            on_pit_road: value_or(pits, row, 0.0) != 0.0,
            last_lap_time_s: value_or(last, row, -1.0),
            on_track: value_or(on_track, row, 1.0) != 0.0,
        }
    }
}

/// The variable of a name.
pub fn find(incoming: &[Incoming], name: &str) -> Option<Incoming> {
    incoming.iter().find(|(spec, _)| spec.name == name).cloned()
}

/// A variable's newest value in a row, or what stands for a missing one.
pub fn value_or(variable: Option<&Incoming>, row: &[u8], missing: f64) -> f64 {
    let Some((spec, offset)) = variable else { return missing };
    let at = offset + (spec.count as usize - 1) * spec.variable_type.bytes();
    match spec.variable_type {
        VariableType::Char | VariableType::Bool => f64::from(row[at]),
        VariableType::Int => f64::from(i32::from_le_bytes(four(row, at))),
        VariableType::BitField => f64::from(u32::from_le_bytes(four(row, at))),
        VariableType::Float => f64::from(float_at(row, at)),
        VariableType::Double => {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&row[at..at + 8]);
            f64::from_le_bytes(bytes)
        }
    }
}

fn is_disk_only(name: &str) -> bool {
    let of_wheel = || {
        let part = WHEELS.iter().find_map(|wheel| name.strip_prefix(wheel));
        part.is_some_and(|part| DISK_ONLY_OF_A_WHEEL.contains(&part))
    };
    DISK_ONLY.contains(&name) || of_wheel()
}

fn float_at(row: &[u8], at: usize) -> f32 {
    f32::from_le_bytes(four(row, at))
}

fn four(row: &[u8], at: usize) -> [u8; 4] {
    [row[at], row[at + 1], row[at + 2], row[at + 3]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace_profile::PaceProfile;

    fn incoming() -> (RowLayout, Vec<Incoming>) {
        let float = |name| VariableSpec::new(name, VariableType::Float, "", "");
        let flag = VariableSpec::new("IsOnTrack", VariableType::Bool, "", "");
        let specs =
            [flag, float("LapDistPct"), float("Lat"), float("YawRate"), float("LFspeed"), float("Speed")];
        let layout = RowLayout::new(&specs);
        let places = (0..layout.len()).map(|index| layout.variable(index)).map(|(s, at)| (s.clone(), at));
        let places = places.collect();
        (layout, places)
    }

    fn maker(options: &RowOptions) -> (RowLayout, RowMaker) {
        let (layout, places) = incoming();
        let field = Opponents::new(5, 0, PaceProfile::even(90.0), 4000.0, 1);
        (layout, RowMaker::new(&places, field, options))
    }

    fn get(maker: &RowMaker, row: &[u8], name: &str) -> Option<f64> {
        let (spec, at) = maker.layout().variable(maker.layout().index_of(name)?);
        Some(value_or(Some(&(spec.clone(), at)), row, f64::NAN))
    }

    #[test]
    fn disk_only_values_go_and_live_only_ones_come_seed_1() {
        let (layout, mut maker) = maker(&RowOptions::default());
        let (mut from, mut row) = (vec![0; layout.row_bytes()], Vec::new());
        for (index, value) in [1.0, 0.25, 47.0, 0.5, 30.0, 42.5].into_iter().enumerate() {
            layout.set_element(&mut from, index, 0, value);
        }
        maker.make(60, &from, &mut row);
        assert_eq!(get(&maker, &row, "Speed"), Some(42.5));
        assert_eq!(get(&maker, &row, "YawRate"), Some(0.5));
        assert_eq!(get(&maker, &row, "IsOnTrack"), Some(1.0));
        assert!(get(&maker, &row, "Lat").is_none() && get(&maker, &row, "LFspeed").is_none());
        assert_eq!(get(&maker, &row, "CarLeftRight"), Some(1.0));
        assert!(get(&maker, &row, "FrameRate").is_some_and(|rate| (110.0..130.0).contains(&rate)));
        let places = maker.layout().index_of("CarIdxLapDistPct").expect("the others");
        assert_eq!(maker.layout().variable(places).0.count, 64);
    }

    #[test]
    fn at_360_hz_six_values_lead_to_the_newest_one() {
        let (layout, mut maker) = maker(&RowOptions { full_rate: true, ..Default::default() });
        let (mut from, mut row) = (vec![0; layout.row_bytes()], Vec::new());
        maker.make(1, &from, &mut row);
        layout.set_element(&mut from, 3, 0, 0.6);
        maker.make(2, &from, &mut row);
        let (spec, at) = maker.layout().variable(maker.layout().index_of("YawRate").unwrap());
        assert!(spec.count == 6 && spec.count_as_time);
        let values: Vec<f32> = (0..6).map(|element| float_at(&row, at + 4 * element)).collect();
        assert!(values.windows(2).all(|pair| pair[1] > pair[0]) && values[5] == 0.6, "{values:?}");
    }

    #[test]
    fn padding_reaches_the_size_of_real_rows_and_shifts_most_of_them_off_alignment() {
        let (_, maker) = maker(&RowOptions { padding: 323, full_rate: true, ..Default::default() });
        let layout = maker.layout();
        assert_eq!(layout.len(), 323);
        assert!((7900..8600).contains(&layout.row_bytes()), "{} bytes", layout.row_bytes());
        let odd = (0..layout.len()).filter(|index| layout.variable(*index).1 % 4 != 0).count();
        assert!(odd > 160, "{odd} off alignment");
    }
}

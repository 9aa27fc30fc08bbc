//! A made-up circuit with exact answers: a speed profile over distance whose time is integrated on a 0.1 m grid, a reference lap built
//! from it by hand, and rows of a driver who follows the same profile or a changed one.
#![allow(dead_code, reason = "each test file uses its own part")]

use racing_coach_core::Sample;
use racing_coach_core::coach::{Coach, CoachConfig, Event, Events};
use racing_coach_core::corner::{BrakeZone, Corner, CornerKind, CornerMetrics, Direction, Section};
use racing_coach_core::grid::LapGrid;
use racing_coach_core::reference::ReferenceLap;
use racing_coach_core::sample::Snapshot;
use std::sync::Arc;

pub const LENGTH_M: f64 = 3000.0;
const FINE_M: f64 = 0.1;
const TOP_MPS: f64 = 62.0;
const ACCELERATION_MPS2: f64 = 6.0;
const BRAKING_MPS2: f64 = 10.0;

/// Slowest points and their speeds. The last brake point comes so soon after the third that its countdown would begin too early.
pub const CORNERS: [(f64, f64); 4] = [(600.0, 25.0), (1500.0, 35.0), (2500.0, 54.0), (2780.0, 30.0)];

/// Speed over distance, and everything that follows from it.
pub struct Profile {
    speed_mps: Vec<f64>,
    time_s: Vec<f64>,
}

impl Profile {
    /// The fastest lap through the corners.
    pub fn new(corners: &[(f64, f64)]) -> Profile {
        let cells = (LENGTH_M / FINE_M) as usize;
        let mut square = vec![TOP_MPS * TOP_MPS; cells];
        for (place_m, speed_mps) in corners {
            square[(place_m / FINE_M) as usize] = speed_mps * speed_mps;
        }
        // Twice round, so that the ring closes.
        for at in 1..2 * cells {
            let limit = square[(at - 1) % cells] + 2.0 * ACCELERATION_MPS2 * FINE_M;
            square[at % cells] = square[at % cells].min(limit);
        }
        for at in (0..2 * cells - 1).rev() {
            let limit = square[(at + 1) % cells] + 2.0 * BRAKING_MPS2 * FINE_M;
            square[at % cells] = square[at % cells].min(limit);
        }
        let speed_mps: Vec<f64> = square.iter().map(|square| square.sqrt()).collect();
        let mut time_s = vec![0.0];
        for at in 0..cells {
            let mean_mps = 0.5 * (speed_mps[at] + speed_mps[(at + 1) % cells]);
            time_s.push(time_s[at] + FINE_M / mean_mps);
        }
        Profile { speed_mps, time_s }
    }

    pub fn lap_time_s(&self) -> f64 {
        *self.time_s.last().unwrap()
    }

    /// Seconds from the line.
    pub fn time_s(&self, place_m: f64) -> f64 {
        let cell = place_m / FINE_M;
        let at = (cell as usize).min(self.time_s.len() - 2);
        self.time_s[at] + (cell - at as f64) * (self.time_s[at + 1] - self.time_s[at])
    }

    fn place_m(&self, time_s: f64) -> f64 {
        let at = (self.time_s.partition_point(|t| *t <= time_s)).clamp(1, self.time_s.len() - 1) - 1;
        (at as f64 + (time_s - self.time_s[at]) / (self.time_s[at + 1] - self.time_s[at])) * FINE_M
    }

    fn speed_mps(&self, place_m: f64) -> f64 {
        let cell = place_m / FINE_M;
        let cells = self.speed_mps.len();
        let (at, part) = (cell as usize % cells, cell.fract());
        self.speed_mps[at] + part * (self.speed_mps[(at + 1) % cells] - self.speed_mps[at])
    }

    fn slows_at(&self, place_m: f64) -> bool {
        self.speed_mps(place_m + 0.5) < self.speed_mps(place_m) - 0.02
    }

    /// Where the braking before a slowest point begins.
    pub fn onset_m(&self, corner_m: f64) -> f64 {
        let mut place_m = corner_m - 1.0;
        while self.slows_at(place_m) {
            place_m -= FINE_M;
        }
        place_m
    }

    pub fn min_speed_mps(&self, corner_m: f64) -> f64 {
        self.speed_mps(corner_m)
    }

    /// Seconds between two places of one lap.
    pub fn between_s(&self, from_m: f64, to_m: f64) -> f64 {
        self.time_s(to_m) - self.time_s(from_m)
    }
}

/// The reference lap: corner `T1` at the first slowest point and so on, sections from 60 m before the brake to the next one.
pub fn reference(own: bool) -> Arc<ReferenceLap> {
    Arc::new(reference_of(&Profile::new(&CORNERS), own))
}

pub fn reference_of(profile: &Profile, own: bool) -> ReferenceLap {
    let metres = || (0..=LENGTH_M as usize).map(|metre| metre as f64);
    let grid = LapGrid {
        length_m: LENGTH_M,
        step_m: 1.0,
        time_s: metres().map(|m| profile.time_s(m)).collect(),
        speed_mps: metres().map(|m| profile.speed_mps(m)).collect(),
        throttle: metres().map(|m| if profile.slows_at(m) { 0.0 } else { 1.0 }).collect(),
        brake: metres().map(|m| if profile.slows_at(m) { 0.8 } else { 0.0 }).collect(),
        gear: metres().map(|m| gear(profile.speed_mps(m))).collect(),
        ..LapGrid::default()
    };
    let places = CORNERS.map(|(place_m, _)| place_m);
    let start_m = |index: usize| {
        let wanted_m = profile.onset_m(places[index]) - 60.0;
        if index > 0 { wanted_m.max(places[index - 1] + 50.0) } else { wanted_m }
    };
    let mut sections = vec![straight(start_m(0))];
    for (index, place_m) in places.into_iter().enumerate() {
        let end_m = if index + 1 < places.len() { start_m(index + 1) } else { LENGTH_M };
        sections.push(Section {
            corner_id: Some(id(index)),
            corner_ids: vec![id(index)],
            start_m: start_m(index),
            turn_in_m: place_m - 30.0,
            min_speed_m: place_m,
            pick_up_m: place_m + 5.0,
            exit_m: place_m + 50.0,
            end_m,
        });
    }
    ReferenceLap {
        track_key: "test/circuit/".into(),
        car_key: "test-car".into(),
        own,
        wet: false,
        rough: false,
        clean_corners: vec![],
        lap_time_s: profile.lap_time_s(),
        grid,
        corners: places.into_iter().enumerate().map(|(index, place_m)| corner(index, place_m)).collect(),
        metrics: places.into_iter().enumerate().map(|(index, m)| metrics(profile, index, m)).collect(),
        sections,
        brake_zones: places.into_iter().map(|place_m| zone(profile, place_m)).collect(),
    }
}

fn id(index: usize) -> String {
    format!("T{}", index + 1)
}

fn straight(end_m: f64) -> Section {
    Section {
        corner_id: None,
        corner_ids: vec![],
        start_m: 0.0,
        turn_in_m: 0.0,
        min_speed_m: 0.0,
        pick_up_m: 0.0,
        exit_m: 0.0,
        end_m,
    }
}

fn corner(index: usize, place_m: f64) -> Corner {
    Corner {
        id: id(index),
        name: (index == 0).then(|| "Old \"Mill\"".into()),
        direction: Direction::Left,
        kind: CornerKind::Brake,
        complex: None,
        start_m: place_m - 30.0,
        apex_m: Some(place_m),
        min_speed_m: place_m,
        second_min_speed_m: None,
        end_m: place_m + 50.0,
        peak_curvature_per_m: 0.02,
    }
}

fn metrics(profile: &Profile, index: usize, place_m: f64) -> CornerMetrics {
    CornerMetrics {
        id: id(index),
        name: None,
        direction: Direction::Left,
        start_m: place_m - 30.0,
        apex_m: Some(place_m),
        min_speed_m: place_m,
        end_m: place_m + 50.0,
        entry_speed_mps: profile.speed_mps(place_m - 30.0),
        min_speed_mps: profile.speed_mps(place_m),
        exit_speed_mps: profile.speed_mps(place_m + 50.0),
        throttle_on_m: Some(place_m + 5.0),
        full_throttle_m: Some(place_m + 5.0),
        time_s: profile.between_s(place_m - 30.0, place_m + 50.0),
        brake_onset_m: Some(profile.onset_m(place_m)),
        peak_brake: 0.8,
        trail_brake_m: 30.0,
        coasting_s: 0.0,
        lifts: 0,
        min_gear: Some(gear(profile.speed_mps(place_m))),
        kind: CornerKind::Brake,
        complex: None,
        second_min_speed_m: None,
    }
}

fn zone(profile: &Profile, place_m: f64) -> BrakeZone {
    BrakeZone {
        start_m: profile.onset_m(place_m),
        end_m: place_m,
        start_speed_mps: profile.speed_mps(profile.onset_m(place_m)),
        min_speed_mps: profile.speed_mps(place_m),
        peak_brake: 0.8,
        duration_s: profile.between_s(profile.onset_m(place_m), place_m),
        trail_brake_m: None,
    }
}

fn gear(speed_mps: f64) -> i8 {
    1 + (speed_mps / 13.0) as i8
}

/// Rows of a driver. `rows` grow lap by lap; a test changes them before it shows them to the coach.
pub struct Drive {
    pub rows: Vec<Sample>,
    rate_hz: f64,
    /// Seconds since the first row at which the next lap begins.
    line_s: f64,
    lap: i32,
}

impl Drive {
    /// Begins at the place, as when a recording starts on an out-lap, and drives to the line.
    pub fn from_m(profile: &Profile, place_m: f64, rate_hz: f64) -> Drive {
        let mut drive = Drive { rows: vec![], rate_hz, line_s: 0.0, lap: 0 };
        drive.line_s = -profile.time_s(place_m);
        drive.add(profile);
        drive
    }

    /// Adds a lap.
    pub fn add(&mut self, profile: &Profile) -> &mut Drive {
        let end_s = self.line_s + profile.lap_time_s();
        while (self.rows.len() as f64) / self.rate_hz < end_s {
            let clock_s = self.rows.len() as f64 / self.rate_hz;
            let row = self.row(profile, clock_s);
            self.rows.push(row);
        }
        self.line_s = end_s;
        self.lap += 1;
        self
    }

    fn row(&self, profile: &Profile, clock_s: f64) -> Sample {
        let place_m = profile.place_m(clock_s - self.line_s);
        let speed_mps = profile.speed_mps(place_m);
        let slows = profile.slows_at(place_m);
        Sample {
            index: self.rows.len() as u64,
            session_time_s: 100.0 + clock_s,
            session_tick: self.rows.len() as f64,
            lap: f64::from(self.lap),
            lap_completed: f64::from(self.lap - 1),
            lap_distance_m: place_m,
            lap_fraction: place_m / LENGTH_M,
            speed_mps,
            velocity_x_mps: speed_mps,
            throttle: if slows { 0.0 } else { 1.0 },
            brake: if slows { 0.8 } else { 0.0 },
            gear: f64::from(gear(speed_mps)),
            track_surface: 3.0,
            on_pit_road: 0.0,
            is_on_track: 1.0,
            is_on_track_car: 1.0,
            ..Sample::EMPTY
        }
    }
}

/// Everything that a coach made of a drive.
pub struct Outcome {
    pub events: Vec<Event>,
    pub snapshots: Vec<Snapshot>,
}

/// Shows all rows to a new coach.
pub fn coach(config: CoachConfig, reference: Option<Arc<ReferenceLap>>, rows: &[Sample]) -> Outcome {
    let mut coach = Coach::new(config, reference);
    run(&mut coach, rows)
}

/// Shows rows to a coach.
pub fn run(coach: &mut Coach, rows: &[Sample]) -> Outcome {
    let mut outcome = Outcome { events: vec![], snapshots: vec![] };
    let mut events = Events::new();
    for row in rows {
        events.clear();
        outcome.snapshots.push(*coach.step(row, &mut events));
        outcome.events.extend(events.iter());
    }
    assert_eq!(events.overflowed(), 0);
    outcome
}

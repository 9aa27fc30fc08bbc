//! Makes driven rows look like a recording of the sim, with its habits (FACTS: measured on real files).
//!
//! - The first row, and each row of a reset or tow, is all zeros but for `IsOnTrack` and the fuel.
//! - `SessionTime` jumps by 2/60 s while the car moves one tick: often in the first seconds, seldom later.
//! - `LapLastLapTime` and the reset of `LapCurrentLapTime` come 6 to 111 ticks after the line; the time is -1 for out-laps and invalid laps.
//! - The lap counter now and then runs ahead of the line by a tick: distance and fraction are slightly negative on that row.
//! - An incident point arrives 40 to 160 ticks after the car left the road.
//! - Latitude and longitude are rounded to about a centimetre; floating-point variables have 32 bits, except times and position.

use crate::car::CarState;
use crate::prng::Prng;
use crate::session::{Row, SessionRun};
use crate::stage::Stage;
use crate::world::TICK_HZ;
use racing_coach_core::{Channel, Sample};
use std::f64::consts::{FRAC_PI_2, PI};

/// Where the middle of the map lies: the simulation's circuits are nowhere.
const ORIGIN_LATITUDE_DEG: f64 = 46.9;
const ORIGIN_LONGITUDE_DEG: f64 = 8.4;
/// Step in which the sim rounds positions.
const POSITION_STEP_DEG: f64 = 9e-8;
/// WGS84.
const EARTH_RADIUS_M: f64 = 6_378_137.0;
const EARTH_ECCENTRICITY_SQUARED: f64 = 6.694_379_990_14e-3;
/// Zero of `Yaw` against east.
const YAW_ZERO_RAD: f64 = 0.82;
const SESSION_START_S: f64 = 31.6;
const ALTITUDE_M: f64 = 420.0;

/// Official times and validity of laps, as the sim publishes them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LapResult {
    /// The lap.
    pub lap: u32,
    /// Row at which the next lap is counted.
    pub end_row: usize,
    /// Official time; `None` for out-laps and interrupted laps.
    pub time_s: Option<f64>,
    /// It counts: on the road all the way.
    pub valid: bool,
}

/// Samples of a driven session.
pub fn record(stage: &Stage, run: &SessionRun<'_>, results: &[LapResult], seed: u64) -> Vec<Sample> {
    let mut recorder = Recorder::new(stage, results, seed);
    let mut samples = Vec::with_capacity(run.rows.len());
    for (index, row) in run.rows.iter().enumerate() {
        let next = run.rows.get(index + 1);
        samples.push(recorder.sample(index, row, next));
    }
    samples
}

/// What the timing shows from some row on.
struct Shown {
    row: usize,
    lap: u32,
    last_s: f64,
    begin_row: usize,
}

struct Recorder<'a> {
    stage: &'a Stage,
    prng: Prng,
    clock_s: f64,
    timing: Vec<Shown>,
    shown: usize,
    best_s: f64,
    incidents: Vec<usize>,
    was_off: bool,
}

impl<'a> Recorder<'a> {
    fn new(stage: &'a Stage, results: &[LapResult], seed: u64) -> Self {
        let mut delays = Prng::stream(seed, &[11]);
        let timing = results.iter().map(|result| Shown {
            row: result.end_row + 6 + delays.below(106),
            lap: result.lap,
            last_s: if result.valid { result.time_s.unwrap_or(-1.0) } else { -1.0 },
            begin_row: result.end_row,
        });
        let mut timing: Vec<Shown> = timing.collect();
        timing.insert(0, Shown { row: 0, lap: 0, last_s: -1.0, begin_row: 0 });
        Recorder {
            stage,
            prng: Prng::stream(seed, &[12]),
            clock_s: SESSION_START_S,
            timing,
            shown: 0,
            best_s: 0.0,
            incidents: Vec::new(),
            was_off: false,
        }
    }

    fn sample(&mut self, index: usize, row: &Row, next: Option<&Row>) -> Sample {
        self.tick(index);
        self.count_incidents(index, row);
        let mut sample = Sample::EMPTY;
        for channel in Channel::ALL {
            sample.set(channel, 0.0);
        }
        sample.is_replay_playing = f64::NAN;
        sample.car_left_right = f64::NAN;
        sample.index = index as u64;
        sample.session_time_s = self.clock_s;
        sample.session_tick = 1800.0 + index as f64;
        sample.is_on_track = 1.0;
        sample.is_on_track_car = 1.0;
        sample.fuel_l = self.stage.car.fuel_l;
        match &row.car {
            Some(car) => self.fill(&mut sample, index, row, car, next),
            None => sample.track_surface = -1.0,
        }
        for channel in Channel::ALL {
            if !matches!(channel, Channel::SessionTimeS | Channel::LatitudeDeg | Channel::LongitudeDeg) {
                sample.set(channel, f64::from(sample.get(channel) as f32));
            }
        }
        sample
    }

    /// Moves the session clock on: by two ticks every second or so in the first six seconds, then about once a minute.
    fn tick(&mut self, index: usize) {
        let early = index < 360 && index % 60 == 59;
        let late = index >= 360 && self.prng.uniform() < 1.0 / 3600.0;
        if index > 0 {
            self.clock_s += if early || late { 2.0 } else { 1.0 } / TICK_HZ;
        }
        if let Some(next) = self.timing.get(self.shown + 1)
            && index >= next.row
        {
            self.shown += 1;
            let last_s = next.last_s;
            if last_s > 0.0 && (self.best_s == 0.0 || last_s < self.best_s) {
                self.best_s = last_s;
            }
        }
    }

    fn count_incidents(&mut self, index: usize, row: &Row) {
        if row.off_track && !self.was_off {
            self.incidents.push(index + 40 + self.prng.below(120));
        }
        self.was_off = row.off_track;
    }

    fn fill(&mut self, sample: &mut Sample, index: usize, row: &Row, car: &CarState, next: Option<&Row>) {
        self.fill_session(sample, index, row);
        self.fill_place(sample, row, next);
        fill_motion(sample, car);
        fill_controls(sample, car);
        sample.fuel_l = car.fuel_l;
    }

    fn fill_session(&self, sample: &mut Sample, index: usize, row: &Row) {
        let shown = &self.timing[self.shown];
        sample.session_state = if row.before_start { 3.0 } else { 4.0 };
        // Green and start-go while racing; serviceable as in the sim.
        sample.session_flags = f64::from(if row.before_start { 0x0004_0000_u32 } else { 0x0004_0004 });
        sample.lap_completed = if self.shown == 0 { -1.0 } else { f64::from(shown.lap) };
        sample.lap_current_time_s = (index.saturating_sub(shown.begin_row)) as f64 / TICK_HZ;
        sample.lap_last_time_s = shown.last_s;
        sample.lap_best_time_s = self.best_s;
        sample.incident_count = self.incidents.iter().filter(|&&at| index >= at).count() as f64;
        sample.pace_mode = 4.0;
        sample.enter_exit_reset = if row.in_stall { 1.0 } else { 2.0 };
        sample.tow_time_s = if row.towing { 45.0 } else { 0.0 };
        sample.track_temp_c = 31.0;
        sample.track_wetness = 1.0;
        sample.brake_bias = 54.0;
        sample.engine_warnings = if row.on_pit_road && !row.in_stall { f64::from(0x10) } else { 0.0 };
    }

    fn fill_place(&mut self, sample: &mut Sample, row: &Row, next: Option<&Row>) {
        let length_m = self.stage.track.length_m;
        // The counter runs ahead on the last row before the line, at three crossings in ten.
        let line_next = next.is_some_and(|next| next.car.is_some() && next.lap == row.lap + 1);
        let ahead = line_next && self.prng.uniform() < 0.3;
        let lap = row.lap + u32::from(ahead);
        let distance_m = row.place.distance_m - f64::from(lap) * length_m;
        sample.lap = f64::from(lap);
        sample.lap_distance_m = distance_m;
        sample.lap_fraction = distance_m / length_m;
        sample.on_pit_road = f64::from(u8::from(row.on_pit_road));
        sample.track_surface = match (row.in_stall, row.on_pit_road, row.off_track) {
            (true, _, _) => 1.0,
            (_, true, _) => 2.0,
            (_, _, true) => 0.0,
            _ => 3.0,
        };
        sample.track_surface_material = if row.off_track { 15.0 } else { 1.0 };
    }
}

fn fill_motion(sample: &mut Sample, car: &CarState) {
    let (latitude_deg, longitude_deg) = geographic(car.x_m, car.y_m);
    sample.latitude_deg = latitude_deg;
    sample.longitude_deg = longitude_deg;
    sample.altitude_m = ALTITUDE_M;
    sample.speed_mps = car.speed_mps;
    (sample.velocity_x_mps, sample.velocity_y_mps) = car.body_velocity_mps();
    (sample.longitudinal_accel_mps2, sample.lateral_accel_mps2) = car.body_acceleration_mps2();
    sample.yaw_rad = wrapped(car.yaw_rad - YAW_ZERO_RAD);
    sample.yaw_north_rad = wrapped(FRAC_PI_2 - car.yaw_rad);
    sample.yaw_rate_radps = car.yaw_rate_radps;
    sample.pitch_rad = -0.0012 * sample.longitudinal_accel_mps2;
    sample.roll_rad = 0.0015 * sample.lateral_accel_mps2;
}

fn fill_controls(sample: &mut Sample, car: &CarState) {
    sample.rpm = car.rpm;
    sample.gear = f64::from(car.gear);
    sample.throttle = car.throttle;
    sample.throttle_pedal = car.throttle_pedal;
    sample.brake = car.brake;
    sample.brake_pedal = car.brake;
    sample.clutch = car.clutch;
    sample.abs_active = f64::from(u8::from(car.abs_active));
    sample.steering_rad = car.steering_rad;
}

/// Latitude and longitude of a place on the map, rounded as the sim rounds them.
fn geographic(x_m: f64, y_m: f64) -> (f64, f64) {
    let latitude_rad = ORIGIN_LATITUDE_DEG * PI / 180.0;
    let sin = libm::sin(latitude_rad);
    let w = (1.0 - EARTH_ECCENTRICITY_SQUARED * sin * sin).sqrt();
    let across_m = EARTH_RADIUS_M / w;
    let along_m = EARTH_RADIUS_M * (1.0 - EARTH_ECCENTRICITY_SQUARED) / (w * w * w);
    let rounded = |degrees: f64| (degrees / POSITION_STEP_DEG).round() * POSITION_STEP_DEG;
    (
        rounded(ORIGIN_LATITUDE_DEG + y_m / along_m * 180.0 / PI),
        rounded(ORIGIN_LONGITUDE_DEG + x_m / (across_m * libm::cos(latitude_rad)) * 180.0 / PI),
    )
}

fn wrapped(angle: f64) -> f64 {
    (angle + PI).rem_euclid(2.0 * PI) - PI
}

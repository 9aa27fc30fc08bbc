//! Turns scenes into actions, row by row.

use super::scene::{Count, Fittings, Scene};
use super::take::Take;
use crate::feed::{Action, Feed, Schema};
use crate::row_maker::{RowMaker, RowOptions};
use crate::session_end::SessionEnd;
use crate::session_words::session_words;
use crate::simcar_feed::{SampleRows, field};
use racing_coach_core::error::CodedError;
use racing_coach_core::{Channel, Sample};

/// A life being lived.
pub struct LifeFeed {
    scenes: std::vec::IntoIter<Scene>,
    scene: Option<Scene>,
    at: usize,
    rows: SampleRows,
    maker: Option<RowMaker>,
    text: Vec<u8>,
    begun: u64,
    tick: i32,
    clock_s: f64,
    /// Clock of the take at the row before.
    take_clock_s: f64,
}

impl LifeFeed {
    /// Lives through the scenes.
    pub fn new(scenes: Vec<Scene>) -> Self {
        LifeFeed {
            scenes: scenes.into_iter(),
            scene: None,
            at: 0,
            rows: SampleRows::default(),
            maker: None,
            text: Vec::new(),
            begun: 0,
            tick: 0,
            clock_s: 0.0,
            take_clock_s: f64::NAN,
        }
    }

    /// The next row of a scene; `None` when it is over.
    fn sample(&self, scene: &Scene) -> Option<Sample> {
        match scene {
            Scene::Menus { rows, session_num } => {
                (self.at < *rows as usize).then(|| Sample { lap: f64::from(rows % 2), ..menus(*session_num) })
            }
            Scene::Garage { rows, count, after, stands } => (self.at < *rows as usize).then(|| {
                garage(*count, after.as_ref().map(|(take, end)| timing(take, *end, self.at)), *stands)
            }),
            Scene::Drive { take, rows, count } => {
                let row = rows.clone().nth(self.at)?;
                take.samples().get(row).map(|sample| counted(sample, count))
            }
            Scene::MadeUp { rows, count } => rows.get(self.at).map(|sample| counted(sample, count)),
            Scene::Replay { take, rows, count, in_car } => {
                let row = rows.clone().nth(self.at)?;
                let mut sample = counted(take.samples().get(row)?, count);
                sample.is_replay_playing = 1.0;
                sample.replay_frames_to_end = (rows.end - row) as f64;
                sample.is_on_track = f64::from(u8::from(*in_car));
                sample.is_on_track_car = sample.is_on_track;
                Some(sample)
            }
            _ => None,
        }
    }

    fn row(&mut self, mut sample: Sample, row: &mut Vec<u8>) -> Option<Action> {
        let maker = self.maker.as_mut()?;
        self.at += 1;
        // The take's clock with its leaps, as long as a take runs.
        let passed_s = sample.session_time_s - self.take_clock_s;
        self.clock_s += if (0.0..0.1).contains(&passed_s) { passed_s } else { 1.0 / 60.0 };
        self.take_clock_s = sample.session_time_s;
        sample.session_time_s = self.clock_s;
        sample.session_tick = f64::from(self.tick);
        SessionEnd::NEVER.put(&mut sample);
        maker.make(self.begun, self.rows.row(&sample), row);
        self.begun += 1;
        let tick = self.tick;
        self.tick += 1;
        Some(Action::Row { tick })
    }

    fn begin(&mut self, fittings: &Fittings, tick: i32) -> Action {
        let simulated = &fittings.take.simulated;
        let field = field(simulated, fittings.cars, fittings.seed);
        self.text = session_words(&simulated.session, &field);
        let options = RowOptions {
            full_rate: fittings.full_rate,
            padding: fittings.padding,
            seed: fittings.seed,
            ..RowOptions::default()
        };
        let maker = RowMaker::new(&self.rows.incoming(), field, &options);
        let schema = Schema::of(maker.layout());
        self.maker = Some(maker);
        self.tick = tick;
        Action::Schema(schema)
    }

    /// What a scene without rows is.
    fn act(&mut self, scene: &Scene) -> Option<Action> {
        match scene {
            Scene::Begin { fittings, tick } => Some(self.begin(fittings, *tick)),
            Scene::Text => Some(Action::Session(self.text.clone())),
            Scene::Pause { ticks } => Some(Action::Pause { ticks: *ticks }),
            Scene::Disconnect => Some(Action::Disconnect),
            Scene::Close => Some(Action::Close),
            Scene::Crash => Some(Action::Crash),
            _ => None,
        }
    }
}

impl Feed for LifeFeed {
    fn next(&mut self, row: &mut Vec<u8>) -> Result<Option<Action>, CodedError> {
        loop {
            if let Some(scene) = self.scene.take()
                && let Some(sample) = self.sample(&scene)
            {
                self.scene = Some(scene);
                return Ok(self.row(sample, row));
            }
            let Some(next) = self.scenes.next() else { return Ok(None) };
            self.at = 0;
            if let Some(action) = self.act(&next) {
                return Ok(Some(action));
            }
            self.scene = Some(next);
        }
    }
}

fn zeros() -> Sample {
    let mut sample = Sample::EMPTY;
    Channel::ALL.into_iter().for_each(|channel| sample.set(channel, 0.0));
    sample
}

/// Nobody is in the car: the sim shows the track from outside, as if it were a replay at its end.
fn menus(session_num: u32) -> Sample {
    Sample {
        session_num: f64::from(session_num),
        track_surface: -1.0,
        is_replay_playing: 1.0,
        replay_frames_to_end: 1.0,
        lap_last_time_s: -1.0,
        ..zeros()
    }
}

/// The car stands in its stall with nobody in it. What was driven just before is still being timed.
fn garage(count: Count, timing: Option<Sample>, (stands_at_m, fraction): (f64, f64)) -> Sample {
    let timing = timing.map_or(menus(count.session_num), |sample| counted(&sample, &count));
    Sample {
        session_num: f64::from(count.session_num),
        session_state: 4.0,
        lap: f64::from(count.laps),
        lap_completed: timing.lap_completed,
        lap_last_time_s: timing.lap_last_time_s,
        lap_best_time_s: timing.lap_best_time_s,
        incident_count: f64::from(count.incidents),
        lap_distance_m: f64::from(stands_at_m as f32),
        lap_fraction: f64::from(fraction as f32),
        track_surface: 1.0,
        on_pit_road: 1.0,
        is_in_garage: 1.0,
        fuel_l: 60.0,
        ..zeros()
    }
}

/// The row of a take from which the timing comes, `rows` after the take was left: what the sim still says about laps that were driven.
fn timing(take: &Take, end: usize, rows: usize) -> Sample {
    let samples = take.samples();
    let closed = take.closings.iter().filter(|closing| closing.row < end).map(|closing| closing.lap);
    let closed = f64::from(closed.max().unwrap_or(0));
    let upto = &samples[..samples.len().min(end + rows + 1)];
    let told = upto.iter().rev().find(|sample| sample.lap_completed <= closed && !sample.is_reset_row());
    told.copied().unwrap_or(samples[end - 1])
}

/// Laps, points and session as the weekend counts them.
fn counted(sample: &Sample, count: &Count) -> Sample {
    let mut sample = *sample;
    sample.session_num = f64::from(count.session_num);
    sample.is_replay_playing = 0.0;
    sample.replay_frames_to_end = 0.0;
    if !sample.is_reset_row() {
        sample.lap += f64::from(count.laps);
        sample.lap_completed += if sample.lap_completed >= 0.0 { f64::from(count.laps) } else { 0.0 };
        sample.incident_count += f64::from(count.incidents);
    }
    sample
}

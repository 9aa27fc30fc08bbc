//! The countdown to a brake point: three beats and GO, on a rhythm, or nothing. What would come late is dropped.
//!
//! A countdown begins with its first beat or not at all, since half a rhythm is worse than none. The point is the one chosen at the
//! first beat; nothing moves it afterwards.

use super::brake_marker::Ahead;
use super::config::{CoachConfig, Countdown as Style};
use crate::CueCode;

/// Between beats, in seconds.
const BEAT_S: f64 = 0.5;
/// Beats before GO.
const FIRST_BEAT: u8 = 3;
/// A cue that is later than this is stale, in seconds.
const STALE_S: f64 = 0.1;
/// GO stays in the snapshot for this long, in seconds.
const GO_HELD_S: f64 = 0.3;
/// A countdown of 1.5 s that lasts longer belongs to a car that is slowing down.
const LONGEST_S: f64 = 2.5;

/// What a row brings to the countdown.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountdownInput {
    pub clock_s: f64,
    /// Half the time between rows: an event belongs to the row nearest to it.
    pub half_row_s: f64,
    /// Predicted seconds to the brake point.
    pub to_point_s: f64,
    /// The driver is already slowing down: brake on, or throttle off where the reference still has it on.
    pub slowing: bool,
    /// The car's speed fits that of the reference here.
    pub speed_fits: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Waiting,
    Counting { next: u8, since_s: f64 },
    Done,
}

/// See the file's header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Countdown {
    stage: Stage,
    /// Progress of the point that the stage is about.
    target_progress_m: f64,
    beat: i32,
    beat_at_s: f64,
    last_cue_at_s: f64,
}

impl Countdown {
    /// Nothing was counted yet.
    pub fn new() -> Self {
        Countdown {
            stage: Stage::Waiting,
            target_progress_m: f64::NAN,
            beat: 0,
            beat_at_s: 0.0,
            last_cue_at_s: f64::NEG_INFINITY,
        }
    }

    /// Breaks off a running countdown; a point that was being counted is not counted again.
    pub fn leave(&mut self) {
        if matches!(self.stage, Stage::Counting { .. }) {
            self.stage = Stage::Done;
        }
        if self.beat > 0 {
            self.beat = 0;
        }
    }

    /// A new segment: progress counts from elsewhere.
    pub fn restart(&mut self) {
        self.leave();
        self.stage = Stage::Waiting;
        self.target_progress_m = f64::NAN;
    }

    /// Whether a countdown is running.
    pub fn counting(&self) -> bool {
        matches!(self.stage, Stage::Counting { .. })
    }

    /// The beat as the snapshot has it: 3, 2, 1, -1 for GO, else 0.
    pub fn beat(&mut self, clock_s: f64) -> i32 {
        if self.beat == -1 && clock_s - self.beat_at_s >= GO_HELD_S {
            self.beat = 0;
        }
        self.beat
    }

    /// Takes a row on which the driver may be told to brake; the cue that is due.
    pub fn step(&mut self, ahead: &Ahead, input: CountdownInput, config: &CoachConfig) -> Option<CueCode> {
        if ahead.progress_m != self.target_progress_m {
            self.leave();
            self.stage = Stage::Waiting;
            self.target_progress_m = ahead.progress_m;
        }
        let first: u8 = match config.countdown {
            Style::Beats => FIRST_BEAT,
            Style::GoAlone => 0,
            Style::Off => return None,
        };
        let to_go_s = input.to_point_s - config.lead_s;
        if self.stage == Stage::Waiting && to_go_s <= due_s(first) + input.half_row_s {
            self.stage = if self.may_begin(to_go_s - due_s(first), &input, config) {
                Stage::Counting { next: first, since_s: input.clock_s }
            } else {
                Stage::Done
            };
        }
        let Stage::Counting { next, since_s } = self.stage else { return None };
        if input.slowing || input.clock_s - since_s > LONGEST_S {
            self.leave();
            return None;
        }
        self.due(next, since_s, to_go_s, &input)
    }

    fn may_begin(&self, early_s: f64, input: &CountdownInput, config: &CoachConfig) -> bool {
        early_s >= -STALE_S
            && !input.slowing
            && input.speed_fits
            && input.clock_s - self.last_cue_at_s >= config.quiet_after_cue_s
    }

    /// The latest beat that is due; beats that lost rows swallowed are left out, and so is what is stale. When the way to the point turns
    /// out shorter or longer than it seemed at the first beat, the rest is shared out evenly: a rhythm, if not quite of half a second.
    fn due(&mut self, next: u8, since_s: f64, to_go_s: f64, input: &CountdownInput) -> Option<CueCode> {
        let whole_s = if next == FIRST_BEAT { due_s(FIRST_BEAT) } else { input.clock_s - since_s + to_go_s };
        let share_s = |beat: u8| whole_s * f64::from(beat) / f64::from(FIRST_BEAT);
        let beat = (0..=next).find(|beat| to_go_s <= share_s(*beat) + input.half_row_s)?;
        let stale = to_go_s < share_s(beat) - STALE_S;
        if beat == 0 {
            self.stage = Stage::Done;
            self.beat = 0;
        } else {
            self.stage = Stage::Counting { next: beat - 1, since_s };
        }
        if stale {
            return None;
        }
        self.beat = if beat == 0 { -1 } else { i32::from(beat) };
        self.beat_at_s = input.clock_s;
        self.last_cue_at_s = input.clock_s;
        Some(
            [CueCode::BrakeGo, CueCode::BrakeBeat1, CueCode::BrakeBeat2, CueCode::BrakeBeat3]
                [usize::from(beat)],
        )
    }
}

/// Seconds from a beat to GO.
fn due_s(beat: u8) -> f64 {
    BEAT_S * f64::from(beat)
}

//! The step itself: what happens with a row, in which order.

use super::brake_coach::{BrakeAdvice, BrakeCoach, BrakeInput};
use super::clock::{Clock, Tick};
use super::config::CoachConfig;
use super::corner_pass::CornerPasses;
use super::event::{CueEvent, CueEvidence, Event, LapEvent, Place, StatusEvent};
use super::events::Events;
use super::instruction::{self, AssistLog};
use super::pedals::Pedals;
use super::picture::{ReferenceHere, Scene};
use super::plan::Plan;
use super::road::{Movement, Road, RoadInput};
use super::row::Row;
use super::run_in::RunIn;
use super::silence::{Silence, speaks, undisturbed};
use super::spoiled_section::SpoiledSection;
use super::status::Circumstances;
use super::{corner_pass, picture, status, verdict};
use crate::lap::Lap;
use crate::laps::{LapTracker, TrackerStep};
use crate::reference::ReferenceLap;
use crate::sample::Snapshot;
use crate::{Reason, Sample, Status};
use std::sync::Arc;

/// The coach of one car.
#[derive(Debug)]
pub struct Coach {
    config: CoachConfig,
    rate_hz: f64,
    tracker: LapTracker,
    plan: Option<Plan>,
    /// A reference that waits for the end of a countdown.
    pending: Option<Option<Plan>>,
    /// The plan that the pending one replaced: kept until the next `set_reference`, so that no step frees memory.
    retired: Option<Plan>,
    road: Road,
    pedals: Pedals,
    brake: BrakeCoach,
    passes: CornerPasses,
    silence: Silence,
    spoiled: SpoiledSection,
    race_legal: bool,
    assists: AssistLog,
    run_in: RunIn,
    clock: Clock,
    last_place: Place,
    snapshot: Snapshot,
}

impl Coach {
    /// A coach that has seen nothing yet.
    pub fn new(config: CoachConfig, reference: Option<Arc<ReferenceLap>>) -> Self {
        let rate_hz = config.sound_rate_hz();
        Coach {
            config,
            rate_hz,
            tracker: LapTracker::with_length(rate_hz, config.length_hint_m)
                .among_others(config.alone != Some(true)),
            plan: reference.and_then(Plan::new),
            pending: None,
            retired: None,
            road: Road::default(),
            pedals: Pedals::default(),
            brake: BrakeCoach::new(),
            passes: CornerPasses::default(),
            silence: Silence::new(),
            spoiled: SpoiledSection::default(),
            race_legal: false,
            assists: AssistLog::default(),
            run_in: RunIn::default(),
            clock: Clock::new(rate_hz),
            last_place: Place {
                sample: 0,
                session_time_s: f64::NAN,
                id: Default::default(),
                lap_distance_m: f64::NAN,
            },
            snapshot: picture::NOTHING,
        }
    }

    /// Takes over from another coach of the same source, whose status was this: it holds until a row says otherwise.
    #[must_use]
    pub fn taking_over(mut self, status: Status) -> Self {
        self.silence = Silence::after(status);
        self
    }

    /// Why it speaks or is silent.
    pub fn status(&self) -> Status {
        self.silence.status()
    }

    /// Coaches against another reference. It counts from the next step; during the last 0.6 s of a countdown, from the step after it,
    /// so that the point never moves under the driver. A reference whose grid is no lap counts as none. Allocates.
    pub fn set_reference(&mut self, reference: Option<Arc<ReferenceLap>>) {
        self.retired = None;
        self.pending = Some(reference.and_then(Plan::new));
        self.take_pending();
    }

    /// Others joined the session, or left it: counts from the next step on, and nothing else changes. A lap that is marked `traffic-unknown` stays so.
    pub fn set_alone(&mut self, alone: Option<bool>) {
        self.config.alone = alone;
        self.tracker.set_among_others(alone != Some(true));
    }

    /// From the next step on, the rules forbid live instruction, or do not: see [`crate::rules`]. Laps, deltas and learning go on.
    pub fn set_race_legal(&mut self, race_legal: bool) {
        self.race_legal = race_legal;
    }

    /// The reference that the last step used: events name corners by their index in it.
    pub fn reference(&self) -> Option<&Arc<ReferenceLap>> {
        self.plan.as_ref().map(|plan| &plan.reference)
    }

    /// Exact length of the lap in metres, once the source has told it.
    pub fn length_m(&self) -> Option<f64> {
        self.tracker.length_m()
    }

    /// Takes the next row, adds what happened to `events` and gives what there is to draw. The snapshot's `sequence` and
    /// `read_at_ms` are left to the caller. A row that comes twice changes nothing.
    pub fn step(&mut self, sample: &Sample, events: &mut Events) -> &Snapshot {
        let Some(tick) = self.clock.step(sample.index) else { return &self.snapshot };
        self.take_pending();
        let mut row = self.read(sample, tick);
        self.push_laps(events, &row.place, &row.step);
        let told = events.len();
        self.hold_status(&mut row, events);
        self.judge_corner(&row, events);
        let advice = self.advise_braking(&row, events);
        self.snapshot = picture::draw(&Scene {
            plan: self.plan.as_ref(),
            advice: &advice,
            status: self.silence.status(),
            length_m: self.tracker.length_m(),
            lap_time_s: row.step.rows_in_lap / self.rate_hz,
            slope_s_per_50m: self.road.slope_s_per_50m(),
            beat: self.brake.beat(row.tick.clock_s),
            replaying: self.config.replaying,
            row: &row,
        });
        if self.race_legal {
            instruction::withhold(&mut self.snapshot);
        }
        let instructed = instruction::snapshot_instructs(&self.snapshot)
            || events.iter().skip(told).any(instruction::event_instructs);
        self.assists.note(instructed);
        self.last_place = row.place;
        &self.snapshot
    }

    /// The source has no sample for now: the sim is paused, its connection is lost, or there is none yet. Breaks off what is being counted
    /// or measured, tells the status once, and gives the last snapshot as it looks from now on. The next step goes on from there, on the same
    /// lap, with a gap where rows are missing. A lost connection is told by [`begin_anew`](Self::begin_anew) as well.
    pub fn interrupt(&mut self, status: Status, events: &mut Events) -> &Snapshot {
        self.brake.restart();
        self.passes.leave();
        if let Some(status) = self.silence.interrupt(status) {
            events.push(Event::Status(StatusEvent { place: self.last_place, status }));
        }
        self.snapshot = picture::interrupted(&self.snapshot, status);
        &self.snapshot
    }

    /// The connection is lost: nobody saw what the car did until the next row, and no time passed by the rows' count. Closes and settles what is
    /// open; the next step begins a stint. What was learned stays.
    pub fn begin_anew(&mut self, events: &mut Events) {
        let (step, place) = (self.tracker.begin_anew(), self.last_place);
        self.push_laps(events, &place, &step);
        self.road.leave();
        self.passes.leave();
        self.brake.restart();
    }

    /// The recording has ended: closes and settles what is open.
    pub fn finish(&mut self, events: &mut Events) {
        let (step, place) = (self.tracker.finish(), self.last_place);
        self.push_laps(events, &place, &step);
        if let Some(status) = self.silence.end() {
            events.push(Event::Status(StatusEvent { place: self.last_place, status }));
        }
    }

    /// Replaces the plan unless a countdown is in its last part. Swaps only: nothing is allocated or freed.
    fn take_pending(&mut self) {
        if self.brake.frozen() {
            return;
        }
        if let Some(next) = self.pending.take() {
            self.retired = std::mem::replace(&mut self.plan, next);
            if let (Some(plan), Some(old)) = (&mut self.plan, &self.retired) {
                plan.inherit(old);
            }
            self.road.leave();
            self.passes.leave();
            self.brake.restart();
        }
    }

    /// The place is the car's; the stint and lap are those of the lap that is reported.
    fn push_laps(&mut self, events: &mut Events, place: &Place, step: &TrackerStep) {
        if let Some(lap) = step.closed {
            self.assists.close(lap.id);
            events.push(Event::LapOpened(self.lap_event(lap, place)));
        }
        for lap in step.settled.into_iter().flatten() {
            events.push(Event::Lap(self.lap_event(lap, place)));
        }
    }

    fn lap_event(&self, lap: Lap, place: &Place) -> LapEvent {
        LapEvent { place: Place { id: lap.id, ..*place }, lap, assisted: self.assists.of(lap.id) }
    }

    fn read<'a>(&mut self, sample: &'a Sample, tick: Tick) -> Row<'a> {
        let mut step = self.tracker.step(sample);
        let movement = self.locate(&step, tick.clock_s);
        let by_distance_mps = movement.speed_mps();
        let speed_mps = if sample.speed_mps.is_finite() { sample.speed_mps } else { by_distance_mps };
        self.pedals.step(&movement, sample.brake, sample.throttle, speed_mps);
        let place = Place {
            sample: sample.index,
            session_time_s: sample.session_time_s,
            id: step.id,
            lap_distance_m: movement.now().map_or(step.lap_distance_m, |now| now.place_m),
        };
        let run_in = self.run_in.step(&step, &movement, self.plan.as_ref(), speed_mps);
        if run_in {
            step.blocked = step.near_others.then_some(Status::Traffic);
        }
        Row { sample, step, place, movement, tick, speed_mps, coaching: false, undisturbed: false, run_in }
    }

    fn locate(&mut self, step: &TrackerStep, clock_s: f64) -> Movement {
        let length_m = self.tracker.length_m();
        let plan = self.plan.as_ref().filter(|plan| status::lengths_match(plan, length_m));
        let Some(plan) = plan else {
            self.road.leave();
            return Movement::Nowhere;
        };
        let input =
            RoadInput { lap_distance_m: step.lap_distance_m, length_m, stint: step.id.stint, clock_s };
        self.road.step(input, &plan.curve)
    }

    fn hold_status(&mut self, row: &mut Row, events: &mut Events) {
        let plan = self.plan.as_ref();
        let around = Circumstances {
            plan,
            length_m: self.tracker.length_m(),
            learn: self.config.learn,
            run_in: row.run_in,
            placing: self.config.placing,
            race_legal: self.race_legal,
            spoiled: self.spoiled.step(&row.step, row.tick.missing_s, &row.movement, plan),
        };
        let raw = status::raw_status(&row.step, row.sample, &around);
        if let Some(status) = self.silence.step(raw, row.tick.clock_s) {
            events.push(Event::Status(StatusEvent { place: row.place, status }));
        }
        let shown = self.silence.status();
        row.coaching = speaks(raw) && speaks(shown) && !self.race_legal;
        row.undisturbed = undisturbed(raw) && undisturbed(shown);
    }

    fn judge_corner(&mut self, row: &Row, events: &mut Events) {
        let Some(plan) = &mut self.plan else { return };
        let spoils = corner_pass::row_spoils(row);
        learn_onset(plan, &row.movement, &self.pedals);
        let result = self.passes.step(&row.movement, plan, &self.pedals, row.speed_mps, spoils);
        let (Some(result), Some(now)) = (result, row.movement.now()) else { return };
        let unknown = row.step.reasons.contains(Reason::TrafficUnknown);
        let may_blame = row.coaching && !unknown && !plan.reference.rough;
        let (mut corner, cue) = verdict::judge(&result, plan, row.place, may_blame, &self.config);
        if self.race_legal {
            instruction::withhold_from_corner(&mut corner);
        }
        events.push(Event::Corner(corner));
        if let Some(cue) = cue {
            events.push(Event::Cue(cue));
        }
        let clean = corner.usable && row.undisturbed;
        self.brake.forget_points_of(plan.note_pass(result.cut, clean, result.delta_s, &now));
    }

    fn advise_braking(&mut self, row: &Row, events: &mut Events) -> BrakeAdvice {
        let (Some(plan), Some(now), false) = (&self.plan, row.movement.now(), self.race_legal) else {
            self.brake.restart();
            return BrakeAdvice::NONE;
        };
        if matches!(row.movement, Movement::Began(_)) {
            self.brake.restart();
        }
        let here = ReferenceHere::read(plan, now.place_m);
        let advice = self.brake.step(BrakeInput {
            now,
            plan,
            pedals: &self.pedals,
            config: &self.config,
            half_row_s: row.tick.half_row_s,
            speed_mps: row.speed_mps,
            reference_speed_mps: here.speed_mps,
            reference_throttle: here.throttle,
            coaching: row.coaching,
        });
        if let (Some(code), Some(ahead)) = (advice.cue, advice.ahead) {
            events.push(Event::Cue(CueEvent {
                place: row.place,
                code,
                corner: ahead.point.corner,
                target_m: ahead.point.place_m,
                lead_m: ahead.in_m,
                evidence: CueEvidence::Brake {
                    speed_mps: row.speed_mps,
                    reference_speed_mps: here.speed_mps,
                    time_to_point_s: advice.to_point_s,
                },
            }));
        }
        advice
    }
}

/// Where the driver brakes is noted when he does; whether it counts is known at the corner's exit.
fn learn_onset(plan: &mut Plan, movement: &Movement, pedals: &Pedals) {
    match (movement, pedals.meant_onset()) {
        (Movement::Moved { now, .. }, Some(onset)) => plan.note_braking(onset, now),
        (Movement::Moved { .. }, None) => {}
        _ => plan.forget_braking(),
    }
}

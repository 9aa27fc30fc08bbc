/** A session whose rules forbid live instruction, from the very tick on at which they do: nothing shows how to drive, and the rest stays. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { HudFrame } from './frame.ts';
import type { Presenter } from './painted.ts';
import { SceneTape } from './scenes/scene-tape.ts';
import { cueEvent } from './scenes/synthetic-events.ts';
import { withheldReference, withhold } from './scenes/withheld.ts';
import { defaultSetup } from './setup.ts';
import { BrakeMarkerPresenter, blankBrakeMarker } from './widgets/brake-marker/model.ts';
import { blankCoachLine, CoachLinePresenter } from './widgets/coach-line/model.ts';
import { blankCornerCard, CornerCardPresenter } from './widgets/corner-card/model.ts';
import { blankDeltaBar, DeltaBarPresenter } from './widgets/delta-bar/model.ts';
import { blankPedalTrace, PedalTracePresenter } from './widgets/pedal-trace/model.ts';
import { blankPredictedLap, PredictedLapPresenter } from './widgets/predicted-lap/model.ts';
import { blankSpeedGear, SpeedGearPresenter } from './widgets/speed-gear/model.ts';
import { blankStatus, StatusPresenter } from './widgets/status/model.ts';

/** 26 m before the brake point of the Station Hairpin. */
const brakingSoonM = 2270;
const tickM = 1.3;

/** A presenter with its model, which is kept up to date. */
function kept<M extends object>(presenter: Presenter<M>, model: M) {
  return { model, update: (frame: HudFrame) => presenter.update(frame, model) };
}

function everything() {
  return {
    marker: kept(new BrakeMarkerPresenter(), blankBrakeMarker()),
    trace: kept(new PedalTracePresenter(), blankPedalTrace()),
    card: kept(new CornerCardPresenter(), blankCornerCard()),
    line: kept(new CoachLinePresenter(), blankCoachLine()),
    speed: kept(new SpeedGearPresenter(), blankSpeedGear()),
    delta: kept(new DeltaBarPresenter(), blankDeltaBar()),
    predicted: kept(new PredictedLapPresenter(), blankPredictedLap()),
    status: kept(new StatusPresenter(), blankStatus()),
  };
}

describe('where the rules forbid live instruction', () => {
  let shown: ReturnType<typeof everything>;
  let tape: SceneTape;
  beforeEach(() => {
    shown = everything();
    tape = new SceneTape((frame) => {
      for (const { update } of Object.values(shown)) update(frame);
    }, defaultSetup);
    tape
      .connect()
      .drive(brakingSoonM - 40)
      .event(cueEvent('teach', 'Brake later'))
      .drive(brakingSoonM, 0.4);
  });

  test('before: all of it is there', () => {
    expect(shown.marker.model).toMatchObject({ mode: 'commanded', opacity: 1 });
    expect(shown.trace.model).toMatchObject({ throttleGhost: true, brakeGhost: true });
    expect(shown.speed.model.targetSpeed).not.toBe('');
    expect(shown.card.model.live).toBe(true);
    expect(shown.line.model.opacity).toBe(1);
  });

  test('with the first snapshot without it nothing shows how to drive, also in what fades out', () => {
    tape.drive(brakingSoonM + tickM, 1e-9, withhold);
    expect(shown.marker.model).toMatchObject({ mode: 'rest', fill: 0, step: 0, count: '', flash: false });
    expect(shown.trace.model).toMatchObject({ throttleGhost: false, brakeGhost: false });
    expect(shown.speed.model).toMatchObject({ targetSpeed: '', targetGear: '' });
    expect(shown.card.model.live).toBe(false);
  });

  test("the reference's pedals are gone also while the coach's widgets are awake", () => {
    tape.drive(brakingSoonM + tickM, 1e-9, (snapshot) => {
      snapshot.referenceThrottle = Number.NaN;
      snapshot.referenceBrake = Number.NaN;
    });
    expect(shown.trace.model).toMatchObject({ opacity: 1, throttleGhost: false, brakeGhost: false });
  });

  test('soon after only what is no instruction is there: speed, delta, the lap to come, a badge without words', () => {
    tape
      .say({ type: 'rules', raceLegal: true, why: 'A race.' })
      .say({ type: 'reference', reference: withheldReference(tape.reference) })
      .drive(brakingSoonM + 30, 0.4, withhold);
    for (const { model } of [shown.marker, shown.trace, shown.card, shown.line])
      expect(model.opacity).toBe(0);
    expect(shown.delta.model).toMatchObject({ opacity: 1, live: true });
    expect(shown.delta.model.text).not.toBe('');
    expect(shown.predicted.model).toMatchObject({ opacity: 1, live: true });
    expect(shown.speed.model).toMatchObject({ opacity: 1, targetSpeed: '' });
    expect(shown.speed.model.speed).not.toBe('');
    expect(shown.status.model).toMatchObject({ form: 'dot', text: '', raceLegal: true });
  });

  test('who stands and has no delta sees the badge alone', () => {
    tape.say({ type: 'rules', raceLegal: true, why: 'A race.' }).drive(brakingSoonM, 1.5, (snapshot) => {
      withhold(snapshot);
      snapshot.flags = 0;
    });
    expect(shown.delta.model.opacity).toBe(0);
    expect(shown.status.model).toMatchObject({ text: '', raceLegal: true });
  });
});

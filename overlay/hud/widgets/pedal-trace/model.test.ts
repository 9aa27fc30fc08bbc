import { expect, test } from 'vitest';
import { emptyFrame } from '../../frame.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { blankPedalTrace, PedalTracePresenter } from './model.ts';

function moment(awake: boolean) {
  const frame = { ...emptyFrame(), awake, reference: syntheticReference() };
  frame.snapshot.lapDistanceM = 2280;
  return frame;
}

test('is drawn again when pedals came in, and not otherwise', () => {
  const presenter = new PedalTracePresenter();
  const model = blankPedalTrace();
  const frame = moment(true);
  const revisions = [1, 2, 2, 3].map((sample) => {
    frame.history.push(sample, { throttle: 1, brake: 0, referenceThrottle: 1, referenceBrake: 0 });
    presenter.update(frame, model);
    return model.revision;
  });
  expect(new Set(revisions).size).toBe(3);
  expect(revisions[1]).toBe(revisions[2]);
  expect(presenter.history).toBe(frame.history);
  expect(Math.max(...presenter.ahead.brake)).toBeGreaterThan(0.5);
});

test('stays as it was, fading, while the coach is silent', () => {
  const presenter = new PedalTracePresenter();
  const model = blankPedalTrace();
  const frame = moment(false);
  frame.history.push(1, { throttle: 1, brake: 0, referenceThrottle: 1, referenceBrake: 0 });
  presenter.update(frame, model);
  expect(model).toEqual({ opacity: 0, revision: -1, throttleGhost: false, brakeGhost: false });
});

test("the reference's line leaves with its pedal, at once and also while the widget fades out", () => {
  const presenter = new PedalTracePresenter();
  const model = blankPedalTrace();
  const frame = moment(true);
  Object.assign(frame.snapshot, { referenceThrottle: 1, referenceBrake: 0 });
  frame.history.push(1, frame.snapshot);
  presenter.update(frame, model);
  expect(model).toMatchObject({ throttleGhost: true, brakeGhost: true });
  Object.assign(frame, { awake: false, nowMs: 16 });
  Object.assign(frame.snapshot, { referenceThrottle: Number.NaN, referenceBrake: 0 });
  presenter.update(frame, model);
  expect(model).toMatchObject({ throttleGhost: false, brakeGhost: true });
  frame.snapshot.referenceBrake = Number.NaN;
  presenter.update(frame, model);
  expect(model).toMatchObject({ throttleGhost: false, brakeGhost: false });
});

import { defaultLook, type PartialWidgetOptions, snapshotFlags, widgetOptions } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { type BrakeMarkerModel, BrakeMarkerPresenter, blankBrakeMarker, fillSteps } from './model.ts';

function moment(brakeInS: number, beat: number, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), awake: true, brakeInS, brakeInM: brakeInS * 70, ...change };
  frame.snapshot.flags = snapshotFlags.brakeCommanded;
  frame.snapshot.beat = beat;
  return frame;
}

function drawn(frame: HudFrame, presenter = new BrakeMarkerPresenter()): BrakeMarkerModel {
  const model = blankBrakeMarker();
  presenter.update(frame, model);
  return model;
}

test('rests far from a brake point, without one, and when the coach is silent', () => {
  for (const frame of [moment(8, 0), moment(Number.NaN, 0), moment(1, 1, { awake: false })])
    expect(drawn(frame)).toMatchObject({ mode: 'rest', fill: 0, count: '', flash: false });
});

test('closes as the time runs out, brighter with each beat', () => {
  const models = [moment(2.4, 0), moment(1.4, 3), moment(0.9, 2), moment(0.4, 1)].map((frame) =>
    drawn(frame),
  );
  expect(models.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
  const fills = models.map(({ fill }) => fill);
  expect(fills).toEqual([...fills].sort((a, b) => a - b));
  expect(drawn(moment(0.001, 1)).fill).toBeGreaterThan(fillSteps * 0.99);
});

test('metres never promise less than there is: up to the next ten, near the point to the next five', () => {
  expect(drawn({ ...moment(2, 0), brakeInM: 141 }).count).toBe('150');
  expect(drawn({ ...moment(1, 2), brakeInM: 62 }).count).toBe('65');
  expect(drawn({ ...moment(0.1, 1), brakeInM: 0.4 }).count).toBe('5');
});

test('GO flashes for a tenth of a second, then stands without metres', () => {
  const presenter = new BrakeMarkerPresenter();
  const at = (nowMs: number) => drawn(moment(-0.05, -1, { nowMs }), presenter);
  expect(at(1000)).toMatchObject({ mode: 'go', fill: fillSteps, flash: true, count: '' });
  expect(at(1099).flash).toBe(true);
  expect(at(1100)).toMatchObject({ mode: 'go', flash: false });
  expect(drawn(moment(-0.05, -1, { reducedMotion: true }))).toMatchObject({ mode: 'go', flash: false });
});

test("a point that is not the driver's own is shown and never commanded", () => {
  for (const beat of [0, 2, -1]) {
    const frame = moment(beat === -1 ? -0.1 : 0.9, beat);
    frame.snapshot.flags = 0;
    expect(drawn(frame)).toMatchObject({ mode: beat === -1 ? 'rest' : 'shown', step: 0, flash: false });
  }
});

test('says how much is learned of the next corner until its point is known', () => {
  const passes = (learnedPasses: number, brakeInS = Number.NaN) => {
    const frame = moment(brakeInS, 0);
    frame.snapshot.learnedPasses = learnedPasses;
    return drawn(frame).learning;
  };
  expect([0, 1, 2].map((count) => passes(count))).toEqual([
    'learning 0 of 3',
    'learning 1 of 3',
    'learning 2 of 3',
  ]);
  expect([passes(-1), passes(3), passes(2, 1.5)]).toEqual(['', '', '']);
});

describe('as the settings want it', () => {
  const setup = (brakeMarker: PartialWidgetOptions['brakeMarker'], look = defaultLook) =>
    hudSetup({ look, widgets: widgetOptions.parse({ brakeMarker }) });

  test('seconds, nothing or feet between the bars', () => {
    const count = (own: HudFrame['setup']) => drawn({ ...moment(1.32, 3), setup: own }).count;
    expect(count(setup({ countdown: 'seconds' }))).toBe('1.4');
    expect(count(setup({ countdown: 'seconds' }, { ...defaultLook, language: 'fr' }))).toBe('1,4');
    expect(count(setup({ countdown: 'none' }))).toBe('');
    // 92.4 m are 303.1 feet.
    expect(count(setup({}, { ...defaultLook, units: 'imperial' }))).toBe('310');
  });

  test('bars begin earlier, no flash, no word about learning', () => {
    expect(drawn({ ...moment(4, 0), setup: setup({ approachS: 5 }) })).toMatchObject({ mode: 'commanded' });
    expect(drawn({ ...moment(4, 0), setup: setup({}) })).toMatchObject({ mode: 'rest' });
    expect(drawn({ ...moment(-0.05, -1), setup: setup({ flash: false }) }).flash).toBe(false);
    const learning = moment(Number.NaN, 0, { setup: setup({ learning: false }) });
    learning.snapshot.learnedPasses = 1;
    expect(drawn(learning).learning).toBe('');
  });
});

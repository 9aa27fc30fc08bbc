import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { hudSetup } from '../../setup.ts';
import { blankSpeedGear, type SpeedGearModel, SpeedGearPresenter } from './model.ts';

function moment(snapshot: Partial<HudFrame['snapshot']>, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), driven: true, coaching: true, reference: syntheticReference(), ...change };
  Object.assign(frame.snapshot, { corner: -1, nextCorner: -1, speedMps: 50, gear: 4, ...snapshot });
  return frame;
}

function drawn(
  frame: HudFrame,
  presenter = new SpeedGearPresenter(),
  model = blankSpeedGear(),
): SpeedGearModel {
  presenter.update(frame, model);
  return model;
}

test('own speed and gear, and what the next corner wants', () => {
  const frame = moment({ nextCorner: 0, targetSpeedMps: 25, targetGear: 3 });
  expect(drawn(frame)).toMatchObject({ speed: '180', gear: '4', targetSpeed: '90', targetGear: '3' });
});

test('in miles', () => {
  const setup = hudSetup({
    look: { theme: 'dark', opacity: 1, motion: 'system', units: 'imperial', language: 'en' },
  });
  expect(drawn(moment({ nextCorner: 0, targetSpeedMps: 25 }, { setup }))).toMatchObject({
    speed: '112',
    targetSpeed: '56',
  });
});

test('own numbers stay when the coach is silent; the target does not', () => {
  const silent = moment({ nextCorner: 0, targetSpeedMps: 25, targetGear: 3 }, { coaching: false });
  expect(drawn(silent)).toMatchObject({ speed: '180', targetSpeed: '', targetGear: '' });
});

test('the neutral of a shift is not shown, a longer one is', () => {
  const presenter = new SpeedGearPresenter();
  const gears = [
    [0, 3],
    [20, 0],
    [150, 0],
    [170, 4],
    [300, 0],
    [500, 0],
    [520, -1],
  ].map(([nowMs = 0, gear = 0]) => drawn(moment({ gear }, { nowMs }), presenter).gear);
  expect(gears).toEqual(['3', '3', '3', '4', '4', 'N', 'R']);
});

test('a missing speed is empty', () => {
  expect(drawn(moment({ speedMps: Number.NaN })).speed).toBe('');
});

import { widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { blankGForce, type GForceModel, GForcePresenter, radiusSteps } from './model.ts';

const g = 9.80665;

function moment(leftG: number, forwardG: number, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), driven: true, ...change };
  Object.assign(frame.snapshot, { lateralAccelMps2: leftG * g, longitudinalAccelMps2: forwardG * g });
  return frame;
}

function drawn(frame: HudFrame, presenter = new GForcePresenter()): GForceModel {
  const model = blankGForce();
  presenter.update(frame, model);
  return model;
}

test('a left turn is left, braking is down, and the number is the size', () => {
  expect(drawn(moment(1, 0))).toMatchObject({ x: -radiusSteps / 2, y: 0, text: '1.0', beyond: false });
  expect(drawn(moment(0, -1))).toMatchObject({ x: 0, y: -radiusSteps / 2 });
  expect(drawn(moment(-0.6, 0.8))).toMatchObject({ x: 38, y: 51, text: '1.0' });
});

test('beyond the circle the dot stays on it, in its direction', () => {
  const model = drawn(moment(-3, -4));
  expect(model).toMatchObject({ beyond: true, text: '5.0' });
  expect(Math.hypot(model.x, model.y)).toBeCloseTo(radiusSteps, 0);
  expect(model.y / model.x).toBeCloseTo(-4 / 3, 1);
});

test('the circle is as large as the settings say', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ gForce: { rangeG: 4, number: false } }) });
  expect(drawn(moment(2, 0, { setup }))).toMatchObject({ x: -radiusSteps / 2, text: '' });
});

test('a source that does not tell leaves the circle empty', () => {
  expect(drawn(moment(Number.NaN, 1))).toMatchObject({ opacity: 0, live: false, text: '' });
});

test('the trail follows the dot, then catches up and rests', () => {
  const presenter = new GForcePresenter();
  const at = (nowMs: number, leftG: number) => drawn(moment(leftG, 0, { nowMs }), presenter).trail;
  const moving = Array.from({ length: 10 }, (_, step) => at(step * 50, step / 10));
  expect(moving).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const rested = Array.from({ length: 60 }, (_, step) => at(500 + step * 50, 0.9));
  expect(rested.at(-1)).toBe(rested.at(-20));
});

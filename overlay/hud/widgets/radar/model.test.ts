import { widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { blankRadar, type RadarModel, RadarPresenter } from './model.ts';

function moment(carLeftRight: number, change: Partial<HudFrame> = {}): HudFrame {
  const frame = { ...emptyFrame(), driven: true, ...change };
  frame.snapshot.carLeftRight = carLeftRight;
  return frame;
}

function drawn(frame: HudFrame, presenter = new RadarPresenter(), model = blankRadar()): RadarModel {
  presenter.update(frame, model);
  return model;
}

test.each([
  [2, { left: 1, right: 0 }],
  [3, { left: 0, right: 1 }],
  [4, { left: 1, right: 1 }],
  [5, { left: 2, right: 0 }],
  [6, { left: 0, right: 2 }],
])('%i as the sim says it is shown at once', (value, cars) => {
  expect(drawn(moment(value))).toEqual({ opacity: 1, ...cars });
});

test.each([-1, 0, 1, 7])('%i shows nothing', (value) => {
  expect(drawn(moment(value))).toEqual({ opacity: 0, left: 0, right: 0 });
});

test('nobody drives, nobody is warned', () => {
  expect(drawn(moment(2, { driven: false })).opacity).toBe(0);
});

test('a car that has gone fades on its side', () => {
  const presenter = new RadarPresenter();
  const model = blankRadar();
  drawn(moment(2, { nowMs: 0 }), presenter, model);
  drawn(moment(1, { nowMs: 100 }), presenter, model);
  drawn(moment(1, { nowMs: 140 }), presenter, model);
  expect(model).toMatchObject({ left: 1, right: 0 });
  expect(model.opacity).toBeGreaterThan(0);
  expect(model.opacity).toBeLessThan(1);
  expect(drawn(moment(1, { nowMs: 400 }), presenter, model)).toEqual({ opacity: 0, left: 0, right: 0 });
});

test('where wanted a clear side is an outline, unless the sim tells nothing', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ radar: { onlyAlongside: false } }) });
  const at = (value: number) => drawn(moment(value, { setup, reducedMotion: true })).opacity;
  expect([at(1), at(0), at(-1)]).toEqual([1, 0, 0]);
});

import type { HudRegion } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { boxOf, largestScale, layoutScale, placed } from './layout.ts';
import { places } from './places.ts';

const stage = { width: 2560, height: 1440 };
const region: HudRegion = {
  stage,
  region: { x: 1000, y: 30, width: 600, height: 50 },
  layout: [{ name: 'deltaBar', x: 1010.3, y: 32, scale: 1.5 }],
  background: null,
  hub: null,
};

test('a placed widget is drawn from the window’s corner, at its own scale, on whole device pixels', () => {
  const { box, scale } = placed('deltaBar', { ...stage, devicePixelRatio: 2, region });
  expect(box).toEqual({ x: 10.5, y: 2, width: 630, height: 42 });
  expect(scale).toBe(1.5);
});

test('without a region the window is the stage', () => {
  const size = { ...stage, devicePixelRatio: 1 };
  expect(placed('deltaBar', size)).toEqual({ box: boxOf(places.deltaBar, size), scale: layoutScale(size) });
  expect(largestScale(size)).toBeCloseTo(4 / 3, 9);
  expect(largestScale({ ...size, region })).toBe(1.5);
});

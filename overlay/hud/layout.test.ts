import { expect, test } from 'vitest';
import { cornerOf, layoutScale, type Place, places } from './layout.ts';

const boxes = Object.entries(places) as [string, Place][];

test.each(boxes)('%s leaves the middle third of the screen empty', (_, place) => {
  const { y } = cornerOf(place, 1920, 1080, 1);
  expect(y + place.height <= 360 || y >= 720).toBe(true);
});

test.each([
  [1920, 1080],
  [2560, 1080],
  [1280, 720],
  [3840, 2160],
  [1366, 768],
])('every widget lies inside a window of %i x %i', (width, height) => {
  const scale = layoutScale(width, height);
  for (const [, place] of boxes) {
    const { x, y } = cornerOf(place, width, height, 1);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(x + place.width * scale).toBeLessThanOrEqual(width + 1);
    expect(y + place.height * scale).toBeLessThanOrEqual(height + 1);
  }
});

test('the brake marker is centred at 74 % of the height', () => {
  const { x, y } = cornerOf(places.brakeMarker, 1920, 1080, 1);
  expect(x + places.brakeMarker.width / 2).toBe(960);
  expect((y + places.brakeMarker.height / 2) / 1080).toBeCloseTo(0.74, 2);
});

test('corners lie on whole device pixels', () => {
  const { x, y } = cornerOf(places.pedalTrace, 1367, 771, 1.5);
  expect((x * 1.5) % 1).toBeCloseTo(0, 9);
  expect((y * 1.5) % 1).toBeCloseTo(0, 9);
});

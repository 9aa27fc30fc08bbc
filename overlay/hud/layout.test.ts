import { expect, test } from 'vitest';
import { boxOf, type Place, panels, places, type StageSize, unionOf, type WidgetName } from './layout.ts';

const all = Object.entries(places) as [WidgetName, Place][];
const size = (width: number, height: number, devicePixelRatio = 1): StageSize => ({
  width,
  height,
  devicePixelRatio,
});

test.each(all)('%s leaves the middle third of the screen empty', (_, place) => {
  const { y, height } = boxOf(place, size(1920, 1080));
  expect(y + height <= 360 || y >= 720).toBe(true);
});

test.each([
  [1920, 1080],
  [2560, 1080],
  [1280, 720],
  [3840, 2160],
  [1366, 768],
])('every widget lies inside a window of %i x %i', (width, height) => {
  for (const [, place] of all) {
    const box = boxOf(place, size(width, height));
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
    expect(box.y + box.height).toBeLessThanOrEqual(height + 1);
  }
});

test('the brake marker is centred at 74 % of the height', () => {
  const { x, y } = boxOf(places.brakeMarker, size(1920, 1080));
  expect(x + places.brakeMarker.width / 2).toBe(960);
  expect((y + places.brakeMarker.height / 2) / 1080).toBeCloseTo(0.74, 2);
});

test('corners lie on whole device pixels', () => {
  const { x, y } = boxOf(places.pedalTrace, size(1367, 771, 1.5));
  expect((x * 1.5) % 1).toBeCloseTo(0, 9);
  expect((y * 1.5) % 1).toBeCloseTo(0, 9);
});

test('every widget has one panel, and panels do not overlap', () => {
  expect(panels.flat().sort()).toEqual(all.map(([name]) => name).sort());
  const areas = panels.map((names) => unionOf(names.map((name) => boxOf(places[name], size(1920, 1080)))));
  for (const [index, a] of areas.entries())
    for (const b of areas.slice(index + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
});

test('the panels together cover less than a tenth of the screen', () => {
  const areas = panels.map((names) => unionOf(names.map((name) => boxOf(places[name], size(1920, 1080)))));
  const covered = areas.reduce((sum, box) => sum + box.width * box.height, 0);
  expect(covered / (1920 * 1080)).toBeLessThan(0.1);
});

import { calmWidgetNames, overlayWidgetNames } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { type Box, boxOf, mostPanels, panelsOf, type StageSize, unionOf } from './layout.ts';
import { type Place, places, type WidgetName } from './places.ts';

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

const fullHd = size(1920, 1080);
const panelBoxes = (names: readonly WidgetName[]) =>
  panelsOf(names, fullHd).map((group) => unionOf(group.map((name) => boxOf(places[name], fullHd))));
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

test('no default place overlaps another, but the status the delta bar', () => {
  const overlapping = all.flatMap(([name, place], index) =>
    all
      .slice(index + 1)
      .filter(([, other]) => !apart(boxOf(place, fullHd), boxOf(other, fullHd)))
      .map(([other]) => [name, other]),
  );
  expect(overlapping).toEqual([['deltaBar', 'status']]);
});

test.each([
  ['the calm set', calmWidgetNames],
  ['all', overlayWidgetNames],
])('%s: every widget has one panel, and panels do not overlap', (_, names) => {
  expect(panelsOf(names, fullHd).flat().sort()).toEqual([...names].sort());
  const areas = panelBoxes(names);
  for (const [index, a] of areas.entries())
    for (const b of areas.slice(index + 1)) expect(apart(a, b)).toBe(true);
});

test('touching widgets share a canvas, others do not', () => {
  expect(panelsOf(calmWidgetNames, fullHd).map((group) => group.sort())).toEqual([
    ['pedalTrace'],
    ['cornerCard'],
    ['deltaBar', 'status'],
    ['brakeMarker', 'verdict'],
  ]);
});

test('widgets that the driver put far apart take no more contexts than a page has', () => {
  const layout = overlayWidgetNames.map((name, index) => ({
    name,
    x: (index % 5) * 360,
    y: Math.floor(index / 5) * 260,
    scale: 0.5,
  }));
  const region = {
    stage: fullHd,
    region: { x: 0, y: 0, ...fullHd },
    layout,
    background: null,
    hub: null,
  };
  const groups = panelsOf(overlayWidgetNames, { ...fullHd, region });
  expect(groups.length).toBe(mostPanels);
  expect(groups.flat().sort()).toEqual([...overlayWidgetNames].sort());
});

test('the panels of the calm set cover less than a tenth of the screen', () => {
  const covered = panelBoxes(calmWidgetNames).reduce((sum, box) => sum + box.width * box.height, 0);
  expect(covered / (1920 * 1080)).toBeLessThan(0.1);
});

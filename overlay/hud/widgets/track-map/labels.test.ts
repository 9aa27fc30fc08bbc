import type { HubCorner } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntheticCorners } from '../../scenes/synthetic-track.ts';
import { defaultSetup } from '../../setup.ts';
import { type FittedTrack, fitTrack, pieces, type TrackMap } from './geometry.ts';
import { overlap, placeLabels } from './labels.ts';

const { locale } = defaultSetup;
const whole = { x: 0, y: 0, width: 280, height: 240 };
const room = {
  box: whole,
  height: 14,
  widthOf: (text: string) => text.length * 6,
  corners: 'names',
  locale,
} as const;

function circle(lengthM: number): TrackMap {
  const angles = Array.from({ length: 200 }, (_, index) => (index / 200) * 2 * Math.PI);
  const radiusM = lengthM / (2 * Math.PI);
  return {
    origin: 'positions',
    stepM: lengthM / 200,
    eastM: angles.map((angle) => radiusM * Math.sin(angle)),
    northM: angles.map((angle) => radiusM * Math.cos(angle)),
  };
}

function fitted(map: TrackMap, lengthM: number): FittedTrack {
  const track = fitTrack(map, lengthM, { x: 70, y: 60, width: 140, height: 120 });
  if (track === null) throw new Error('no track');
  return track;
}

const corner = (change: Partial<HubCorner>): HubCorner => {
  const [first] = syntheticCorners;
  if (first === undefined) throw new Error('no corner');
  return { ...first, ...change };
};

test('a name stands outside of its bend', () => {
  // Clockwise from the north: a lap of right turns, outside is away from the middle.
  const track = fitted(circle(1000), 1000);
  const corners = [0, 250, 500, 750].map((apexM, index) =>
    corner({ id: `t${index + 1}`, name: `Turn${index}`, direction: 'right', apexM }),
  );
  const [top, right, bottom, left] = placeLabels(track, corners, room);
  expect(top?.y).toBeLessThan(60);
  expect(right?.x).toBeGreaterThan(200);
  expect(bottom?.y).toBeGreaterThan(170);
  expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(80);
});

test('a name without room becomes its number, and without a number nothing', () => {
  const track = fitted(circle(1000), 1000);
  const name = 'A name that is far too long to stand beside any corner of this track';
  expect(placeLabels(track, [corner({ id: 'T6', name })], room)).toMatchObject([{ text: '6' }]);
  expect(placeLabels(track, [corner({ id: 'T6' })], { ...room, corners: 'numbers' })).toMatchObject([
    { text: '6' },
  ]);
  expect(placeLabels(track, [corner({ id: 'carousel', name })], room)).toEqual([]);
});

test('names lie in the box, clear of each other and of the line, for any track and corners', () => {
  const point = fc.double({ min: -3000, max: 3000, noNaN: true });
  const anyMap = fc.array(fc.tuple(point, point), { minLength: 3, maxLength: 60 }).map(
    (points): TrackMap => ({
      origin: 'positions',
      stepM: 50,
      eastM: points.map(([east]) => east),
      northM: points.map(([, north]) => north),
    }),
  );
  const anyCorner = fc.record({
    id: fc.constantFrom('t1', 'T2', '3a', 'bus-stop'),
    name: fc.option(fc.string({ maxLength: 20 })),
    direction: fc.constantFrom('left', 'right'),
    apexM: fc.option(fc.double({ min: 0, max: 3000, noNaN: true })),
  });
  fc.assert(
    fc.property(anyMap, fc.array(anyCorner, { maxLength: 20 }), (map, changes) => {
      const track = fitTrack(map, 0, { x: 40, y: 40, width: 200, height: 160 });
      if (track === null) return;
      const labels = placeLabels(track, changes.map(corner), room);
      for (const [index, label] of labels.entries()) {
        expect(label.x >= 0 && label.y >= 0).toBe(true);
        expect(label.x + label.width <= 280 && label.y + label.height <= 240).toBe(true);
        expect(labels.slice(index + 1).some((other) => overlap(label, other))).toBe(false);
        for (let piece = 0; piece < pieces; piece += 1) {
          const spot = { x: track.xs[piece] ?? 0, y: track.ys[piece] ?? 0, width: 0, height: 0 };
          expect(overlap(label, spot)).toBe(false);
        }
      }
    }),
    { numRuns: 60 },
  );
});

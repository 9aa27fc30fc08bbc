import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitTrack, pieceAt, pieces, pointAt, rightOf, type TrackMap } from './geometry.ts';

const box = { x: 10, y: 20, width: 200, height: 100 };

/** A square lap of 400 m: north, east, south, west. */
const square: TrackMap = {
  origin: 'positions',
  stepM: 100,
  eastM: [0, 0, 100, 100],
  northM: [0, 100, 100, 0],
};

const anyMap = fc
  .array(
    fc.tuple(
      fc.double({ min: -20_000, max: 20_000, noNaN: true }),
      fc.double({ min: -20_000, max: 20_000, noNaN: true }),
    ),
    { minLength: 3, maxLength: 300 },
  )
  .map(
    (points): TrackMap => ({
      origin: 'dead-reckoning',
      stepM: 5,
      eastM: points.map(([east]) => east),
      northM: points.map(([, north]) => north),
    }),
  );

test('north is up and the line lies in the middle of the box', () => {
  const track = fitTrack(square, 400, box);
  expect(track).not.toBeNull();
  if (track === null) return;
  expect(pointAt(track, 0)).toEqual({ x: 60, y: 120 });
  expect(pointAt(track, 100)).toEqual({ x: 60, y: 20 });
  expect(pointAt(track, 250)).toEqual({ x: 160, y: 70 });
  expect(pointAt(track, 399.999).x).toBeCloseTo(60, 2);
});

test('distances behind the line and beyond the lap wrap', () => {
  const track = fitTrack(square, 400, box);
  if (track === null) throw new Error('no track');
  expect(pieceAt(track, -100)).toBeCloseTo(0.75 * pieces);
  expect(pieceAt(track, 500)).toBeCloseTo(0.25 * pieces);
  expect(pointAt(track, -0.0001)).toMatchObject({ x: expect.closeTo(60, 2), y: expect.closeTo(120, 2) });
});

test('the last piece is as long as the lap leaves it', () => {
  // 330 m: from the last corner, at 300 m, it is 30 m to the line.
  const track = fitTrack(square, 330, box);
  if (track === null) throw new Error('no track');
  // A drawn piece is 0.8 m long, and this corner lies within one: it is cut by less than that.
  expect(Math.abs(pointAt(track, 300).x - 160)).toBeLessThan(2);
  expect(pointAt(track, 315).x).toBeCloseTo(110, 0);
});

test('right is to the right of travel', () => {
  const track = fitTrack(square, 400, box);
  if (track === null) throw new Error('no track');
  expect(rightOf(track, pieces / 8)).toEqual({ x: 1, y: 0 });
});

test('turned clockwise, north lies to the right', () => {
  const upright = fitTrack(square, 400, { x: 0, y: 0, width: 100, height: 100 });
  const track = fitTrack(square, 400, { x: 0, y: 0, width: 100, height: 100 }, 90);
  if (upright === null || track === null) throw new Error('no track');
  expect(pointAt(upright, 100)).toEqual({ x: 0, y: 0 });
  expect(pointAt(track, 100)).toEqual({ x: 100, y: expect.closeTo(0) });
});

test('no track: too few points, or all of them on one spot', () => {
  expect(fitTrack({ ...square, eastM: [0, 1] }, 400, box)).toBeNull();
  expect(fitTrack({ ...square, eastM: [5, 5, 5, 5], northM: [7, 7, 7, 7] }, 400, box)).toBeNull();
});

const anyLengthM = fc.double({ min: 0, max: 30_000, noNaN: true });
const anyTurn = fc.integer({ min: 0, max: 23 }).map((step) => step * 15);

test('any track fits the box, however it is turned', () => {
  fc.assert(
    fc.property(anyMap, anyLengthM, anyTurn, (map, lapLengthM, rotationDeg) => {
      const spanOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
      const track = fitTrack(map, lapLengthM, box, rotationDeg);
      if (track === null) return spanOf(map.eastM) + spanOf(map.northM) === 0;
      const slack = 0.01;
      for (let index = 0; index <= pieces; index += 1) {
        const [x = Number.NaN, y = Number.NaN] = [track.xs[index], track.ys[index]];
        expect(x).toBeGreaterThanOrEqual(box.x - slack);
        expect(x).toBeLessThanOrEqual(box.x + box.width + slack);
        expect(y).toBeGreaterThanOrEqual(box.y - slack);
        expect(y).toBeLessThanOrEqual(box.y + box.height + slack);
      }
    }),
  );
});

test('any track has one scale for both axes: mirrored about the diagonal it is the same picture', () => {
  const squareBox = { x: 0, y: 0, width: 100, height: 100 };
  fc.assert(
    fc.property(anyMap, (map) => {
      const track = fitTrack(map, 0, squareBox);
      const mirrored = fitTrack({ ...map, eastM: map.northM, northM: map.eastM }, 0, squareBox);
      for (let index = 0; index <= pieces; index += 20) {
        expect(mirrored?.xs[index]).toBeCloseTo(100 - (track?.ys[index] ?? Number.NaN), 3);
        expect(mirrored?.ys[index]).toBeCloseTo(100 - (track?.xs[index] ?? Number.NaN), 3);
      }
    }),
  );
});

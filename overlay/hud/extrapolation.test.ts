import { emptySnapshot, snapshotFlags } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { drawnAgeS, extrapolate } from './extrapolation.ts';
import { emptyFrame } from './frame.ts';

function moving() {
  const frame = emptyFrame();
  Object.assign(frame.snapshot, {
    lapDistanceM: 990,
    lapLengthM: 1000,
    speedMps: 60,
    brakeInM: 50,
    brakeInS: 50 / 60,
  });
  return frame;
}

test('moves by speed times age, in a replay by its rate', () => {
  const frame = moving();
  extrapolate(frame, 0.01, 1);
  expect(frame.lapDistanceM).toBeCloseTo(990.6);
  expect(frame.brakeInM).toBeCloseTo(49.4);
  extrapolate(frame, 0.01, 4);
  expect(frame.brakeInM).toBeCloseTo(47.6);
});

test('wraps at the line', () => {
  const frame = moving();
  extrapolate(frame, 0.1, 2);
  expect(frame.lapDistanceM).toBeCloseTo(2);
});

test('the age is capped at 100 ms and 0 after a jump, before the clock is known or when negative', () => {
  const snapshot = emptySnapshot();
  expect(drawnAgeS(snapshot, 12)).toBeCloseTo(0.012);
  expect(drawnAgeS(snapshot, 5000)).toBe(0.1);
  expect(drawnAgeS(snapshot, -3)).toBe(0);
  expect(drawnAgeS(snapshot, Number.NaN)).toBe(0);
  snapshot.flags = snapshotFlags.snap;
  expect(drawnAgeS(snapshot, 12)).toBe(0);
});

test('unknown places stay unknown', () => {
  const frame = emptyFrame();
  extrapolate(frame, 0.05, 1);
  expect(frame.lapDistanceM).toBeNaN();
  expect(frame.brakeInM).toBeNaN();
});

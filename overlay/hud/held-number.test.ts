import { expect, test } from 'vitest';
import { HeldNumber } from './held-number.ts';

test('at 240 frames a second it changes at most ten times a second', () => {
  const number = new HeldNumber();
  let changes = 0;
  let last: number | null = null;
  for (let frame = 0; frame < 240; frame += 1) {
    const value = number.at(frame, (frame * 1000) / 240);
    if (value !== last) changes += 1;
    last = value;
  }
  expect(changes).toBeGreaterThanOrEqual(9);
  expect(changes).toBeLessThanOrEqual(10);
});

test('appears and vanishes at once', () => {
  const number = new HeldNumber();
  expect(number.at(5, 0)).toBe(5);
  expect(number.at(null, 1)).toBeNull();
  expect(number.at(7, 2)).toBe(7);
});

import { expect, test } from 'vitest';
import { Fade } from './fade.ts';

test('appears within 120 ms, quickly at first', () => {
  const fade = new Fade();
  expect(fade.at(1, 1000, false)).toBe(0);
  expect(fade.at(1, 1060, false)).toBeGreaterThan(0.7);
  expect(fade.at(1, 1120, false)).toBe(1);
  expect(fade.at(1, 9000, false)).toBe(1);
});

test('turns round from where it is', () => {
  const fade = new Fade();
  fade.at(1, 0, false);
  const before = fade.at(1, 30, false);
  expect(fade.at(0, 30, false)).toBe(before);
  expect(fade.at(0, 150, false)).toBe(0);
});

test('reduced motion switches at once', () => {
  const fade = new Fade();
  expect(fade.at(1, 5, true)).toBe(1);
  expect(fade.at(0, 6, true)).toBe(0);
});

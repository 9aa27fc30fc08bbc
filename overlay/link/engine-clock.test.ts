import { expect, test } from 'vitest';
import { EngineClock } from './engine-clock.ts';

test('knows nothing before the first message', () => {
  expect(new EngineClock().pageMs(5)).toBeNaN();
});

test('the quickest message decides, slow ones do not', () => {
  const clock = new EngineClock();
  clock.observe(1000, 501009);
  clock.observe(1010, 501011);
  clock.observe(1020, 501080);
  expect(clock.pageMs(1030)).toBe(501031);
  expect(clock.stampMs(501031)).toBe(1030);
});

test('follows a clock that drifts, within two seconds', () => {
  const clock = new EngineClock();
  for (let ms = 0; ms < 10_000; ms += 16) clock.observe(ms, ms * 1.001 + 40);
  expect(Math.abs(clock.pageMs(10_000) - (10_000 * 1.001 + 40))).toBeLessThan(2.1);
});

test('a stamp that is not a number changes nothing, a reset forgets all', () => {
  const clock = new EngineClock();
  clock.observe(1000, 2000);
  clock.observe(Number.NaN, 0);
  expect(clock.pageMs(1)).toBe(1001);
  clock.reset();
  expect(clock.pageMs(1)).toBeNaN();
});

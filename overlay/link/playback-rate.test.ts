import { expect, test } from 'vitest';
import { PlaybackRate } from './playback-rate.ts';

function fed(ticksPerMs: number, ticks: number): PlaybackRate {
  const rate = new PlaybackRate();
  for (let tick = 0; tick < ticks; tick += 1) rate.observe(tick / 60, tick / ticksPerMs);
  return rate;
}

test('real time is exactly 1, even when the session clock skips a tick', () => {
  const rate = new PlaybackRate();
  for (let tick = 0; tick < 200; tick += 1)
    rate.observe((tick + (tick > 90 ? 1 : 0)) / 60, (tick * 1000) / 60);
  expect(rate.value).toBe(1);
});

test('a replay at four times speed', () => {
  expect(fed((60 * 4) / 1000, 600).value).toBeCloseTo(4, 1);
});

test('missing times, a new session and a long pause leave it as it was', () => {
  const rate = fed((60 * 2) / 1000, 600);
  rate.observe(Number.NaN, 6000);
  rate.observe(0, 6600);
  rate.observe(30, 60_000);
  expect(rate.value).toBeCloseTo(2, 1);
});

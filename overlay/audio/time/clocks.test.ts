import { expect, test } from 'vitest';
import { OutputClock } from './output-clock.ts';
import { RowClock } from './row-clock.ts';

test('a device that takes 10 ms at a time is placed within half a millisecond', () => {
  const clock = new OutputClock();
  expect(clock.audioS(0)).toBeNaN();
  for (let pageMs = 1000; pageMs < 1500; pageMs += 3.7)
    clock.observe(Math.floor((pageMs - 900) / 10) * 0.01, pageMs);
  expect(Math.abs(clock.audioS(2000) - 1.1)).toBeLessThan(0.0005);
});

test('a row is placed by the snapshot before it, whatever the event took', () => {
  const rows = new RowClock();
  for (let sample = 0; sample < 60; sample += 1) {
    const readAtMs = 5000 + (sample * 1000) / 60;
    rows.snapshot({ sample, readAtMs }, readAtMs + 100 + (sample % 7));
  }
  expect(rows.pageMs(60, 6103.5)).toBeCloseTo(6100, 6);
});

test('a recording at four times speed has rows of a quarter', () => {
  const rows = new RowClock();
  for (let sample = 0; sample < 120; sample += 1)
    rows.snapshot({ sample, readAtMs: sample * 4.1667 }, sample * 4.1667);
  expect(rows.pageMs(121, 510)).toBeCloseTo(504.17, 1);
});

test('without a snapshot, or after a jump, an event is of now', () => {
  const rows = new RowClock();
  expect(rows.pageMs(7, 50)).toBe(50);
  rows.snapshot({ sample: 10, readAtMs: 0 }, 0);
  expect(rows.pageMs(9000, 50)).toBe(50);
  expect(rows.pageMs(11, 900)).toBe(900);
});

import { expect, test } from 'vitest';
import { backOffMs, longestBackOffMs, longestRetryAfterMs, retryAfterMs } from './back-off.ts';

test('waits up to twice as long each time, ten minutes at most, and never hammers', () => {
  expect([1, 2, 3].map((failures) => backOffMs(failures, 1))).toEqual([2000, 4000, 8000]);
  expect(backOffMs(3, 0.5)).toBe(4000);
  expect(backOffMs(10_000, 1)).toBe(longestBackOffMs);
  expect(backOffMs(1, 0)).toBeGreaterThanOrEqual(250);
});

test('Retry-After is seconds or a date, an hour at most', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  expect(retryAfterMs('120', now)).toBe(120_000);
  expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('999999999', now)).toBe(longestRetryAfterMs);
  for (const nothing of [null, '', 'soon', '-5x']) expect(retryAfterMs(nothing, now)).toBeNull();
});

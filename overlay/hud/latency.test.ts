import { expect, test } from 'vitest';
import { LatencyLog } from './latency.ts';

test('counts a snapshot once, and none whose time is unknown', () => {
  const log = new LatencyLog();
  expect(log.note(1, 0, 9, 9)).toBe(true);
  expect(log.note(1, 0, 25, 25)).toBe(false);
  expect(log.note(2, 16, 25, Number.NaN)).toBe(false);
  expect(log.list()).toEqual([{ sequence: 1, readAtMs: 0, drawnAtMs: 9, latencyMs: 9 }]);
});

test('keeps the last four thousand, oldest first', () => {
  const log = new LatencyLog();
  for (let sequence = 0; sequence < 5000; sequence += 1) log.note(sequence, 0, 1, 1);
  const list = log.list();
  expect(list).toHaveLength(4096);
  expect(list[0]?.sequence).toBe(5000 - 4096);
  expect(list.at(-1)?.sequence).toBe(4999);
  log.clear();
  expect(log.list()).toEqual([]);
});

import { expect, test } from 'vitest';
import { Restarts } from './restarts.ts';

const limits = { firstWaitMs: 100, longestWaitMs: 300, mostDeaths: 4, withinMs: 1000 };

test('waits longer each time, then gives up', () => {
  const restarts = new Restarts({ ...limits, mostDeaths: 5 });
  expect([0, 1, 2, 3, 4].map((ms) => restarts.died(ms))).toEqual([
    { kind: 'wait', ms: 100 },
    { kind: 'wait', ms: 200 },
    { kind: 'wait', ms: 300 },
    { kind: 'wait', ms: 300 },
    { kind: 'give-up' },
  ]);
});

test('deaths that lie far enough apart never end it', () => {
  const restarts = new Restarts(limits);
  for (let ms = 0; ms < 50_000; ms += 1000) expect(restarts.died(ms)).toEqual({ kind: 'wait', ms: 100 });
  expect(restarts.deaths).toBe(1);
});

test('a death just inside the while still counts, one at its end does not', () => {
  const inside = new Restarts(limits);
  inside.died(0);
  expect(inside.died(999)).toEqual({ kind: 'wait', ms: 200 });
  const outside = new Restarts(limits);
  outside.died(0);
  expect(outside.died(1000)).toEqual({ kind: 'wait', ms: 100 });
});

test('starts from the beginning when the user says so', () => {
  const restarts = new Restarts(limits);
  for (const ms of [0, 1, 2, 3]) restarts.died(ms);
  restarts.forget();
  expect(restarts.died(4)).toEqual({ kind: 'wait', ms: 100 });
});

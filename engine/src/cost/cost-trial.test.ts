import type { DrawingNote } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { CostTrial, longestWaitS } from './cost-trial.ts';

const second = (over: Partial<DrawingNote> = {}): DrawingNote => ({
  type: 'drawing',
  green: true,
  frameRateHz: 120,
  cpuUsage: 0.4,
  gpuUsage: 0.8,
  ...over,
});
const plan = { blockS: 60, blocks: 8, level: 'full' as const };
const now = new Date('2026-01-01T00:00:00Z');

test('overlays come and go in pairs whose order alternates, each block of 60 green seconds', () => {
  const trial = new CostTrial(plan);
  const shown: string[] = [];
  for (let block = 0; !trial.over && block < 10_000; block += 1) {
    shown[trial.progress.block - 1] = trial.blank ? 'off' : 'on';
    trial.take(second());
  }
  expect(shown).toEqual(['on', 'off', 'off', 'on', 'on', 'off', 'off', 'on']);
  expect(trial.blank).toBe(false);
  expect(trial.result(now)).toMatchObject({
    pairs: 4,
    complete: true,
    frameRateHz: { change: 0, plusMinus: 0 },
  });
});

test('a steady drift, the seconds after a switch and those that are not green do not count', () => {
  const trial = new CostTrial(plan);
  let [clock, before, since] = [0, false, 9];
  while (!trial.over) {
    clock += 1;
    since = trial.blank === before ? since + 1 : 0;
    before = trial.blank;
    if (clock % 7 === 0) trial.take(second({ green: false, frameRateHz: 9999 }));
    // 2.4 more without, a frame an hour less all the time, and nonsense just after each switch.
    const frameRateHz = since < 3 ? 7 : 120 + (trial.blank ? 2.4 : 0) - clock / 3600;
    trial.take(second({ frameRateHz, gpuUsage: trial.blank ? 0.75 : 0.8, cpuUsage: null }));
  }
  const result = trial.result(now);
  expect(result?.frameRateHz?.change).toBeCloseTo(-2.4, 2);
  expect(result?.frameRateHz?.plusMinus).toBeLessThan(0.1);
  expect(result?.gpuUsage?.change).toBeCloseTo(0.05, 6);
  expect(result?.cpuUsage).toBeNull();
});

test('ended early it tells what whole pairs know; one pair says nothing about its own error', () => {
  const trial = new CostTrial({ ...plan, blockS: 2 });
  const drive = (seconds: number) => {
    for (let at = 0; at < seconds; at += 1) trial.take(second({ frameRateHz: trial.blank ? 100 : 98 }));
  };
  drive(4);
  expect(trial.result(now)).toBeNull();
  drive(3);
  expect(trial.result(now)).toMatchObject({ pairs: 1, complete: false, frameRateHz: null });
  drive(5);
  trial.stop();
  expect(trial.result(now)).toMatchObject({
    pairs: 2,
    complete: false,
    frameRateHz: { without: 100, change: -2 },
  });
  expect([trial.over, trial.blank]).toEqual([true, false]);
});

test('who does not drive for ten minutes has gone', () => {
  const trial = new CostTrial(plan);
  for (let at = 0; at < longestWaitS - 1; at += 1) trial.take(second({ green: false }));
  expect([trial.over, trial.progress.waitingS]).toEqual([false, longestWaitS - 1]);
  trial.take(second({ frameRateHz: null }));
  expect(trial.over).toBe(true);
});

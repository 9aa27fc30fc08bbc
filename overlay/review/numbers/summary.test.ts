import type { SessionLap } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { beyond, heightOf, plotScale } from './plot-scale.ts';
import { bestLap, cornerRows, median, summaryOf } from './summary.ts';

const lap = (number: number, lapTimeS: number | null, valid = true): SessionLap => ({
  ...{ id: `s-0-${number}`, stint: 0, lap: number, lapTimeS, timeSource: 'official', state: 'settled' },
  ...{ officialLapTimeS: lapTimeS, ownLapTimeS: lapTimeS, complete: lapTimeS !== null, valid },
  ...{ referenceGrade: valid, assisted: false, reasons: [] },
});

test('the best is the first of the fastest that count', () => {
  expect(bestLap([])).toBeNull();
  expect(bestLap([lap(1, null), lap(2, 80, false)])).toBeNull();
  expect(bestLap([lap(1, 80, false), lap(2, 91), lap(3, 90), lap(4, 90)])?.lap).toBe(3);
});

test('median and spread leave out what does not count', () => {
  const laps = [lap(0, null, false), lap(1, 90), lap(2, 92), lap(3, 100, false), lap(4, 91)];
  const summary = summaryOf(laps);
  expect(summary).toMatchObject({ medianS: 91, spreadS: 1, laps: 5, validLaps: 3 });
  expect(summaryOf(laps.slice(0, 3))).toMatchObject({ medianS: 91, spreadS: null });
  expect(median([1, 2, 10, 11])).toBe(6);
});

test('corners are held against the best lap’s by their ids', () => {
  const corner = (id: string, timeS: number) => ({ id, timeS }) as Parameters<typeof cornerRows>[0][number];
  const rows = cornerRows([corner('T1', 4.25), corner('T2', 3)], [corner('T1', 4)]);
  expect(rows.map(({ id, toBestS }) => [id, toBestS])).toEqual([
    ['T1', 0.25],
    ['T2', null],
  ]);
  expect(cornerRows([corner('T1', 4)], null)).toMatchObject([{ toBestS: null }]);
});

describe('the plot', () => {
  test.each([[[90]], [[90, 90.1]], [[90, 91, 95, 200]], [[500, 640]], [[20, 20.9]]])('%j', (times) => {
    const scale = plotScale(times);
    if (scale === null) throw new Error('no scale');
    expect(scale.lines.length).toBeGreaterThanOrEqual(2);
    expect(scale.lines.length).toBeLessThanOrEqual(10);
    for (const timeS of times) {
      expect(heightOf(timeS, scale)).toBeGreaterThanOrEqual(0);
      expect(heightOf(timeS, scale)).toBeLessThanOrEqual(1);
    }
    expect(heightOf(Math.min(...times), scale)).toBeLessThan(0.6);
  });
  test('what is off the scale stands at its edge and says so', () => {
    const scale = plotScale([90, 91, 92]);
    if (scale === null) throw new Error('no scale');
    expect([40, 90, 99].map((timeS) => beyond(timeS, scale))).toEqual([-1, 0, 1]);
    expect([heightOf(40, scale), heightOf(99, scale)]).toEqual([0, 1]);
  });
  test('without a time there is none', () => expect(plotScale([])).toBeNull());
});

import type { FuelMessage } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barSteps, fuelBar, lapsText, marginOf, marginText } from './values.ts';

const message = (lapsLeft: number | null, lapsToFlag: number | null): FuelMessage => ({
  type: 'fuel',
  levelL: 40,
  perLapL: 2.5,
  lapsCounted: 5,
  lapsLeft,
  lapsToFlag,
  marginLaps: lapsLeft === null || lapsToFlag === null ? null : lapsLeft - lapsToFlag,
});

test('laps are rounded down, the margin towards running dry', () => {
  expect([12.39, 2.9999999999, 0.05, -1, 140.7, null].map(lapsText)).toEqual([
    '12.3',
    '3.0',
    '0.0',
    '0.0',
    '140',
    '',
  ]);
  expect([1.29, -0.01, 0, -250.3, null].map(marginText)).toEqual([
    '+1.2',
    '\u22120.1',
    '+0.0',
    '\u2212250',
    '',
  ]);
});

test('the margin says whether it lasts', () => {
  const margins = [message(10, 12), message(12, 11.5), message(14, 12), message(14, null)];
  expect(margins.map(marginOf)).toEqual(['short', 'tight', 'enough', 'open']);
});

test('tank and flag share one line', () => {
  expect(fuelBar(message(10, 20))).toEqual({ tank: barSteps / 2, flag: barSteps });
  expect(fuelBar(message(20, 10))).toEqual({ tank: barSteps, flag: barSteps / 2 });
  expect(fuelBar(message(20, null))).toBeNull();
  expect(fuelBar(message(0, 0))).toBeNull();
});

test('the bar stays on its line and on the right side of the flag, for any message', () => {
  const laps = fc.double({ min: -5, max: 5000, noNaN: true });
  fc.assert(
    fc.property(laps, laps, (left, toFlag) => {
      const bar = fuelBar(message(left, toFlag));
      if (bar === null) return;
      expect(Math.max(bar.tank, bar.flag)).toBe(barSteps);
      expect(Math.min(bar.tank, bar.flag)).toBeGreaterThanOrEqual(0);
      if (left > toFlag) expect(bar.tank).toBe(barSteps);
      else expect(bar.flag).toBe(barSteps);
    }),
  );
});

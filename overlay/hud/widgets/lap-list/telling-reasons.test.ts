import { reasons } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tellingReasons } from './telling-reasons.ts';

const spoiling = reasons.filter(({ spoils }) => spoils.length > 0).map(({ code }) => code);

test('the cause is told, what follows from it is not', () => {
  expect(tellingReasons(['incident', 'invalid-by-sim', 'off-track'])).toEqual(['off-track']);
  expect(tellingReasons(['pit-lane', 'in-lap'])).toEqual(['in-lap']);
  expect(tellingReasons(['off-track', 'slow-down-penalty'])).toEqual(['off-track', 'slow-down-penalty']);
});

test('every reason that spoils a lap is told where it stands alone', () => {
  for (const code of spoiling) expect(tellingReasons([code])).toEqual([code]);
});

test('what spoils nothing and what nobody knows is not told', () => {
  expect(tellingReasons(['traffic', 'no-official-time', 'sunspots'])).toEqual([]);
});

test('a spoilt lap always has something to tell', () => {
  fc.assert(
    fc.property(fc.subarray(spoiling, { minLength: 1 }), (codes) => {
      const told = tellingReasons(codes);
      expect(told.length).toBeGreaterThan(0);
      for (const code of told) expect(codes).toContain(code);
    }),
  );
});

import { expect, test } from 'vitest';
import { meanDifference } from './paired-difference.ts';

/** Mulberry32, and a normal deviate from it (Box and Muller). */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

test('by hand: of four pairs, as every book has it', () => {
  // Mean 2, deviation √(2/3), no autocorrelation to be seen: t(3) = 3.182.
  const found = meanDifference([1, 3, 2, 2]);
  expect(found?.mean).toBe(2);
  expect(found?.plusMinus).toBeCloseTo((3.182 * Math.sqrt(2 / 3)) / 2, 6);
});

test('fewer than two say nothing; equal ones leave no doubt', () => {
  expect([meanDifference([]), meanDifference([1])]).toEqual([null, null]);
  expect(meanDifference([2, 2, 2, 2, 2])).toEqual({ mean: 2, plusMinus: 0 });
});

test('pairs that are alike widen the interval', () => {
  const alike = meanDifference([1, 1.1, 1.2, 2, 2.1, 2.2, 3, 3.1])?.plusMinus ?? 0;
  const mixed = meanDifference([1, 3.1, 1.1, 3, 1.2, 2.2, 2, 2.1])?.plusMinus ?? 0;
  expect(alike).toBeGreaterThan(1.5 * mixed);
});

test.each([
  ['independent pairs', 0, 0.94],
  // By t alone it would be 86 of 100.
  ['pairs with an autocorrelation of 0.3', 0.3, 0.92],
])('the interval holds the truth nearly as often as it says: %s, seed 5', (_, r, least) => {
  const next = normals(5);
  const rounds = 4000;
  let held = 0;
  for (let round = 0; round < rounds; round += 1) {
    let noise = next();
    const differences = Array.from({ length: 8 }, () => {
      noise = r * noise + Math.sqrt(1 - r * r) * next();
      return 0.6 + noise;
    });
    const found = meanDifference(differences);
    held += Number(found !== null && Math.abs(found.mean - 0.6) <= found.plusMinus);
  }
  expect(held / rounds).toBeGreaterThan(least);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyFromTaps } from './tap.ts';

const beats = Array.from({ length: 16 }, (_, beat) => 1000 + beat * 700);
/** Somebody who taps 30 ms before what he hears. */
const taps = (delayMs: number, jitterMs: (beat: number) => number = () => 0) =>
  beats.map((at, beat) => at + delayMs - 30 + jitterMs(beat));

describe('what a driver taps', () => {
  test('gives the way from command to ear, within what his hands scatter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: -25, max: 25 }), { minLength: 16, maxLength: 16 }),
        (delay, jitter) => {
          const result = latencyFromTaps(
            beats,
            taps(delay, (beat) => jitter[beat] ?? 0),
          );
          expect(result.ok).toBe(true);
          if (result.ok) expect(Math.abs(result.latencyMs - delay)).toBeLessThanOrEqual(25);
        },
      ),
      { seed: 7 },
    );
  });
  test('may miss some beats and double others', () => {
    const tapped = taps(120).filter((_, beat) => beat % 4 !== 1);
    expect(latencyFromTaps(beats, [...tapped, 1111, 4222])).toMatchObject({ ok: true, latencyMs: 120 });
  });
  test('in front of the beat is no negative delay', () => {
    expect(latencyFromTaps(beats, taps(-50))).toMatchObject({ ok: true, latencyMs: 0 });
  });
});

describe('is no measurement', () => {
  test.each([
    ['without taps', []],
    ['with too few', taps(100).slice(0, 8)],
  ])('%s', (_, tapped) =>
    expect(latencyFromTaps(beats, tapped)).toMatchObject({
      ok: false,
      why: expect.stringContaining('every'),
    }),
  );
  test('when they are all over the place', () => {
    const uneven = taps(150, (beat) => (beat % 2 === 0 ? 130 : -130));
    expect(latencyFromTaps(beats, uneven)).toMatchObject({
      ok: false,
      why: expect.stringContaining('uneven'),
    });
  });
});

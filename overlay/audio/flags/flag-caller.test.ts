import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlagCaller, sameFlagMs } from './flag-caller.ts';
import { flags } from './flag-table.ts';

const [checkered, white, green, yellow, blue, waved] = [0x1, 0x2, 0x4, 0x8, 0x20, 0x100];
const [caution, cautionWaved, black] = [0x4000, 0x8000, 0x10000];

/** Rows of 60 Hz: bits and how many rows they last. */
function heard(...parts: [bits: number, rows: number, driving?: boolean][]): string[] {
  const caller = new FlagCaller();
  const calls: string[] = [];
  let row = 0;
  for (const [bits, rows, driving = true] of parts)
    for (const end = row + rows; row < end; row += 1) {
      const call = caller.step(bits, driving, (row * 1000) / 60);
      if (call !== null) calls.push(call.danger ? `${call.words}!` : call.words);
    }
  return calls;
}

describe('flags', () => {
  test('each is called once when it appears; green is not called', () => {
    expect(heard([0, 10], [yellow, 300], [green, 300], [blue, 60], [white, 60], [checkered, 600])).toEqual([
      'yellow flag',
      'blue flag',
      'white flag',
      'checkered flag',
    ]);
  });
  test('of several at once the most urgent; the others are not told after it', () => {
    expect(heard([black | blue | yellow, 60], [blue | yellow, 60])).toEqual(['black flag']);
  });
  test('a yellow that is waved is danger, and so is one for the whole course when it is', () => {
    expect(heard([yellow, 60], [yellow | waved, 60], [yellow, 60])).toEqual(['yellow flag', 'yellow flag!']);
    expect(heard([yellow, 60], [caution, 60], [cautionWaved, 60])).toEqual([
      'yellow flag',
      'full course yellow',
      'full course yellow!',
    ]);
  });
  test('one that flickers is one, one that comes back later is another', () => {
    const rows = (ms: number) => Math.ceil((ms * 60) / 1000);
    expect(heard([blue, 30], [0, 60], [blue, 30], [0, rows(sameFlagMs) - 5], [blue, 30])).toEqual([
      'blue flag',
    ]);
    expect(heard([blue, 30], [0, rows(sameFlagMs) + 5], [blue, 30])).toEqual(['blue flag', 'blue flag']);
  });
  test('nobody is told who does not drive; coming on the track under yellow is', () => {
    expect(heard([yellow, 60, false], [yellow, 60], [yellow, 30, false], [yellow, 30])).toEqual([
      'yellow flag',
      'yellow flag',
    ]);
  });
});

test('whatever the bits: a call is of a flag that is out, and danger is said for danger alone (seed 7)', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 0x1fffff }), fc.integer({ min: 1, max: 5000 })));
  const check = (given: [number, number][]) => {
    const caller = new FlagCaller();
    let nowMs = 0;
    for (const [bits, ms] of given) {
      nowMs += ms;
      const call = caller.step(bits, true, nowMs);
      const flag = flags.find(({ words }) => words === call?.words);
      if (call === null || flag === undefined) continue;
      expect(bits & flag.bits).not.toBe(0);
      expect(call.danger).toBe((bits & flag.dangerBits) !== 0);
    }
  };
  fc.assert(fc.property(rows, check), { seed: 7, numRuns: 300 });
});

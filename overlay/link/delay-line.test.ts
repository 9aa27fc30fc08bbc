import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DelayLine } from './delay-line.ts';

function line(delayMs: number) {
  const out: [what: unknown, dueMs: number][] = [];
  const note = (what: unknown, dueMs: number) => void out.push([what, dueMs]);
  const made = new DelayLine<string, string>(delayMs, {
    link: note,
    message: note,
    snapshot: (bytes, dueMs) => note(bytes.byteLength, dueMs),
  });
  return { made, out };
}

test('without a delay everything passes at once', () => {
  const { made, out } = line(0);
  made.link('open', 1);
  made.message('a', 2);
  made.snapshot(new ArrayBuffer(3), 2.5);
  expect(out).toEqual([
    ['open', 1],
    ['a', 2],
    [3, 2.5],
  ]);
  expect(made.length).toBe(0);
});

test('with a delay everything comes out in order, with the time at which it was due', () => {
  const { made, out } = line(1000);
  made.link('open', 0);
  made.snapshot(new ArrayBuffer(1), 10);
  made.message('a', 12);
  made.link('closed', 20);
  made.play(999);
  expect(out).toEqual([]);
  made.play(1012);
  expect(out).toEqual([
    ['open', 1000],
    [1, 1010],
    ['a', 1012],
  ]);
  made.play(5000);
  expect(out.at(-1)).toEqual(['closed', 1020]);
});

test('a page that draws nothing keeps up by what comes in', () => {
  const { made, out } = line(100);
  for (let nowMs = 0; nowMs <= 10_000; nowMs += 16) made.snapshot(new ArrayBuffer(1), nowMs);
  expect(made.length).toBeLessThanOrEqual(8);
  expect(out.length).toBeGreaterThan(600);
});

describe('memory', () => {
  test('a minute of snapshots, however fast they come, is 7,500 at most', () => {
    const { made } = line(60_000);
    for (let nowMs = 0; nowMs < 60_000; nowMs += 0.5) made.snapshot(new ArrayBuffer(0), nowMs);
    expect(made.length).toBeLessThanOrEqual(7501);
  });

  test('of a flood of messages the oldest come out early, and none is lost', () => {
    const { made, out } = line(60_000);
    for (let index = 0; index < 20_000; index += 1) made.message(String(index), index / 1000);
    expect(made.length).toBeLessThanOrEqual(4001);
    made.play(Number.POSITIVE_INFINITY);
    expect(out.map(([what]) => Number(what))).toEqual(Array.from({ length: 20_000 }, (_, index) => index));
  });
});

const seed = 20_261_126;
test(`order and spacing hold for any traffic, seed ${seed}`, () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 400 }),
    kind: fc.constantFrom('m', 's', 'play'),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.array(step, { maxLength: 200 }), (delayMs, steps) => {
      const { made, out } = line(delayMs);
      let nowMs = 0;
      for (const [index, { afterMs, kind }] of steps.entries()) {
        nowMs += afterMs;
        if (kind === 'm') made.message(String(index), nowMs);
        else if (kind === 's') made.snapshot(new ArrayBuffer(1), nowMs);
        else made.play(nowMs);
        for (const [, dueMs] of out) expect(dueMs).toBeLessThanOrEqual(nowMs);
      }
      const due = out.map(([, dueMs]) => dueMs);
      expect(due).toEqual([...due].sort((a, b) => a - b));
      const messages = out.filter(([what]) => typeof what === 'string').map(([what]) => Number(what));
      expect(messages).toEqual([...messages].sort((a, b) => a - b));
    }),
    { seed, numRuns: 200 },
  );
});

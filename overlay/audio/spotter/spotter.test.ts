import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearAfterMs, Spotter, type SpotterCall, spotterText, stillThereEveryMs } from './spotter.ts';

/** Whole milliseconds, so that a limit is met on the row that a person works out. */
const rowMs = 16;

/** Plays [value, rows] pairs; the calls with the row at which each came. */
function calls(stretches: [value: number, rows: number, racing?: boolean][]): [SpotterCall, number][] {
  const spotter = new Spotter();
  const heard: [SpotterCall, number][] = [];
  let row = 0;
  for (const [value, rows, racing = true] of stretches)
    for (let end = row + rows; row < end; row += 1) {
      const call = spotter.step(value, racing, row * rowMs);
      if (call !== null) heard.push([call, row]);
    }
  return heard;
}

describe('calls', () => {
  test.each([
    [2, 'car-left'],
    [3, 'car-right'],
    [4, 'three-wide'],
    [5, 'two-left'],
    [6, 'two-right'],
  ] as const)('%d is %s at once', (value, call) => {
    expect(
      calls([
        [1, 10],
        [value, 5],
      ]),
    ).toEqual([[call, 10]]);
  });

  test('clear after 0.4 s of it, and not twice', () => {
    expect(
      calls([
        [1, 10],
        [2, 60],
        [1, 300],
      ]),
    ).toEqual([
      ['car-left', 10],
      ['clear', 70 + 25],
    ]);
  });

  test('a flicker is neither a clear nor a new car', () => {
    expect(
      calls([
        [2, 30],
        [1, 10],
        [2, 30],
        [1, 20],
        [2, 30],
      ]),
    ).toEqual([['car-left', 0]]);
  });

  test('still there every four seconds, counted from the last call', () => {
    expect(calls([[2, 600]])).toEqual([
      ['car-left', 0],
      ['still-there', 250],
      ['still-there', 500],
    ]);
    expect(
      calls([
        [2, 200],
        [4, 300],
      ]),
    ).toEqual([
      ['car-left', 0],
      ['three-wide', 200],
      ['still-there', 450],
    ]);
  });

  test('more cars are called at once, fewer after 0.4 s of it', () => {
    expect(
      calls([
        [2, 60],
        [5, 60],
        [2, 60],
      ]),
    ).toEqual([
      ['car-left', 0],
      ['two-left', 60],
      ['car-left', 145],
    ]);
    expect(
      calls([
        [4, 60],
        [3, 60],
      ]),
    ).toEqual([
      ['three-wide', 0],
      ['car-right', 85],
    ]);
  });

  test('a change of sides is a new car', () => {
    expect(
      calls([
        [2, 30],
        [3, 30],
      ]),
    ).toEqual([
      ['car-left', 0],
      ['car-right', 30],
    ]);
  });
});

describe('silence', () => {
  test('off and unknown are not clear', () => {
    expect(
      calls([
        [2, 30],
        [0, 100],
        [1, 100],
      ]),
    ).toEqual([['car-left', 0]]);
    expect(
      calls([
        [2, 30],
        [-1, 100],
        [1, 100],
        [99, 50],
      ]),
    ).toEqual([['car-left', 0]]);
  });

  test('none in pits or pace; a car beside is called when the race goes on', () => {
    expect(
      calls([
        [2, 100, false],
        [2, 10],
      ]),
    ).toEqual([['car-left', 100]]);
    expect(
      calls([
        [2, 30],
        [1, 300, false],
        [1, 300],
      ]),
    ).toEqual([['car-left', 0]]);
  });

  test('after half a second without a word nothing is known', () => {
    const spotter = new Spotter();
    expect(spotter.step(2, true, 0)).toBe('car-left');
    expect(spotter.step(1, true, 600)).toBeNull();
    expect(spotter.step(1, true, 1100)).toBeNull();
    expect(spotter.step(2, true, 1700)).toBe('car-left');
  });
});

test('inside and outside are said where the driver wants that', () => {
  expect(spotterText('car-left', null)).toBe('car left');
  expect(spotterText('car-left', 'left')).toBe('car inside');
  expect(spotterText('two-right', 'left')).toBe('two outside');
  expect(spotterText('three-wide', 'right')).toBe('three wide');
});

test('whatever the sim says, the driver is never told clear beside a car, nor left alone with one (seed 25)', () => {
  const stretch = fc.record({
    value: fc.integer({ min: -1, max: 6 }),
    rows: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 30 }), (stretches) => {
      const spotter = new Spotter();
      let [row, sinceMs, lastCallMs, last] = [0, 0, Number.NEGATIVE_INFINITY, -1];
      for (const { value, rows } of stretches)
        for (let end = row + rows; row < end; row += 1) {
          const nowMs = row * rowMs;
          if (value !== last) [sinceMs, last] = [nowMs, value];
          const call = spotter.step(value, true, nowMs);
          if (call !== null) lastCallMs = nowMs;
          if (call === 'clear') expect([value, nowMs - sinceMs >= clearAfterMs]).toEqual([1, true]);
          if (value <= 0) expect(call).toBeNull();
          // From 0.4 s on the driver knows of a car, and has heard of it within four seconds.
          if (value >= 2 && nowMs - sinceMs >= clearAfterMs)
            expect(nowMs - lastCallMs).toBeLessThanOrEqual(stillThereEveryMs);
        }
    }),
    { seed: 25 },
  );
});

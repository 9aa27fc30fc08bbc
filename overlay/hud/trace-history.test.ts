import { expect, test } from 'vitest';
import { pastTicks, plotHeight, TraceHistory } from './trace-history.ts';

const pedals = (brake: number) => ({ throttle: 0, brake, referenceThrottle: 0, referenceBrake: brake });
const newest = (history: TraceHistory, count: number) =>
  Array.from(history.traces.brake.slice(pastTicks - count)).map((value) => Math.round(value * 100) / 100);

test('one value a row, newest last; the same row twice counts once', () => {
  const history = new TraceHistory();
  for (const [sample, brake] of [
    [10, 0],
    [11, 0.5],
    [11, 0.5],
    [12, 1],
  ] as const)
    history.push(sample, pedals(brake));
  expect(newest(history, 4)).toEqual([Number.NaN, 0, 0.5, 1]);
});

test('missed rows become a straight line', () => {
  const history = new TraceHistory();
  history.push(10, pedals(0));
  history.push(14, pedals(1));
  expect(newest(history, 5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test('a gap, a jump back and a clear end the line', () => {
  for (const next of [26, 5]) {
    const history = new TraceHistory();
    history.push(10, pedals(0.2));
    history.push(next, pedals(1));
    expect(newest(history, 2)).toEqual([Number.NaN, 1]);
  }
});

test('a missing pedal is a hole, not a line to it', () => {
  const history = new TraceHistory();
  history.push(1, pedals(Number.NaN));
  history.push(3, pedals(0.5));
  expect(newest(history, 2)).toEqual([0.5, 0.5]);
});

test('length along the line grows with its rise, so that dashes travel with it', () => {
  const history = new TraceHistory();
  history.push(1, pedals(0));
  const before = history.lengths.referenceBrake;
  history.push(2, pedals(1));
  expect(history.lengths.referenceBrake - before).toBeCloseTo(Math.hypot(1, plotHeight));
  expect(history.lengths.throttle).toBe(2);
});

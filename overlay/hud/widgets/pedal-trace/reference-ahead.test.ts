import { expect, test } from 'vitest';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { aheadTicks, ReferenceAhead } from './reference-ahead.ts';

const reference = syntheticReference();
const flat = (value: number) => reference.trace.brake.map(() => value);

function steady(speedMps: number) {
  const brake = reference.trace.brake.map((_, index) => index / 10_000);
  return { ...reference, trace: { ...reference.trace, brake, speedMps: flat(speedMps) } };
}

test("each tick lies as far ahead as the reference's speed carries", () => {
  const ahead = new ReferenceAhead();
  ahead.fill(steady(60), 100);
  // 60 m/s is 1 m a tick and a trace value stands for 2 m.
  expect(ahead.brake[0]).toBeCloseTo(0.005);
  expect(ahead.brake[100]).toBeCloseTo(0.01);
});

test('goes on across the line', () => {
  const ahead = new ReferenceAhead();
  ahead.fill(steady(60), reference.lengthM - 20);
  expect(ahead.brake[30]).toBeCloseTo(0.0005);
});

test('knows nothing without a reference or a place', () => {
  const ahead = new ReferenceAhead();
  ahead.fill(steady(60), 100);
  ahead.fill(null, 100);
  expect(Array.from(ahead.brake).every(Number.isNaN)).toBe(true);
  ahead.fill(reference, Number.NaN);
  expect(Array.from(ahead.throttle).every(Number.isNaN)).toBe(true);
});

test('a reference that stands still does not stop the look ahead', () => {
  const ahead = new ReferenceAhead();
  ahead.fill(steady(0), 100);
  expect(ahead.brake[aheadTicks - 1]).toBeGreaterThan(ahead.brake[0] ?? 1);
});

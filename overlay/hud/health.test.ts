import { expect, test } from 'vitest';
import { HealthMeter } from './health.ts';

const unknown = () => ({ version: '', rateHz: Number.NaN, latencyMs: Number.NaN });

test('a second of snapshots gives rate and mean age, and a lost link takes both back', () => {
  const meter = new HealthMeter();
  const health = unknown();
  for (let tick = 0; tick <= 61; tick += 1) {
    meter.arrived(5000 + (tick * 1000) / 60, health);
    meter.drawn(tick % 2 === 0 ? 4 : 6);
  }
  expect(health.rateHz).toBeCloseTo(60, 3);
  expect(health.latencyMs).toBeCloseTo(5, 1);
  meter.clear(health);
  expect(health).toEqual(unknown());
});

test('knows nothing in the first second', () => {
  const meter = new HealthMeter();
  const health = unknown();
  for (let ms = 0; ms < 900; ms += 100) meter.arrived(ms, health);
  expect(health.rateHz).toBeNaN();
});

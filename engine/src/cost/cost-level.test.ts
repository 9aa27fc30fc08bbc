import type { CostResult } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { afterMeasurement, atNextSession, costMessage, costShare, noCostRecord } from './cost-level.ts';

const measured = (lossFps: number, over: Partial<CostResult> = {}): CostResult => ({
  at: '2026-01-01T00:00:00Z',
  level: 'full',
  pairs: 6,
  blockS: 60,
  complete: true,
  frameRateHz: { without: 100, change: -lossFps, plusMinus: 0.5 },
  cpuUsage: null,
  gpuUsage: null,
  ...over,
});
const day = (count: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + count * 86_400_000);

test('a share is of the frames without overlays', () => {
  expect(costShare(measured(4))).toEqual({ value: 0.04, least: 0.035 });
  expect(costShare(measured(4, { frameRateHz: null }))).toBeNull();
});

test('down one level at a time above the limit, and never by chance or by too little driving', () => {
  const level = (result: CostResult) => afterMeasurement(noCostRecord, result).level;
  expect(level(measured(2.9))).toBe('full');
  expect(level(measured(3.1))).toBe('half-rate');
  expect(level(measured(30))).toBe('half-rate');
  expect(level(measured(3.1, { frameRateHz: { without: 100, change: -3.1, plusMinus: 3.2 } }))).toBe('full');
  expect(level(measured(30, { pairs: 3 }))).toBe('full');
  const half = afterMeasurement(noCostRecord, measured(5));
  const few = afterMeasurement(half, measured(4, { level: 'half-rate' }));
  const audio = afterMeasurement(few, measured(4, { level: 'few-widgets' }));
  const still = afterMeasurement(audio, measured(4, { level: 'audio-only' }));
  expect([few.level, audio.level, still.level]).toEqual(['few-widgets', 'audio-only', 'audio-only']);
});

test('up only when the next session begins, with room to spare, and not to what was too dear this week', () => {
  const half = afterMeasurement(noCostRecord, measured(5));
  expect(atNextSession(half, day(30)).level).toBe('half-rate');
  const near = afterMeasurement(half, measured(2, { level: 'half-rate' }));
  expect(atNextSession(near, day(30)).level).toBe('half-rate');
  const cheap = afterMeasurement(half, measured(1, { level: 'half-rate' }));
  expect(cheap.level).toBe('half-rate');
  expect(atNextSession(cheap, day(6)).level).toBe('half-rate');
  expect(atNextSession(cheap, day(8)).level).toBe('full');
  expect(atNextSession(noCostRecord, day(8))).toBe(noCostRecord);
});

test('the words say what is drawn, why, and how to change it', () => {
  expect(costMessage(noCostRecord).why).toBe('The HUD draws everything.');
  const { level, why } = costMessage(afterMeasurement(noCostRecord, measured(4.2)));
  expect(level).toBe('half-rate');
  expect(why).toMatch(/30 times a second.*4\.2 %.*--cost-reset/);
});

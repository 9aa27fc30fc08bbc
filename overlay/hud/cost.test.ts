import type { costLevels } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { FramePace, isKept } from './cost.ts';
import { places, type WidgetName } from './places.ts';

const names = Object.keys(places) as WidgetName[];
const kept = (level: (typeof costLevels)[number]) =>
  names.filter((name) => isKept(name, { type: 'cost', level, why: '' })).sort();

test('each level leaves out what the one before left, and more', () => {
  expect(kept('full')).toEqual([...names].sort());
  expect(kept('half-rate')).toEqual(kept('full'));
  expect(kept('few-widgets')).toEqual(['brakeMarker', 'deltaBar', 'status']);
  expect(kept('audio-only')).toEqual(['status']);
});

test('nothing is left out before the engine says so', () => {
  expect(names.every((name) => isKept(name, null))).toBe(true);
});

const costAt = (level: (typeof costLevels)[number]) => ({ type: 'cost', level, why: '' }) as const;

describe.each([50, 60, 75, 120, 144, 165, 240])('at a display of %i Hz', (displayHz) => {
  /** Frames that are drawn in ten seconds, when the display's come a millisecond early or late. */
  const drawn = (cost: ReturnType<typeof costAt> | null) => {
    const pace = new FramePace();
    const frames = Array.from({ length: 10 * displayHz }, (_, at) => (1000 * at) / displayHz + (at % 3) - 1);
    return frames.filter((atMs) => pace.isDue(atMs, cost));
  };

  test.each(['half-rate', 'few-widgets', 'audio-only'] as const)('%s draws 30 times a second', (level) => {
    const frames = drawn(costAt(level));
    expect(frames.length).toBeGreaterThan(295);
    expect(frames.length).toBeLessThan(305);
    const gaps = frames.slice(1).map((atMs, at) => atMs - (frames[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(1000 / 30 + 1000 / displayHz + 3);
  });

  test('everything is drawn otherwise', () => {
    expect([drawn(null).length, drawn(costAt('full')).length]).toEqual([10 * displayHz, 10 * displayHz]);
  });
});

test('after a pause the next frame is drawn, and no burst follows', () => {
  const pace = new FramePace();
  const cost = costAt('half-rate');
  const due = [0, 10_000, 10_007, 10_014, 10_034].map((atMs) => pace.isDue(atMs, cost));
  expect(due).toEqual([true, true, false, false, true]);
});

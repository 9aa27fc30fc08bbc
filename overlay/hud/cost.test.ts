import { costLevels } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { frameStep, isKept } from './cost.ts';
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
  expect(
    [null, ...costLevels.map((level) => ({ type: 'cost', level, why: '' }) as const)].map(frameStep),
  ).toEqual([1, 1, 2, 2, 2]);
});

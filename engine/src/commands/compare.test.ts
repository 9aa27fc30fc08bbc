import type { ComparedSection } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { excuses } from './compare.ts';

const section = (...reasons: string[]): ComparedSection => ({
  cornerId: 'T1',
  startM: 0,
  endM: 100,
  deltaS: 0.2,
  carryOverS: 0,
  phases: { braking: 0.2, entry: 0, middle: 0, exit: 0, straight: 0 },
  causes: [],
  reasons,
});

test('losses that other cars could explain are counted in one line', () => {
  expect(excuses([section()])).toEqual([]);
  expect(excuses([section('traffic-unknown'), section(), section('traffic-unknown')])).toEqual([
    'Other cars are not known on this recording: 2 losses that they could explain are not blamed.',
  ]);
  expect(excuses([section('traffic')])).toEqual([
    'Other cars were close: 1 loss that they could explain is not blamed.',
  ]);
});

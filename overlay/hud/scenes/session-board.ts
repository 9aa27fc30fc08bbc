/** What the hub would have sent before a scene with every widget: one message of each kind. */
import type { BoardMessage } from '@racing-coach/contract';
import { corners, fuel, laps, map, relative, tyres } from './synthetic-board.ts';

/** What the corners of a lap cost up to its middle. */
export const cornerDeltasS = [0.08, -0.06, 0.03, 0.19, null, null, null];

export const sessionBoard: readonly BoardMessage[] = [
  fuel(),
  tyres(),
  laps(),
  relative(),
  map(),
  corners(...cornerDeltasS),
];

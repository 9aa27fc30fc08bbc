/** What the hub would have sent before a scene: the board of a session on the made-up circuit. */
import type { BoardLap, BoardMessage } from '@racing-coach/contract';
import { lapTimeS, referenceLap } from './synthetic-lap.ts';

const referenceS = lapTimeS(referenceLap);
const toBestS = [1.84, 0.61, 0, 0.28, 0.9];

const laps = toBestS.map(
  (gapS, index): BoardLap => ({
    lap: index + 1,
    stint: 1,
    lapTimeS: referenceS + 0.31 + gapS,
    clean: gapS !== 0.9,
    valid: gapS !== 0.9,
    complete: true,
    best: gapS === 0,
    toBestS: gapS,
    reasons: gapS === 0.9 ? ['off-track'] : [],
  }),
);

/** What the corners of a lap cost up to its middle. */
export const cornerDeltasS = [0.08, -0.06, 0.03, 0.19, null, null, null];

export const syntheticBoard: BoardMessage[] = [
  {
    type: 'laps',
    laps,
    consistency: {
      laps: 4,
      spreadS: 0.42,
      meanToBestS: 0.68,
      loosest: { cornerId: 't4', spreadS: 0.16 },
    },
  },
  {
    type: 'corners',
    lap: 6,
    corners: cornerDeltasS.map((deltaS, index) => ({ cornerId: `t${index + 1}`, deltaS })),
  },
];

import type { Scene } from '../../scenes/scene-tape.ts';
import { cornerDeltasS } from '../../scenes/session-board.ts';
import { corners } from '../../scenes/synthetic-board.ts';

const strip = (
  name: string,
  toM: number,
  deltas: (number | null)[],
  options: Scene['options'] = {},
): Scene => ({
  name,
  options,
  play: (tape) =>
    tape
      .connect()
      .say(corners(...deltas))
      .drive(toM, 1),
});

export const scenes: Scene[] = [
  strip('lap-begins', 300, [null, null, null, null, null, null, null]),
  strip('half-a-lap', 1950, cornerDeltasS),
  strip('whole-lap', 3100, [0.08, -0.06, 0.004, 0.42, null, -0.11, 0.02]),
  strip('without-numbers', 1950, [0.08, -0.06, 0.03, 0.19, null, null, null], {
    cornerStrip: { numbers: false, rangeS: 0.1 },
  }),
  strip(
    'seventy-three-corners',
    1585,
    Array.from({ length: 73 }, (_, index) => (index > 50 ? null : Math.sin(index * 2.3) * 0.2)),
  ),
];

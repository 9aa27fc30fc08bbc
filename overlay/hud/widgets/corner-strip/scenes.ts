import type { CornersMessage } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

const message = (deltas: (number | null)[]): CornersMessage => ({
  type: 'corners',
  lap: 3,
  corners: deltas.map((deltaS, index) => ({ cornerId: `t${index + 1}`, deltaS })),
});
const strip = (
  name: string,
  toM: number,
  deltas: (number | null)[],
  options: Scene['options'] = {},
): Scene => ({
  name,
  options,
  play: (tape) => tape.connect().say(message(deltas)).drive(toM, 1),
});

/** What the made-up driver's corners cost. */
export const cornersOfLap = message([0.08, -0.06, 0.03, 0.19, null, null, null]);

export const scenes: Scene[] = [
  strip('lap-begins', 300, [null, null, null, null, null, null, null]),
  strip('half-a-lap', 1950, [0.08, -0.06, 0.03, 0.19, null, null, null]),
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

import { type Snapshot, snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

const delta = (name: string, deltaS: number, slope: number): Scene => ({
  name,
  play: (tape) =>
    tape.connect().drive(800, 1, (snapshot: Snapshot) => {
      snapshot.deltaS = deltaS;
      snapshot.deltaSlopeSPer50M = slope;
    }),
});

export const scenes: Scene[] = [
  delta('even', 0, 0),
  delta('behind-losing', 0.42, 0.03),
  delta('behind-gaining', 0.31, -0.02),
  delta('ahead-gaining', -0.27, -0.02),
  delta('ahead-losing', -0.64, 0.02),
  delta('behind-steady', 0.18, 0.001),
  delta('beyond-full-scale', 12.34, 0.05),
  {
    name: 'not-valid',
    play: (tape) =>
      tape.connect().drive(800, 1, (snapshot) => {
        snapshot.flags &= ~snapshotFlags.deltaValid;
      }),
  },
  ...(
    [
      ['rough-behind', 0.42],
      ['rough-ahead', -0.27],
    ] as const
  ).map(
    ([name, deltaS]): Scene => ({
      name,
      play: (tape) =>
        tape.connect().drive(800, 1, (snapshot) => {
          snapshot.deltaS = deltaS;
          snapshot.flags |= snapshotFlags.referenceRough;
        }),
    }),
  ),
];

import { snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

const gap = (name: string, deltaS: number, options: Scene['options'] = {}): Scene => ({
  name,
  options,
  play: (tape) =>
    tape.connect().drive(1300, 1, (snapshot) => {
      snapshot.predictedLapTimeS = snapshot.referenceLapTimeS + deltaS;
    }),
});

export const scenes: Scene[] = [
  gap('slower', 0.42),
  gap('faster', -0.38),
  gap('even', 0.001),
  gap('alone', 0.42, { predictedLap: { compare: 'none', decimals: 3 } }),
  {
    name: 'not-valid',
    play: (tape) =>
      tape.connect().drive(1300, 1, (snapshot) => {
        snapshot.flags &= ~snapshotFlags.deltaValid;
      }),
  },
];

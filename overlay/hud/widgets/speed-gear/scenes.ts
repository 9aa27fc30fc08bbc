import { snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

const { connected, driving } = snapshotFlags;

export const scenes: Scene[] = [
  { name: 'straight', play: (tape) => tape.connect().drive(300) },
  { name: 'in-corner', play: (tape) => tape.connect().drive(2440) },
  {
    name: 'silent-coach',
    play: (tape) =>
      tape
        .connect()
        .drive(300, 1)
        .hold('traffic', connected | driving),
  },
  {
    name: 'reverse',
    play: (tape) =>
      tape.connect().drive(300, 1, (snapshot) => {
        snapshot.gear = -1;
        snapshot.speedMps = 1.2;
      }),
  },
  {
    name: 'speed-alone',
    options: { speedGear: { gear: false, target: false } },
    play: (tape) => tape.connect().drive(300),
  },
  { name: 'miles', look: { units: 'imperial' }, play: (tape) => tape.connect().drive(300) },
];

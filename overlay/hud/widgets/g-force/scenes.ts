import type { Scene } from '../../scenes/scene-tape.ts';

export const scenes: Scene[] = [
  { name: 'straight', play: (tape) => tape.connect().drive(2150) },
  { name: 'braking', play: (tape) => tape.connect().drive(2340) },
  { name: 'turning', play: (tape) => tape.connect().drive(1585) },
  {
    name: 'beyond',
    options: { gForce: { rangeG: 1 } },
    play: (tape) => tape.connect().drive(2350),
  },
  {
    name: 'no-trail-no-number',
    options: { gForce: { trailS: 0, number: false } },
    play: (tape) => tape.connect().drive(2340),
  },
  {
    name: 'unknown',
    play: (tape) =>
      tape.connect().drive(2340, 1, (snapshot) => {
        snapshot.lateralAccelMps2 = Number.NaN;
      }),
  },
];

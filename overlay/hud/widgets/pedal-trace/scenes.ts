import type { Scene } from '../../scenes/scene-tape.ts';

export const scenes: Scene[] = [
  { name: 'straight', play: (tape) => tape.connect().drive(2050) },
  { name: 'before-braking', play: (tape) => tape.connect().drive(2270) },
  { name: 'braking', play: (tape) => tape.connect().drive(2360) },
  { name: 'exit', play: (tape) => tape.connect().drive(1640) },
  { name: 'just-begun', play: (tape) => tape.connect().drive(900, 1.2) },
  {
    name: 'no-reference-pedals',
    play: (tape) =>
      tape.connect(null).drive(1640, 4.5, (snapshot) => {
        snapshot.referenceThrottle = Number.NaN;
        snapshot.referenceBrake = Number.NaN;
      }),
  },
];

import type { HubReference } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

function renamed(reference: HubReference, name: string | null): HubReference {
  return { ...reference, corners: reference.corners.map((corner) => ({ ...corner, name })) };
}

export const scenes: Scene[] = [
  { name: 'next-right', play: (tape) => tape.connect().drive(300) },
  { name: 'next-left', play: (tape) => tape.connect().drive(1300) },
  { name: 'next-lift', play: (tape) => tape.connect().drive(1800) },
  { name: 'inside', play: (tape) => tape.connect().drive(2440) },
  {
    name: 'long-name',
    play: (tape) => tape.connect(renamed(tape.reference, 'Curva Parabolica di San Lorenzo')).drive(300),
  },
  { name: 'unnamed', play: (tape) => tape.connect(renamed(tape.reference, null)).drive(300) },
  {
    name: 'gear-unknown',
    play: (tape) => {
      const corners = tape.reference.corners.map((corner) => ({ ...corner, minGear: null }));
      tape.connect({ ...tape.reference, corners }).drive(300, 1, (snapshot) => {
        snapshot.targetGear = 0;
      });
    },
  },
  {
    name: 'none-ahead',
    play: (tape) =>
      tape.connect().drive(3100, 1, (snapshot) => {
        snapshot.nextCorner = -1;
      }),
  },
];

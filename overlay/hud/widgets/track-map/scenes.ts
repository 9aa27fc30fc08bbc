import type { HubReference, PartialWidgetOptions } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { corners, map } from '../../scenes/synthetic-board.ts';

const lap = [0.21, -0.08, 0.02, 0.09, -0.17, null, null];
const scene = (name: string, placeM: number, options: PartialWidgetOptions['trackMap'] = {}): Scene => ({
  name,
  options: { trackMap: options },
  play: (tape) =>
    tape
      .connect()
      .say(map())
      .say(corners(...lap))
      .drive(placeM, 0.5),
});
const unnamed = (reference: HubReference) => ({
  ...reference,
  corners: reference.corners.map((corner) => ({ ...corner, name: null })),
});

export const scenes: Scene[] = [
  scene('numbers', 2120),
  scene('names', 2120, { corners: 'names' }),
  scene('line-alone', 640, { corners: 'none', deltaColours: false }),
  scene('turned', 2900, { rotationDeg: 90, corners: 'names' }),
  {
    name: 'unnamed',
    options: { trackMap: { corners: 'names' } },
    play: (tape) =>
      tape
        .connect(unnamed(tape.reference))
        .say(map())
        .say(corners(...lap))
        .drive(1500, 0.5),
  },
  { name: 'lap-begun', play: (tape) => tape.connect().say(map()).say(corners()).drive(60, 0.5) },
  { name: 'reckoned', play: (tape) => tape.connect(null).say(map('dead-reckoning')).drive(1000, 0.5) },
  { name: 'no-map', play: (tape) => tape.connect().drive(300, 0.5) },
];

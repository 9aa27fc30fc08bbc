import { snapshotFlags } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';

const { connected, driving } = snapshotFlags;

/** Reasons of a live sim. */
const silences = [
  'in-menus',
  'in-garage',
  'learning-lap',
  'paused',
  'connection-lost',
  'spoiled-section',
  'traffic',
] as const;

export const scenes: Scene[] = [
  { name: 'coaching', play: (tape) => tape.connect().drive(300) },
  { name: 'no-reference', play: (tape) => tape.connect(null).hold('no-reference', connected | driving) },
  { name: 'in-pits', play: (tape) => tape.connect().hold('in-pits', connected) },
  ...silences.map(
    (status): Scene => ({ name: status, play: (tape) => tape.connect().hold(status, connected) }),
  ),
  { name: 'no-source', play: (tape) => tape.connect(null).wait(2000) },
  { name: 'disconnected', play: (tape) => tape.connect().drive(300, 1).disconnect() },
  {
    name: 'differs',
    play: (tape) => {
      tape.state.setLink('differs');
      tape.frame();
    },
  },
];

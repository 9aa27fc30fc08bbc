import {
  type CostMessage,
  hubProtocol,
  type Snapshot,
  snapshotFlags,
  snapshotLayoutHash,
} from '@racing-coach/contract';
import type { Scene, SceneTape } from '../../scenes/scene-tape.ts';
import { statusIndex } from '../../scenes/synthetic-drive.ts';
import { raceRules, underRaceRules } from '../../scenes/synthetic-race.ts';

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
  'missing-channels',
  'penalty',
] as const;

const beside = (snapshot: Snapshot) => {
  snapshot.status = statusIndex('traffic');
};
const cost = (level: CostMessage['level']) => ({ type: 'cost', level, why: 'The sim runs slow.' }) as const;
/** An engine that said who it is, and a second and a half of its snapshots, each drawn 6 ms after it was read. */
function served(tape: SceneTape): SceneTape {
  tape.connect().say({
    type: 'hello',
    protocol: hubProtocol,
    layoutHash: snapshotLayoutHash,
    version: '0.1.0',
    nowMs: tape.nowMs,
  });
  return tape.drive(300, 1.5, () => tape.state.noteDrawn(6));
}

export const scenes: Scene[] = [
  { name: 'coaching', play: (tape) => tape.connect().drive(300) },
  {
    name: 'muted',
    play: (tape) => tape.connect().say({ type: 'sound-muted', muted: true }).drive(300),
  },
  {
    name: 'muted-in-pits',
    play: (tape) => tape.connect().say({ type: 'sound-muted', muted: true }).hold('in-pits', connected),
  },
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
  { name: 'race-legal', play: (tape) => tape.connect().say(raceRules).drive(300, 1, underRaceRules) },
  {
    name: 'traffic-first',
    play: (tape) => tape.connect().drive(700, 4).drive(720, 1, beside),
  },
  {
    name: 'race-legal-silent',
    play: (tape) => tape.connect().say(raceRules).hold('in-pits', connected),
  },
  { name: 'half-rate', play: (tape) => tape.connect().say(cost('half-rate')).drive(300) },
  { name: 'audio-only', play: (tape) => tape.connect().say(cost('audio-only')).drive(300) },
  { name: 'self-test', options: { status: { selfTest: true } }, play: (tape) => served(tape) },
  {
    name: 'self-test-alone',
    options: { status: { selfTest: true } },
    play: (tape) => served(tape).disconnect(),
  },
];

/** The whole HUD at moments of a lap. */
import { snapshotFlags } from '@racing-coach/contract';
import { learning } from '../widgets/brake-marker/scenes.ts';
import type { Scene } from './scene-tape.ts';
import { cornerEvent, cueEvent } from './synthetic-events.ts';
import { withheldReference, withhold } from './withheld.ts';

const { connected, driving, onStraight } = snapshotFlags;

export const scenes: Scene[] = [
  { name: 'straight', play: (tape) => tape.connect().drive(2120) },
  { name: 'countdown', play: (tape) => tape.connect().drive(2250) },
  { name: 'go', play: (tape) => tape.connect().drive(2298) },
  { name: 'turning', play: (tape) => tape.connect().drive(1585) },
  {
    name: 'verdict-loss',
    play: (tape) =>
      tape
        .connect()
        .drive(1720)
        .event(cornerEvent('t4', 0.18))
        .drive(1760, 0.5, (s) => {
          s.flags |= onStraight;
        }),
  },
  {
    name: 'verdict-gain',
    play: (tape) =>
      tape
        .connect()
        .drive(2530)
        .event(cornerEvent('t6', -0.07))
        .drive(2580, 0.8, (s) => {
          s.flags |= onStraight;
        }),
  },
  {
    // For the README: everything at work at once, between two corners that follow closely.
    name: 'showcase',
    play: (tape) =>
      tape
        .connect()
        .drive(1032)
        .event(cornerEvent('t2', 0.11))
        .drive(1046, 0.25, (snapshot) => {
          snapshot.flags |= onStraight;
          snapshot.deltaSlopeSPer50M = 0.02;
        }),
  },
  { name: 'no-reference', play: (tape) => tape.connect(null).hold('no-reference', connected | driving) },
  { name: 'learning', play: (tape) => tape.connect().drive(2150, 4.5, learning(1)) },
  {
    name: 'spoiled-section',
    play: (tape) =>
      tape
        .connect()
        .drive(2120)
        .hold('spoiled-section', connected | driving),
  },
  { name: 'paused', play: (tape) => tape.connect().drive(2120).hold('paused', connected) },
  {
    // The coach would speak, but nobody drives: the car stands on the track.
    name: 'hidden-standing',
    play: (tape) =>
      tape
        .connect()
        .drive(2120)
        .drive(2120, 1.5, (snapshot) => {
          snapshot.flags &= ~driving;
        }),
  },
  { name: 'disconnected', play: (tape) => tape.connect().drive(2000).disconnect() },
  {
    // The most that can be asked of the eye: words, a car on either side and the countdown.
    name: 'busy',
    play: (tape) =>
      tape
        .connect()
        .drive(2180)
        .event(cueEvent('teach', 'Brake later, at the 100 board'))
        .drive(2236, 0.7, (snapshot) => {
          snapshot.carLeftRight = 4;
        }),
  },
  {
    // A race: the delta stays and the badge says why nothing else does.
    name: 'race-legal',
    play: (tape) =>
      tape
        .connect(withheldReference(tape.reference))
        .say({ type: 'rules', raceLegal: true, why: 'A race.' })
        .drive(2250, 4.5, withhold),
  },
];
